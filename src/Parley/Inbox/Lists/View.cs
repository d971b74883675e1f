using Parley.Conversations;
using Parley.Inbox.Views;
using Parley.Workspaces;

namespace Parley.Inbox.Lists;

internal enum ViewKind { Mine, Unassigned, All, Mentions, Following, Closed, Spam, Inbox, Team, Saved }

/// <summary>A list that agents look at, by the name it has in addresses, in <c>watch</c> and in counts: <c>mine</c>, <c>inbox:inb_…</c>.</summary>
internal readonly record struct View(ViewKind Kind, Guid Id = default)
{
    /// <summary>Null for what is no view.</summary>
    public static View? Parse(string? name) => name switch
    {
        "mine" => new(ViewKind.Mine),
        "unassigned" => new(ViewKind.Unassigned),
        "all" => new(ViewKind.All),
        "mentions" => new(ViewKind.Mentions),
        "following" => new(ViewKind.Following),
        "closed" => new(ViewKind.Closed),
        "spam" => new(ViewKind.Spam),
        _ when name?.StartsWith("inbox:", StringComparison.Ordinal) == true && InboxId.Parse(name[6..]) is { IsEmpty: false } inbox => new(ViewKind.Inbox, inbox.Value),
        _ when name?.StartsWith("team:", StringComparison.Ordinal) == true && TeamId.Parse(name[5..]) is { IsEmpty: false } team => new(ViewKind.Team, team.Value),
        _ when name?.StartsWith("viw_", StringComparison.Ordinal) == true && ViewId.Parse(name) is { IsEmpty: false } saved => new(ViewKind.Saved, saved.Value),
        _ => null,
    };

    public Pile Pile => Kind switch { ViewKind.Closed => Pile.Closed, ViewKind.Spam => Pile.Spam, _ => Pile.Open };

    /// <summary>Whether a row is in the view as this agent sees it. Access is another question.</summary>
    public bool Has(Summary row, AgentId viewer) => Kind switch
    {
        ViewKind.Saved => HasSaved(row, viewer),
        _ when row.Pile != Pile => false,
        ViewKind.Mine => row.Agent == viewer,
        ViewKind.Unassigned => row.Agent is null,
        ViewKind.Mentions => row.Details.Mentioned.Contains(viewer),
        ViewKind.Following => row.Details.Followers.Contains(viewer),
        ViewKind.Inbox => row.Inbox.Value == Id,
        ViewKind.Team => row.Team?.Value == Id,
        _ => true,
    };

    public override string ToString() => Kind switch
    {
        ViewKind.Inbox => $"inbox:{new InboxId(Id)}",
        ViewKind.Team => $"team:{new TeamId(Id)}",
        ViewKind.Saved => new ViewId(Id).ToString(),
        _ => Kind.ToString().ToLowerInvariant(),
    };

    /// <summary>What is in a saved view is kept beside the row.</summary>
    private bool HasSaved(Summary row, AgentId viewer)
    {
        foreach (var place in row.Views)
        {
            if (place.View.Value == Id && (place.Agent is not { } agent || agent == viewer))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>The kept rows of a saved view that a list is read from.</summary>
/// <param name="Slot">Whose of them, where it depends on who looks.</param>
internal sealed record SavedRows(byte[] Key, AgentId? Slot, ViewOrder Order);

/// <summary>Which rows a list is asked for.</summary>
internal sealed record ListQuery
{
    public View? View { get; init; }

    /// <summary>Where the view is a saved one: what is kept of it.</summary>
    public SavedRows? Saved { get; init; }

    public Status? Status { get; init; }

    public InboxId? Inbox { get; init; }

    public TeamId? Team { get; init; }

    public AgentId? Assignee { get; init; }

    /// <summary>Only what nobody holds.</summary>
    public bool Nobody { get; init; }

    /// <summary>The last row of the page before: where it stands (the time of its last entry, or its place in the view), and its id.</summary>
    public (long At, byte[] Id)? Below { get; init; }

    /// <summary>Where a row stands in the list.</summary>
    public long Place(Summary row) => Saved is { } saved ? KeptView.Place(saved.Order, row) : row.At.ToUnixTimeMilliseconds();
}
