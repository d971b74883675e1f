using Parley.Writing.Replies;
using Shouldly;

namespace Parley.Tests.Writing.Replies;

public class PlaceholdersTests
{
    [Theory, Trait("row", "PA8")]
    [InlineData("Dear {{contact.name}},", "Dear Ana,")]
    [InlineData("Dear {{ contact.name | customer }},", "Dear Ana,")]
    [InlineData("Call {{contact.phone|us}}.", "Call us.")]
    [InlineData("{{contact.phone|}}!", "!")]
    [InlineData("{{contact.name}}{{agent.name}}", "AnaKim")]
    [InlineData("Nothing in it, not } even {these}", "Nothing in it, not } even {these}")]
    [InlineData("a | b stays", "a | b stays")]
    [InlineData("{{contact.phone|call | write}}", "call | write")]
    public void PA8_What_is_known_is_filled_in_and_else_what_is_said_instead(string text, string said)
    {
        Placeholders.Flaws(text, "texts.en").ShouldBeEmpty();
        var missing = new List<string>();
        Placeholders.Fill(text, Value, missing).ShouldBe(said);
        missing.ShouldBeEmpty();
    }

    [Fact]
    public void Of_what_nothing_is_known_and_nothing_said_instead_one_hears()
    {
        var missing = new List<string>();
        Placeholders.Fill("Call {{contact.phone}} now", Value, missing).ShouldBe("Call  now");
        missing.ShouldBe(["contact.phone"]);
    }

    [Theory]
    [InlineData("Dear {{contact.nmae}}", "placeholderUnknown")]
    [InlineData("Dear {{Contact.Name}}", "placeholderUnknown")]
    [InlineData("Dear {{contact.name", "placeholderUnclosed")]
    [InlineData("Dear {{contact.name}", "placeholderUnclosed")]
    [InlineData("Dear {{}}", "placeholderUnclosed")]
    public void What_cannot_be_filled_in_is_named(string text, string code) => Placeholders.Flaws(text, "texts.en").Select(flaw => (flaw.Field, flaw.Code)).ShouldBe([("texts.en", code)]);

    [Fact]
    public void One_that_is_not_closed_before_the_next_begins_is_one_of_both()
    {
        Placeholders.Flaws("{{contact.name {{agent.name}}", "texts").Select(flaw => flaw.Code).ShouldBe(["placeholderUnclosed"]);
        Placeholders.Flaws("{{a}} {{b}}", "texts").Count().ShouldBe(2);
    }

    [Fact]
    public void What_is_filled_in_is_not_looked_through_again() =>
        Placeholders.Fill("{{contact.name}}", _ => "{{agent.name}}", []).ShouldBe("{{agent.name}}");

    private static string? Value(string name) => name switch { "contact.name" => "Ana", "agent.name" => "Kim", _ => null };
}
