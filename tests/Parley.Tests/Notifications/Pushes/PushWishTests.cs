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
        new QuietHours(from, to, "Europe/Berlin").At(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(quiet);

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
        wish.Wants(PushKind.Mine, default).ShouldBeTrue();
        wish.Wants(PushKind.Team, default).ShouldBeFalse();
        wish.Wants(PushKind.Taken, default).ShouldBeTrue("What was shown is taken away, whatever is wanted now.");
    }
}
