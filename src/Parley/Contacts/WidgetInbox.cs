using System.Collections.Immutable;
using Parley.Workspaces;

namespace Parley.Contacts;

/// <summary>All that a launcher needs to know of an inbox. Anybody may read it: it says nothing that the site does not show.</summary>
public sealed record WidgetInbox(
    InboxId Id,
    string Name,
    Workspaces.Profile Profile,
    ImmutableArray<string> Languages,
    WidgetBrand Brand,
    ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> Texts,
    WidgetAvailability Availability,
    Consent Consent,
    WidgetLimits Limits)
{
    /// <summary>The longest text of a message, in characters.</summary>
    public const int TextLength = 10_000;

    /// <param name="here">Says whether an agent has the console open.</param>
    public static WidgetInbox Of(Roster roster, InboxCard inbox, FileSettings files, Predicate<AgentId> here)
    {
        var it = inbox.Settings;
        var brand = roster.Brands[it.Brand];
        return new(
            inbox.Id,
            it.Name,
            it.Profile,
            it.Languages,
            new WidgetBrand(brand.Name, it.Color ?? brand.Color, Pictures.Address(brand.Logo)),
            it.Texts,
            WidgetAvailability.Of(roster, inbox.Id, here),
            it.Consent,
            new WidgetLimits(TextLength, files.Limit));
    }
}

public sealed record WidgetBrand(string Name, string Color, string? Logo = null);

public sealed record WidgetFace(string Name, string? Picture = null);

/// <param name="State"><c>online</c>: somebody is there now; <c>away</c>: an answer comes later.</param>
public sealed record WidgetAvailability(string State, ImmutableArray<WidgetFace> Agents)
{
    /// <summary>Faces shown on the launcher and in the head.</summary>
    private const int FacesLimit = 3;

    /// <summary>An empty chair promises nothing: who said that they are online and then shut the console is not there.</summary>
    public static WidgetAvailability Of(Roster roster, InboxId inbox, Predicate<AgentId> here)
    {
        var agents = roster.AgentsOf(inbox).ToList();
        var online = agents.Where(agent => agent.Chair == Chair.Online && here(agent.Id)).ToList();
        return new(
            online.Count > 0 ? "online" : "away",
            [.. (online.Count > 0 ? online : agents).Take(FacesLimit).Select(agent => new WidgetFace(agent.Name, Pictures.Address(agent.Picture)))]);
    }
}

public sealed record WidgetLimits(int TextLength, long FileBytes);
