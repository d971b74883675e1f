using Parley.Log;

namespace Parley.Conversations;

/// <summary>The customer is not here any more. What comes of it waits for the grace time.</summary>
public sealed record ContactLeft(Origin Origin, ConversationId Conversation, long Number) : ConversationCommand(Origin, Conversation);

public sealed record AgentLeft(Origin Origin, ConversationId Conversation, AgentId Agent, long Number) : ConversationCommand(Origin, Conversation);

/// <param name="Anew">The time began anew, for it was we who were not there.</param>
public sealed record ContactGone(long Number, bool? Anew = null) : EntryBody;

/// <param name="Anew">The time began anew, for it was we who were not there.</param>
public sealed record AgentGone(AgentId Agent, long Number, bool? Anew = null) : EntryBody;

internal static class Leaving
{
    public static Decision Decide(Conversation it, ContactLeft left, Deciding deciding) =>
        it.Customer is not { } side || side.Number >= left.Number ? Decision.Nothing
        : it.Mode == Mode.Live ? Modes.To(new Course(it, left, deciding), Mode.Paused, "contactLeft", left.Number).Decision
        : new ContactGone(left.Number);

    public static Decision Decide(Conversation it, AgentLeft left) =>
        it.Offer is { } offer && offer.Agent == left.Agent ? new Declined(offer.Id, left.Agent, "gone")
        : it.Agent == left.Agent && it.Holder is { } side && side.Number < left.Number ? new AgentGone(left.Agent, left.Number)
        : Decision.Nothing;

    public static Conversation Apply(Conversation it, ContactGone gone, Entry entry) =>
        it.Customer is { } side ? it with { Customer = new Side(gone.Number, gone.Anew == true ? entry.At : side.Gone ?? entry.At) } : it;

    public static Conversation Apply(Conversation it, AgentGone gone, Entry entry) =>
        it.Agent == gone.Agent ? it with { Holder = new Side(gone.Number, gone.Anew == true ? entry.At : it.Holder?.Gone ?? entry.At) } : it;

    public static DateTimeOffset? Due(Conversation it)
    {
        var contact = it.Customer?.Gone?.AddSeconds(it.Policy.GraceSeconds);
        var agent = it.Holder?.Gone?.AddSeconds(it.Policy.AgentGraceSeconds);
        return contact is null || agent < contact ? agent : contact;
    }

    /// <summary>Somebody did not come back in time.</summary>
    public static bool Tired(Course course)
    {
        var (it, moment) = (course.It, course.Moment);
        if (it.Customer is { Gone: { } since } side && since.AddSeconds(it.Policy.GraceSeconds) <= course.Now)
        {
            _ = moment.Up > since ? course.Then(new ContactGone(side.Number, true))
                : it.Mode == Mode.Waiting ? Queueing.GiveUp(course, "contactLeft")
                : Modes.Leave(course, "contactLeft", "contactLeft");
            return true;
        }

        if (it is { Agent: { } agent, Holder: { Gone: { } gone } holder } && gone.AddSeconds(it.Policy.AgentGraceSeconds) <= course.Now)
        {
            _ = moment.Up > gone ? course.Then(new AgentGone(agent, holder.Number, true))
                : it.Policy.WhenAgentLeaves == Workspaces.WhenAgentLeaves.End ? Modes.Leave(Assigning.Drop(course, "agentLeft"), "agentLeft", "agentLeft")
                : Queueing.Again(course, "agentLeft", Sayings.AgentLost);
            return true;
        }

        return false;
    }
}
