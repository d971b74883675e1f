using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Conversations;

/// <summary>A place in the queue.</summary>
/// <param name="Since">What the place goes by. Who lost their agent has that of before.</param>
/// <param name="From">Since when they are in it this time.</param>
public sealed record Queue(DateTimeOffset Since, DateTimeOffset From)
{
    /// <summary>The customer asked to talk now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Asked { get; init; }

    /// <summary>Who declined, or let the time pass: they are not asked again. Null for nobody.</summary>
    public ImmutableArray<AgentId>? Passed { get; init; }

    /// <summary>Who had it and dropped out: gets it back if first.</summary>
    public AgentId? Lost { get; init; }

    /// <summary>Who had it when the customer asked to talk now: should be asked first.</summary>
    public AgentId? Former { get; init; }

    /// <summary>They were asked for a moment's patience.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Soothed { get; init; }

    public bool Has(AgentId passed) => Passed?.Contains(passed) == true;
}

/// <summary>The customer wishes to talk now.</summary>
public sealed record RequestLive(Origin Origin, ConversationId Conversation) : ConversationCommand(Origin, Conversation);

public sealed record LiveRequested : EntryBody
{
    internal override Visibility Visibility => Visibility.Public;
}

/// <param name="Place">As it was then; 1 is next.</param>
/// <param name="Number">Of the customer's last coming or going.</param>
/// <param name="Gone">True where they were not here any more.</param>
/// <param name="Asked">True where they asked to talk now.</param>
/// <param name="Former">Who had the conversation until then.</param>
public sealed record Queued(int Place, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long Number = 0, bool? Gone = null, bool? Asked = null, AgentId? Former = null) : EntryBody
{
    internal override Visibility Visibility => Visibility.Public;
}

/// <summary>Whoever had it has it no longer; it is in the queue again, at its old place.</summary>
/// <param name="Cause"><c>agentLeft</c>, <c>silence</c>, <c>transferred</c>.</param>
/// <param name="From">Who had it.</param>
public sealed record Requeued(string Cause, AgentId? From, DateTimeOffset Since, Told? Told = null) : EntryBody, ITold
{
    internal override Visibility Visibility => Told is null ? Visibility.Internal : Visibility.Public;
}

/// <summary>The customer left before anybody had time for them.</summary>
public sealed record Abandoned(long WaitedMs) : EntryBody;

/// <summary>Nobody has accepted yet, and the customer was asked for a moment's patience.</summary>
public sealed record Soothed(Told Told) : EntryBody, ITold
{
    internal override Visibility Visibility => Visibility.Public;
}

/// <summary>The session belongs to this device.</summary>
public sealed record DeviceTook(string Device) : EntryBody;

internal static class Queueing
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Decision Decide(Conversation it, RequestLive request, Deciding deciding)
    {
        var course = new Course(it, request, deciding);
        return it.Mode switch
        {
            _ when Devices.Refused(it, request) is { } elsewhere => elsewhere,
            Mode.Live or Mode.Paused => Decision.Nothing,
            Mode.Waiting => it.Queue is { Asked: true } ? Decision.Nothing : course.ThenOwn(new LiveRequested()).Decision,
            Mode.Ended => Closing.Over,
            _ when !course.Coming.LiveAllowed => new Refusal("live.off", "Here one writes, and is answered later."),
            _ when course.Moment.Elsewhere => Devices.Elsewhere,
            _ when course.Moment.Unavailable(course.Coming) is { } why => why,
            _ => Seek(Assigning.Drop(Woken(course.ThenOwn(new LiveRequested())), "asked"), "asked", asked: true, it.Agent).Decision,
        };
    }

    /// <summary>Whether somebody can be looked for who talks with the customer now.</summary>
    public static bool Seeks(Course course) =>
        course.It is { Agent: null, Status: not Status.Closed } && course.Coming.LiveAllowed && course.Moment.Contact.Present && !course.Moment.Elsewhere && !course.Moment.Nobody(course.Coming);

    public static Course Seek(Course course, string cause, bool asked = false, AgentId? former = null)
    {
        Modes.To(course.TakeTerms(), Mode.Waiting, cause);
        if (course is { Policy.OneDevice: true, Moment.Device: { } device } && course.It.Device != device)
        {
            course.Then(new DeviceTook(device));
        }

        course.Then(new Queued(course.Moment.Floor.Waiting + 1, course.Moment.Contact.Number, course.Moment.Contact.Present ? null : true, asked ? true : null, former));
        // Where all have all they can, nobody need find that out by waiting.
        return course.Moment.Floor is { Online: > 0, Room: 0 } ? Promise(course) : course;
    }

    /// <summary>Whoever had it has it no longer: who talked or was about to waits again.</summary>
    public static Course Again(Course course, string cause, string? told = null)
    {
        var (from, since) = (course.It.Agent, course.It.Session is { } session ? session.Queued ?? session.Started : course.Now);
        if (course.It.Session is not null)
        {
            course.Then(new SessionEnded(cause));
        }

        // Whoever is not here themselves need not be told that somebody else is not.
        var says = told is not null && course.It.Customer is { Present: true };
        course.Then(new Requeued(cause, from, since, says ? course.Tell(told!, ("agent", course.Moment.Telling.Name(from))) : null));
        return Modes.To(course, Mode.Waiting, cause);
    }

    /// <summary>The customer left, or gave up, before anybody accepted.</summary>
    public static Course GiveUp(Course course, string cause)
    {
        // Who lost their agent was dropped by us: that is no impatience of theirs.
        var counts = course.It.Queue is { Lost: null } queue && (queue.Asked || course.Policy.EndsSessions) ? queue : null;
        if (counts is not null)
        {
            course.Then(new Abandoned((long)(course.Now - counts.From).TotalMilliseconds));
        }

        // By the queue's own button one leaves the talk and not the question: "write to me instead".
        return cause == "ended" && course.Policy is { EndsSessions: true, WritesInstead: true }
            ? Promising.Owe(Modes.To(course, Mode.Messaging, cause), Sayings.PromiseLeft)
            : Modes.Leave(course, cause, cause, quiet: counts is not null);
    }

    public static Conversation Apply(Conversation it, Queued queued, Entry entry) => it with
    {
        Mode = Mode.Waiting,
        Queue = new Queue(entry.At, entry.At) { Asked = queued.Asked == true, Former = queued.Former },
        Customer = new Side(queued.Number, queued.Gone == true ? entry.At : null),
        Offer = null,
    };

    /// <summary>Who lost their agent waits for us, whether an answer was owed to them or not.</summary>
    public static Conversation Apply(Conversation it, Requeued requeued, Entry entry) => it with
    {
        WaitingSince = it.WaitingSince ?? entry.At,
        Queue = new Queue(requeued.Since, entry.At) { Lost = requeued.Cause == "agentLeft" ? requeued.From : null, Passed = requeued is { Cause: "silence", From: { } from } ? [from] : null },
        Agent = null,
        Holder = null,
        Offer = null,
    };

    /// <summary>Who asks for somebody waits for an answer, whether they have said what it is about or not.</summary>
    public static Conversation Apply(Conversation it, LiveRequested _, Entry entry) => it with
    {
        WaitingSince = it.WaitingSince ?? entry.At,
        Queue = it.Queue is { } queue ? queue with { Asked = true } : null,
    };

    public static Conversation Apply(Conversation it, Soothed _) => it.Queue is { } queue ? it with { Queue = queue with { Soothed = true } } : it;

    public static DateTimeOffset? Due(Conversation it)
    {
        if (it is not { Mode: Mode.Waiting, Queue: { } queue, WaitingSince: not null, Promise: null })
        {
            return null;
        }

        var promise = queue.From.AddSeconds(it.Policy.LiveWaitSeconds);
        var soothe = queue.From + Patience;
        return Soothing(it) && soothe < promise ? soothe : promise;
    }

    /// <summary>Nobody has accepted: first a word of patience, then a promise. The place is kept, and offers go on.</summary>
    public static bool Tired(Course course)
    {
        if (!(Due(course.It) <= course.Now))
        {
            return false;
        }

        if (Soothing(course.It) && course.Now < course.It.Queue!.From.AddSeconds(course.Policy.LiveWaitSeconds))
        {
            course.Then(new Soothed(Sayings.Of(Sayings.Patience, course.Moment.Telling, course.It.Language)));
        }
        else
        {
            Promise(course);
        }

        return true;
    }

    /// <summary>Of who waits in the queue. In strict live whoever leaves gives up their place: they are asked to stay, and how long it takes is on their card.</summary>
    private static Course Promise(Course course) => Promising.Owe(course, course.Policy.EndsSessions ? Sayings.PromiseStay : Sayings.PromiseQueue, queue: true);

    /// <summary>What was closed is open again; which matter it is, their word says.</summary>
    private static Course Woken(Course course) => course.It.Status == Status.Closed ? course.Then(new Reopened("asked")) : course;

    /// <summary>Once an episode, and only to who is here to read it.</summary>
    private static bool Soothing(Conversation it) =>
        it is { Queue: { Soothed: false }, Customer: { Present: true } } && it.ToldCodes?.Contains(Sayings.Patience) != true;
}
