using System.Collections.Concurrent;
using System.Collections.Immutable;
using Parley.Log;

namespace Parley.Workspaces;

/// <summary>An agent as others see them: the person, and their place in the workspace.</summary>
public sealed record AgentCard(AgentId Id, string Name, string Email, FileId? Picture, Role Role, bool Active, Chair Chair, ImmutableSortedSet<TeamId> Teams, long SignedOut)
{
    /// <summary>How many units of work they are given at once.</summary>
    public int Capacity { get; init; } = Seating.FirstCapacity;

    /// <summary>In which languages they are given conversations; empty: in any.</summary>
    public ImmutableArray<string> Languages { get; init; } = [];

    /// <summary>What they know, and how well.</summary>
    public ImmutableSortedDictionary<string, int> Skills { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    public Experience Experience { get; init; } = Experience.Regular;

    /// <summary>They have a pause until then.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>Whether they know all this as well as asked.</summary>
    public bool Knows(IReadOnlyDictionary<string, int> wanted) => wanted.All(skill => Skills.GetValueOrDefault(skill.Key) >= skill.Value);

    /// <summary>How many seconds their words can be taken back.</summary>
    public int UndoSeconds { get; init; } = AgentState.FirstUndoSeconds;
}

/// <summary>An inbox with what it is set to now, and the keys that are valid.</summary>
public sealed record InboxCard(InboxId Id, int Version, InboxSettings Settings, ImmutableArray<InboxKey> Keys)
{
    /// <summary>Where the widget was seen.</summary>
    public ImmutableArray<InboxSite> Sites { get; init; } = [];

    /// <summary>Another profile for a while, planned or running.</summary>
    public Trial? Trial { get; init; }

    /// <summary>When it got another profile, the last time last.</summary>
    public ImmutableArray<ProfileTurn> Turns { get; init; } = [];

    /// <summary>The profile that it had at a time, as far back as its changes are remembered.</summary>
    public Profile ProfileAt(DateTimeOffset time) => Turns.FirstOrDefault(turn => turn.At > time)?.From ?? Settings.Profile;

    /// <summary>True for a site that need not be noted any more.</summary>
    public bool Knows(string host) => Installing.Known(Sites, host);

    /// <summary>True if an agent of these teams may use it.</summary>
    public bool OpenTo(ImmutableSortedSet<TeamId> teams) => Settings.Teams is not { } chosen || chosen.Overlaps(teams);
}

/// <summary>Everybody and everything of a workspace at one moment, in memory and immutable. Reading it costs no query.</summary>
public sealed class Roster
{
    private readonly ConcurrentDictionary<(InboxId One, InboxId Other), bool> _shared = new();
    private readonly ConcurrentDictionary<AgentId, (ImmutableHashSet<InboxId>? Inboxes, long Grant)> _rights = new();
    private readonly ConcurrentDictionary<BrandId, Calendar> _calendars = new();

    public Roster(WorkspaceId id, WorkspaceState workspace, IReadOnlyDictionary<AgentId, AgentState> agents, IReadOnlyDictionary<InboxId, InboxState> inboxes)
    {
        Id = id;
        Name = workspace.Name;
        Brands = workspace.Brands;
        Teams = workspace.Teams;
        Labels = workspace.Labels;
        ChecklistAway = workspace.ChecklistAway;
        Views = workspace.Views;
        Attention = workspace.Attention;
        Attributes = workspace.Attributes;
        Agents = workspace.Members
            .Where(pair => agents.ContainsKey(pair.Key))
            .ToImmutableSortedDictionary(pair => pair.Key, pair => Card(pair.Key, pair.Value, agents[pair.Key], workspace));
        Inboxes = workspace.Inboxes
            .Where(inbox => inboxes.TryGetValue(inbox, out var state) && state.Settings is not null)
            .ToImmutableSortedDictionary(inbox => inbox, inbox => Card(inbox, inboxes[inbox]));
    }

    public WorkspaceId Id { get; }

    public string Name { get; }

    /// <summary>Who may know how long agents were attentive.</summary>
    public AttentionShown Attention { get; }

    public ImmutableSortedDictionary<BrandId, Brand> Brands { get; }

    public ImmutableSortedDictionary<TeamId, Team> Teams { get; }

    public ImmutableSortedDictionary<AgentId, AgentCard> Agents { get; }

    public ImmutableSortedDictionary<InboxId, InboxCard> Inboxes { get; }

    public ImmutableSortedSet<string> Labels { get; }

    public bool ChecklistAway { get; }

    public ImmutableSortedDictionary<ViewId, SavedView> Views { get; }

    /// <summary>Those too that are gone.</summary>
    public ImmutableSortedDictionary<string, AttributeDefinition> Attributes { get; }

    public AttributeDefinition? Attribute(AttributeOf of, string key) =>
        Attributes.TryGetValue(AttributeDefinition.PlaceOf(of, key), out var found) && found.Retired != true ? found : null;

    public AgentCard? Agent(AgentId id) => Agents.GetValueOrDefault(id);

    public InboxCard? Inbox(InboxId id) => Inboxes.GetValueOrDefault(id);

    public Brand? Brand(BrandId id) => Brands.GetValueOrDefault(id);

    public Brand? BrandOf(InboxId inbox) => Inbox(inbox) is { } card ? Brand(card.Settings.Brand) : null;

    /// <summary>When an inbox is open: by its own hours, else by its brand's.</summary>
    public Calendar CalendarOf(InboxId inbox) => Inbox(inbox) is { } card ? CalendarOf(card.Settings) : Calendar.Always;

    public Calendar CalendarOf(InboxSettings inbox) =>
        inbox.Calendar ?? (Brand(inbox.Brand) is { } brand ? _calendars.GetOrAdd(brand.Id, _ => brand.Calendar()) : Calendar.Always);

    /// <summary>
    /// When an agent is at work for an inbox, where their teams say so: while any of these is open. None: whenever the inbox is, as for all who are in none of its
    /// teams, or in one without hours.
    /// </summary>
    public ImmutableArray<Calendar> ShiftsOf(AgentCard agent, InboxId inbox)
    {
        var teams = Inbox(inbox) is { } card ? agent.Teams.Where(team => card.OpenTo([team])).Select(team => Teams[team].Hours).ToList() : [];
        return teams.Contains(null) ? [] : [.. teams.OfType<Calendar>()];
    }

    /// <summary>True where somebody is at work for an inbox at a time, as far as their teams' hours tell.</summary>
    public bool Expects(InboxId inbox, DateTimeOffset at) => AgentsOf(inbox)
        // Who administers may answer everywhere, and is counted on where it was given to nobody else.
        .Where(agent => Inbox(inbox)!.OpenTo(agent.Teams) || !AgentsOf(inbox).Any(other => Inbox(inbox)!.OpenTo(other.Teams)))
        .Any(agent => AtWork(agent, inbox, at));

    /// <summary>Whether an agent is at work for an inbox at a time, as far as their teams' hours tell.</summary>
    public bool AtWork(AgentCard agent, InboxId inbox, DateTimeOffset at) => ShiftsOf(agent, inbox) is var shifts && (shifts.IsEmpty || shifts.Any(hours => hours.IsOpen(at)));

    /// <summary>When the hours of a team begin or end next; null where they never do.</summary>
    public DateTimeOffset? ShiftsTurn(DateTimeOffset at) => Teams.Values.Min(team => team.Hours?.Turns(at));

    public IEnumerable<AgentCard> AgentsOf(TeamId team) => Agents.Values.Where(agent => agent.Active && agent.Teams.Contains(team));

    /// <summary>The active agents who may use an inbox.</summary>
    public IEnumerable<AgentCard> AgentsOf(InboxId inbox) =>
        Inbox(inbox) is { } card ? Agents.Values.Where(agent => agent.Active && (SeesAll(agent.Role) || card.OpenTo(agent.Teams))) : [];

    /// <summary>True where two inboxes were given to the same people. Who administers may answer everywhere, and says nothing of either.</summary>
    public bool Shares(InboxId one, InboxId other) => _shared.GetOrAdd((one, other), both =>
        Inbox(both.One) is { } here && Inbox(both.Other) is { } there && Agents.Values.Any(agent => agent.Active && here.OpenTo(agent.Teams) && there.OpenTo(agent.Teams)));

    /// <summary>The inboxes an agent may use; null: all. Owners and admins see all, for they could give themselves any.</summary>
    public ImmutableHashSet<InboxId>? Open(AgentId id) =>
        Agent(id) is not { } agent ? []
        : SeesAll(agent.Role) || Inboxes.Values.All(inbox => inbox.Settings.Teams is null) ? null
        : [.. Inboxes.Values.Where(inbox => inbox.OpenTo(agent.Teams)).Select(inbox => inbox.Id)];

    /// <summary>True if this file is somebody's face or a brand's logo.</summary>
    public bool Shows(FileId picture) => Agents.Values.Any(agent => agent.Picture == picture) || Brands.Values.Any(brand => brand.Logo == picture);

    /// <summary>What an agent may see and the number of what they may do, kept for as long as this roster is.</summary>
    public (ImmutableHashSet<InboxId>? Inboxes, long Grant) Rights(AgentId id) => _rights.GetOrAdd(id, agent => (Open(agent), Grant(agent)));

    /// <summary>What an agent may do, as one number: another number means that whatever was begun under the old one must end.</summary>
    public long Grant(AgentId id)
    {
        var hash = default(HashCode);
        hash.Add(Agent(id)?.Role);
        hash.Add(Agent(id)?.Active);
        hash.Add(Agent(id)?.SignedOut);
        var open = Open(id);
        // All of them is not the same as none of them.
        hash.Add(open is null);
        foreach (var inbox in open?.Order() ?? Enumerable.Empty<InboxId>())
        {
            hash.Add(inbox);
        }

        return hash.ToHashCode();
    }

    private static bool SeesAll(Role role) => role >= Role.Admin;

    private static AgentCard Card(AgentId id, Member member, AgentState agent, WorkspaceState workspace) =>
        new(id, agent.Name, agent.Email, agent.Picture, member.Role, member.Active, member.Active ? agent.Chair : Chair.Offline, agent.Teams.Intersect(workspace.Teams.Keys), agent.SignedOut) { Capacity = agent.Capacity, Languages = agent.Languages ?? [], UndoSeconds = agent.UndoSeconds, Skills = agent.Skills ?? ImmutableSortedDictionary<string, int>.Empty, Experience = agent.Experience, PausedUntil = agent.PausedUntil };

    private static InboxCard Card(InboxId id, InboxState inbox) => new(id, inbox.Version, inbox.Settings!, inbox.Keys) { Sites = inbox.Sites, Trial = inbox.Trial, Turns = inbox.Turns };
}
