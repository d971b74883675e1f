using System.Collections.Immutable;
using Parley.Workspaces;
using Shouldly;
using static Parley.Tests.Workspaces.Verdict;

namespace Parley.Tests.Workspaces;

public class SkillingTests
{
    [Fact, Trait("row", "MS23")]
    public void MS23_A_beginner_has_less_at_once_unless_somebody_said_how_much()
    {
        Set(AgentState.Empty, Experience.Beginner).Bodies().ShouldBe([new ExperienceSet(Experience.Beginner, 2)]);
        Set(AgentState.Empty with { Capacity = 7 }, Experience.Beginner).Bodies().ShouldBe([new ExperienceSet(Experience.Beginner)]);
        Set(AgentState.Empty, Experience.Regular).Bodies().ShouldBeEmpty();
        var noor = Fold<AgentState>(new AgentKind(), AgentKind.Of(Noor), new AgentJoined("Noor", "noor@lighthouse.test", []), new ExperienceSet(Experience.Beginner, 2));
        (noor.Capacity, noor.Experience).ShouldBe((2, Experience.Beginner));
        Set(noor, Experience.Expert).Bodies().ShouldBe([new ExperienceSet(Experience.Expert, 6)]);
    }

    [Fact]
    public void A_skill_has_one_name_however_it_is_written_and_the_same_again_says_nothing()
    {
        var set = Skills(("Rigging ", 2)).Bodies().Single().ShouldBeOfType<AgentSkillsSet>();
        set.Skills.ShouldBe([new("rigging", 2)]);
        var noor = Fold<AgentState>(new AgentKind(), AgentKind.Of(Noor), new AgentJoined("Noor", "noor@lighthouse.test", []), set);
        Decide(new AgentKind(), noor, new SetSkills(ByKim, Noor, Of(("RIGGING", 2)))).Bodies().ShouldBeEmpty();
        Decide(new AgentKind(), noor, new SetSkills(ByKim, Noor, Of())).Bodies().Single().ShouldBeOfType<AgentSkillsSet>().Skills.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("rigging", 0, "skills.rigging")]
    [InlineData("rigging", 4, "skills.rigging")]
    [InlineData("   ", 1, "skills.   ")]
    public void What_makes_no_sense_is_refused_with_the_field(string skill, int level, string field)
    {
        var decision = Skills((skill, level));
        decision.ShouldBeRefused("skills.invalid", 400);
        decision.Refusal!.Errors.Single().Field.ShouldBe(field);
    }

    private static Parley.Log.Decision Set(AgentState state, Experience experience) => Decide(new AgentKind(), state, new SetSkills(ByKim, Noor, Experience: experience));

    private static Parley.Log.Decision Skills(params (string, int)[] skills) => Decide(new AgentKind(), AgentState.Empty, new SetSkills(ByKim, Noor, Of(skills)));

    private static ImmutableSortedDictionary<string, int> Of(params (string Skill, int Level)[] skills) => skills.ToImmutableSortedDictionary(each => each.Skill, each => each.Level);
}
