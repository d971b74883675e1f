using Parley.Workspaces;

namespace Parley.Contacts;

/// <summary>Whether a customer who comes can talk now, can write and is answered later, or finds it closed.</summary>
public enum ReceptionState { Live, Messaging, Closed }

/// <summary>What the button says: talk now, write, fill in a form; or it is not there.</summary>
public enum ButtonState { Live, Messaging, Form, Hidden }

/// <summary>Why nobody can be talked to now.</summary>
public enum Unavailable { Hours, Nobody, Queue }

/// <summary>What a customer who comes to an inbox finds at a moment. There is one such function: launcher, thread, and what an agent is shown beforehand all ask it.</summary>
/// <param name="Open">Whether it is inside the hours.</param>
/// <param name="OpensAt">When the hours begin again; null while it is open, and where they never do.</param>
/// <param name="Why">Why nobody can be talked to; null where somebody can, and where nobody ever is.</param>
/// <param name="Answer">How long an answer takes; null where one talks at once, or cannot write.</param>
public sealed record Reception(ReceptionState State, ButtonState Button, bool Open, DateTimeOffset? OpensAt = null, Unavailable? Why = null, AnswerTime? Answer = null)
{
    /// <param name="floor">How it is staffed; null for a time of which only the hours are known: then somebody will be there.</param>
    /// <param name="learned">What was learned of answers to who writes in a situation; null: nothing is asked.</param>
    public static Reception Of(Policy policy, Calendar calendar, Floor? floor, DateTimeOffset at, Func<Like, Learned?>? learned = null)
    {
        var open = calendar.IsOpen(at);
        var opens = open ? null : calendar.NextOpening(at);
        // Where nobody is ever talked to, nobody need be there: what is written waits.
        Unavailable? why = !open ? Unavailable.Hours
            : !policy.LiveAllowed || floor is null ? null
            : floor is { Online: 0 } ? Unavailable.Nobody
            : floor.Value.Crowded(policy.QueueLimit) ? Unavailable.Queue
            : null;
        return why is null && policy.LiveAllowed ? new(ReceptionState.Live, ButtonState.Live, open)
            : why is null || policy.StartsWithNobody ? new(ReceptionState.Messaging, ButtonState.Messaging, open, opens, why, Answered())
            // What a form brings is answered like any message; only who finds no button cannot write.
            : policy.WhenClosed == WhenClosed.Form ? new(ReceptionState.Closed, ButtonState.Form, open, opens, why, Answered())
            : new(ReceptionState.Closed, ButtonState.Hidden, open, opens, why);

        AnswerTime Answered() =>
            learned is not null && policy.Promise.Kind == PromiseKind.Learned && learned(AnswerTime.Alike(open, floor)) is { } known
                ? AnswerTime.Of(known.Ninety, calendar, at).RoundedUp(at)
                : AnswerTime.Said(policy, calendar, at, opens);
    }
}

/// <summary>How long an answer takes from now on, or until when it takes.</summary>
/// <param name="Due">Where it is closed: soon after it opens.</param>
public sealed record AnswerTime(TimeSpan Takes, DateTimeOffset? Due = null)
{
    /// <summary>So long after opening an answer comes at the latest.</summary>
    private static readonly TimeSpan AfterOpening = TimeSpan.FromHours(1);

    private static readonly TimeSpan Far = TimeSpan.FromHours(1);

    private static readonly long Near = TimeSpan.FromMinutes(5).Ticks;

    private static readonly long Quarter = TimeSpan.FromMinutes(15).Ticks;

    private static readonly TimeSpan Late = TimeSpan.FromHours(2);

    /// <summary>Days in a row without an opening at about the same time.</summary>
    private const int LongestClosed = 60;

    private static readonly int[] Minutes = [1, 2, 3, 5, 10, 15, 20, 30, 45];

    /// <summary>What takes so long in time in which it is open: where it closes before that, by when it is there.</summary>
    public static AnswerTime Of(TimeSpan takes, Calendar hours, DateTimeOffset at) => hours.Add(at, takes) is { } due && due != at + takes ? new(takes, due) : new(takes);

    /// <summary>In which situation somebody writes.</summary>
    public static Like Alike(bool open, Floor? floor) => !open ? Like.Closed : floor is { Online: 0 } ? Like.Unstaffed : Like.Staffed;

    /// <summary>As people say it: what was learned is another second with every answer, and must not be told anew each time.</summary>
    public AnswerTime RoundedUp(DateTimeOffset now) => new(Spoken(Takes), Due is { } due ? Spoken(due, now) : null);

    /// <summary>By when an answer to what is written now is there, as it is said: on every screen and in every sentence the same, and never before it is due.</summary>
    public DateTimeOffset SpokenFrom(DateTimeOffset now) => Spoken(Due ?? now + Spoken(Takes), now);

    /// <summary>
    /// To the next five minutes of a clock, or a quarter of an hour where it is further away. The clocks of all zones stand whole quarters of an hour apart, also where
    /// summer begins or ends: what is round in one is in all.
    /// </summary>
    public static DateTimeOffset Spoken(DateTimeOffset due, DateTimeOffset now)
    {
        var step = due - now < Far ? Near : Quarter;
        return new DateTimeOffset((due.UtcTicks + step - 1) / step * step, TimeSpan.Zero);
    }

    /// <summary>To a number of minutes, hours or days that people say. Nobody is told that it takes 37 minutes.</summary>
    public static TimeSpan Spoken(TimeSpan takes)
    {
        var minutes = Math.Max(1, (int)Math.Ceiling(takes.TotalMinutes));
        return minutes <= 45 ? TimeSpan.FromMinutes(Minutes.First(step => step >= minutes))
            : minutes <= 20 * 60 ? TimeSpan.FromHours(Math.Ceiling(takes.TotalHours))
            : TimeSpan.FromDays(Math.Ceiling(takes.TotalDays));
    }

    /// <summary>
    /// How long it takes where nothing was learned: as the inbox says, in time in which it is open. With the usual day, who writes while it is closed is
    /// answered soon after it opens.
    /// </summary>
    /// <param name="opens">When it opens; null while it is open, and where it never does.</param>
    public static AnswerTime Said(Policy policy, Calendar hours, DateTimeOffset at, DateTimeOffset? opens)
    {
        var takes = TimeSpan.FromSeconds(policy.Promise.Seconds ?? Policy.PromiseSeconds);
        if (opens is { } begins)
        {
            return new(takes, takes.TotalSeconds == Policy.PromiseSeconds ? begins + AfterOpening : Working(takes, hours, begins));
        }

        var due = Working(takes, hours, at);
        return due == at + takes ? new(takes) : new(takes, due);
    }

    public DateTimeOffset From(DateTimeOffset now) => Due ?? now + Takes;

    /// <summary>Hours and minutes count while it is open. A day is to the same time of the next day on which it is open then: what is said on a Friday afternoon is meant for Monday's.</summary>
    private static DateTimeOffset Working(TimeSpan takes, Calendar hours, DateTimeOffset from)
    {
        var at = from;
        for (var days = takes.Days; days > 0; days--)
        {
            at = NextDay(hours, at);
        }

        return hours.Add(at, takes - TimeSpan.FromDays(takes.Days)) ?? from + takes;
    }

    private static DateTimeOffset NextDay(Calendar hours, DateTimeOffset at)
    {
        for (var day = 1; day <= LongestClosed; day++)
        {
            var then = at.AddDays(day);
            if (hours.IsOpen(then))
            {
                return then;
            }

            // Where it opens somewhat later on that day, and where the clock was put back in the night.
            if (hours.NextOpening(then) is { } opening && opening - then < Late)
            {
                return opening;
            }
        }

        return at.AddDays(1);
    }
}
