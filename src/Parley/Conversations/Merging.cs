using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Log;
using Parley.Platform;

namespace Parley.Conversations;

/// <summary>The conversation goes on in another. Neither is interleaved: what was said stays where it was said, and what is still to come goes there.</summary>
/// <param name="Into">Where; default: there is none of that id that may be seen.</param>
/// <param name="Together">The same customer sees both.</param>
/// <param name="Words">What is still to be sent: a state holds no words.</param>
public sealed record MergeInto(Origin Origin, ConversationId Conversation, ConversationId Into, [property: JsonIgnore] bool Together, [property: JsonIgnore] ImmutableArray<Carried> Words)
    : ConversationCommand(Origin, Conversation)
{
    [JsonIgnore]
    public override ImmutableArray<Subject> Others => Into.IsEmpty || Into == Conversation ? [] : [Conversations.Conversation.Subject(Into)];
}

/// <summary>Words that are still to be sent, and where they stand.</summary>
public sealed record Carried(long Seq, Content Content);

/// <summary>It is over; what comes goes to the other one.</summary>
public sealed record MergedInto(ConversationId Into) : EntryBody;

/// <summary>What was begun there goes on here.</summary>
/// <param name="Since">Since when the customer waits there for an answer; null: they do not.</param>
public sealed record MergedFrom(ConversationId From, DateTimeOffset? Since = null) : EntryBody;

/// <summary>Two conversations of one customer that are about the same.</summary>
internal static class Merging
{
    /// <summary>Something was planned or sent in the meantime: the route looks again.</summary>
    public static readonly Refusal Changed = new("merge.changed", "More is known of them since. Try it once more.");

    /// <summary>What somebody reads who does something in one that goes on elsewhere.</summary>
    public static readonly Refusal Over = new("conversation.merged", "This conversation goes on in another.");

    /// <summary>What can still be done in one that goes on elsewhere: words can be taken out of it, and what happened to it can be noted.</summary>
    public static bool Takes(Command command) => command is Redact or Delete or Rate or Notify or MissCustomer or ReachCustomer or Hand or HandOver or MergeInto;

    /// <summary>Null where the one may go on in the other.</summary>
    /// <param name="other">Null: there is none.</param>
    public static Refusal? Flaw(ConversationId id, Conversation it, ConversationId into, Conversation? other, bool together) =>
        into == id ? Named("merge.self", "self", "That is the same conversation.", 400)
        : other is not { Exists: true } ? Named("merge.unknown", "unknown", "There is no such conversation here.", 400)
        : it.Merged is not null ? Over
        : other.Erased ? Named("merge.erased", "erased", "That conversation was erased.", 409)
        : !together || it.Brand != other.Brand ? Named("merge.customer", "customer", "That conversation is another customer's, or with another brand.", 409)
        : other.Merged is not null || other.Spam || other.Mode == Mode.Ended ? Named("merge.over", "over", "Nothing goes on in that conversation any more.", 409)
        : it.Mode is Mode.Waiting or Mode.Live or Mode.Paused ? new Refusal("merge.live", "They are being talked with here. End that first, or merge the other one into this.")
        : (it.Scheduled?.Length ?? 0) + (other.Scheduled?.Length ?? 0) > Scheduling.Most ? new Refusal("scheduled.tooMany", $"At most {Scheduling.Most} messages of a conversation wait to be sent.")
        : null;

    public static Decision Decide(Conversation it, MergeInto merge, Deciding deciding)
    {
        var target = Conversation.Subject(merge.Into);
        var other = merge.Others.IsEmpty ? null : deciding.Other<Conversation>(target).State;
        if (Flaw(merge.Conversation, it, merge.Into, other, merge.Together) is { } flaw)
        {
            return flaw;
        }

        var planned = it.Scheduled ?? [];
        if (!planned.Select(one => one.Seq).ToHashSet().SetEquals(merge.Words.Select(word => word.Seq)))
        {
            return Changed;
        }

        if (merge.Words.Any(word => word.Content.HasFiles || word.Content.HasBeside))
        {
            // A file belongs to one conversation.
            return new Refusal("merge.files", "A message with files waits to be sent here. Send it or take it back first.");
        }

        var course = new Course(it, merge, deciding);
        foreach (var one in planned)
        {
            course.Then(new Unscheduled(one.Seq, "merged"));
        }

        course.Take(Closing.Decide(course.It, new Close(merge.Origin, merge.Conversation), deciding with { Seq = course.Next - 1 })).ThenOwn(new MergedInto(merge.Into));
        var decision = course.Decision;
        return decision with
        {
            Drafts = decision.Drafts.AddRange(GoesOn(it, other!, merge).Select(draft => draft with { Subject = target })),
            Overwrites = [.. decision.Overwrites, .. planned.Select(one => new Overwrite(merge.Subject, one.Seq, "merged"))],
        };
    }

    public static Conversation Apply(Conversation it, MergedInto merged) => it with { Merged = merged.Into };

    public static Conversation Apply(Conversation it, MergedFrom merged) =>
        merged.Since is { } since && !(it.WaitingSince <= since) ? it with { WaitingSince = since } : it;

    /// <summary>What the other one takes over: who waits, what was promised, what is still to be sent, what it was called.</summary>
    private static IEnumerable<Draft> GoesOn(Conversation it, Conversation other, MergeInto merge)
    {
        if (it.Status != Status.Closed && other.Status == Status.Closed)
        {
            yield return new Draft(new Reopened("manual"));
        }

        yield return new Draft(new MergedFrom(merge.Conversation, it.WaitingSince));
        if (it.WaitingSince is not null && other.Mode == Mode.Dormant)
        {
            yield return new Draft(new ModeChanged(Mode.Dormant, Mode.Messaging, "merged")) { Author = Author.System };
        }

        if (it.Promise is { Broken: false } promise && !(other.Promise?.Due <= promise.Due))
        {
            yield return new Draft(new Promised(promise.Due, promise.Ground, Spoken: promise.Spoken)) { Author = Author.System };
        }

        foreach (var label in it.Labels.Except(other.Labels, StringComparer.OrdinalIgnoreCase))
        {
            yield return new Draft(new Labelled(label));
        }

        foreach (var follower in Tracking.Carried(it, other))
        {
            yield return new Draft(follower);
        }

        foreach (var one in it.Scheduled ?? [])
        {
            // What it referred to stands in the other one.
            var content = merge.Words.First(word => word.Seq == one.Seq).Content with { Quote = null };
            yield return new Draft(new Scheduled(content, one.Due, one.Undo ? true : null, one.Unheld ? true : null)) { Author = one.Author };
        }
    }

    private static Refusal Named(string code, string flaw, string text, int status) => new(code, text, status) { Errors = [new FieldFlaw("into", flaw, text)] };
}
