using Parley.Conversations;
using Parley.Routing;
using Shouldly;

namespace Parley.Tests.Routing;

public class WeightsTests
{
    [Theory]
    [InlineData(Mode.Live, false, 3)]
    [InlineData(Mode.Live, true, 3)]
    [InlineData(Mode.Paused, false, 3)]
    [InlineData(Mode.Waiting, true, 3)]
    [InlineData(Mode.Messaging, true, 1)]
    [InlineData(Mode.Messaging, false, 0)]
    [InlineData(Mode.Dormant, false, 0)]
    [InlineData(Mode.Ended, true, 0)]
    public void PA11_What_is_live_is_a_unit_and_what_is_owed_a_third(Mode mode, bool owed, int thirds) => Weights.Of(mode, Status.Open, owed).ShouldBe(thirds);

    [Fact]
    public void What_is_closed_or_snoozed_costs_nothing()
    {
        Weights.Of(Mode.Live, Status.Closed, owed: true).ShouldBe(0);
        Weights.Of(Mode.Messaging, Status.Snoozed, owed: true).ShouldBe(0);
    }
}
