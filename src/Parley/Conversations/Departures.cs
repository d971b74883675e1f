using System.Collections.Immutable;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>Finds the words of what is to be sent by now, with all that they are held against: a state holds no words.</summary>
public sealed class Departures(LogReader log, Rosters rosters, Moments moments)
{
    public async ValueTask<ImmutableArray<Departure>> Of(WorkspaceId workspace, ConversationId id, Conversation it, DateTimeOffset now)
    {
        if (it.Scheduled is null)
        {
            return [];
        }

        var all = ImmutableArray.CreateBuilder<Departure>();
        foreach (var planned in Scheduling.Ripe(it, now))
        {
            all.Add(await Of(workspace, id, it, planned));
        }

        return all.ToImmutable();
    }

    public async Task<Departure> Of(WorkspaceId workspace, ConversationId id, Conversation it, Planned planned)
    {
        var (subject, roster) = (Conversation.Subject(id), rosters.Now(workspace));
        AgentId? agent = planned.Author is { Kind: AuthorKind.Agent, Id: { } who } ? new AgentId(who) : null;
        if (agent is { } writer && !roster.AgentsOf(it.Inbox).Any(card => card.Id == writer))
        {
            return new Departure(planned.Seq, null, "agentGone");
        }

        if (await log.One(subject, planned.Seq) is not { Body: Scheduled { Content: var content } } || roster.Inbox(it.Inbox) is not { } inbox)
        {
            return new Departure(planned.Seq, null, "refused");
        }

        var quoted = content.Quote is { } quote ? await log.One(subject, quote) : null;
        return new Departure(planned.Seq, new Post(new Origin(workspace, planned.Author, $"scheduled:{planned.Seq}"), id, content, Terms.Of(inbox.Settings), Target.Of(quoted))
        {
            Unheld = planned.Unheld,
            Seen = planned.Seen,
            Moment = await moments.OfAnswer(workspace, agent, it),
        });
    }
}
