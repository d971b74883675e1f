using Parley.Server.Demo;
using Shouldly;

namespace Parley.Tests.Server.Demo;

public sealed class ShopClockTests : IDisposable
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private readonly string _folder = Directory.CreateTempSubdirectory("demo-").FullName;
    private readonly Wall _real = new(new DateTimeOffset(2026, 3, 27, 14, 0, 0, TimeSpan.Zero));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_goes_forward_to_a_time_on_the_wall_and_whole_days_to_the_time_that_it_is()
    {
        var clock = new ShopClock(_real, _folder);
        clock.GetUtcNow().ShouldBe(_real.Now);
        clock.Forward(new TimeOnly(22, 0));
        clock.GetUtcNow().ShouldBe(new DateTimeOffset(2026, 3, 27, 21, 0, 0, TimeSpan.Zero), "22:00 in Berlin, in winter.");
        clock.Forward(new TimeOnly(22, 0));
        clock.GetUtcNow().ShouldBe(new DateTimeOffset(2026, 3, 28, 21, 0, 0, TimeSpan.Zero), "The next one, not the same once more.");
        clock.ForwardToDay();
        clock.GetUtcNow().ShouldBe(_real.Now.AddDays(2));
        clock.ForwardToDay();
        clock.GetUtcNow().ShouldBe(_real.Now.AddDays(2), "It is that time of day already.");
    }

    [Fact]
    public void An_hour_that_no_clock_shows_is_that_of_the_next_day_and_summer_time_counts()
    {
        _real.Now = new DateTimeOffset(2026, 3, 29, 0, 0, 0, TimeSpan.Zero);
        var clock = new ShopClock(_real, _folder);
        clock.Forward(new TimeOnly(2, 30));
        clock.GetUtcNow().ShouldBe(new DateTimeOffset(2026, 3, 30, 0, 30, 0, TimeSpan.Zero));
    }

    [Fact]
    public void It_is_as_far_ahead_after_a_restart_and_waiting_goes_by_the_real_one()
    {
        var clock = new ShopClock(_real, _folder);
        clock.Forward(new TimeOnly(22, 0));
        var then = clock.GetUtcNow();
        _real.Now += TimeSpan.FromMinutes(5);
        var again = new ShopClock(_real, _folder);
        again.GetUtcNow().ShouldBe(then.AddMinutes(5));
        var before = again.GetTimestamp();
        again.ForwardToDay();
        again.GetElapsedTime(before).ShouldBeLessThan(TimeSpan.FromMinutes(1));
    }

    private sealed class Wall(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override TimeZoneInfo LocalTimeZone => Berlin;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
