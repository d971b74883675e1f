using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Conversations;

/// <summary>Gives the conversation to an agent, to a team's queue, or (neither) back to the queue it came from.</summary>
/// <param name="AgentMay">Whether the agent is active and may use the inbox.</param>
/// <param name="TeamMay">Whether the team exists and may use the inbox.</param>
public sealed record Assign(Origin Origin, ConversationId Conversation, AgentId? Agent, TeamId? Team, [property: JsonIgnore] bool AgentMay = true, [property: JsonIgnore] bool TeamMay = true)
    : ConversationCommand(Origin, Conversation)
{
    /// <summary>Belongs to no team where none is said, and not to the one that it belongs to: as it was once before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Exact { get; init; }

    /// <summary>It is passed on, for a reason; null: it is given out.</summary>
    public Passing? Passing { get; init; }
}

/// <summary>Gives a letter that nobody has to an agent, who need not say yes. The router's command.</summary>
public sealed record HandOut(Origin Origin, ConversationId Conversation, AgentId Agent, [property: JsonIgnore] Why? Why = null) : ConversationCommand(Origin, Conversation);

/// <summary>The agent who holds it, or the team it belongs to, may not any more: it goes to the team that it still belongs to, or to the one named, or to everybody.</summary>
/// <param name="From">The agent; null: only the team may not.</param>
/// <param name="Barred">The team that may not use the inbox any more.</param>
/// <param name="Cause"><c>deactivated</c>, or <c>inboxTeams</c>: the inbox is open to other teams now.</param>
public sealed record HandOver(Origin Origin, ConversationId Conversation, AgentId? From, TeamId? Team, TeamId? Barred = null, string Cause = "deactivated") : ConversationCommand(Origin, Conversation);

/// <summary>Who holds it from now on, and who did before.</summary>
public sealed record Assigned(AgentId? Agent, TeamId? Team, AgentId? FromAgent, TeamId? FromTeam, string Cause) : EntryBody, ITold
{
    internal override Visibility Visibility => Told is null ? Visibility.Internal : Visibility.Public;

    /// <summary>The note that says why it was passed on.</summary>
    public long? Note { get; init; }

    public Told? Told { get; init; }

    /// <summary>Why they were given it, where nobody gave it.</summary>
    public Why? Why { get; init; }
}

/// <summary>An agent took it: by answering it (<c>answer</c>) or by accepting an offer.</summary>
public sealed record Accepted(AgentId Agent, string By) : EntryBody
{
    /// <summary>Why they, where nobody asked them before.</summary>
    public Why? Why { get; init; }
}

internal static class Assigning
{
    public static Decision Decide(Conversation it, Assign assign, Deciding deciding)
    {
        if (assign is { Agent: not null, AgentMay: false })
        {
            return new Refusal("agent.unknown", "There is no such agent for this inbox.", 400);
        }

        if (assign is { Team: not null, TeamMay: false })
        {
            return new Refusal("team.unknown", "There is no such team for this inbox.", 400);
        }

        if (assign.Passing is { } passing)
        {
            return Transferring.Flaw(it, assign, passing, assign.Moment?.Telling ?? Telling.Plain) is { } flaw
                ? flaw
                : Noted(Transferring.Handed(it, assign, passing, deciding), decision => Moved(new Course(it, assign, deciding, decision), it, Transferring.Cause).Decision);
        }

        // To a team means into its queue; to an agent alone, or to nobody, leaves the team that it belongs to.
        var team = assign.Exact ? assign.Team : assign.Team ?? it.Team;
        return it.Agent == assign.Agent && it.Team == team
            ? Decision.Nothing
            : Moved(new Course(it, assign, deciding, new Assigned(assign.Agent, team, it.Agent, it.Team, "manual")), it, "transferred").Decision;
    }

    /// <summary>That no two get one letter is kept here, as with offers.</summary>
    public static Decision Decide(Conversation it, HandOut give, Deciding deciding) =>
        it is not { Agent: null, Offer: null, WaitingSince: not null, Status: Status.Open, Mode: Mode.Messaging or Mode.Dormant }
            ? new Refusal("offer.over", "It need not be given to anybody any more.")
            : new Course(it, give, deciding, new Assigned(give.Agent, it.Team, null, it.Team, "routed") { Why = give.Why }).Decision;

    public static Decision Decide(Conversation it, HandOver handOver, Deciding deciding)
    {
        var leaves = handOver.From is { } from && it.Agent == from;
        var barred = handOver.Barred is { } team && it.Team == team;
        if (!leaves && !barred)
        {
            return Decision.Nothing;
        }

        var left = barred ? null : it.Team;
        var assigned = new Assigned(leaves ? null : it.Agent, leaves ? left ?? handOver.Team : left, it.Agent, it.Team, handOver.Cause);
        return Moved(new Course(it, handOver, deciding, assigned), it, "agentLeft").Decision;
    }

    /// <summary>Whoever has it loses it.</summary>
    public static Course Drop(Course course, string cause) =>
        course.It.Agent is null ? course : course.Then(new Assigned(null, course.It.Team, course.It.Agent, course.It.Team, cause));

    public static Conversation Apply(Conversation it, Assigned assigned) => it with { Agent = assigned.Agent, Team = assigned.Team, Offer = null, Passed = Transferring.Chain(it, assigned) };

    public static Conversation Apply(Conversation it, Accepted accepted, Entry entry) => it with
    {
        Agent = accepted.Agent,
        // Back before anybody else had it: what was owed is what was owed before.
        WaitingSince = accepted.By == "returned" && it.WaitingSince == it.Queue?.From ? null : it.WaitingSince,
        Offer = null,
        Queue = it.Mode == Mode.Waiting ? it.Queue : null,
        Session = it.Session is { } session ? session with { Held = entry.At, Replied = false, Nudged = null } : null,
    };

    private static Decision Noted(Decision decision, Func<Decision, Decision> then) => decision.Refusal is null ? then(decision) : decision;

    /// <summary>Another has it now, or nobody: who talks with the customer must be somebody who is here, or be looked for.</summary>
    private static Course Moved(Course course, Conversation before, string cause)
    {
        var it = course.It;
        if (it.Mode is not (Mode.Waiting or Mode.Live or Mode.Paused) || it.Agent == before.Agent)
        {
            return course;
        }

        var here = course.Moment.Agent;
        return (it.Mode, it.Agent) switch
        {
            (Mode.Waiting, null) => course,
            // Where there are only sessions one begins all the same: whoever has it has the grace time to be here.
            (Mode.Waiting, _) when here.Present || course.Policy.EndsSessions => Modes.Begin(course, "assigned"),
            (Mode.Waiting, _) => Modes.Leave(course, "assigned", "assigned"),
            (_, null) => Queueing.Again(course, cause),
            (_, { } agent) => course.Then(here.Present ? new AgentHere(agent, here.Number) : new AgentGone(agent, here.Number, true)),
        };
    }
}
