using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Log;
using Parley.Platform;

namespace Parley.Conversations;

/// <summary>Says something later: at a time, or after the seconds in which whoever wrote it can still think better of it.</summary>
/// <param name="Post">What is said then, and all that it is held against now.</param>
/// <param name="At">When; null: after <paramref name="Undo"/> seconds.</param>
public sealed record Schedule(Origin Origin, ConversationId Conversation, [property: JsonIgnore] Post Post, DateTimeOffset? At, int? Undo) : ConversationCommand(Origin, Conversation);

/// <summary>Takes back what is not sent yet.</summary>
/// <param name="Target">The entry, as it stood.</param>
public sealed record Unschedule(Origin Origin, ConversationId Conversation, long Of, [property: JsonIgnore] Target? Target) : ConversationCommand(Origin, Conversation);

/// <summary>Sends now what was to be sent later.</summary>
public sealed record Dispatch(Origin Origin, ConversationId Conversation, long Of, [property: JsonIgnore] Departure Departure) : ConversationCommand(Origin, Conversation);

/// <summary>Words that are still to be sent.</summary>
/// <param name="Due">When.</param>
/// <param name="Undo">True where it waits only so that it can be taken back.</param>
/// <param name="Unheld">See <see cref="Post.Unheld"/>.</param>
/// <param name="Seen">See <see cref="Post.Seen"/>.</param>
public sealed record Scheduled(Content Content, DateTimeOffset Due, bool? Undo = null, bool? Unheld = null, long? Seen = null) : EntryBody;

/// <summary>It is not to be sent any more.</summary>
/// <param name="Cause">
/// <c>sent</c> (the message stands next), <c>takenBack</c>, <c>redacted</c>, or why it could not be: <c>ended</c> (the conversation), <c>agentGone</c> (who wrote it), <c>taken</c> (somebody else answered first), <c>answered</c> (a colleague did, since it was written), <c>spam</c>,
/// <c>refused</c>.
/// </param>
public sealed record Unscheduled(long Of, string Cause) : EntryBody;

/// <summary>What the state keeps of words that are still to be sent; never the words.</summary>
/// <param name="From">When it was written.</param>
public sealed record Planned(long Seq, DateTimeOffset From, DateTimeOffset Due, Author Author, bool Undo = false, bool Unheld = false, long? Seen = null);

/// <summary>The words of what is due, as they are to be said; or why they are not.</summary>
public sealed record Departure(long Seq, Post? Post, string? Cause = null);

internal static class Scheduling
{
    /// <summary>More than these at once in one conversation nobody means.</summary>
    public const int Most = 20;

    public const int LongestUndo = 60;

    /// <summary>It was sent, or taken back, in the meantime.</summary>
    public static readonly Refusal Over = new("scheduled.over", "This was sent already, or taken back.");

    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    public static Decision Decide(Conversation it, Schedule schedule, Deciding deciding)
    {
        // Where both are here words go at once: seconds are long there.
        if (schedule.Undo is not null && it.Mode == Mode.Live)
        {
            return Posting.Decide(it, schedule.Post, deciding);
        }

        if (Untimely(schedule, deciding.Now) is { } flaw)
        {
            return flaw;
        }

        // Refused now as it would be then; what would be said is what is kept.
        var said = Posting.Decide(it, schedule.Post, deciding);
        if (said.Refusal is { } refusal)
        {
            return Named(refusal);
        }

        var all = it.Scheduled ?? [];
        if (all.Length >= Most)
        {
            return new Refusal("scheduled.tooMany", $"At most {Most} messages of a conversation wait to be sent.");
        }

        var content = said.Drafts.Select(draft => draft.Body).OfType<Message>().First().Content;
        return new Decision { Claims = said.Claims }.Then(new Scheduled(content, Due(all, schedule, deciding.Now), schedule.Undo is null ? null : true, schedule.Post.Unheld ? true : null, schedule.Post.Seen));
    }

    public static Decision Decide(Conversation it, Unschedule unschedule)
    {
        if (unschedule.Target is not { Type: "scheduled" } target)
        {
            return Refusal.Unknown("scheduled");
        }

        return Find(it, unschedule.Of) is null
            ? Over
            : new Decision { Overwrites = [new Overwrite(unschedule.Subject, target.Seq, "takenBack")] }.Then(new Unscheduled(unschedule.Of, "takenBack"));
    }

    public static Decision Decide(Conversation it, Dispatch dispatch, Deciding deciding)
    {
        if (Find(it, dispatch.Of) is not { } planned)
        {
            return Over;
        }

        if (!dispatch.Origin.Is(planned.Author))
        {
            return new Refusal("message.notOwn", "Only who wrote a message can send it. Take it back, and say it yourself.", 403);
        }

        var (decision, cause) = Go(it, planned, dispatch.Departure, deciding);
        return cause is null ? decision : decision.Refusal ?? new Refusal("scheduled.over", "This cannot be sent any more.");
    }

    public static Conversation Apply(Conversation it, Scheduled scheduled, Entry entry) => it with
    {
        Scheduled = (it.Scheduled ?? []).Add(new Planned(entry.Seq, entry.At, scheduled.Due, entry.Author, scheduled.Undo == true, scheduled.Unheld == true, scheduled.Seen)),
    };

    public static Conversation Apply(Conversation it, Unscheduled gone) => it with
    {
        Scheduled = it.Scheduled?.RemoveAll(planned => planned.Seq == gone.Of) is { IsEmpty: false } left ? left : null,
    };

    public static Planned? Find(Conversation it, long seq) => it.Scheduled?.FirstOrDefault(planned => planned.Seq == seq);

    public static DateTimeOffset? Due(Conversation it) => it.Scheduled is { } all ? all.Min(planned => Due(it, planned)) : null;

    /// <summary>What is to be sent by now, in order.</summary>
    public static IEnumerable<Planned> Ripe(Conversation it, DateTimeOffset now) =>
        (it.Scheduled ?? []).Where(planned => Due(it, planned) <= now).OrderBy(planned => planned.Due).ThenBy(planned => planned.Seq);

    public static bool Tired(Course course, ImmutableArray<Departure> departures, Deciding deciding)
    {
        var any = false;
        foreach (var planned in Ripe(course.It, course.Now))
        {
            // What came due after they were looked up has a wake-up of its own.
            if (departures.FirstOrDefault(departure => departure.Seq == planned.Seq) is { } departure)
            {
                var (decision, cause) = Go(course.It, planned, departure, deciding with { Seq = course.Next - 1 });
                _ = cause is null ? course.Take(decision) : course.Then(new Unscheduled(planned.Seq, cause));
                any = true;
            }
        }

        return any;
    }

    /// <summary>The ordinary message of whoever wrote it, as if it were said now; or why it is not.</summary>
    private static (Decision Decision, string? Cause) Go(Conversation it, Planned planned, Departure departure, Deciding deciding)
    {
        if (departure.Post is not { } post || it.Spam)
        {
            return (Decision.Nothing, departure.Cause ?? "spam");
        }

        var sent = new Draft(new Unscheduled(planned.Seq, "sent"));
        var said = Posting.Decide(Apply(it, (Unscheduled)sent.Body), post, deciding with { Seq = deciding.Seq + 1 });
        if (said.Refusal is { } refusal)
        {
            return (said, refusal.Code switch { "conversation.ended" => "ended", "conversation.taken" => "taken", "conversation.answered" => "answered", _ => "refused" });
        }

        var trigger = new Trigger(Seq: planned.Seq, Timer: "scheduled");
        return (said with
        {
            Drafts = [sent with { Author = planned.Author }, .. said.Drafts.Select(draft => draft.Body is Message ? draft with { Author = planned.Author, Trigger = trigger } : draft with { Author = draft.Author ?? planned.Author })],
            // From now on the message alone holds the words: who takes them out of it takes them out of the world.
            Overwrites = [new Overwrite(Conversation.Subject(post.Conversation), planned.Seq, "sent")],
        }, null);
    }

    /// <summary>In an ended conversation nothing waits; where both are here no seconds do.</summary>
    private static DateTimeOffset Due(Conversation it, Planned planned) =>
        it.Mode == Mode.Ended || (planned.Undo && it.Mode == Mode.Live) ? planned.From : planned.Due;

    /// <summary>Never before what the same person said before.</summary>
    private static DateTimeOffset Due(ImmutableArray<Planned> all, Schedule schedule, DateTimeOffset now)
    {
        var due = schedule.At ?? now.AddSeconds(schedule.Undo!.Value);
        var before = all.Where(planned => planned.Undo && schedule.Undo is not null && planned.Author == schedule.Origin.Author).Select(planned => planned.Due).DefaultIfEmpty(due).Max();
        return before > due ? before : due;
    }

    private static Refusal? Untimely(Schedule schedule, DateTimeOffset now) => schedule switch
    {
        { At: null, Undo: null } => Flaw("at", "required", "A message that is sent later has a time."),
        { At: not null, Undo: not null } => Flaw("undo", "unknown", "What is sent at a time has no seconds to think."),
        { At: { } at } when at <= now => Flaw("at", "past", "The time to send it lies in the future."),
        { At: { } at } when at > now + Longest => Flaw("at", "tooFar", "The time to send it lies at most a year ahead."),
        { Undo: < 1 or > LongestUndo } => Flaw("undo", "invalid", $"The seconds to think are 1 to {LongestUndo}."),
        _ => null,
    };

    private static Refusal Flaw(string field, string code, string text) => new("scheduled.at", text, 400) { Errors = [new FieldFlaw(field, code, text)] };

    private static Refusal Named(Refusal refusal)
    {
        var (field, code) = refusal.Code.Split('.') is [var of, var why] ? (of, why) : (refusal.Code, "");
        return refusal.Errors.IsEmpty && field is "content" or "quote" or "file"
            ? refusal with { Errors = [new FieldFlaw(field == "content" ? field : "content." + field, code, refusal.Detail)] }
            : refusal;
    }
}
