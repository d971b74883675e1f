using Parley.Routing.Policies;
using Shouldly;
using static Parley.Tests.Routing.Policies.LadderTests;
using static Parley.Tests.Workspaces.Verdict;

namespace Parley.Tests.Routing.Policies;

public class LeastLoadedTests
{
    private readonly Ladder _policy = new(new LeastLoaded());

    [Fact]
    public void PA11_The_smaller_share_of_what_they_can_is_preferred()
    {
        _policy.Prefers(new(Kim, Load: 3, Capacity: 24, Given: 9), new(Noor, Load: 3, Capacity: 12, Given: 1), Any).ShouldBeTrue();
        _policy.Prefers(new(Noor, Load: 3, Capacity: 12, Given: 1), new(Kim, Load: 3, Capacity: 24, Given: 9), Any).ShouldBeFalse();
    }

    [Fact]
    public void PA11_Among_equals_it_goes_in_turns()
    {
        _policy.Prefers(new(Kim, 2, 6, Given: 1), new(Noor, 4, 12, Given: 2), Any).ShouldBeTrue();
        _policy.Prefers(new(Noor, 4, 12, Given: 2), new(Kim, 2, 6, Given: 1), Any).ShouldBeFalse();
    }
}
