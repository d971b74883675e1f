using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Workspaces;

/// <summary>A site whose pages carry the widget, and since when.</summary>
public sealed record InboxSite(string Host, DateTimeOffset At);

/// <summary>A page of this host asked for the inbox, for the first time: the widget stands there.</summary>
public sealed record SiteCalled(string Host) : EntryBody;

/// <summary>Notes from where the widget asked; only the first time of each site is told apart from all others.</summary>
public sealed record NoteSite(Origin Origin, InboxId Inbox, string Host) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => InboxKind.Of(Inbox);
}

internal static class Installing
{
    public static Decision Decide(InboxState state, NoteSite command) => Known(state.Sites, command.Host) ? Decision.Nothing : new SiteCalled(command.Host);

    /// <summary>Whoever asks can name any host, so no more are kept than somebody would read.</summary>
    public static bool Known(IReadOnlyCollection<InboxSite> sites, string host) => sites.Count >= SitesLimit || sites.Any(site => site.Host == host);

    private const int SitesLimit = 10;
}
