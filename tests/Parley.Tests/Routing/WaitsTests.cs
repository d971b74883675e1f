using Parley.Routing;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Routing;

public class WaitsTests
{
    [Fact]
    public void LC9_Nothing_is_said_while_too_few_were_taken_and_nothing_of_what_is_long_ago()
    {
        var waits = new Waits();
        for (var i = 0; i < 4; i++)
        {
            waits.Note(Clock.Morning.AddMinutes(i), TimeSpan.FromMinutes(1));
        }

        waits.Range(1, room: false, Clock.Morning.AddMinutes(4)).ShouldBeNull();
        waits.Note(Clock.Morning.AddMinutes(4), TimeSpan.FromMinutes(1));
        waits.Range(1, room: false, Clock.Morning.AddMinutes(4)).ShouldNotBeNull();
        waits.Range(1, room: false, Clock.Morning.AddHours(2)).ShouldBeNull();
    }

    [Fact]
    public void LC9_Where_somebody_is_free_it_takes_as_long_as_others_waited_to_be_accepted()
    {
        var waits = new Waits();
        foreach (var seconds in new[] { 5, 6, 7, 8, 9, 10, 11, 12, 13, 60 })
        {
            waits.Note(Clock.Morning, TimeSpan.FromSeconds(seconds));
        }

        waits.Range(3, room: true, Clock.Morning).ShouldBe((TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(13)));
    }

    /// <summary>What was said is held against what came: four of five times it was true, give or take what chance does.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void LC9_The_range_of_the_wait_is_honest(int place)
    {
        var random = new Random(place);
        var (right, all) = (0, 0);
        for (var day = 0; day < 400; day++)
        {
            var waits = new Waits();
            var now = Clock.Morning;
            for (var i = 0; i < 40; i++)
            {
                now += Next();
                waits.Note(now, TimeSpan.FromMinutes(5));
            }

            var (low, high) = waits.Range(place, room: false, now)!.Value;
            var waited = TimeSpan.Zero;
            for (var i = 0; i < place; i++)
            {
                waited += Next();
            }

            right += waited >= low && waited <= high ? 1 : 0;
            all++;
        }

        ((double)right / all).ShouldBeInRange(0.7, 0.92);

        TimeSpan Next() => TimeSpan.FromSeconds(-60 * Math.Log(1 - random.NextDouble()));
    }
}
