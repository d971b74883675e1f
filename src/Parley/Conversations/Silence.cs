using Parley.Log;

namespace Parley.Conversations;

/// <summary>Whoever is to answer was told that an answer is owed, and that the time for it runs out.</summary>
/// <param name="Agent">Who; null: nobody has it, and all who may take it were.</param>
public sealed record Nudged(AgentId? Agent) : EntryBody;

/// <summary>The agent has not answered yet, but is about to: their time begins anew.</summary>
public sealed record Composing(AgentId Agent, DateTimeOffset Since) : EntryBody;

/// <summary>We were not there for a while: since then the time of silence counts anew, whosever it is.</summary>
public sealed record Resumed(DateTimeOffset Since) : EntryBody;

/// <summary>The customer was asked whether they are still here.</summary>
public sealed record SessionReminded(Told Told) : EntryBody
{
    internal override Visibility Visibility => Visibility.Public;
}

/// <summary>The customer says that they are still here.</summary>
public sealed record StayHere(Origin Origin, ConversationId Conversation) : ConversationCommand(Origin, Conversation);

public sealed record Stayed : EntryBody
{
    internal override Visibility Visibility => Visibility.Public;
}

/// <summary>
/// Silence is always somebody's. While the last public word was ours it is the customer's; while an answer is owed it is the agent's: a customer who waits
/// is never reminded, never timed out.
/// </summary>
internal static class Silence
{
    public static Decision Decide(Conversation it, StayHere stay) =>
        it.Mode == Mode.Ended ? Closing.Over : Devices.Refused(it, stay) is { } elsewhere ? elsewhere : it.Session is { Reminded: true } ? new Stayed() : Decision.Nothing;

    public static Conversation Apply(Conversation it, Nudged _, Entry entry) => it.Session is { } session ? it with { Session = session with { Nudged = entry.At } } : it;

    public static Conversation Apply(Conversation it, Composing composing) => it.Session is { } session ? it with { Session = session with { Typed = composing.Since } } : it;

    public static Conversation Apply(Conversation it, SessionReminded _) => it.Session is { } session ? it with { Session = session with { Reminded = true } } : it;

    /// <summary>As good as a word, for the clock.</summary>
    public static Conversation Apply(Conversation it, Stayed _, Entry entry) => it.Session is { } session ? it with { SaidAt = entry.At, Session = session with { Reminded = false } } : it;

    /// <summary>After a word a silence begins anew: whoever spoke is asked nothing, whoever answered owes nothing.</summary>
    public static LiveSession? Spoken(LiveSession? session, bool answer) => session is null ? null
        : answer ? session with { Replied = true, Nudged = null, Typed = null, Reminded = false }
        : session.Reminded ? session with { Reminded = false }
        : session;

    public static DateTimeOffset? Due(Conversation it) => it switch
    {
        { Mode: Mode.Live, WaitingSince: { } since, Session: { } session, Holder.Gone: null } => Owed(it, session, since),
        { Mode: Mode.Live, WaitingSince: null, SaidAt: { } said, Holder: null or { Gone: null } } => Later(said, it.Resumed).AddSeconds(Reminds(it) ? it.Policy.IdleReminderSeconds : it.Policy.IdleSeconds),
        _ => null,
    };

    public static bool Tired(Course course)
    {
        if (!(Due(course.It) <= course.Now))
        {
            return false;
        }

        if (course.Moment.Up is { } up && up > Begun(course.It))
        {
            course.Then(new Resumed(up));
        }
        else if (course.It.WaitingSince is null)
        {
            _ = Reminds(course.It)
                ? course.Then(new SessionReminded(Sayings.Of(Sayings.StillThere, course.Moment.Telling, course.It.Language)))
                : Modes.Leave(course, "idle", "idle", Sayings.SessionIdle);
        }
        else
        {
            var (it, agent) = (course.It, course.It.Agent!.Value);
            _ = course.Moment.Typed is { } typed && typed > (it.Session!.Typed ?? DateTimeOffset.MinValue) && Owed(it, it.Session with { Typed = typed }, it.WaitingSince.Value) > course.Now
                ? course.Then(new Composing(agent, typed))
                : it.Session!.Nudged is null ? course.Then(new Nudged(agent))
                : Queueing.Again(course, "silence");
        }

        return true;
    }

    /// <summary>Asked before a session is ended, where there is still time to answer.</summary>
    private static bool Reminds(Conversation it) =>
        it is { Session.Reminded: false, Customer: { Present: true } } && it.Policy is { EndsSessions: true } policy && policy.IdleReminderSeconds < policy.IdleSeconds;

    private static DateTimeOffset Owed(Conversation it, LiveSession session, DateTimeOffset since)
    {
        var limit = session.Replied ? it.Policy.ReplySeconds : it.Policy.FirstReplySeconds;
        var from = Later(session.Nudged ?? Later(since, session.Held), it.Resumed);
        return Later(from, session.Typed).AddSeconds(limit);
    }

    /// <summary>From when the silence counts that is over now.</summary>
    private static DateTimeOffset Begun(Conversation it) => Later(
        it is { WaitingSince: { } since, Session: { } session } ? Later(Later(session.Nudged ?? since, session.Held), session.Typed) : it.SaidAt!.Value, it.Resumed);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;
}
