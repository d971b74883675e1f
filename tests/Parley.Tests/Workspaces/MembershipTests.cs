using Parley.Log;
using Parley.Workspaces;
using Shouldly;
using static Parley.Tests.Workspaces.Verdict;

namespace Parley.Tests.Workspaces;

public class MembershipTests
{
    [Fact]
    public void An_agent_is_added_with_a_place_and_as_a_person() => Add(Noor).Drafts.ShouldBe(
    [
        new Draft(new MemberSet(Noor, new Member(Role.Agent, Active: true))),
        new Draft(new AgentJoined("Noor", "noor@lighthouse.test", []), AgentKind.Of(Noor)),
    ]);

    [Fact]
    public void The_same_agent_is_not_added_twice() => Add(Noor, seq: 3).ShouldBeRefused("agent.exists", 409);

    [Fact]
    public void The_last_owner_keeps_the_role_and_stays_active()
    {
        Decide(new WorkspaceKind(), Founded, new SetMember(ByKim, Kim, Role.Admin)).ShouldBeRefused("owner.last", 409);
        Decide(new WorkspaceKind(), Founded, new SetMember(ByKim, Kim, Active: false)).ShouldBeRefused("owner.last", 409);
    }

    [Fact]
    public void An_owner_who_is_not_active_is_none()
    {
        var state = Founded with { Members = Founded.Members.Add(Noor, new Member(Role.Owner, Active: false)) };
        Decide(new WorkspaceKind(), state, new SetMember(ByKim, Kim, Role.Admin)).ShouldBeRefused("owner.last", 409);
        var two = Founded with { Members = Founded.Members.Add(Noor, new Member(Role.Owner, Active: true)) };
        Decide(new WorkspaceKind(), two, new SetMember(ByKim, Kim, Role.Admin)).Bodies().ShouldBe([new MemberSet(Kim, new Member(Role.Admin, Active: true))]);
    }

    [Fact]
    public void What_is_so_already_writes_nothing() => Decide(new WorkspaceKind(), Founded, new SetMember(ByKim, Kim, Role.Owner, true)).Bodies().ShouldBeEmpty();

    [Fact]
    public void Somebody_who_is_not_there_has_no_place() => Decide(new WorkspaceKind(), Founded, new SetMember(ByKim, Noor, Role.Admin)).ShouldBeRefused("agent.unknown", 404);

    [Fact]
    public void A_workspace_that_is_not_there_takes_nobody() =>
        Decide(new WorkspaceKind(), WorkspaceState.Empty, new SetMember(ByKim, Kim, Role.Admin), seq: 0).ShouldBeRefused("workspace.unknown", 404);

    private static Decision Add(AgentId agent, long seq = 0) => Decide(
        new WorkspaceKind(), Founded, new AddAgent(ByKim, agent, " Noor ", "noor@lighthouse.test", Role.Agent, []), 4, (AgentKind.Of(agent), AgentState.Empty, seq));
}
