using System.Text.Json.Serialization;

namespace Parley.Workspaces;

/// <summary>Whether a customer may begin several threads, or goes on in the last.</summary>
public enum ThreadRule { Many, One }

/// <summary>Whether a conversation is offered to one agent at a time, or who answers first takes it.</summary>
public enum AssignmentRule { Offer, Open }

/// <summary>Whether a letter waits until somebody takes it, or is given to whoever it should go to.</summary>
public enum LetterRule { Open, HandOut }

/// <summary>What a customer is shown while nobody is available: they may write and are answered later, fill in a form, or see nothing.</summary>
public enum WhenClosed { Messaging, Form, Hide }

public enum WhenAgentLeaves { Queue, End }

/// <summary>What becomes of a word to a session that has ended.</summary>
public enum AfterEnd { New, Refuse }

public enum PromiseKind { Learned, Fixed }

/// <param name="Seconds">How long an answer takes where it is fixed, and where too little has been learned yet; null: a day.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PromiseRule(PromiseKind Kind, int? Seconds = null);

/// <summary>What of an inbox's policy differs from its profile. What is null is as the profile has it.</summary>
public sealed record Switches
{
    public int? GraceSeconds { get; init; }

    public int? AgentGraceSeconds { get; init; }

    public int? IdleReminderSeconds { get; init; }

    public int? IdleSeconds { get; init; }

    public int? AcceptSeconds { get; init; }

    public int? FirstReplySeconds { get; init; }

    public int? ReplySeconds { get; init; }

    public int? LiveWaitSeconds { get; init; }

    public bool? AutoAccept { get; init; }

    public int? WrapUpSeconds { get; init; }

    public ThreadRule? Threads { get; init; }

    public AssignmentRule? Assignment { get; init; }

    public LetterRule? Letters { get; init; }

    public int? QueueLimit { get; init; }

    public WhenClosed? WhenClosed { get; init; }

    public WhenAgentLeaves? WhenAgentLeaves { get; init; }

    public AfterEnd? AfterEnd { get; init; }

    public PromiseRule? Promise { get; init; }

    public bool? LiveAllowed { get; init; }

    public bool? EndsSessions { get; init; }

    public bool? OneDevice { get; init; }

    public bool? HidesEarlier { get; init; }

    public bool? ShowsQueue { get; init; }
}

/// <summary>
/// How an inbox behaves: its profile, with what was set otherwise by hand. Whoever needs to know asks for a switch, never for the profile.
/// DESIGN.md, Modes.
/// </summary>
public sealed record Policy
{
    /// <summary>A promise for which nothing was learned and nothing said: usually within a day.</summary>
    public const int PromiseSeconds = 24 * 3600;

    [JsonIgnore]
    public Profile Profile { get; private init; }

    /// <summary>How long a customer may be gone until they count as having left; 0: at once.</summary>
    public int GraceSeconds { get; private init; } = 120;

    /// <summary>The same of an agent.</summary>
    public int AgentGraceSeconds { get; private init; } = 30;

    /// <summary>After how long a customer who is silent is asked whether they are still here; only where silence ends the session.</summary>
    public int IdleReminderSeconds { get; private init; } = 240;

    /// <summary>After how long of the customer's silence a session ends, or goes on as messaging. Never 0: every answer would end the talk in which it is given.</summary>
    public int IdleSeconds { get; private init; } = 600;

    /// <summary>How long an offer stands.</summary>
    public int AcceptSeconds { get; private init; } = 45;

    /// <summary>After how long without a first answer the agent is nudged; after as much again somebody else is asked.</summary>
    public int FirstReplySeconds { get; private init; } = 180;

    public int ReplySeconds { get; private init; } = 300;

    /// <summary>How long somebody waits for a live answer until they are promised one; 0: at once, while offers go on.</summary>
    public int LiveWaitSeconds { get; private init; } = 120;

    /// <summary>True where an offer needs no yes.</summary>
    public bool AutoAccept { get; private init; }

    /// <summary>How long an agent who has finished is offered nothing.</summary>
    public int WrapUpSeconds { get; private init; }

    public ThreadRule Threads { get; private init; }

    public AssignmentRule Assignment { get; private init; }

    /// <summary>What becomes of a message that waits for an answer and that nobody has.</summary>
    public LetterRule Letters { get; private init; }

    /// <summary>So many may wait; with more nobody counts as available. 0: nobody waits, and who is available is who has room.</summary>
    public int QueueLimit { get; private init; } = 50;

    public WhenClosed WhenClosed { get; private init; }

    public WhenAgentLeaves WhenAgentLeaves { get; private init; }

    public AfterEnd AfterEnd { get; private init; } = AfterEnd.New;

    public PromiseRule Promise { get; private init; } = new(PromiseKind.Learned, PromiseSeconds);

    /// <summary>True where a customer and an agent can be in touch at the same time, as a session.</summary>
    public bool LiveAllowed { get; private init; } = true;

    /// <summary>True where a session that is over is over for good: leaving or silence ends it, and nothing goes on in it.</summary>
    public bool EndsSessions { get; private init; }

    /// <summary>True where a session belongs to the device that began it.</summary>
    public bool OneDevice { get; private init; }

    /// <summary>True where a customer sees nothing of what was said before.</summary>
    public bool HidesEarlier { get; private init; }

    /// <summary>True where every customer who waits sees their place; elsewhere only who asks to talk now does.</summary>
    public bool ShowsQueue { get; private init; }

    /// <summary>True where a customer may begin while nobody is available, and is answered later.</summary>
    [JsonIgnore]
    public bool StartsWithNobody => WhenClosed == WhenClosed.Messaging;

    /// <summary>Whether who would rather not wait in a strict queue is written to; where the button hides there is nothing but talk.</summary>
    [JsonIgnore]
    public bool WritesInstead => WhenClosed != WhenClosed.Hide;

    public static Policy Of(Profile profile, Switches? switches = null)
    {
        var preset = profile switch
        {
            Profile.StrictLive => new Policy { WhenClosed = WhenClosed.Form, AfterEnd = AfterEnd.Refuse, EndsSessions = true, OneDevice = true, HidesEarlier = true, ShowsQueue = true },
            Profile.Messaging => new Policy { LiveAllowed = false },
            _ => new Policy(),
        } with { Profile = profile };
        return switches is null ? preset : preset.With(switches);
    }

    /// <summary>What of some switches differs from the profile; null where nothing does. The rest would only stand in the way of another profile.</summary>
    public static Switches? Differing(Profile profile, Switches? switches)
    {
        if (switches is null)
        {
            return null;
        }

        var preset = Of(profile);
        var promise = switches.Promise is { } rule ? rule with { Seconds = rule.Seconds ?? PromiseSeconds } : null;
        var differing = new Switches
        {
            GraceSeconds = Unlike(switches.GraceSeconds, preset.GraceSeconds),
            AgentGraceSeconds = Unlike(switches.AgentGraceSeconds, preset.AgentGraceSeconds),
            IdleReminderSeconds = Unlike(switches.IdleReminderSeconds, preset.IdleReminderSeconds),
            IdleSeconds = Unlike(switches.IdleSeconds, preset.IdleSeconds),
            AcceptSeconds = Unlike(switches.AcceptSeconds, preset.AcceptSeconds),
            FirstReplySeconds = Unlike(switches.FirstReplySeconds, preset.FirstReplySeconds),
            ReplySeconds = Unlike(switches.ReplySeconds, preset.ReplySeconds),
            LiveWaitSeconds = Unlike(switches.LiveWaitSeconds, preset.LiveWaitSeconds),
            AutoAccept = Unlike(switches.AutoAccept, preset.AutoAccept),
            WrapUpSeconds = Unlike(switches.WrapUpSeconds, preset.WrapUpSeconds),
            Threads = Unlike(switches.Threads, preset.Threads),
            Assignment = Unlike(switches.Assignment, preset.Assignment),
            Letters = Unlike(switches.Letters, preset.Letters),
            QueueLimit = Unlike(switches.QueueLimit, preset.QueueLimit),
            WhenClosed = Unlike(switches.WhenClosed, preset.WhenClosed),
            WhenAgentLeaves = Unlike(switches.WhenAgentLeaves, preset.WhenAgentLeaves),
            AfterEnd = Unlike(switches.AfterEnd, preset.AfterEnd),
            Promise = promise == preset.Promise ? null : promise,
            LiveAllowed = Unlike(switches.LiveAllowed, preset.LiveAllowed),
            EndsSessions = Unlike(switches.EndsSessions, preset.EndsSessions),
            OneDevice = Unlike(switches.OneDevice, preset.OneDevice),
            HidesEarlier = Unlike(switches.HidesEarlier, preset.HidesEarlier),
            ShowsQueue = Unlike(switches.ShowsQueue, preset.ShowsQueue),
        };
        return differing == new Switches() ? null : differing;
    }

    private static T? Unlike<T>(T? value, T preset)
        where T : struct => value is { } set && !EqualityComparer<T>.Default.Equals(set, preset) ? set : null;

    private Policy With(Switches set) => this with
    {
        GraceSeconds = set.GraceSeconds ?? GraceSeconds,
        AgentGraceSeconds = set.AgentGraceSeconds ?? AgentGraceSeconds,
        IdleReminderSeconds = set.IdleReminderSeconds ?? IdleReminderSeconds,
        IdleSeconds = set.IdleSeconds ?? IdleSeconds,
        AcceptSeconds = set.AcceptSeconds ?? AcceptSeconds,
        FirstReplySeconds = set.FirstReplySeconds ?? FirstReplySeconds,
        ReplySeconds = set.ReplySeconds ?? ReplySeconds,
        LiveWaitSeconds = set.LiveWaitSeconds ?? LiveWaitSeconds,
        AutoAccept = set.AutoAccept ?? AutoAccept,
        WrapUpSeconds = set.WrapUpSeconds ?? WrapUpSeconds,
        Threads = set.Threads ?? Threads,
        Assignment = set.Assignment ?? Assignment,
        Letters = set.Letters ?? Letters,
        QueueLimit = set.QueueLimit ?? QueueLimit,
        WhenClosed = set.WhenClosed ?? WhenClosed,
        WhenAgentLeaves = set.WhenAgentLeaves ?? WhenAgentLeaves,
        AfterEnd = set.AfterEnd ?? AfterEnd,
        Promise = set.Promise is { } rule ? rule with { Seconds = rule.Seconds ?? PromiseSeconds } : Promise,
        LiveAllowed = set.LiveAllowed ?? LiveAllowed,
        EndsSessions = set.EndsSessions ?? EndsSessions,
        OneDevice = set.OneDevice ?? OneDevice,
        HidesEarlier = set.HidesEarlier ?? HidesEarlier,
        ShowsQueue = set.ShowsQueue ?? ShowsQueue,
    };
}
