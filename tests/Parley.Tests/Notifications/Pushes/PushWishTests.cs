using Parley.Notifications.Pushes;
using Shouldly;

namespace Parley.Tests.Notifications.Pushes;

public sealed class PushWishTests
{
    [Theory, Trait("row", "OP7")]
    [InlineData("22:00", "07:00", "2026-06-01T21:30:00Z", true)]
    [InlineData("22:00", "07:00", "2026-06-01T04:59:00Z", true)]
    [InlineData("22:00", "07:00", "2026-06-01T05:00:00Z", false)]
    [InlineData("12:00", "13:00", "2026-06-01T10:00:00Z", true)]
    [InlineData("12:00", "13:00", "2026-06-01T11:00:00Z", false)]
    public void OP7_Quiet_hours_are_by_the_agents_clock_and_go_past_midnight(string from, string to, string now, bool quiet) =>
        new QuietHours(from, to, "Europe/Berlin").At(At(now)).ShouldBe(quiet);

    [Theory, Trait("row", "OP7")]
    [InlineData("22:00", "07:00", "2026-06-01T21:30:00Z", "2026-06-02T05:00:00Z")]
    [InlineData("22:00", "07:00", "2026-06-01T04:59:00Z", "2026-06-01T05:00:00Z")]
    [InlineData("12:00", "13:00", "2026-06-01T10:00:00Z", "2026-06-01T11:00:00Z")]
    [InlineData("22:00", "07:00", "2026-06-01T05:00:00Z", null)]
    // The clock goes forward at two and back at three: what does not exist ends an hour later by the clock, what comes twice ends when it is over again.
    [InlineData("22:00", "02:30", "2026-03-28T23:00:00Z", "2026-03-29T01:30:00Z")]
    [InlineData("22:00", "02:30", "2026-10-24T23:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("22:00", "02:30", "2026-10-25T01:10:00Z", "2026-10-25T01:30:00Z")]
    public void OP7_Quiet_hours_end_at_a_moment_that_comes(string from, string to, string now, string? end) =>
        new QuietHours(from, to, "Europe/Berlin").End(At(now)).ShouldBe(end is null ? null : At(end));

    [Fact]
    public void What_is_no_time_or_zone_does_not_hold()
    {
        new QuietHours("22:00", "07:00", "Europe/Berlin").Hold.ShouldBeTrue();
        new QuietHours("24:00", "07:00", "Europe/Berlin").Hold.ShouldBeFalse();
        new QuietHours("22:00", "07:00", "Europe/Atlantis").Hold.ShouldBeFalse();
    }

    [Fact]
    public void Each_kind_can_be_wanted_or_not()
    {
        var wish = new PushWish(new PushKinds(Team: false));
        wish.Wants(PushKind.Mine).ShouldBeTrue();
        wish.Wants(PushKind.Team).ShouldBeFalse();
        wish.Wants(PushKind.Taken).ShouldBeTrue("What was shown is taken away, whatever is wanted now.");
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
