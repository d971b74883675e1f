using Parley.Conversations.Shapes;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>What a rule of the inbox says of a matter that begins.</summary>
/// <param name="Keeper">Who has the thread from before and belongs to the team: the matter is in good hands with them.</param>
public sealed record Sorted(TeamId? Team, string? Label, Priority? Priority, AgentId? Keeper = null);

/// <summary>A detailed first message finds the right people before anybody has read it: that of a conversation, and that of each later matter in it.</summary>
internal static class Sorting
{
    private static readonly Author Rule = new(AuthorKind.Rule);

    /// <summary>Of the first rule that fits; null where none does.</summary>
    /// <param name="holder">Who has the thread from before.</param>
    public static Sorted? Of(Roster roster, InboxCard inbox, Content? first, FormAnswer? form, string? page, string? language, AgentId? holder = null)
    {
        if (inbox.Settings.Sorting is not { IsEmpty: false } rules)
        {
            return null;
        }

        var said = string.Join('\n', (form?.Values?.Values.Select(value => value.Text ?? (value.Chosen is { } chosen ? string.Join(' ', chosen) : null)) ?? []).Prepend(first?.Text).OfType<string>());
        var path = Uri.TryCreate(page, UriKind.Absolute, out var address) ? address.AbsolutePath : null;
        if (rules.FirstOrDefault(rule => rule.Fits(said, path, language)) is not { } fits)
        {
            return null;
        }

        // A team that is no more, or may not use the inbox any more, gets nothing that nobody would see.
        var to = fits.Team is { } team && roster.Teams.ContainsKey(team) && inbox.OpenTo([team]) ? team : (TeamId?)null;
        var keeps = to is { } its && holder is { } agent && roster.Agent(agent)?.Teams.Contains(its) == true;
        return new Sorted(to, fits.Label, fits.Priority is { } urgency ? Enum.Parse<Priority>($"{urgency}") : null, keeps ? holder : null);
    }

    /// <summary>Whether this word may be the first of a later matter. What an agent began is answered, and that is no matter of the customer's.</summary>
    public static bool Begins(Conversation it) => it is { Exists: true, EpisodeOpen: false, Episode: > 0 };

    /// <param name="it">The conversation before the word.</param>
    public static Decision Apply(Conversation it, Decision decision, Sorted? sorted)
    {
        if (sorted is null || !decision.Drafts.Any(draft => draft.Body is EpisodeOpened))
        {
            return decision;
        }

        var drafts = decision.Drafts.ToBuilder();
        if (sorted.Priority is { } priority && priority != it.Priority)
        {
            drafts.Add(Of(new PriorityChanged(it.Priority, priority)));
        }

        if (sorted.Label is { } label && !it.Labels.Contains(label))
        {
            drafts.Add(Of(new Labelled(label)));
        }

        if (sorted.Team is { } team && Moves(it, sorted) && (it.Agent is not null || it.Team != team))
        {
            drafts.Add(Of(new Assigned(null, team, it.Agent, it.Team, "rule")));
        }

        return decision with { Drafts = drafts.ToImmutable() };

        static Draft Of(EntryBody body) => new(body) { Author = Rule };
    }

    /// <summary>Whoever is talking with the customer goes on talking.</summary>
    private static bool Moves(Conversation it, Sorted sorted) => it.Agent is not { } holder || (holder != sorted.Keeper && it.Mode is not (Mode.Live or Mode.Paused));
}
