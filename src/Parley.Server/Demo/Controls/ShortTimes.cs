using Parley.Workspaces;

namespace Parley.Server.Demo.Controls;

/// <summary>Times that fit into a look around: what takes minutes in a company takes seconds here, so that whoever closes a tab reads both sides at once.</summary>
internal static class ShortTimes
{
    /// <summary>After so many seconds a customer is mailed what they have not seen; and where times are as in a company.</summary>
    public const int Mail = 15;

    private const int UsualMail = 180;

    /// <summary>Until enough is known of how long answers take here.</summary>
    private const int Promised = 600;

    public static Switches On(Switches? before) => (before ?? new Switches()) with
    {
        GraceSeconds = 10,
        AgentGraceSeconds = 10,
        IdleReminderSeconds = 45,
        IdleSeconds = 90,
        AcceptSeconds = 30,
        FirstReplySeconds = 60,
        ReplySeconds = 90,
        LiveWaitSeconds = 30,
        Promise = new(PromiseKind.Learned, Promised),
    };

    /// <summary>As the profile has them.</summary>
    public static Switches Off(Switches? before) => (before ?? new Switches()) with
    {
        GraceSeconds = null,
        AgentGraceSeconds = null,
        IdleReminderSeconds = null,
        IdleSeconds = null,
        AcceptSeconds = null,
        FirstReplySeconds = null,
        ReplySeconds = null,
        LiveWaitSeconds = null,
        Promise = null,
    };

    public static bool Are(InboxSettings inbox) => inbox.Policy.GraceSeconds == On(null).GraceSeconds && inbox.MailAfterSeconds == Mail;

    public static InboxChange Change(InboxSettings inbox, bool on) => new()
    {
        Policy = new PolicySet(inbox.Profile, inbox.ReopenHours, on ? On(inbox.Switches) : Off(inbox.Switches), inbox.Calendar),
        MailAfterSeconds = on ? Mail : UsualMail,
    };
}
