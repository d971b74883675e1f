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
    public static Reception Of(Policy policy, Calendar calendar, Floor? floor, DateTimeOffset at)
    {
        var open = calendar.IsOpen(at);
        var opens = open ? null : calendar.NextOpening(at);
        // Where nobody is ever talked to, nobody need be there: what is written waits.
        Unavailable? why = !open ? Unavailable.Hours
            : !policy.LiveAllowed || floor is null ? null
            : floor is { Online: 0 } ? Unavailable.Nobody
            : floor.Value.Waiting >= policy.QueueLimit ? Unavailable.Queue
            : null;
        return why is null && policy.LiveAllowed ? new(ReceptionState.Live, ButtonState.Live, open)
            : why is null || policy.StartsWithNobody ? new(ReceptionState.Messaging, ButtonState.Messaging, open, opens, why, AnswerTime.Of(AnswerTime.Said(policy), open, opens))
            : new(ReceptionState.Closed, policy.WhenClosed == WhenClosed.Form ? ButtonState.Form : ButtonState.Hidden, open, opens, why);
    }
}

/// <summary>How long an answer takes from now on, or until when it takes.</summary>
/// <param name="Due">Where it is closed: soon after it opens.</param>
public sealed record AnswerTime(TimeSpan Takes, DateTimeOffset? Due = null)
{
    /// <summary>So long after opening an answer comes at the latest.</summary>
    private static readonly TimeSpan AfterOpening = TimeSpan.FromHours(1);

    public static AnswerTime Of(TimeSpan takes, bool open, DateTimeOffset? opens) => new(takes, open || opens is null ? null : opens + (takes < AfterOpening ? takes : AfterOpening));

    /// <summary>How long it takes where nothing else was learned.</summary>
    public static TimeSpan Said(Policy policy) => TimeSpan.FromSeconds(policy.Promise.Seconds ?? Policy.PromiseSeconds);

    public DateTimeOffset From(DateTimeOffset now) => Due ?? now + Takes;
}
