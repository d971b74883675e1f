using Parley.Contacts;
using Parley.Log;

namespace Parley.Conversations;

/// <summary>The customer is here. Presence enters a conversation only so: by commands whose number rises; an older one says nothing any more.</summary>
public sealed record ContactCame(Origin Origin, ConversationId Conversation, long Number) : ConversationCommand(Origin, Conversation);

/// <summary>An agent is here.</summary>
public sealed record AgentCame(Origin Origin, ConversationId Conversation, AgentId Agent, long Number) : ConversationCommand(Origin, Conversation);

public sealed record ContactHere(long Number) : EntryBody;

public sealed record AgentHere(AgentId Agent, long Number) : EntryBody;

internal static class Arriving
{
    public static Decision Decide(Conversation it, ContactCame came, Deciding deciding) =>
        it.Customer is not { } side || side.Number >= came.Number ? Decision.Nothing
        : it.Mode == Mode.Paused ? Modes.To(new Course(it, came, deciding), Mode.Live, "contactReturned", came.Number).Decision
        : new ContactHere(came.Number);

    /// <summary>Who dropped out gets it back, if nobody else was faster.</summary>
    public static Decision Decide(Conversation it, AgentCame came, Deciding deciding)
    {
        if (it.Agent == came.Agent)
        {
            return it.Holder is { } side && side.Number < came.Number ? new AgentHere(came.Agent, came.Number) : Decision.Nothing;
        }

        if (it is not { Mode: Mode.Waiting, Queue: { Lost: { } lost } queue } || lost != came.Agent || queue.Has(lost))
        {
            return Decision.Nothing;
        }

        var moment = (came.Moment ?? Moment.Unknown) with { Agent = new Here(true, came.Number) };
        return Offering.Take(new Course(it, came with { Moment = moment }, deciding), lost, "returned").Decision;
    }

    public static Conversation Apply(Conversation it, ContactHere here) => it.Customer is null ? it : it with { Customer = new Side(here.Number) };

    public static Conversation Apply(Conversation it, AgentHere here) => it.Agent == here.Agent ? it with { Holder = new Side(here.Number) } : it;
}
