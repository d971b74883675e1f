using Parley.Log;

namespace Parley.Conversations;

/// <summary>Puts the conversation out of sight until a time, or the customer's next word.</summary>
public sealed record Snooze(Origin Origin, ConversationId Conversation, DateTimeOffset Until) : ConversationCommand(Origin, Conversation);

public sealed record EndSnooze(Origin Origin, ConversationId Conversation) : ConversationCommand(Origin, Conversation);

public sealed record Snoozed(DateTimeOffset Until) : EntryBody;

/// <param name="Cause"><c>due</c>, <c>message</c> or <c>manual</c>.</param>
public sealed record Unsnoozed(string Cause) : EntryBody;

internal static class Snoozing
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(730);

    public static Decision Decide(Conversation it, Snooze snooze, Deciding deciding)
    {
        if (it.Status == Status.Closed)
        {
            return new Refusal("conversation.closed", "A closed conversation cannot be snoozed. Reopen it first.");
        }

        if (snooze.Until <= deciding.Now || snooze.Until > deciding.Now + Longest)
        {
            return new Refusal("snooze.until", "The time to come back lies in the future, at most two years ahead.", 400);
        }

        return it.Status == Status.Snoozed && it.SnoozedUntil == snooze.Until ? Decision.Nothing : new Snoozed(snooze.Until);
    }

    public static Decision DecideEnd(Conversation it) => it.Status == Status.Snoozed ? new Unsnoozed("manual") : Decision.Nothing;

    public static bool Tired(Course course)
    {
        if (course.It.Status != Status.Snoozed || !(course.It.SnoozedUntil <= course.Now))
        {
            return false;
        }

        course.Then(new Unsnoozed("due"));
        return true;
    }

    /// <summary>What is out of sight is offered to nobody.</summary>
    public static Conversation Apply(Conversation it, Snoozed snoozed) => it with { Status = Status.Snoozed, SnoozedUntil = snoozed.Until, PendingOn = null, Offer = null };

    public static Conversation ApplyEnd(Conversation it) => it with { Status = Status.Open, SnoozedUntil = null };
}
