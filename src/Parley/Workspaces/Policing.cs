using System.Collections.Immutable;
using Parley.Log;
using Parley.Platform;

namespace Parley.Workspaces;

/// <summary>A whole policy: it takes the place of all that was set before.</summary>
/// <param name="Calendar">When it is open; null: when its brand is.</param>
public sealed record PolicySet(Profile Profile, int ReopenHours, Switches? Switches, Calendar? Calendar);

/// <summary>What a policy may be.</summary>
internal static class Policing
{
    public const int ReopenHours = 72;

    private const int LongestReopen = 24 * 365;
    private const int Day = 24 * 3600;
    private const int LongestWrapUp = 3600;
    private const int LongestQueue = 100_000;
    private const int LongestPromise = 90 * Day;

    public static Refusal? Flaw(InboxSettings settings)
    {
        var it = settings.Switches ?? new();
        ImmutableArray<FieldFlaw> flaws =
        [
            .. Within("graceSeconds", it.GraceSeconds, 0, Day),
            .. Within("agentGraceSeconds", it.AgentGraceSeconds, 0, Day),
            .. Within("idleReminderSeconds", it.IdleReminderSeconds, 1, Day),
            .. Within("idleSeconds", it.IdleSeconds, 1, Day),
            .. Within("acceptSeconds", it.AcceptSeconds, 1, Day),
            .. Within("firstReplySeconds", it.FirstReplySeconds, 1, Day),
            .. Within("replySeconds", it.ReplySeconds, 1, Day),
            .. Within("liveWaitSeconds", it.LiveWaitSeconds, 0, Day),
            .. Within("wrapUpSeconds", it.WrapUpSeconds, 0, LongestWrapUp),
            .. Within("queueLimit", it.QueueLimit, 0, LongestQueue),
            .. Within("promise.seconds", it.Promise?.Seconds, 1, LongestPromise),
            .. Losing(settings),
        ];
        return settings.ReopenHours is < 0 or > LongestReopen
            ? new Refusal("reopenHours.invalid", $"reopenHours is between 0 and {LongestReopen}.", 400) { Errors = [.. Within("reopenHours", settings.ReopenHours, 0, LongestReopen)] }
            : flaws.IsEmpty
                ? (settings.Calendar is { } calendar ? Hours.Flaw(calendar, "hours") : null)
                : new Refusal("policy.invalid", $"{flaws[0].Field}: {flaws[0].Text}", 400) { Errors = flaws };
    }

    /// <summary>Who writes on a channel sees no button that hides and no form: what they write is taken, whoever is there. A rule that takes nothing would lose it.</summary>
    private static IEnumerable<FieldFlaw> Losing(InboxSettings settings) =>
        settings.Channel == AddInbox.WebChannel ? []
        : settings.Profile == Profile.StrictLive ? [new("profile", "invalid", "On a channel nobody can be talked to live only.")]
        : !settings.Policy.StartsWithNobody ? [new("whenClosed", "invalid", "On a channel what is written is always taken.")] : [];

    private static IEnumerable<FieldFlaw> Within(string field, int? value, int least, int most) =>
        value < least ? [new(field, "tooSmall", $"At least {least}.")] : value > most ? [new(field, "tooLarge", $"At most {most}.")] : [];
}
