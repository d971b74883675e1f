using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Workspaces;

public sealed class SortingRuleTests
{
    private static readonly SortingRule Plain = new("r", "Refunds", Label: "refund");

    [Theory]
    [InlineData("rope", "Which ROPE floats?", true)]
    [InlineData("rope", "I am in Europe", false)]
    [InlineData("refund*", "About my refunds", true)]
    [InlineData("refund", "About my refunds", false)]
    [InlineData("my boat", "Is my boat insured?", true)]
    [InlineData("boat", "Houseboat or boat?", true)]
    public void MS17_Whole_words_are_looked_for(string word, string said, bool fits) =>
        (Plain with { Words = [word] }).Fits(said, null, null).ShouldBe(fits);

    [Fact]
    public void MS17_Each_condition_has_to_hold_and_what_is_not_known_fits_none()
    {
        var rule = Plain with { Words = ["help"], Paths = ["/cart*"], Languages = ["de"] };
        rule.Fits("help me", "/cart/2", "de-AT").ShouldBeTrue();
        rule.Fits("help me", "/anchors", "de").ShouldBeFalse();
        rule.Fits("help me", null, "de").ShouldBeFalse();
        rule.Fits("help me", "/cart", "en").ShouldBeFalse();
        rule.Fits("help me", "/cart", null).ShouldBeFalse();
        rule.Fits("hello", "/cart", "de").ShouldBeFalse();
    }

    [Theory]
    [InlineData("sorting[0].id", "a b", "Refunds", "help", "refund")]
    [InlineData("sorting[0].name", "r", "", "help", "refund")]
    [InlineData("sorting[0].words", "r", "Refunds", "*", "refund")]
    [InlineData("sorting[0].words", "r", "Refunds", null, "refund")]
    [InlineData("sorting[0].team", "r", "Refunds", "help", null)]
    [InlineData("sorting[0].label", "r", "Refunds", "help", "01234567890123456789012345678901234567890")]
    public void What_is_wrong_is_named(string field, string id, string name, string? word, string? label) =>
        SortingRule.Flaw([new SortingRule(id, name, word is null ? null : [word], Label: label)], _ => true)!.Errors.Single().Field.ShouldBe(field);

    [Fact]
    public void A_team_has_to_be_there_and_ids_are_different()
    {
        var team = new TeamId(Guid.CreateVersion7());
        SortingRule.Flaw([Plain with { Words = ["x"], Team = team }], _ => false)!.Errors.Single().Field.ShouldBe("sorting[0].team");
        SortingRule.Flaw([Plain with { Words = ["x"] }, Plain with { Words = ["y"] }], _ => true)!.Errors.Single().Field.ShouldBe("sorting");
        SortingRule.Flaw([Plain with { Words = ["x"] }], _ => true).ShouldBeNull();
    }
}
