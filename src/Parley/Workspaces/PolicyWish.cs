using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Log;
using Parley.Platform;

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
    LetterRule? Letters = null,
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
    /// <summary>What a policy says besides its settings as it is read: so that what was read can be put back.</summary>
    private static readonly string[] Read = ["trial", "version"];

    /// <summary>What nobody knows. A whole policy resets what it leaves out: a name misspelt must not pass for one left out.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Rest { get; init; }

    /// <summary>Why it cannot be meant; null where it can.</summary>
    public Refusal? Unknown() => Rest?.Keys.Except(Read).Select(key => new FieldFlaw(key, "unknown", "A policy has no such setting.")).ToImmutableArray() is { IsEmpty: false } flaws
        ? new Refusal("policy.invalid", $"{flaws[0].Field}: {flaws[0].Text}", 400) { Errors = flaws }
        : null;

    /// <summary>The settings of an inbox as they would be with it, or why they cannot be.</summary>
    public (InboxSettings Settings, Refusal? Refusal) On(InboxSettings before)
    {
        var set = Set();
        var after = before with { Profile = set.Profile, ReopenHours = set.ReopenHours, Switches = set.Switches, Calendar = set.Calendar };
        return (after, Unknown() ?? Policing.Flaw(after));
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
            Letters = Letters,
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
