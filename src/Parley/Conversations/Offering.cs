using System.Text.Json.Serialization;
using Parley.Log;
using Parley.Platform;

namespace Parley.Conversations;

/// <summary>An agent was asked whether they take it.</summary>
public sealed record Offer(OfferId Id, AgentId Agent, DateTimeOffset Until);

/// <summary>Offers a conversation that nobody holds to one agent. The router's command.</summary>
/// <param name="Id">Made by whoever offers.</param>
public sealed record OfferTo(Origin Origin, ConversationId Conversation, OfferId Id, AgentId Agent) : ConversationCommand(Origin, Conversation)
{
    /// <summary>Why they are asked, for who asks that.</summary>
    [JsonIgnore]
    public Why? Why { get; init; }
}

public sealed record AcceptOffer(Origin Origin, ConversationId Conversation, OfferId Id, AgentId Agent) : ConversationCommand(Origin, Conversation);

/// <param name="Cause"><c>declined</c>, or <c>gone</c> where the agent is not here any more.</param>
public sealed record DeclineOffer(Origin Origin, ConversationId Conversation, OfferId Id, AgentId Agent, string Cause = "declined") : ConversationCommand(Origin, Conversation);

public sealed record Offered(OfferId Offer, AgentId Agent, DateTimeOffset Until) : EntryBody
{
    public Why? Why { get; init; }
}

/// <param name="Cause"><c>declined</c>, <c>missed</c> (the time passed), <c>gone</c> (the agent left).</param>
public sealed record Declined(OfferId Offer, AgentId Agent, string Cause) : EntryBody;

/// <summary>That no two agents get one conversation is kept here: whoever comes second reads who was first.</summary>
internal static class Offering
{
    public static Decision Decide(Conversation it, OfferTo offer, Deciding deciding)
    {
        if (it.Status is Status.Closed or Status.Snoozed || it.Agent is not null || it.Mode is not (Mode.Waiting or Mode.Messaging or Mode.Dormant) || (it.Mode != Mode.Waiting && it.WaitingSince is null))
        {
            return Over(it, offer);
        }

        if (it.Offer is { } open)
        {
            return new Refusal("offer.open", "It is offered to somebody already.") { Errors = [new("agent", "taken", open.Agent.ToString())] };
        }

        if (it.Queue?.Has(offer.Agent) == true)
        {
            return new Refusal("offer.passed", "This agent let it pass.");
        }

        var course = new Course(it, offer, deciding);
        return (course.Policy.AutoAccept ? Take(course, offer.Agent, "auto", offer.Why) : course.ThenOwn(new Offered(offer.Id, offer.Agent, deciding.Now.AddSeconds(course.Policy.AcceptSeconds)) { Why = offer.Why })).Decision;
    }

    public static Decision Decide(Conversation it, AcceptOffer accept, Deciding deciding) => Open(it, accept.Id, accept.Agent) && it.Offer!.Until > deciding.Now
        ? Take(new Course(it, accept, deciding), accept.Agent, "offer").Decision
        : Over(it, accept);

    public static Decision Decide(Conversation it, DeclineOffer decline) => Open(it, decline.Id, decline.Agent) ? new Declined(decline.Id, decline.Agent, decline.Cause) : Over(it, decline);

    public static Conversation Apply(Conversation it, Offered offered, Entry entry) => it with
    {
        Offer = new Offer(offered.Offer, offered.Agent, offered.Until),
        Queue = it.Queue ?? new Queue(it.WaitingSince ?? entry.At, entry.At),
    };

    /// <summary>Whoever let it pass is not asked again as long as it waits; but who dropped out of it, and was asked before that was known, has it back when they are.</summary>
    public static Conversation Apply(Conversation it, Declined declined) => it with
    {
        Offer = null,
        Queue = it.Queue is { } queue && !queue.Has(declined.Agent) && !(declined.Cause == "gone" && queue.Lost == declined.Agent) ? queue with { Passed = (queue.Passed ?? []).Add(declined.Agent) } : it.Queue,
    };

    public static DateTimeOffset? Due(Conversation it) => it.Offer?.Until;

    /// <summary>The agent did not answer in time. Where it was we who were not there, the time begins anew.</summary>
    public static bool Tired(Course course)
    {
        if (course.It.Offer is not { } offer || offer.Until > course.Now)
        {
            return false;
        }

        var time = TimeSpan.FromSeconds(course.Policy.AcceptSeconds);
        course.Then(course.Moment.Up is { } up && up > offer.Until - time && up + time > course.Now
            ? new Offered(offer.Id, offer.Agent, up + time)
            : new Declined(offer.Id, offer.Agent, "missed"));
        return true;
    }

    /// <summary>An agent takes it: whoever waits is talked to, whoever does not is answered when there is time.</summary>
    public static Course Take(Course course, AgentId agent, string by, Why? why = null)
    {
        var waits = course.It.Mode == Mode.Waiting;
        course.ThenOwn(new Accepted(agent, by) { Why = why });
        var here = course.Moment is { Contact.Present: true, Agent.Present: true } && course.Coming.LiveAllowed;
        return waits || (here && course.It.Mode == Mode.Messaging) ? Modes.Begin(course, "accepted") : course;
    }

    private static bool Open(Conversation it, OfferId id, AgentId agent) => it.Offer is { } offer && offer.Id == id && offer.Agent == agent;

    /// <summary>Answered twice, too late, or by another: whoever reads it reads who has it now.</summary>
    private static Refusal Over(Conversation it, ConversationCommand command) => new("offer.over", it.Agent is not null ? "Somebody has it already." : it.Offer is not null ? "It is offered to somebody else." : "This offer does not stand any more.")
    {
        Errors = it.Agent is { } agent ? [new("holder", "taken", agent.ToString())] : [],
        Holder = it.Agent is { } holder ? new Holder("agent", holder.ToString(), command.Moment?.Telling.Names(holder))
            : it.Status == Status.Closed ? new Holder("nobody")
            : new Holder("queue", it.Team?.ToString()),
    };
}
