using Parley.Log;

namespace Parley.Conversations;

/// <summary>Somebody has read up to here. Moves a mark, writes no entry.</summary>
public sealed record Seen(Origin Origin, ConversationId Conversation, long Seq) : ConversationCommand(Origin, Conversation);

/// <summary>A message has reached the other side's screen. Moves a mark, writes no entry.</summary>
/// <param name="To">The side that received: the contact, or an agent.</param>
public sealed record Deliver(Origin Origin, ConversationId Conversation, Author To, long Seq) : ConversationCommand(Origin, Conversation);

/// <summary>A message was handed over to the channel by which the other side is reached. Moves a mark, writes no entry.</summary>
public sealed record Hand(Origin Origin, ConversationId Conversation, Author To, long Seq) : ConversationCommand(Origin, Conversation);

public static class Seeing
{
    public const string SeenMark = "seen";

    public const string DeliveredMark = "delivered";

    public const string SentMark = "sent";

    internal static Decision Decide(Conversation it, Seen seen, Deciding deciding)
    {
        if (seen.Seq < 0)
        {
            return new Refusal("seen.invalid", "A place in the thread is not below zero.", 400);
        }

        // All devices of a customer move one mark: that of the person whose thread it is.
        var author = seen.Origin.Author;
        var participant = author.Kind == AuthorKind.Contact ? new Author(AuthorKind.Contact, it.Contact.Value) : author;
        return Moved(seen.Subject, SeenMark, participant, Math.Min(seen.Seq, deciding.Seq), deciding.Now);
    }

    internal static Decision Decide(Deliver deliver, Deciding deciding) =>
        Moved(deliver.Subject, DeliveredMark, deliver.To, Math.Min(deliver.Seq, deciding.Seq), deciding.Now);

    internal static Decision Decide(Hand hand, Deciding deciding) => Moved(hand.Subject, SentMark, hand.To, Math.Min(hand.Seq, deciding.Seq), deciding.Now);

    private static Decision Moved(Subject subject, string kind, Author participant, long seq, DateTimeOffset now) =>
        seq == 0 ? Decision.Nothing : new Decision { Marks = [new Mark(subject, kind, participant, seq, now)] };
}
