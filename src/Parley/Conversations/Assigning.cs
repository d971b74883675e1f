using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Conversations;

/// <summary>Gives the conversation to an agent, to a team's queue, or (neither) back to the queue it came from.</summary>
/// <param name="AgentMay">Whether the agent is active and may use the inbox.</param>
/// <param name="TeamKnown">Whether the team exists.</param>
public sealed record Assign(Origin Origin, ConversationId Conversation, AgentId? Agent, TeamId? Team, [property: JsonIgnore] bool AgentMay = true, [property: JsonIgnore] bool TeamKnown = true)
    : ConversationCommand(Origin, Conversation);

/// <summary>The agent who holds it does not work here any more: it goes to the team that it belongs to, or to the one named, or to everybody.</summary>
public sealed record HandOver(Origin Origin, ConversationId Conversation, AgentId From, TeamId? Team) : ConversationCommand(Origin, Conversation);

/// <summary>Who holds it from now on, and who did before.</summary>
public sealed record Assigned(AgentId? Agent, TeamId? Team, AgentId? FromAgent, TeamId? FromTeam, string Cause) : EntryBody;

/// <summary>An agent took it: by answering it (<c>answer</c>) or by accepting an offer.</summary>
public sealed record Accepted(AgentId Agent, string By) : EntryBody;

internal static class Assigning
{
    public static Decision Decide(Conversation it, Assign assign)
    {
        if (assign is { Agent: not null, AgentMay: false })
        {
            return new Refusal("agent.unknown", "There is no such agent for this inbox.", 400);
        }

        if (assign is { Team: not null, TeamKnown: false })
        {
            return new Refusal("team.unknown", "There is no such team.", 400);
        }

        // To a team means into its queue; to an agent alone, or to nobody, leaves the team that it belongs to.
        var team = assign.Team ?? it.Team;
        return it.Agent == assign.Agent && it.Team == team ? Decision.Nothing : new Assigned(assign.Agent, team, it.Agent, it.Team, "manual");
    }

    public static Decision Decide(Conversation it, HandOver handOver) =>
        it.Agent == handOver.From ? new Assigned(null, it.Team ?? handOver.Team, it.Agent, it.Team, "deactivated") : Decision.Nothing;

    public static Conversation Apply(Conversation it, Assigned assigned) => it with { Agent = assigned.Agent, Team = assigned.Team };

    public static Conversation Apply(Conversation it, Accepted accepted) => it with { Agent = accepted.Agent };
}
