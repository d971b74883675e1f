using Parley.Log;
using Parley.Workspaces;
using Shouldly;
using static Parley.Tests.Workspaces.Verdict;

namespace Parley.Tests.Workspaces;

[Trait("row", "KP4")]
public class AttendingTests
{
    private static readonly ConversationId Thread = new(Guid.Parse("00000000-0000-7000-8000-000000000009"));

    [Fact]
    public void An_interval_that_is_over_is_written_for_its_agent_alone()
    {
        var decision = Attend(AgentState.Empty, 0, 60);
        decision.Bodies().ShouldBe([new Attended(Thread, At(0), At(60))]);
        decision.Drafts[0].OnlyFor.ShouldBe([Noor]);
    }

    [Fact]
    public void What_overlaps_with_what_is_written_already_counts_once()
    {
        var state = Fold<AgentState>(new AgentKind(), AgentKind.Of(Noor), new Attended(Thread, At(0), At(60)));
        Attend(state, 30, 90).Bodies().ShouldBe([new Attended(Thread, At(60), At(90))]);
        Attend(state, 0, 60).Bodies().ShouldBeEmpty();
        Attend(state, 60, 60.5).Bodies().ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_lies_in_the_future_and_where_it_is_off_nothing_is_kept()
    {
        Attend(AgentState.Empty, -60, 3_600 * 24).Bodies().ShouldBe([new Attended(Thread, At(-60), Cast.Clock.Morning)]);
        Attend(AgentState.Empty, -60, -1, Founded with { Attention = AttentionShown.Off }).Bodies().ShouldBeEmpty();
    }

    [Fact]
    public void Who_may_know_is_set_for_the_workspace_and_teams_are_where_nobody_said()
    {
        Founded.Attention.ShouldBe(AttentionShown.Teams);
        Decide(new WorkspaceKind(), Founded, new SetAttention(ByKim, AttentionShown.Teams)).Bodies().ShouldBeEmpty();
        Decide(new WorkspaceKind(), Founded, new SetAttention(ByKim, AttentionShown.Agents)).Bodies().ShouldBe([new AttentionSet(AttentionShown.Agents)]);
        Fold<WorkspaceState>(new WorkspaceKind(), WorkspaceKind.Of(Lighthouse), new AttentionSet(AttentionShown.Off)).Attention.ShouldBe(AttentionShown.Off);
    }

    private static DateTimeOffset At(double seconds) => Cast.Clock.Morning.AddHours(-1).AddSeconds(seconds);

    private static Decision Attend(AgentState state, double from, double until, WorkspaceState? workspace = null) => Decide(
        new AgentKind(), state, new Attend(new Origin(Lighthouse, Author.System, "a"), Noor, Thread, At(from), At(until)), others: (WorkspaceKind.Of(Lighthouse), workspace ?? Founded, 1));
}
