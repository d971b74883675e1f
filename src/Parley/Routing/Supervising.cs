using System.Text.Json.Serialization;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Workspaces;

namespace Parley.Routing;

/// <summary>
/// How it stands in a workspace at this moment, for who looks after it: its agents with what they have and could have, and every conversation in which somebody
/// waits, talks or is owed an answer. Made from memory, for the inboxes that are open to who looks.
/// </summary>
internal sealed class Supervising(Halls halls, Ongoing ongoing, Rosters rosters, IPresence presence, People people)
{
    /// <param name="State">What they say of themselves; who is not <paramref name="Here"/> has no stream.</param>
    /// <param name="Load">In units; a third is a message that waits for their answer.</param>
    internal sealed record AgentLine(AgentId Id, string Name, Chair State, bool Here, double Load, int Capacity);

    internal sealed record Person(ContactId Id, string? Name);

    /// <param name="Due">By when they were told, as it was said.</param>
    /// <param name="Risky">Whoever is to answer was told that the time runs out.</param>
    internal sealed record Owed(DateTimeOffset Due, bool Risky, bool Broken);

    /// <summary>One conversation. Who waits in the queue has <see cref="Since"/>: what its place goes by.</summary>
    internal sealed record Line(ConversationId Conversation, Person Contact, InboxId Inbox, Mode Mode, Status Status, Priority Priority)
    {
        public TeamId? Team { get; init; }

        public AgentId? Agent { get; init; }

        /// <summary>Who is asked just now.</summary>
        public AgentId? Offered { get; init; }

        public DateTimeOffset? Since { get; init; }

        public DateTimeOffset? WaitingSince { get; init; }

        public Owed? Promise { get; init; }
    }

    /// <param name="Gone">What nobody waits in any more. Empty where <paramref name="Whole"/>: then this is all there is.</param>
    internal sealed record View(bool Whole, IReadOnlyList<AgentLine> Agents, IReadOnlyList<Line> Conversations, IReadOnlyList<ConversationId> Gone);

    /// <summary>Everything that somebody may look after.</summary>
    public async Task<View> Of(AgentPrincipal who)
    {
        var roster = await halls.Ready(who.Workspace);
        var lines = await Lines(who.Workspace, ongoing.Of(who.Workspace).Where(pair => Shows(who, pair.Value)).ToList());
        return new View(true, roster is null ? [] : Agents(roster), lines, []);
    }

    public IReadOnlyList<AgentLine> Agents(WorkspaceId workspace) => Agents(rosters.Now(workspace));

    /// <summary>What there is to say of some conversations; those that are over are left out.</summary>
    public Task<IReadOnlyList<Line>> Lines(WorkspaceId workspace, IEnumerable<ConversationId> ids) =>
        Lines(workspace, ids.Select(id => KeyValuePair.Create(id, ongoing.Find(workspace, id)!)).Where(pair => pair.Value is not null).ToList());

    public static bool Shows(AgentPrincipal who, InboxId inbox) => who.Inboxes?.Contains(inbox) != false;

    private static bool Shows(AgentPrincipal who, Conversation it) => Shows(who, it.Inbox);

    private List<AgentLine> Agents(Roster roster) =>
    [
        .. from agent in roster.Agents.Values
           where agent.Active
           let room = halls.Of(roster.Id, agent.Id)
           select new AgentLine(agent.Id, agent.Name, agent.Chair, presence.Present(roster.Id, agent.Id), Math.Round((double)room.Load / Weights.Unit, 2), agent.Capacity),
    ];

    private async Task<IReadOnlyList<Line>> Lines(WorkspaceId workspace, List<KeyValuePair<ConversationId, Conversation>> all)
    {
        var names = await people.Of(workspace, all.Select(pair => pair.Value.Contact).Distinct().ToList());
        return [.. all.Select(pair => Of(pair.Key, pair.Value, names.GetValueOrDefault(pair.Value.Contact)?.Name))];
    }

    private static Line Of(ConversationId id, Conversation it, string? name) => new(id, new Person(it.Contact, name), it.Inbox, it.Mode, it.Status, it.Priority)
    {
        Team = it.Team,
        Agent = it.Agent,
        Offered = it.Offer?.Agent,
        Since = it is { Agent: null, Mode: Mode.Waiting } ? it.Queue?.Since ?? it.WaitingSince : null,
        WaitingSince = it.WaitingSince,
        Promise = it.Promise is { } promise ? new Owed(promise.Shown, promise.Nudged, promise.Broken) : null,
    };
}
