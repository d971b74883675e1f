using System.Text.Json.Serialization;
using Parley.Contacts;
using Parley.Log;

namespace Parley.Conversations;

/// <summary>On what the time rests that a customer was told.</summary>
public enum Ground { Fixed, Learned, OpeningHours, Queue, Agent }

/// <summary>The time by which a customer was told to expect an answer.</summary>
/// <param name="First">What was said first, by which it is judged; null: the same.</param>
public sealed record Promise(DateTimeOffset Due, Ground Ground, DateTimeOffset Made, DateTimeOffset? First = null)
{
    /// <summary>The time as it was said, rounded up; null: as it is due. It is watched and judged by what it is due: what is rounded up is the customer's, not ours.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Spoken { get; init; }

    /// <summary>What every screen shows.</summary>
    [JsonIgnore]
    public DateTimeOffset Shown => Spoken ?? Due;

    /// <summary>The time has passed, and this was said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Broken { get; init; }

    /// <summary>Whoever is to answer was told that the time runs out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Nudged { get; init; }

    /// <summary>What it is judged by.</summary>
    [JsonIgnore]
    public DateTimeOffset Judged => First ?? Due;
}

/// <summary>What a promise rests on, unrounded. Only colleagues are told: it says how much there is to do.</summary>
/// <param name="Like">Of which situation it was learned, and to which what comes of it is learned.</param>
/// <param name="Answers">From how many; 0: too few to learn from.</param>
/// <param name="Level">How likely it is that it is kept, in percent; null where nothing was learned.</param>
/// <param name="Half">Milliseconds of the time in which it is open within which half of the answers are there.</param>
/// <param name="Eighty">Eighty of a hundred.</param>
/// <param name="Ninety">Ninety of a hundred.</param>
/// <param name="Pace">Milliseconds that the pace of the queue would have it take.</param>
/// <param name="Ahead">How many others waited for an answer of the same agents.</param>
public sealed record Basis(Like Like, int Answers, int? Level = null, long? Half = null, long? Eighty = null, long? Ninety = null, long? Pace = null, int Ahead = 0)
{
    internal static Basis Of(Like like, Learned? learned, TimeSpan? pace, int ahead) => learned is null
        ? new(like, 0, Pace: Ms(pace), Ahead: ahead)
        : new(like, learned.Of, Learned.Level, Ms(learned.Half), Ms(learned.Eighty), Ms(learned.Ninety), Ms(pace), ahead);

    private static long? Ms(TimeSpan? time) => time is { } span ? (long)span.TotalMilliseconds : null;
}

/// <param name="Told">The sentence; null where the customer has read the same already.</param>
/// <param name="Basis">What it rests on; null where an agent said it.</param>
/// <param name="Spoken">By when, as it is said and shown: rounded up.</param>
public sealed record Promised(DateTimeOffset Due, Ground Ground, Told? Told = null, Basis? Basis = null, DateTimeOffset? Spoken = null) : EntryBody, ITold
{
    internal override Visibility Visibility => Visibility.Public;
}

/// <summary>The answer came in time.</summary>
/// <param name="First">What was said first; null: the same.</param>
/// <param name="TookMs">How long it took from the promise on, of the time in which it is open.</param>
public sealed record PromiseKept(DateTimeOffset Due, Ground Ground, DateTimeOffset? First = null, long? TookMs = null) : EntryBody;

/// <summary>It takes longer than was said, and the customer was told before the time was over.</summary>
/// <param name="Was">By when it was due before.</param>
/// <param name="Spoken">By when, as it is said and shown: rounded up.</param>
public sealed record PromiseRenewed(DateTimeOffset Due, Ground Ground, DateTimeOffset Was, Told? Told = null, DateTimeOffset? Spoken = null) : EntryBody, ITold
{
    internal override Visibility Visibility => Visibility.Public;
}

/// <summary>The time has passed without an answer.</summary>
/// <param name="First">What was said first; null: the same.</param>
/// <param name="Spoken">By when, as it was said: a little later still.</param>
public sealed record PromiseBroken(DateTimeOffset Due, Ground Ground, DateTimeOffset? First = null, DateTimeOffset? Spoken = null) : EntryBody;

/// <summary>The answer came, after the promise was broken.</summary>
/// <param name="Due">What was said first.</param>
/// <param name="TookMs">How long it took from the promise on, of the time in which it is open.</param>
public sealed record PromiseLate(DateTimeOffset Due, long TookMs) : EntryBody;

/// <summary>It was due to be renewed, and nothing better could be said: it stands as it is.</summary>
public sealed record PromiseStands(DateTimeOffset Due) : EntryBody;

/// <summary>The agent goes on later, and says when.</summary>
/// <param name="By">By when; null: as soon as anybody here answers.</param>
public sealed record GoOnLater(Origin Origin, ConversationId Conversation, AgentId Agent, DateTimeOffset? By) : ConversationCommand(Origin, Conversation);

/// <summary>Whenever a customer waits, the time by which we said we would answer is in the log; it is watched, renewed before it breaks, and scored.</summary>
internal static class Promising
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <summary>A promise is not renewed before this is left of it, or a quarter of it where that is less.</summary>
    private static readonly TimeSpan Near = TimeSpan.FromMinutes(15);

    /// <summary>Whoever is to answer is told when this is left of it, or a half of it where that is less: while there is time to keep it.</summary>
    private static readonly TimeSpan AtRisk = TimeSpan.FromMinutes(30);

    /// <summary>A promise is made where an answer is owed and none is made yet.</summary>
    /// <param name="code">What the customer is told; null: nothing.</param>
    /// <param name="queue">True where it is the queue that they wait in.</param>
    public static Course Owe(Course course, string? code, bool queue = false)
    {
        if (course.It is not { WaitingSince: not null, Promise: null, Status: not Status.Closed })
        {
            return course;
        }

        var outlook = Outlook.Of(course.Moment, course.Policy, course.Now, queue);
        var said = code is not null && course.Moment is { Mails: true, Addressed: true } ? Sayings.Mailed(code, course.Moment.Telling, course.It.Language) : code;
        return course.Then(new Promised(outlook.Due, outlook.Ground, said is null ? null : Say(course, said, outlook), outlook.Basis, outlook.Spoken(course.Now)));
    }

    /// <summary>An answer came: in time, or after all.</summary>
    /// <param name="before">The conversation before the answer, which ends a promise that was broken.</param>
    public static Course Keep(Course course, Conversation before)
    {
        if ((course.It.Promise ?? before.Promise) is not { } promise)
        {
            return course;
        }

        var took = (long)course.Moment.Hours.Between(promise.Made, course.Now).TotalMilliseconds;
        return promise.Broken ? course.Then(new PromiseLate(promise.Judged, took)) : course.Then(new PromiseKept(promise.Due, promise.Ground, promise.First, took));
    }

    /// <summary>An answer was promised before they waited or talked, and has not come.</summary>
    public static bool Earlier(Conversation it) => it.Promise is { } promise && promise.Made < (it.Queue?.Since ?? it.Session?.Queued ?? it.Session?.Started);

    public static Decision Decide(Conversation it, GoOnLater later, Deciding deciding)
    {
        if (it.Mode == Mode.Ended)
        {
            return Closing.Over;
        }

        if (it.Status == Status.Closed)
        {
            return new Refusal("conversation.closed", "A closed conversation does not go on. Reopen it first.");
        }

        if (later.By is { } when && (when <= deciding.Now || when > deciding.Now + Longest))
        {
            return new Refusal("by.invalid", "The time to come back lies in the future, at most a year ahead.", 400) { Errors = [new("by", "invalid", "In the future, at most a year ahead.")] };
        }

        var course = new Course(it, later, deciding);
        if (it.Session is not null)
        {
            course.Then(new SessionEnded("later"));
        }

        if (it.Mode is Mode.Waiting or Mode.Live or Mode.Paused)
        {
            Modes.To(course, Mode.Messaging, "later");
        }

        if (later.By is not { } by)
        {
            return Owe(course, Sayings.PromiseLeft).Decision;
        }

        var outlook = new Outlook(by, Ground.Agent, null);
        return course.ThenOwn(new Promised(by, Ground.Agent, Say(course, Sayings.PromiseAgent, outlook, ("agent", course.Moment.Telling.Name(later.Agent))), Spoken: outlook.Spoken(course.Now))).Decision;
    }

    /// <summary>Where another was made before, for the same answer, that one is still what counts.</summary>
    public static Conversation Apply(Conversation it, Promised promised, Entry entry) =>
        it with { Promise = it.Promise is { } before ? before with { Due = promised.Due, Ground = promised.Ground, First = before.Judged, Broken = false, Nudged = false, Spoken = promised.Spoken } : new Promise(promised.Due, promised.Ground, entry.At) { Spoken = promised.Spoken } };

    public static Conversation Apply(Conversation it, PromiseKept _) => it with { Promise = null };

    public static Conversation Apply(Conversation it, PromiseRenewed renewed) =>
        it.Promise is { } promise ? it with { Promise = promise with { Due = renewed.Due, Ground = renewed.Ground, First = promise.First ?? promise.Due, Spoken = renewed.Spoken } } : it;

    public static Conversation Apply(Conversation it, PromiseStands _) => it.Promise is { } promise ? it with { Promise = promise with { First = promise.First ?? promise.Due } } : it;

    public static Conversation Apply(Conversation it, PromiseLate _) => it with { Promise = null };

    public static Conversation Apply(Conversation it, PromiseBroken _) => it.Promise is { } promise ? it with { Promise = promise with { Broken = true } } : it;

    /// <summary>While they talk the clocks of silence watch, and nobody need be told otherwise.</summary>
    public static Conversation Apply(Conversation it, Nudged _) => it.Promise is { } promise && !Talks(it) ? it with { Promise = promise with { Nudged = true } } : it;

    /// <summary>While they talk, nothing is renewed and nothing breaks.</summary>
    public static DateTimeOffset? Due(Conversation it) => Talks(it) ? null : it.Promise switch
    {
        null or { Broken: true } => null,
        { Nudged: false } promise => Before(promise, 2, AtRisk),
        { First: null, Ground: not Ground.Agent } promise => Before(promise, 4, Near),
        var promise => promise.Due,
    };

    /// <summary>It is renewed once, by day, and only where that says more than before; then it breaks.</summary>
    public static bool Tired(Course course)
    {
        if (Talks(course.It) || course.It.Promise is not { Broken: false } promise)
        {
            return false;
        }

        if (promise.Due <= course.Now)
        {
            course.Then(new PromiseBroken(promise.Due, promise.Ground, promise.First, promise.Spoken));
            return true;
        }

        if (!(Due(course.It) <= course.Now))
        {
            return false;
        }

        if (!promise.Nudged)
        {
            // Who is not back in time cannot keep it: then it is their team that is told.
            Modes.GoneHome(course);
            course.Then(new Nudged(course.It.Agent));
            return true;
        }

        // Asked once, whatever comes of it: then the time itself is waited for.
        var outlook = Outlook.Of(course.Moment, course.Policy, course.Now, queue: false);
        var renews = outlook.Due > promise.Due && course.Moment.Telling.IsDay(course.Now);
        // Who was asked to stay was told no time: how long it takes is on their card.
        var stays = course is { It.Mode: Mode.Waiting, Policy.EndsSessions: true };
        course.Then(renews
            ? new PromiseRenewed(outlook.Due, outlook.Ground, promise.Due, stays ? null : Say(course, Sayings.PromiseRenewed, outlook), outlook.Spoken(course.Now))
            : new PromiseStands(promise.Due));
        return true;
    }

    private static bool Talks(Conversation it) => it.Mode is Mode.Live or Mode.Paused;

    private static DateTimeOffset Before(Promise promise, int part, TimeSpan most)
    {
        var share = (promise.Due - promise.Made) / part;
        return promise.Due - (share < most ? share : most);
    }

    /// <summary>What is said is by the customer's clock; where ours shows another time, colleagues read by whose.</summary>
    private static Told? Say(Course course, string code, Outlook outlook, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var telling = course.Moment.Telling;
        ReadOnlySpan<(string Name, string Value)> all = [.. values, ("when", outlook.Said(telling, course.It.Language, course.Now))];
        return course.Tell(code, outlook.Takes is null && telling.Abroad(outlook.Due) is { } zone ? [.. all, ("zone", zone)] : all);
    }
}
