using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Conversations;

/// <summary>Ends the episode. The conversation rests; the customer's next word wakes it.</summary>
/// <param name="Rating">How to ask the customer how it was; null where the inbox does not ask.</param>
public sealed record Close(Origin Origin, ConversationId Conversation, [property: JsonIgnore] Told? Rating = null) : ConversationCommand(Origin, Conversation);

/// <summary>Takes a closing back. Not counted as a reopening: that is the customer's.</summary>
public sealed record Reopen(Origin Origin, ConversationId Conversation) : ConversationCommand(Origin, Conversation);

/// <param name="Cause"><c>manual</c>, or <c>spam</c> where it was marked so; customers are never told the latter.</param>
public sealed record Closed(string Cause) : EntryBody
{
    internal override Visibility Visibility => Visibility.Public;
}

/// <param name="Cause"><c>message</c> (the customer wrote) or <c>manual</c> (an agent took the closing back).</param>
public sealed record Reopened(string Cause) : EntryBody
{
    internal override Visibility Visibility => Visibility.Public;
}

internal static class Closing
{
    public static Decision Decide(Conversation it, Close close)
    {
        if (it.Status == Status.Closed)
        {
            return Decision.Nothing;
        }

        Decision closed = new Closed("manual");
        return Rating.Asking(it, close.Rating) is { } asking ? closed with { Drafts = closed.Drafts.Add(asking) } : closed;
    }

    public static Decision DecideReopen(Conversation it) => it.Status == Status.Closed ? new Reopened("manual") : Decision.Nothing;

    public static Conversation Apply(Conversation it, Entry entry) => it with
    {
        Status = Status.Closed,
        PendingOn = null,
        SnoozedUntil = null,
        EpisodeOpen = false,
        ClosedAt = entry.At,
        ClosedIn = it.Mode,
        WaitingSince = null,
        WaitedSince = it.WaitingSince,
    };

    /// <summary>By hand the same episode goes on, and who waited before waits still; by the customer's word an entry of its own says which episode it is.</summary>
    public static Conversation ApplyReopen(Conversation it, Reopened reopened) => reopened.Cause == "manual"
        ? it with { Status = Status.Open, EpisodeOpen = it.Episode > 0, WaitingSince = it.WaitingSince ?? it.WaitedSince, WaitedSince = null }
        : it with { Status = Status.Open, EpisodeOpen = false, WaitedSince = null };
}
