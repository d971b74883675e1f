using System.Collections.Immutable;
using Parley.Log;
using Parley.Platform;

namespace Parley.Conversations;

/// <summary>A conversation is passed on: why, for who has it then.</summary>
/// <param name="Tells">Whether the customer is told.</param>
public sealed record Passing(string Reason, bool Tells = true);

/// <summary>Who passed it on since the customer was answered last.</summary>
/// <param name="Team">Whose it was, where it left the team.</param>
public sealed record Passed(AgentId? Agent, TeamId? Team = null);

/// <summary>
/// To pass a conversation on is to assign it, and more: whoever has it then reads why, the customer is told in a sentence, and nobody passes it back to where it
/// came from before the customer has had an answer.
/// </summary>
internal static class Transferring
{
    public const string Cause = "transferred";

    /// <summary>Who has it from now on took it themselves.</summary>
    public const string TakenOver = "takenOver";

    private const int ReasonLimit = 1_000;

    public static Refusal? Flaw(Conversation it, Assign assign, Passing passing, Telling telling)
    {
        var target = assign.Agent is null ? "team" : "agent";
        return passing.Reason.Trim() is { Length: 0 or > ReasonLimit } ? Wrong("transfer.reason", "reason", $"Whoever has it then reads why: 1 to {ReasonLimit:N0} characters.", 400)
            : assign is { Agent: null, Team: null } ? Wrong("transfer.target", "agent", "It is passed on to somebody, or to a team.", 400)
            : it.Agent == assign.Agent && (assign.Team ?? it.Team) == it.Team ? Wrong("transfer.same", target, "It is there already.", 409)
            : !Takes(assign) && it.Passed is { } before && before.Any(one => assign.Agent is { } agent ? one.Agent == agent : one.Team == assign.Team)
                ? Wrong("transfer.loop", target, assign.Agent is { } back ? $"{telling.Name(back)} has passed it on already, and the customer has had no answer since." : "This team has passed it on already, and the customer has had no answer since.", 409)
                : null;
    }

    /// <summary>What is said to colleagues, who has it from now on, and what the customer is told.</summary>
    public static Decision Handed(Conversation it, Assign assign, Passing passing, Deciding deciding)
    {
        var team = assign.Team ?? it.Team;
        var telling = assign.Moment?.Telling ?? Telling.Plain;
        var told = passing.Tells && it is { Agent: not null, Spam: false, Status: not Status.Closed, Mode: not Mode.Ended }
            ? assign.Agent is { } agent ? Sayings.Of(Sayings.TransferAgent, telling, it.Language, ("agent", telling.Name(agent))) : Sayings.Of(Sayings.TransferTeam, telling, it.Language)
            : null;
        return Noting.Decide(it, new WriteNote(assign.Origin, assign.Conversation, passing.Reason.Trim()))
            .Then(new Assigned(assign.Agent, team, it.Agent, it.Team, Takes(assign) ? TakenOver : Cause) { Note = deciding.Seq + 1, Told = told });
    }

    public static ImmutableArray<Passed>? Chain(Conversation it, Assigned assigned) => assigned.Cause == Cause
        ? (it.Passed ?? []).Add(new Passed(assigned.FromAgent, assigned.Team == assigned.FromTeam ? null : assigned.FromTeam))
        : it.Passed;

    /// <summary>Whoever takes something over passes it to nobody: nothing goes in a circle.</summary>
    private static bool Takes(Assign assign) => assign.Agent is { } agent && assign.Origin.Author == new Author(AuthorKind.Agent, agent.Value);

    private static Refusal Wrong(string code, string field, string text, int status) => new(code, text, status) { Errors = [new FieldFlaw(field, code.Split('.')[1], text)] };
}
