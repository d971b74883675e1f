using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Conversations;

/// <summary>The customer is not here any more. What comes of it waits for the grace time.</summary>
/// <param name="Since">Since when they were waited for, where it was we who were not there before; null: from now on.</param>
public sealed record ContactLeft(Origin Origin, ConversationId Conversation, long Number, [property: JsonIgnore] DateTimeOffset? Since = null) : ConversationCommand(Origin, Conversation);

/// <param name="Since">Since when they were waited for, where it was we who were not there before; null: from now on.</param>
public sealed record AgentLeft(Origin Origin, ConversationId Conversation, AgentId Agent, long Number, [property: JsonIgnore] DateTimeOffset? Since = null) : ConversationCommand(Origin, Conversation);

/// <param name="Anew">The time begins anew with this entry.</param>
/// <param name="Since">The time began anew then, for before it was we who were not there.</param>
public sealed record ContactGone(long Number, bool? Anew = null, DateTimeOffset? Since = null) : EntryBody;

/// <param name="Anew">The time begins anew with this entry: another has it now, who is not here.</param>
/// <param name="Since">The time began anew then, for before it was we who were not there.</param>
public sealed record AgentGone(AgentId Agent, long Number, bool? Anew = null, DateTimeOffset? Since = null) : EntryBody;

/// <summary>Whoever does not come back within the grace time has left. Once we were not there ourselves they have the whole of it from when we are, and no more.</summary>
internal static class Leaving
{
    public static Decision Decide(Conversation it, ContactLeft left, Deciding deciding)
    {
        if (it.Customer is not { } side || side.Number >= left.Number)
        {
            return Decision.Nothing;
        }

        var course = new Course(it, left, deciding);
        _ = it.Mode == Mode.Live ? Modes.To(course, Mode.Paused, "contactLeft", left.Number) : course.Then(new ContactGone(left.Number));
        return (left.Since is { } since && Over(since, it.Policy.GraceSeconds, course.Now) ? Lose(course) : course).Decision;
    }

    public static Decision Decide(Conversation it, AgentLeft left, Deciding deciding)
    {
        if (it.Offer is { } offer && offer.Agent == left.Agent)
        {
            return new Declined(offer.Id, left.Agent, "gone");
        }

        if (it.Agent != left.Agent || it.Holder is not { } side || side.Number >= left.Number)
        {
            return Decision.Nothing;
        }

        var course = new Course(it, left, deciding).Then(new AgentGone(left.Agent, left.Number));
        return (left.Since is { } since && Over(since, it.Policy.AgentGraceSeconds, course.Now) ? Drop(course) : course).Decision;
    }

    public static Conversation Apply(Conversation it, ContactGone gone, Entry entry) =>
        it.Customer is { } side ? it with { Customer = new Side(gone.Number, gone.Since ?? (gone.Anew == true ? entry.At : side.Gone ?? entry.At)) } : it;

    public static Conversation Apply(Conversation it, AgentGone gone, Entry entry) =>
        it.Agent == gone.Agent ? it with { Holder = new Side(gone.Number, gone.Since ?? (gone.Anew == true ? entry.At : it.Holder?.Gone ?? entry.At)) } : it;

    public static DateTimeOffset? Due(Conversation it)
    {
        var contact = it.Customer?.Gone?.AddSeconds(it.Policy.GraceSeconds);
        var agent = it.Holder?.Gone?.AddSeconds(it.Policy.AgentGraceSeconds);
        return contact is null || agent < contact ? agent : contact;
    }

    /// <summary>Somebody did not come back in time.</summary>
    public static bool Tired(Course course)
    {
        var (it, up) = (course.It, course.Moment.Up);
        if (it.Customer is { Gone: { } since } side && Over(since, it.Policy.GraceSeconds, course.Now))
        {
            _ = up > since && !Over(up.Value, it.Policy.GraceSeconds, course.Now) ? course.Then(new ContactGone(side.Number, Since: up)) : Lose(course);
            return true;
        }

        if (it is { Agent: { } agent, Holder: { Gone: { } gone } holder } && Over(gone, it.Policy.AgentGraceSeconds, course.Now))
        {
            _ = up > gone && !Over(up.Value, it.Policy.AgentGraceSeconds, course.Now) ? course.Then(new AgentGone(agent, holder.Number, Since: up)) : Drop(course);
            return true;
        }

        return false;
    }

    private static bool Over(DateTimeOffset since, int seconds, DateTimeOffset now) => since.AddSeconds(seconds) <= now;

    /// <summary>The customer has left.</summary>
    private static Course Lose(Course course) => course.It.Mode == Mode.Waiting ? Queueing.GiveUp(course, "contactLeft") : Modes.Leave(course, "contactLeft", "contactLeft");

    /// <summary>The agent has left: another is looked for, or it is over.</summary>
    private static Course Drop(Course course) => course.Policy.WhenAgentLeaves == Workspaces.WhenAgentLeaves.End
        ? Modes.Leave(Assigning.Drop(course, "agentLeft"), "agentLeft", "agentLeft")
        : Queueing.Again(course, "agentLeft", Sayings.AgentLost);
}
