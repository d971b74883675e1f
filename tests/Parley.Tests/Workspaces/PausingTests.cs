using Parley.Tests.Cast;
using Parley.Workspaces;
using Shouldly;
using static Parley.Tests.Workspaces.Verdict;

namespace Parley.Tests.Workspaces;

public class PausingTests
{
    private static readonly DateTimeOffset Until = Clock.Morning.AddMinutes(5);

    [Fact, Trait("row", "MS23")]
    public void MS23_Five_minutes_are_busy_until_then_and_end_by_themselves()
    {
        var kind = new AgentKind();
        Decide(kind, Online, new TakePause(ByKim, Noor, 5)).Bodies().ShouldBe([new ChairSet(Chair.Busy, "pause", Until)]);
        var paused = Online with { Chair = Chair.Busy, PausedUntil = Until };
        kind.Due(paused).ShouldBe(Until);
        Decide(kind, paused, new WakeAgent(ByKim, Noor)).Bodies().ShouldBeEmpty();
        Decide(kind, paused with { PausedUntil = Clock.Morning }, new WakeAgent(ByKim, Noor)).Bodies().ShouldBe([new ChairSet(Chair.Online, "pauseOver")]);
        Decide(kind, paused, new EndPause(ByKim, Noor)).Bodies().ShouldBe([new ChairSet(Chair.Online, "pauseOver")]);
        Decide(kind, Online, new EndPause(ByKim, Noor)).Bodies().ShouldBeEmpty();
    }

    [Fact]
    public void Whoever_sits_down_otherwise_meanwhile_has_no_pause_any_more()
    {
        var kind = new AgentKind();
        var paused = Fold<AgentState>(kind, AgentKind.Of(Noor), new ChairSet(Chair.Busy, "pause", Until));
        Decide(kind, paused, new TakeChair(ByKim, Noor, Chair.Busy, "manual")).Bodies().ShouldBe([new ChairSet(Chair.Busy, "manual")]);
        Fold<AgentState>(kind, AgentKind.Of(Noor), new ChairSet(Chair.Busy, "pause", Until), new ChairSet(Chair.Away, "idle")).PausedUntil.ShouldBeNull();
        // Who only signs in elsewhere goes on with it.
        Decide(kind, paused, new TakeChair(ByKim, Noor, Chair.Away, "signedIn")).Bodies().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(61)]
    public void A_pause_has_one_to_sixty_minutes(int minutes)
    {
        var decision = Decide(new AgentKind(), Online, new TakePause(ByKim, Noor, minutes));
        decision.ShouldBeRefused("pause.invalid", 400);
        decision.Refusal!.Errors.Single().Field.ShouldBe("minutes");
    }

    [Fact]
    public void Who_is_asked_for_nothing_needs_none() => Decide(new AgentKind(), Online with { Chair = Chair.Away }, new TakePause(ByKim, Noor, 5)).ShouldBeRefused("pause.idle", 409);

    private static AgentState Online => AgentState.Empty with { Chair = Chair.Online };
}
