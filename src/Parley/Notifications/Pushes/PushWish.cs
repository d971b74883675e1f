using System.Globalization;
using NodaTime;

namespace Parley.Notifications.Pushes;

/// <summary>What an agent is told of while their console is closed.</summary>
/// <param name="Mine">A customer writes in a conversation of theirs.</param>
/// <param name="Team">Somebody new writes whom they could answer, and nobody does yet.</param>
/// <param name="Mention">A colleague mentions them.</param>
/// <param name="Promise">An answer of theirs is due soon, or a promise broke.</param>
public sealed record PushKinds(bool Mine = true, bool Team = true, bool Mention = true, bool Promise = true);

/// <param name="From">As <c>22:00</c>; later than <paramref name="To"/>: past midnight.</param>
/// <param name="Zone">IANA; the clock that is meant.</param>
public sealed record QuietHours(string From, string To, string Zone)
{
    public bool Hold => TryTime(From, out _) && TryTime(To, out _) && DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) is not null;

    public bool At(DateTimeOffset now)
    {
        if (!TryTime(From, out var from) || !TryTime(To, out var to) || DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) is not { } zone)
        {
            return false;
        }

        var local = Instant.FromDateTimeOffset(now).InZone(zone);
        var minute = (local.Hour * 60) + local.Minute;
        return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
    }

    /// <summary>When the quiet hours end that hold at a moment; null where none do.</summary>
    public DateTimeOffset? End(DateTimeOffset now)
    {
        if (!At(now) || !TryTime(To, out var to) || DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) is not { } zone)
        {
            return null;
        }

        var instant = Instant.FromDateTimeOffset(now);
        var local = instant.InZone(zone).LocalDateTime;
        var day = (local.Hour * 60) + local.Minute < to ? local.Date : local.Date.PlusDays(1);
        var ends = day.AtMidnight().PlusMinutes(to);
        var first = zone.AtLeniently(ends).ToInstant();
        // An hour that comes twice ends the quiet the second time it is over, if the first is over already.
        return (first > instant ? first : zone.MapLocal(ends).Last().ToInstant()).ToDateTimeOffset();
    }

    private static bool TryTime(string text, out int minutes)
    {
        var fits = TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time);
        minutes = (time.Hour * 60) + time.Minute;
        return fits;
    }
}

/// <summary>How an agent wants to be told.</summary>
public sealed record PushWish(PushKinds Kinds, QuietHours? Quiet = null)
{
    public static readonly PushWish First = new(new PushKinds());

    public bool Wants(PushKind kind) => kind switch
    {
        PushKind.Mine => Kinds.Mine,
        PushKind.Team => Kinds.Team,
        PushKind.Mention => Kinds.Mention,
        PushKind.Promise => Kinds.Promise,
        _ => true,
    };
}

/// <summary>Why a push is sent. <c>Taken</c>: what was told before is somebody else's now, and goes.</summary>
/// <remarks><c>Answer</c> goes to a customer, all others to agents. <c>Several</c>: what came in quiet hours and is still news, in one.</remarks>
public enum PushKind { Mine, Team, Mention, Promise, Taken, Test, Answer, Several }
