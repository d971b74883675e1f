using Parley.Workspaces;
using Shouldly;
using static Parley.Tests.Workspaces.Verdict;

namespace Parley.Tests.Workspaces;

public class SeatingTests
{
    [Fact]
    public void A_state_is_said_with_its_cause_and_the_same_again_says_nothing()
    {
        Take(Sitting(Chair.Away), Chair.Busy).Bodies().ShouldBe([new ChairSet(Chair.Busy, "manual")]);
        Take(Sitting(Chair.Busy), Chair.Busy).Bodies().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Chair.Online, true)]
    [InlineData(Chair.Busy, true)]
    [InlineData(Chair.Away, false)]
    [InlineData(Chair.Offline, false)]
    public void Only_who_was_there_is_away_when_nobody_sits_there(Chair before, bool loses) =>
        Decide(new AgentKind(), Sitting(before), new LoseChair(ByKim, Noor, "idle")).Bodies().ShouldBe(loses ? [new ChairSet(Chair.Away, "idle")] : []);

    [Theory]
    [InlineData(Chair.Online, false)]
    [InlineData(Chair.Busy, false)]
    [InlineData(Chair.Offline, true)]
    public void Who_signs_in_is_away_unless_they_are_there_on_another_device(Chair before, bool away) =>
        Decide(new AgentKind(), Sitting(before), new TakeChair(ByKim, Noor, Chair.Away, "signedIn")).Bodies().ShouldBe(away ? [new ChairSet(Chair.Away, "signedIn")] : []);

    [Theory]
    [InlineData(0)]
    [InlineData(21)]
    [InlineData(-1)]
    public void A_capacity_is_one_to_twenty_units(int units) => Capacity(units).ShouldBeRefused("capacity.invalid", 400);

    [Fact]
    public void PA11_A_capacity_stands_in_the_agents_own_log_and_is_four_before()
    {
        AgentState.Empty.Capacity.ShouldBe(4);
        Capacity(4).Bodies().ShouldBeEmpty();
        Capacity(1).Bodies().ShouldBe([new CapacitySet(1)]);
        Fold<AgentState>(new AgentKind(), AgentKind.Of(Noor), new AgentJoined("Noor", "noor@lighthouse.test", []), new CapacitySet(20)).Capacity.ShouldBe(20);
    }

    private static AgentState Sitting(Chair chair) => AgentState.Empty with { Chair = chair };

    private static Parley.Log.Decision Take(AgentState state, Chair chair) => Decide(new AgentKind(), state, new TakeChair(ByKim, Noor, chair, "manual"));

    private static Parley.Log.Decision Capacity(int units) => Decide(new AgentKind(), AgentState.Empty, new SetCapacity(ByKim, Noor, units));
}
