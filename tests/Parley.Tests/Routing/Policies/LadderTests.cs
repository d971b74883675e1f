using System.Collections.Immutable;
using Parley.Conversations;
using Parley.Routing;
using Parley.Routing.Policies;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Shouldly;
using static Parley.Tests.Workspaces.Verdict;

namespace Parley.Tests.Routing.Policies;

public class LadderTests
{
    internal static readonly Job Any = new(new ConversationId(Guid.Parse("00000000-0000-7000-8000-0000000000aa")), new QueueKey(Shop, null), Priority.Normal, Clock.Morning);

    /// <summary>Kim against Noor: what each is, and who is preferred.</summary>
    public static TheoryData<string, string> Rows => new()
    {
        { "contactOwner", "Noor" }, { "lastAgent", "Noor" }, { "skills", "Noor" }, { "language", "Noor" }, { "spreadHard", "Noor" }, { "longestIdle", "Noor" }, { "leastLoaded", "Kim" }, { "roundRobin", "Kim" },
    };

    [Theory, MemberData(nameof(Rows)), Trait("row", "LC7"), Trait("row", "MS23")]
    public void LC7_Each_preference_by_itself_tells_two_apart(string name, string chosen)
    {
        var ladder = Ladder.Of([Enum.Parse<Preference>(name, ignoreCase: true)]);
        var kim = new Candidate(Kim, Load: 3, Capacity: 12, Given: 1) { Hard = 1, Seat = new Seat(Kim, 4, true) { Skills = Knows("rigging", 1) } };
        var noor = new Candidate(Noor, Load: 6, Capacity: 12, Given: 2) { Idle = 5, Seat = new Seat(Noor, 4, true) { Skills = Knows("rigging", 3), Languages = ["de"] } };
        var it = Any with { Owner = Noor, Last = Noor, Skills = Knows("rigging", 1), Language = "de", Hard = true };
        (ladder.Prefers(kim, noor, it), ladder.Prefers(noor, kim, it)).ShouldBe((chosen == "Kim", chosen == "Noor"));
        // Where it has nothing to say it goes in turns.
        if (name is not ("leastLoaded" or "longestIdle"))
        {
            ladder.Prefers(kim, noor, Any).ShouldBeTrue();
        }
    }

    [Fact, Trait("row", "LC7")]
    public void LC7_The_first_that_tells_two_apart_decides_and_the_rest_says_nothing()
    {
        var usual = Ladder.Usual(Preference.LeastLoaded);
        var (kim, noor) = (new Candidate(Kim, 0, 12, 1), new Candidate(Noor, 9, 12, 2));
        usual.Prefers(noor, kim, Any with { Last = Noor }).ShouldBeTrue();
        usual.Prefers(noor, kim, Any with { Last = Noor, Owner = Kim }).ShouldBeFalse();
        usual.Prefers(kim, noor, Any).ShouldBeTrue();
    }

    [Fact, Trait("row", "MS23")]
    public void MS23_What_is_hard_goes_to_a_beginner_last_and_what_is_not_as_to_anybody()
    {
        var usual = Ladder.Usual(Preference.LeastLoaded);
        var (beginner, busy) = (new Candidate(Kim, 0, 6, 1) { Seat = new Seat(Kim, 2, true) { Beginner = true } }, new Candidate(Noor, 9, 12, 2) { Hard = 2, Seat = new Seat(Noor, 4, true) });
        usual.Prefers(busy, beginner, Any with { Hard = true }).ShouldBeTrue();
        usual.Prefers(beginner, busy, Any).ShouldBeTrue();
    }

    private static ImmutableSortedDictionary<string, int> Knows(string skill, int level) => ImmutableSortedDictionary<string, int>.Empty.Add(skill, level);
}
