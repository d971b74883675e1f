using Parley.Log;

namespace Parley.Conversations;

/// <summary>Says on whom the conversation waits: the customer, or a third party.</summary>
public sealed record Pend(Origin Origin, ConversationId Conversation, PendingOn On) : ConversationCommand(Origin, Conversation);

public sealed record EndPending(Origin Origin, ConversationId Conversation) : ConversationCommand(Origin, Conversation);

public sealed record SetPending(PendingOn On) : EntryBody;

/// <param name="Cause"><c>message</c>, <c>manual</c>, or <c>consult</c>: the colleagues who were asked are done.</param>
public sealed record Unpended(string Cause) : EntryBody;

internal static class Pending
{
    public static Decision Decide(Conversation it, Pend pend) => it switch
    {
        { Status: Status.Closed } => new Refusal("conversation.closed", "A closed conversation waits for nobody. Reopen it first."),
        { Status: Status.Pending } when it.PendingOn == pend.On => Decision.Nothing,
        _ => new SetPending(pend.On),
    };

    public static Decision DecideEnd(Conversation it) => it.Status == Status.Pending ? new Unpended("manual") : Decision.Nothing;

    public static Conversation Apply(Conversation it, SetPending pending) => it with { Status = Status.Pending, PendingOn = pending.On, SnoozedUntil = null };

    public static Conversation ApplyEnd(Conversation it) => it with { Status = Status.Open, PendingOn = null };
}
