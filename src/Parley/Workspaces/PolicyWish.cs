using Parley.Log;

namespace Parley.Workspaces;

/// <summary>A whole policy: what is absent is as the profile has it; without hours its brand's count.</summary>
public sealed record PolicyWish(
    Profile Profile = Profile.Blended,
    int? GraceSeconds = null,
    int? AgentGraceSeconds = null,
    int? IdleReminderSeconds = null,
    int? IdleSeconds = null,
    int? AcceptSeconds = null,
    int? FirstReplySeconds = null,
    int? ReplySeconds = null,
    int? LiveWaitSeconds = null,
    bool? AutoAccept = null,
    int? WrapUpSeconds = null,
    int? ReopenHours = null,
    ThreadRule? Threads = null,
    AssignmentRule? Assignment = null,
    int? QueueLimit = null,
    WhenClosed? WhenClosed = null,
    WhenAgentLeaves? WhenAgentLeaves = null,
    AfterEnd? AfterEnd = null,
    PromiseRule? Promise = null,
    bool? LiveAllowed = null,
    bool? EndsSessions = null,
    bool? OneDevice = null,
    bool? HidesEarlier = null,
    bool? ShowsQueue = null,
    Calendar? Hours = null)
{
    /// <summary>The settings of an inbox as they would be with it, or why they cannot be.</summary>
    public (InboxSettings Settings, Refusal? Refusal) On(InboxSettings before)
    {
        var set = Set();
        var after = before with { Profile = set.Profile, ReopenHours = set.ReopenHours, Switches = set.Switches, Calendar = set.Calendar };
        return (after, Policing.Flaw(after));
    }

    internal PolicySet Set() => new(
        Profile,
        ReopenHours ?? Policing.ReopenHours,
        new Switches
        {
            GraceSeconds = GraceSeconds,
            AgentGraceSeconds = AgentGraceSeconds,
            IdleReminderSeconds = IdleReminderSeconds,
            IdleSeconds = IdleSeconds,
            AcceptSeconds = AcceptSeconds,
            FirstReplySeconds = FirstReplySeconds,
            ReplySeconds = ReplySeconds,
            LiveWaitSeconds = LiveWaitSeconds,
            AutoAccept = AutoAccept,
            WrapUpSeconds = WrapUpSeconds,
            Threads = Threads,
            Assignment = Assignment,
            QueueLimit = QueueLimit,
            WhenClosed = WhenClosed,
            WhenAgentLeaves = WhenAgentLeaves,
            AfterEnd = AfterEnd,
            Promise = Promise,
            LiveAllowed = LiveAllowed,
            EndsSessions = EndsSessions,
            OneDevice = OneDevice,
            HidesEarlier = HidesEarlier,
            ShowsQueue = ShowsQueue,
        },
        Hours);
}
