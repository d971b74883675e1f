using System.Collections.Immutable;
using Parley.Log;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>A conversation as the customer's list shows it.</summary>
/// <param name="LastSeq">The last entry that the customer may see.</param>
/// <param name="Seen">How far this person has read.</param>
public sealed record ThreadCard(
    ConversationId Id,
    Status Status,
    Mode Mode,
    long LastSeq,
    long LastMessageSeq,
    DateTimeOffset LastEntryAt,
    DateTimeOffset CreatedAt,
    long Seen,
    int Unread,
    PromiseCard? Promise = null);

/// <param name="Due">By when an answer was promised.</param>
/// <param name="Spoken">By when, as it was said: what a screen shows.</param>
public sealed record PromiseCard(DateTimeOffset Due, DateTimeOffset Spoken);

/// <summary>Finds conversations for somebody, and the facts that a command about one needs. What may not be seen is not there.</summary>
public sealed class Threads(Desk desk, LogReader log, Rosters rosters)
{
    /// <exception cref="ProblemException">404 <c>conversation.unknown</c>: there is none, or none for this principal.</exception>
    public ValueTask<Found> Find(Principal who, ConversationId id)
    {
        var looking = desk.Look(who.Workspace, Conversation.Subject(id));
        return looking.IsCompletedSuccessfully ? new(Seen(who, id, looking.Result)) : Awaited();

        async ValueTask<Found> Awaited() => Seen(who, id, await looking);
    }

    private static Found Seen(Principal who, ConversationId id, Versioned? versioned) =>
        versioned is { State: Conversation { Exists: true } it } && Access.May(who, versioned.Workspace, it.Inbox, it.Contact, id)
            ? new Found(id, it, versioned.LastPublic)
            : throw Unknown();

    /// <summary>A thread as its customer's list shows it, up to what they may see of it.</summary>
    public async Task<ThreadCard> Card(Found found, long seen, int unread)
    {
        var last = await log.One(Conversation.Subject(found.Id), found.LastPublic);
        var it = found.State;
        return new(found.Id, it.Status == Status.Closed ? Status.Closed : Status.Open, Shown(it.Mode), found.LastPublic, it.LastMessage, last?.At ?? it.OpenedAt, it.OpenedAt, seen, unread, it.Promise is { } promise ? new PromiseCard(promise.Due, promise.Shown) : null);
    }

    /// <summary>The mode as its customer sees it: that their connection dropped is no business of the thread's.</summary>
    public static Mode Shown(Mode mode) => mode == Mode.Paused ? Mode.Live : mode;

    /// <summary>The rules that an episode would open under now.</summary>
    public Terms Terms(WorkspaceId workspace, InboxId inbox) => rosters.Now(workspace).Inbox(inbox) is { } card
        ? Conversations.Terms.Of(card.Settings)
        : throw Unknown();

    /// <summary>The entry that a command is about; null when there is none that <paramref name="who"/> may see.</summary>
    public async Task<Target?> Target(Principal who, Found found, long? seq) =>
        seq is { } number ? Conversations.Target.Of(await Entry(who, found, number)) : null;

    /// <summary>An entry of the thread; null when there is none that <paramref name="who"/> may see.</summary>
    public async Task<Entry?> Entry(Principal who, Found found, long seq) =>
        seq > 0 && await log.One(Conversation.Subject(found.Id), seq) is { } entry && Access.May(who, entry, found.State.CustomerSeesFrom) ? entry : null;

    /// <summary>A message as it stands now: with what it was changed to.</summary>
    public async Task<Entry> Now(Found found, Entry entry) =>
        entry.Body is Message message && (await log.OfType(Conversation.Subject(found.Id), "edited", entry.Seq)).Select(later => later.Body).OfType<Edited>().LastOrDefault(later => later.Of == entry.Seq) is { } edited
            ? entry with { Body = message with { Content = edited.Content } }
            : entry;

    /// <summary>What was said of signs after a message was written.</summary>
    public Task<List<Entry>> Reactions(ConversationId id, long after) => log.OfType(Conversation.Subject(id), "reacted", after);

    /// <summary>What the inbox of a conversation is set to, and its languages, the first to fall back to.</summary>
    public (InboxSettings Settings, ImmutableArray<string> Languages) Inbox(WorkspaceId workspace, InboxId inbox)
    {
        var roster = rosters.Now(workspace);
        var settings = roster.Inbox(inbox)?.Settings ?? throw Unknown();
        return (settings, Workspaces.Face.Speaks(roster, settings));
    }

    /// <summary>The workspace's attributes.</summary>
    public ImmutableArray<AttributeDefinition> Attributes(WorkspaceId workspace) => [.. rosters.Now(workspace).Attributes.Values.Where(one => one.Retired != true)];

    public Task<TimelinePage> Timeline(Principal who, Found found, long? after, long? before, int limit)
    {
        var customer = who is VisitorPrincipal;
        return log.Timeline(Conversation.Subject(found.Id), after, before, limit, publicOnly: customer, from: customer ? found.State.CustomerSeesFrom : 0);
    }

    /// <summary>Whether an agent is there, active, and may use the inbox.</summary>
    public bool AgentMay(WorkspaceId workspace, InboxId inbox, AgentId agent) => rosters.Now(workspace).AgentsOf(inbox).Any(card => card.Id == agent);

    /// <summary>Whether a team is there and may use the inbox: in the queue of another nobody would see it.</summary>
    public bool TeamMay(WorkspaceId workspace, InboxId inbox, TeamId team) =>
        rosters.Now(workspace) is var roster && roster.Teams.ContainsKey(team) && roster.Inbox(inbox) is { } card && card.OpenTo([team]);

    /// <exception cref="ProblemException">400 <c>agent.unknown</c>.</exception>
    public ImmutableArray<AgentId>? Mentioned(WorkspaceId workspace, IReadOnlyList<AgentId>? agents) =>
        agents is null or [] ? null
        : agents.All(agent => rosters.Now(workspace).Agent(agent) is { Active: true }) ? [.. agents.Distinct()]
        : throw new ProblemException(new Problem("agent.unknown", "There is no such agent to mention.", 400));

    /// <summary>Whom a note is for: who is named, and the people of the teams that are, as far as they may see the conversation.</summary>
    /// <exception cref="ProblemException">400 <c>team.unknown</c>.</exception>
    public ImmutableArray<AgentId>? Mentioned(WorkspaceId workspace, InboxId inbox, ImmutableArray<AgentId>? named, IReadOnlyList<TeamId>? teams)
    {
        if (teams is null or [])
        {
            return named;
        }

        var roster = rosters.Now(workspace);
        if (!teams.All(roster.Teams.ContainsKey))
        {
            throw new ProblemException(new Problem("team.unknown", "There is no such team to mention.", 400, [new Platform.FieldFlaw("teams", "unknown", "There is no such team.")]));
        }

        var may = roster.AgentsOf(inbox).Select(card => card.Id).ToHashSet();
        return [.. (named ?? []).Concat(teams.SelectMany(roster.AgentsOf).Where(card => card.Active && may.Contains(card.Id)).Select(card => card.Id)).Distinct()];
    }

    private static ProblemException Unknown()
    {
        var refusal = Refusal.Unknown(Conversation.Kind);
        return new(new Problem(refusal.Code, refusal.Detail, refusal.Status));
    }
}

/// <summary>A conversation that the principal may see.</summary>
/// <param name="LastPublic">The last entry that a customer may see.</param>
public sealed record Found(ConversationId Id, Conversation State, long LastPublic);
