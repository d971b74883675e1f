using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Log;
using Parley.Platform;

namespace Parley.Workspaces;

/// <summary>Who sees a saved view: whoever made it, one team, or everybody.</summary>
public enum ViewShare { Me, Team, All }

/// <summary>In which order a saved view shows its rows.</summary>
public enum ViewOrder { Newest, Oldest, Waiting, Due, Priority }

/// <summary>One question that a row answers with yes or no. What the words mean is the affair of whoever keeps the lists.</summary>
/// <param name="Values">What is asked for; none where the question needs nothing.</param>
public sealed record ViewCondition(string Field, string Op, ImmutableArray<string> Values);

/// <summary>All of the first, at least one of the second where there are any, none of the third.</summary>
public sealed record ViewFilter(ImmutableArray<ViewCondition>? All = null, ImmutableArray<ViewCondition>? Any = null, ImmutableArray<ViewCondition>? None = null);

/// <summary>A list that somebody put together, under a name.</summary>
/// <param name="Owner">Who made it; null: a program did.</param>
/// <param name="Team">Whose it is, where it is shared with a team.</param>
/// <param name="Kept">Another one whenever other rows, or the same in another order, are in it: what was kept under the last one is of no use then.</param>
public sealed record SavedView(ViewId Id, string Name, AgentId? Owner, ViewShare Share, TeamId? Team, ViewFilter Filter, ViewOrder Order, Guid Kept)
{
    public string? Emoji { get; init; }

    public string? Color { get; init; }

    /// <summary>Whether the same rows are in both, in the same order.</summary>
    public bool Shows(SavedView other) =>
        Order == other.Order && Mine == other.Mine && JsonSerializer.Serialize(Filter, Json.Options) == JsonSerializer.Serialize(other.Filter, Json.Options);

    /// <summary>Whom "me" means; null: whoever looks.</summary>
    [JsonIgnore]
    public AgentId? Mine => Share == ViewShare.Me ? Owner : null;
}

public sealed record ViewSet(SavedView View) : EntryBody;

public sealed record ViewRemoved(ViewId View) : EntryBody;

/// <summary>Adds a view or changes one. That its filter makes sense was seen to before.</summary>
public sealed record SetView(Origin Origin, SavedView View) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => WorkspaceKind.Of(Origin.Workspace);
}

public sealed record RemoveView(Origin Origin, ViewId View) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => WorkspaceKind.Of(Origin.Workspace);
}

/// <summary>Saved views stand in the workspace, for what they show is kept for all who see them.</summary>
public static class Viewing
{
    /// <summary>Each row that changes is held against every view.</summary>
    public const int Most = 500;

    public const int MostOwn = 50;

    private const int EmojiLimit = 16;

    internal static Decision Decide(WorkspaceState state, SetView command)
    {
        var wanted = command.View with { Name = command.View.Name.Trim(), Team = command.View.Share == ViewShare.Team ? command.View.Team : null };
        var before = state.Views.GetValueOrDefault(wanted.Id);
        if (Flaw(state, wanted, before) is { } refusal)
        {
            return refusal;
        }

        var after = before is not null && before.Shows(wanted) ? wanted with { Filter = before.Filter, Kept = before.Kept } : wanted;
        return after == before ? Decision.Nothing : new ViewSet(after);
    }

    internal static Decision Decide(WorkspaceState state, RemoveView command) =>
        state.Views.ContainsKey(command.View) ? new ViewRemoved(command.View) : Refusal.Unknown("view");

    private static Refusal? Flaw(WorkspaceState state, SavedView view, SavedView? before) => Naming.Name(view.Name)
        ?? (view.Color is { } color ? Naming.Color(color) : null)
        ?? (view.Emoji is { } emoji && (emoji.Length is 0 or > EmojiLimit || emoji.Any(char.IsControl) || emoji.Any(char.IsAsciiLetterOrDigit))
            ? new Refusal("emoji.invalid", "That is not one sign.", 400) { Errors = [new("emoji", "invalid", "One sign, no text.")] } : null)
        ?? (view.Share == ViewShare.Team && (view.Team is not { } team || !state.Teams.ContainsKey(team))
            ? new Refusal("team.unknown", "There is no such team.", 400) { Errors = [new("team", "unknown", "There is no such team.")] } : null)
        ?? (view.Share == ViewShare.Me && view.Owner is null
            ? new Refusal("share.invalid", "A view of one's own has somebody whose it is.", 400) { Errors = [new("share", "invalid", "Share it with a team or with all.")] } : null)
        ?? (before is null && (state.Views.Count >= Most || (view.Owner is { } owner && state.Views.Values.Count(other => other.Owner == owner) >= MostOwn))
            ? new Refusal("views.limit", $"There are at most {Most} saved views, and {MostOwn} of one person.", 409) : null);
}
