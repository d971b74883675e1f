using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Notifications.Pushes;

/// <summary>Whom an entry concerns who may have closed their console.</summary>
internal static class Concerned
{
    public static IEnumerable<(AgentId Agent, PushKind Kind)> By(Entry entry, Conversation it, Roster roster)
    {
        var may = roster.AgentsOf(it.Inbox).Select(agent => agent.Id).ToHashSet();
        return Named(entry, it, roster).Where(one => may.Contains(one.Agent) && entry.Author != new Author(AuthorKind.Agent, one.Agent.Value)).Distinct();
    }

    private static IEnumerable<(AgentId Agent, PushKind Kind)> Named(Entry entry, Conversation it, Roster roster) => entry.Body switch
    {
        Message when entry.Author.Kind == AuthorKind.Contact && it.Agent is { } holder => Following(it).Prepend((holder, PushKind.Mine)),
        // The first word of theirs that nobody answered; the next ones are no news.
        Message when entry.Author.Kind == AuthorKind.Contact && it.WaitingSince == entry.At => Following(it).Concat(Team(it, roster).Where(agent => it.Followers?.Contains(agent) != true).Select(agent => (agent, PushKind.Team))),
        // Who follows it hears what is said, on either side of the house.
        Message => Following(it),
        Note note => (note.Mentions ?? []).Select(agent => (agent, PushKind.Mention)).Concat(Following(it).Where(one => note.Mentions?.Contains(one.Agent) != true)),
        Nudged { Agent: { } nudged } => [(nudged, PushKind.Promise)],
        Nudged => Owing(it, roster),
        // What was promised and did not come is not only theirs to know who were to answer.
        PromiseBroken => Owing(it, roster).Concat(Over(it, roster).Select(agent => (agent, PushKind.Promise))),
        // Who was silent for too long reads that it is somebody else's now.
        Requeued { Cause: "silence", From: { } silent } => [(silent, PushKind.Promise)],
        _ => [],
    };

    private static IEnumerable<(AgentId Agent, PushKind Kind)> Following(Conversation it) => (it.Followers ?? []).Select(agent => (agent, PushKind.Mine));

    private static IEnumerable<(AgentId Agent, PushKind Kind)> Owing(Conversation it, Roster roster) =>
        it.Agent is { } owner ? [(owner, PushKind.Promise)] : Team(it, roster).Select(agent => (agent, PushKind.Promise));

    /// <summary>The supervisors of the inbox; where it has none, who administers.</summary>
    private static IEnumerable<AgentId> Over(Conversation it, Roster roster)
    {
        var agents = roster.AgentsOf(it.Inbox).ToList();
        return agents.Exists(agent => agent.Role == Role.Supervisor)
            ? agents.Where(agent => agent.Role == Role.Supervisor).Select(agent => agent.Id)
            : agents.Where(agent => agent.Role > Role.Supervisor).Select(agent => agent.Id);
    }

    private static IEnumerable<AgentId> Team(Conversation it, Roster roster) =>
        (it.Team is { } team ? roster.AgentsOf(team) : roster.AgentsOf(it.Inbox)).Where(agent => agent.Chair != Chair.Offline || it.Team is not null).Select(agent => agent.Id);
}
