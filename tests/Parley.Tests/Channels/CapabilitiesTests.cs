using Parley.Channels;
using Shouldly;

namespace Parley.Tests.Channels;

public class CapabilitiesTests
{
    private static readonly DateTimeOffset Said = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly WindowRule Day = new(TimeSpan.FromHours(24), TimeSpan.FromDays(7), Templates: true);

    /// <summary>Failure 17: what is written a minute before the end and sent two minutes later does not go.</summary>
    [Fact, Trait("row", "BX13"), Trait("failure", "17")]
    public void BX13_A_window_is_open_until_its_last_minute_and_not_a_moment_longer()
    {
        var rule = new WindowRule(TimeSpan.FromHours(24), Templates: true);
        rule.Open(Said, human: true, Said.AddHours(23).AddMinutes(59)).ShouldBeTrue();
        rule.Open(Said, human: true, Said.AddHours(24).AddMinutes(1)).ShouldBeFalse();
        rule.Open(null, human: true, Said).ShouldBeFalse();
    }

    /// <summary>Failure 18: after the first day people may still answer, and machines may not.</summary>
    [Fact, Trait("row", "BX13"), Trait("failure", "18")]
    public void BX13_What_no_person_wrote_does_not_go_where_only_people_may()
    {
        Day.Open(Said, human: true, Said.AddDays(3)).ShouldBeTrue();
        Day.Open(Said, human: false, Said.AddDays(3)).ShouldBeFalse();
        Day.Open(Said, human: false, Said.AddHours(23)).ShouldBeTrue();
        Day.Open(Said, human: true, Said.AddDays(8)).ShouldBeFalse();
    }

    [Fact]
    public void A_file_is_carried_by_its_kind_and_size()
    {
        var can = new Capabilities { Media = [new("image/", 100), new("application/pdf", 50)] };
        can.Carries("image/png", 100).ShouldBeTrue();
        can.Carries("image/png", 101).ShouldBeFalse();
        can.Carries("application/pdf", 60).ShouldBeFalse();
        can.Carries("video/mp4", 1).ShouldBeFalse();
    }
}
