using Parley.Routing.Policies;
using Shouldly;
using static Parley.Tests.Routing.Policies.LadderTests;
using static Parley.Tests.Workspaces.Verdict;

namespace Parley.Tests.Routing.Policies;

public class RoundRobinTests
{
    [Fact]
    public void PA11_Whoever_was_given_something_the_longest_ago_is_next_however_much_they_have()
    {
        var policy = new Ladder(new RoundRobin());
        policy.Prefers(new(Kim, Load: 9, Capacity: 12, Given: 1), new(Noor, Load: 0, Capacity: 12, Given: 2), Any).ShouldBeTrue();
        policy.Prefers(new(Noor, Load: 0, Capacity: 12, Given: 2), new(Kim, Load: 9, Capacity: 12, Given: 1), Any).ShouldBeFalse();
    }
}
