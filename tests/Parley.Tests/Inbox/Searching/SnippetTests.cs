using Parley.Inbox.Searching;
using Shouldly;

namespace Parley.Tests.Inbox.Searching;

public class SnippetTests
{
    [Fact]
    public void It_begins_and_ends_with_whole_words()
    {
        var text = "We have looked at the second-hand asymmetric that hung in the window. Do you sell used sails too? "
            + "My neighbour says that you took his main in part exchange some years ago, and that it went for a good price to somebody in the next harbour.";
        var snippet = Snippet.Of(text, ["sails"]);
        snippet.ShouldStartWith("…hung in the window. Do you sell used \u0002sails\u0003 too?");
        snippet.ShouldEndWith("a good price to…");
    }

    [Fact]
    public void A_language_without_spaces_is_cut_somewhere_and_never_within_a_character()
    {
        var text = string.Concat(Enumerable.Repeat("⛵\U0001F6F6", 60)) + " sail " + string.Concat(Enumerable.Repeat("\U0001F6F6", 120));
        var snippet = Snippet.Of(text, ["sail"]);
        snippet.ShouldContain("\u0002sail\u0003");
        snippet.EnumerateRunes().ShouldNotContain(rune => rune.Value == 0xFFFD);
    }

    [Fact]
    public void A_short_text_stands_whole() => Snippet.Of("Two sails, one mast", ["sails"]).ShouldBe("Two \u0002sails\u0003, one mast");
}
