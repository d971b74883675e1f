using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Workspaces;

/// <summary>A site whose pages carry the widget, and since when.</summary>
public sealed record InboxSite(string Host, DateTimeOffset At);

/// <summary>A page of this host asked for the inbox, for the first time: the widget stands there.</summary>
public sealed record SiteCalled(string Host) : EntryBody;

/// <summary>Somebody read who had called, and wants to see who calls from now on.</summary>
public sealed record SitesForgotten : EntryBody;

/// <summary>Notes from where the widget asked; only the first time of each site is told apart from all others.</summary>
public sealed record NoteSite(Origin Origin, InboxId Inbox, string Host) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => InboxKind.Of(Inbox);
}

public sealed record ForgetSites(Origin Origin, InboxId Inbox) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => InboxKind.Of(Inbox);
}

internal static class Installing
{
    /// <summary>Whoever asks can name any host, so no more are kept than somebody would read.</summary>
    private const int Kept = 10;

    public static Decision Decide(InboxState state, NoteSite command) => Known(state.Sites, command.Host) ? Decision.Nothing : new SiteCalled(command.Host);

    public static Decision Decide(InboxState state, ForgetSites _) => state.Sites.IsEmpty ? Decision.Nothing : new SitesForgotten();

    /// <summary>The newest first, and only so many: names that somebody invents never keep a site out that calls after them.</summary>
    public static InboxState Apply(InboxState state, SiteCalled called, DateTimeOffset at) => state with { Sites = [new InboxSite(called.Host, at), .. state.Sites.Take(Kept - 1)] };

    public static bool Known(IReadOnlyCollection<InboxSite> sites, string host) => sites.Any(site => site.Host == host);
}
