using System.Collections.Immutable;
using Parley.Workspaces;
using Shouldly;
using static Parley.Tests.Workspaces.Verdict;

namespace Parley.Tests.Workspaces;

public class RosterTests
{
    private static readonly InboxSettings Settings =
        new("Shop", "web", FirstBrand, Profile.Blended, [], ["en"], ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>>.Empty);

    [Fact]
    public void An_inbox_without_teams_is_open_to_all()
    {
        var roster = Roster();
        roster.Open(Kim).ShouldBeNull();
        roster.Open(Noor).ShouldBeNull();
        roster.AgentsOf(Shop).Select(agent => agent.Id).ShouldBe([Kim, Noor]);
    }

    [Fact]
    public void An_inbox_with_teams_is_open_to_them_and_to_who_administers()
    {
        Roster(teams: [Sails]).Open(Noor).ShouldBe([]);
        Roster(teams: [Sails]).Open(Kim).ShouldBeNull();
        Roster(teams: [Sails]).AgentsOf(Shop).Select(agent => agent.Id).ShouldBe([Kim]);
        Roster(teams: [Sails], noor: [Sails]).Open(Noor).ShouldBe([Shop]);
    }

    [Fact]
    public void Somebody_who_is_not_there_may_see_nothing() => Roster().Open(new AgentId(Guid.Empty)).ShouldBe([]);

    [Fact]
    public void The_grant_changes_with_what_one_may_do_and_with_nothing_else()
    {
        var grant = Roster(teams: [Sails]).Grant(Noor);
        Roster(teams: [Sails]).Grant(Noor).ShouldBe(grant);
        Roster(teams: [Sails], chair: Chair.Online).Grant(Noor).ShouldBe(grant);
        Roster(teams: [Sails], noor: [Sails]).Grant(Noor).ShouldNotBe(grant);
        Roster(teams: [Sails], role: Role.Admin).Grant(Noor).ShouldNotBe(grant);
        Roster(teams: [Sails], active: false).Grant(Noor).ShouldNotBe(grant);
        Roster().Grant(Noor).ShouldNotBe(grant);
        Roster(teams: [Sails], signedOut: 1).Grant(Noor).ShouldNotBe(grant);
    }

    [Fact]
    public void Who_is_not_active_sits_in_no_chair() => Roster(active: false, chair: Chair.Online).Agent(Noor)!.Chair.ShouldBe(Chair.Offline);

    [Fact]
    public void A_team_that_was_removed_is_nobodys()
    {
        var gone = new TeamId(Guid.Parse("00000000-0000-7000-8000-00000000000f"));
        Roster(noor: [Sails, gone]).Agent(Noor)!.Teams.ShouldBe([Sails]);
    }

    private static Roster Roster(
        ImmutableSortedSet<TeamId>? teams = null, ImmutableSortedSet<TeamId>? noor = null, Role role = Role.Agent, bool active = true, Chair chair = Chair.Away, long signedOut = 0) => new(
        Lighthouse,
        Founded with { Members = Founded.Members.Add(Noor, new Member(role, active)), Inboxes = [Shop] },
        new Dictionary<AgentId, AgentState>
        {
            [Kim] = new("Kim", "kim@lighthouse.test", [], Chair.Away, 0),
            [Noor] = new("Noor", "noor@lighthouse.test", noor ?? [], chair, signedOut),
        },
        new Dictionary<InboxId, InboxState> { [Shop] = new(1, Settings with { Teams = teams }, [], []) });
}
