using System.Text.Json.Serialization;
using Parley.Contacts;
using Parley.Log;

namespace Parley.Conversations;

public enum Mode { Waiting, Live, Paused, Messaging, Dormant, Ended }

/// <summary>
/// One of the two sides of a conversation, while it matters whether they are here. The number is that of their last coming or going.
/// </summary>
/// <param name="Gone">Since when they are not here; null: they are.</param>
public readonly record struct Side(long Number, DateTimeOffset? Gone = null)
{
    [JsonIgnore]
    public bool Present => Gone is null;

    public static Side Of(Here here, DateTimeOffset now) => new(here.Number, here.Present ? null : now);
}

/// <summary>A stretch of live and paused.</summary>
/// <param name="From">The seq at which it began.</param>
/// <param name="Queued">Since when the customer had waited for it: their place, should they have to wait again.</param>
/// <param name="Held">Since when the agent has it who has it now.</param>
public sealed record LiveSession(long From, DateTimeOffset Started, DateTimeOffset? Queued, DateTimeOffset Held)
{
    /// <summary>The agent has answered in it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Replied { get; init; }

    /// <summary>When the agent typed last, where that was asked for.</summary>
    public DateTimeOffset? Typed { get; init; }

    /// <summary>When the agent was told that an answer is owed.</summary>
    public DateTimeOffset? Nudged { get; init; }

    /// <summary>The customer was asked whether they are still here.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Reminded { get; init; }
}

/// <param name="Cause">Why, in one word: <c>accepted</c>, <c>answered</c>, <c>bothPresent</c>, <c>contactLeft</c>, <c>contactReturned</c>, <c>agentLeft</c>, <c>idle</c>, <c>asked</c>, <c>message</c>, <c>closed</c>, …</param>
/// <param name="Number">Of the coming or going that caused it.</param>
public sealed record ModeChanged(Mode From, Mode To, string Cause, long? Number = null) : EntryBody
{
    /// <summary>That the connection dropped, and that it is back, is nobody's business in the thread.</summary>
    internal override Visibility Visibility => (From, To) is (Mode.Live, Mode.Paused) or (Mode.Paused, Mode.Live) ? Visibility.Internal : Visibility.Public;
}

/// <param name="Contact">The number of the customer's last coming.</param>
/// <param name="Holder">That of the agent's.</param>
/// <param name="Away">True where the agent is not here at this moment.</param>
public sealed record SessionStarted(long Contact, long Holder, bool? Away = null) : EntryBody;

/// <param name="Reason"><c>contactLeft</c>, <c>agentLeft</c>, <c>idle</c>, <c>closed</c>, <c>later</c>, <c>contact</c> or <c>agent</c> (who ended it).</param>
/// <param name="Hides">True where the customer sees nothing any more of what was before.</param>
public sealed record SessionEnded(string Reason, bool? Hides = null, Told? Told = null) : EntryBody, ITold
{
    internal override Visibility Visibility => Told is null ? Visibility.Internal : Visibility.Public;
}

/// <summary>Which mode a conversation is in, and how it comes from one to another. DESIGN.md, Modes.</summary>
internal static class Modes
{
    /// <summary>Words that follow one another within this are talk.</summary>
    private static readonly TimeSpan Talk = TimeSpan.FromMinutes(1);

    /// <summary>A conversation in which nothing is owed and nothing was said for so long rests.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromDays(2);

    /// <summary>What a customer's word leads to, once it is written: a live answer is sought where one can be had, else one is promised.</summary>
    /// <param name="before">The conversation before the word.</param>
    public static Course AfterWord(Course course, Conversation before)
    {
        var it = course.It;
        if (it.Mode is not (Mode.Messaging or Mode.Dormant))
        {
            return course;
        }

        if (it.WaitingSince is null)
        {
            return it.Mode == Mode.Dormant ? To(course, Mode.Messaging, "message") : course;
        }

        if (it.Agent is { } agent && before.WaitingSince is null && Talks(course, before, agent))
        {
            return Begin(course, "bothPresent");
        }

        GoneHome(course);
        Overflow(course);
        if (Queueing.Seeks(course))
        {
            return Queueing.Seek(course, "message");
        }

        return Promising.Owe(it.Mode == Mode.Dormant ? To(course, Mode.Messaging, "message") : course, Sayings.PromiseFirst);
    }

    /// <summary>What an agent's public word leads to, once it is written.</summary>
    /// <param name="before">The conversation before the word.</param>
    public static Course AfterAnswer(Course course, Conversation before, AgentId? agent)
    {
        Promising.Keep(course, before);
        switch (before.Mode)
        {
            case Mode.Waiting:
                return course.Moment.Agent.Present || (course.Policy.EndsSessions && agent is not null) ? Begin(course, "answered") : To(course, Mode.Messaging, "answered");
            case Mode.Messaging when before.WaitingSince is not null && Talks(course, before, agent):
                return Begin(course, "bothPresent");
            case Mode.Dormant:
                return To(course, Mode.Messaging, "message");
            default:
                return course;
        }
    }

    /// <summary>Somebody has it now and talks with the customer, or will as soon as they are back.</summary>
    public static Course Begin(Course course, string cause)
    {
        var agent = course.Moment.Agent;
        course.TakeTerms().Then(new SessionStarted(course.It.Customer?.Number ?? course.Moment.Contact.Number, agent.Number, agent.Present ? null : true));
        return To(course, course.It.Customer is { Present: false } ? Mode.Paused : Mode.Live, cause);
    }

    /// <summary>The live part is over: it goes on as messaging, with a promise where an answer is owed; or, where sessions end, not at all.</summary>
    /// <param name="told">What is said where it ends for good.</param>
    /// <param name="quiet">Nothing is said where it goes on.</param>
    public static Course Leave(Course course, string cause, string reason, string told = Sayings.SessionOver, bool quiet = false)
    {
        // What was promised before they came to talk stays promised, also where sessions end: nobody takes it back by closing a page, or by losing an agent.
        var ends = course.Policy.EndsSessions && !(cause is "contactLeft" or "agentLeft" && Promising.Earlier(course.It));
        if (course.It.Session is not null)
        {
            course.Then(new SessionEnded(reason, ends ? true : null, ends ? course.Tell(told) : null));
        }

        if (ends)
        {
            return Closing.AfterEnd(To(course, Mode.Ended, cause));
        }

        return Promising.Owe(To(course, Mode.Messaging, cause), quiet ? null : Sayings.PromiseLeft);
    }

    public static Course To(Course course, Mode mode, string cause, long? number = null) =>
        course.It.Mode == mode ? course : course.Then(new ModeChanged(course.It.Mode, mode, cause, number));

    public static Conversation Apply(Conversation it, ModeChanged changed, Entry entry) => changed.To switch
    {
        Mode.Paused => it with { Mode = Mode.Paused, Queue = null, Offer = null, Customer = Gone(it.Customer, changed.Number, entry.At) },
        Mode.Live => it with { Mode = Mode.Live, Queue = null, Offer = null, Customer = new Side(changed.Number ?? it.Customer?.Number ?? 0) },
        Mode.Waiting => it with { Mode = Mode.Waiting },
        Mode.Ended => Alone(it) with { Mode = Mode.Ended, Promise = null, CustomerSeesFrom = it.CustomerSeesFrom > 0 ? it.CustomerSeesFrom : entry.Seq },
        _ => Alone(it) with { Mode = changed.To },
    };

    public static Conversation Apply(Conversation it, SessionStarted started, Entry entry) => it with
    {
        Session = new LiveSession(entry.Seq, entry.At, it.Queue?.Since, entry.At),
        Parted = null,
        Customer = it.Customer ?? new Side(started.Contact),
        Holder = new Side(started.Holder, started.Away == true ? entry.At : null),
    };

    public static Conversation Apply(Conversation it, SessionEnded ended, Entry entry) => it with
    {
        Session = null,
        Parted = ended.Reason is "contact" or "agent" ? entry.At : it.Parted,
        CustomerSeesFrom = ended.Hides == true ? entry.Seq : it.CustomerSeesFrom,
    };

    /// <summary>Where nobody is awaited it does not matter who is here.</summary>
    public static Conversation Alone(Conversation it) => it with { Resumed = null, Session = null, Queue = null, Offer = null, Customer = null, Holder = null };

    public static DateTimeOffset? Due(Conversation it) =>
        it is { Mode: Mode.Messaging, WaitingSince: null, SaidAt: { } said, Status: not Status.Closed } ? said + Rest : null;

    /// <summary>Nothing is owed and nothing was said: it rests.</summary>
    public static bool Tired(Course course)
    {
        if (!(Due(course.It) <= course.Now))
        {
            return false;
        }

        To(course, Mode.Dormant, "idle");
        return true;
    }

    /// <summary>What is to be answered before the agent is expected back goes to their team.</summary>
    public static void GoneHome(Course course)
    {
        if (course is { It.Agent: { } agent, Moment: { Agent.Present: false, Back: { } back } moment } && back > (course.It.Promise?.Due ?? Outlook.Of(moment, course.Policy, course.Now, queue: false).Due))
        {
            course.Then(new Assigned(null, course.It.Team ?? moment.Home, agent, course.It.Team, "agentAway"));
        }
    }

    /// <summary>One answer more than whoever has it can owe goes to their team, where somebody has room; what they owe already stays theirs.</summary>
    private static void Overflow(Course course)
    {
        if (course is { It.Agent: { } agent, Moment: { Over: true } moment })
        {
            course.Then(new Assigned(null, course.It.Team ?? moment.Home, agent, course.It.Team, "agentFull"));
        }
    }

    /// <summary>Both are here and their words follow one another: that is talk. Where one of them has just ended it, words from before do not count.</summary>
    private static bool Talks(Course course, Conversation before, AgentId? agent) =>
        agent is not null && course.It.Agent == agent && course.Coming.LiveAllowed && course.It.Status != Status.Closed
        && course.Moment is { Contact.Present: true, Agent.Present: true, Full: false }
        && before is { Mode: Mode.Messaging, SaidAt: { } said } && course.Now - said <= Talk && !(said <= before.Parted);

    private static Side Gone(Side? side, long? number, DateTimeOffset now) => new(number ?? side?.Number ?? 0, side?.Gone ?? now);
}
