using Parley.Figures.Episodes;
using Shouldly;

namespace Parley.Tests.Figures.Episodes;

public class DurationsTests
{
    [Fact]
    public void The_middle_one_the_ninth_of_ten_and_the_mean()
    {
        Durations.Over([]).ShouldBe(new Durations(0, null, null, null));
        Durations.Over(Enumerable.Range(1, 10).Reverse().Select(second => TimeSpan.FromSeconds(second))).ShouldBe(new Durations(10, 5, 9, 5.5));
    }
}
