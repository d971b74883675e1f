using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Conversations;

/// <summary>Ends the episode. The conversation rests; the customer's next word wakes it.</summary>
/// <param name="Rating">How to ask the customer how it was; null where the inbox does not ask.</param>
public sealed record Close(Origin Origin, ConversationId Conversation, [property: JsonIgnore] Told? Rating = null) : ConversationCommand(Origin, Conversation);

/// <summary>Takes a closing back. Not counted as a reopening: that is the customer's.</summary>
public sealed record Reopen(Origin Origin, ConversationId Conversation) : ConversationCommand(Origin, Conversation);

/// <param name="Cause"><c>manual</c>, <c>ended</c> (the session was, and nothing is owed), <c>unanswered</c> (it was, and nobody can answer any more), or <c>spam</c> where it was marked so; customers are never told the latter.</param>
/// <param name="Told">What the customer read, where they were talked to.</param>
public sealed record Closed(string Cause, Told? Told = null) : EntryBody, ITold
{
    internal override Visibility Visibility => Visibility.Public;
}

/// <summary>The matter is over.</summary>
public sealed record EpisodeClosed(int Episode) : EntryBody;

/// <param name="Cause"><c>message</c> (the customer wrote) <c>asked</c> (they wish to talk now) or <c>manual</c> (an agent took the closing back).</param>
public sealed record Reopened(string Cause) : EntryBody
{
    internal override Visibility Visibility => Visibility.Public;
}

internal static class Closing
{
    /// <summary>A session that has ended is over for good.</summary>
    public static readonly Refusal Over = new("conversation.ended", "This chat has ended.");

    public static Decision Decide(Conversation it, Close close, Deciding deciding)
    {
        if (it.Status == Status.Closed)
        {
            return Decision.Nothing;
        }

        var course = new Course(it, close, deciding);
        var ends = course.Policy.EndsSessions && it.Mode is Mode.Waiting or Mode.Live or Mode.Paused;
        var told = close switch
        {
            { Origin.Author: { Kind: AuthorKind.Agent, Id: { } agent }, Moment: not null } when it.EpisodeOpen && !ends => course.Tell(Sayings.AgentFinished, ("agent", course.Moment.Telling.Name(new AgentId(agent)))),
            _ when it.Mode is Mode.Live or Mode.Paused => course.Tell(Sayings.SessionOver),
            _ => null,
        };
        if (it.Session is not null)
        {
            course.Then(new SessionEnded("closed", ends ? true : null));
        }

        course.ThenOwn(new Closed("manual", told));
        return Stop(EndEpisode(course, it, close.Rating), ends).Decision;
    }

    public static Decision DecideReopen(Conversation it, Reopen reopen, Deciding deciding)
    {
        if (it.Status != Status.Closed)
        {
            return Decision.Nothing;
        }

        if (it.Mode == Mode.Ended)
        {
            return Over;
        }

        var course = new Course(it, reopen, deciding).ThenOwn(new Reopened("manual"));
        // Who waited before waits again, and has a promise again.
        return (reopen.Moment is null ? course : Promising.Owe(course, null)).Decision;
    }

    /// <summary>A session that has ended is done with. Where an answer was owed that says so: who left it unanswered, and how often, can be found.</summary>
    public static Course AfterEnd(Course course)
    {
        var before = course.It;
        if (before.Status == Status.Closed)
        {
            return course;
        }

        var owed = before.WaitingSince is not null;
        var told = course.Moment.AsksRating && !owed ? Sayings.Of(Sayings.RatingAsk, course.Moment.Telling, before.Language) : null;
        return EndEpisode(course.Then(new Closed(owed ? "unanswered" : "ended")), before with { Mode = Mode.Live }, told);
    }

    /// <summary>Nobody is awaited any more once it is closed.</summary>
    public static Course Stop(Course course, bool ends) =>
        course.It.Mode is Mode.Waiting or Mode.Live or Mode.Paused ? Modes.To(course, ends ? Mode.Ended : Mode.Messaging, "closed") : course;

    private static Course EndEpisode(Course course, Conversation before, Told? rating)
    {
        if (before.EpisodeOpen)
        {
            course.Then(new EpisodeClosed(before.Episode));
        }

        return Rating.Asking(before, rating) is { } asking ? course.Add(asking) : course;
    }

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
        Promise = null,
        Offer = null,
        Queue = null,
    };

    /// <summary>By hand the same episode goes on, and who waited before waits still; by the customer's word an entry of its own says which episode it is.</summary>
    public static Conversation ApplyReopen(Conversation it, Reopened reopened) => reopened.Cause == "manual"
        ? it with { Status = Status.Open, EpisodeOpen = it.Episode > 0, WaitingSince = it.WaitingSince ?? it.WaitedSince, WaitedSince = null }
        : it with { Status = Status.Open, EpisodeOpen = false, WaitedSince = null };
}
