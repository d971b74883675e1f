using System.Globalization;

namespace Parley.Server.Demo;

/// <summary>
/// The demo's time: the real one, and a distance ahead of it that is kept in the folder. It goes forward only, as time does. A log whose clock went back would
/// stand still in every thread until the real time had caught up; so whoever wants the day back from 22:00 gets that of tomorrow, and what became due on the
/// way is done. Waiting goes by the real clock.
/// </summary>
internal sealed class ShopClock : TimeProvider
{
    public const string Kept = "clock.txt";

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly TimeProvider _real;
    private readonly string _file;
    private long _ahead;

    public ShopClock(TimeProvider real, string folder)
    {
        (_real, _file) = (real, Path.Combine(folder, Kept));
        _ahead = File.Exists(_file) && long.TryParse(File.ReadAllText(_file), NumberStyles.None, CultureInfo.InvariantCulture, out var kept) ? kept : 0;
    }

    /// <summary>The time outside of the demo, by which the rest of the world goes.</summary>
    public TimeProvider Real => _real;

    /// <summary>How far it is ahead, in whole milliseconds: as pages are told.</summary>
    public long Ahead => Interlocked.Read(ref _ahead);

    public override long TimestampFrequency => _real.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => _real.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => _real.GetUtcNow().AddMilliseconds(Ahead);

    public override long GetTimestamp() => _real.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => _real.CreateTimer(callback, state, dueTime, period);

    /// <summary>Forward to the next time at which a clock on this machine's wall shows this; a clock that jumps over it is looked at a day later.</summary>
    public void Forward(TimeOnly wall)
    {
        var (now, zone) = (GetUtcNow(), LocalTimeZone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        for (var days = 0; ; days++)
        {
            var local = today.AddDays(days).ToDateTime(wall);
            if (!zone.IsInvalidTime(local) && new DateTimeOffset(local, zone.GetUtcOffset(local)) is var at && at > now)
            {
                Keep(Ahead + (long)Math.Ceiling((at - now).TotalMilliseconds));
                return;
            }
        }
    }

    /// <summary>Forward to the time of day that it really is: whole days ahead, or none.</summary>
    public void ForwardToDay() => Keep((long)(Math.Ceiling(Ahead / Day.TotalMilliseconds) * Day.TotalMilliseconds));

    /// <summary>Kept before it counts: a restart must not find entries of a time that has not come yet.</summary>
    private void Keep(long ahead)
    {
        File.WriteAllText(_file, ahead.ToString(CultureInfo.InvariantCulture));
        Interlocked.Exchange(ref _ahead, ahead);
    }
}
