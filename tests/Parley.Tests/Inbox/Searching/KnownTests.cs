using Parley.Inbox.Searching;
using Shouldly;

namespace Parley.Tests.Inbox.Searching;

public class KnownTests
{
    private static readonly string[] Ana = ["Ana Marín", "ana.m@example.test", "+49 (0)170 123-4567"];

    [Theory]
    [InlineData("ana")]
    [InlineData("MARIN")]
    [InlineData("mar an")]
    [InlineData("ana.m@example.test")]
    [InlineData("ana.m@exa")]
    [InlineData("+49 170 1234567")]
    [InlineData("0049 (170) 123 45")]
    [InlineData("0170/1234567")]
    [InlineData("0170")]
    [InlineData("4567")]
    [InlineData("ana 0170")]
    public void A_person_is_found_by_the_name_the_address_or_any_run_of_the_number(string question) => Known.Fit(Ana, Known.Asked(question)).ShouldBeTrue();

    [Theory]
    [InlineData("anna")]
    [InlineData("arin")]
    [InlineData("ana ben")]
    [InlineData("0171")]
    [InlineData("ana.m@example.org")]
    public void And_by_nothing_else(string question) => Known.Fit(Ana, Known.Asked(question)).ShouldBeFalse();

    [Theory]
    [InlineData("")]
    [InlineData(" + - ")]
    [InlineData("@")]
    public void A_question_without_a_word_asks_for_nothing(string question) => Known.Asked(question).ShouldBeEmpty();

    [Fact]
    public void The_snippet_shows_by_what_somebody_was_found()
    {
        Known.Snippet(Ana, Known.Asked("exam")).ShouldBe("ana.m@\u0002example\u0003.test");
        Known.Snippet(Ana, Known.Asked("ana")).ShouldBe("\u0002Ana\u0003 Marín · \u0002ana\u0003.m@example.test");
        Known.Snippet(Ana, Known.Asked("0170 123")).ShouldBe("+49 (0)170 123-4567");
    }
}
