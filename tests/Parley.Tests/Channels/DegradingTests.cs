using System.Collections.Immutable;
using Parley.Channels;
using Parley.Conversations;
using Parley.Conversations.Shapes;
using Shouldly;

namespace Parley.Tests.Channels;

public class DegradingTests
{
    private static readonly Capabilities Short = new() { TextLimit = 160 };

    /// <summary>Failure 16: other desks drop the pictures and the choices of a carousel on a channel that has none.</summary>
    [Fact, Trait("row", "BX13"), Trait("failure", "16")]
    public void BX13_A_carousel_becomes_readable_numbered_text_with_its_links()
    {
        var degraded = Degrading.Of(Sails(), new Capabilities(), File, "de");
        degraded.Parts.Single().Text.ShouldBe("""
            Welches Segel?
            Genua: für Wind von vorn
            https://parley.test/fil_sail
            1. Das nehme ich
            – Mehr: https://shop.example/genoa
            Fock
            2. Das nehme ich
            Antworten Sie mit einer Zahl.
            """);
        degraded.Notes.ShouldBe(["numbered"]);
    }

    [Theory]
    [InlineData("2", "jib.take")]
    [InlineData(" 1. ", "genoa.take")]
    [InlineData("3", null)]
    [InlineData("0", null)]
    [InlineData("the second one", null)]
    [InlineData("DAS NEHME ICH", "genoa.take")]
    public void A_number_answers_it_and_so_do_the_very_words(string said, string? choice) => Degrading.Chosen(Sails(), said).ShouldBe(choice);

    [Fact]
    public void Quick_replies_are_buttons_as_far_as_these_fit_and_numbers_beyond()
    {
        var question = new Content("quickReplies", "Which one?") { Replies = [new("a", "Red"), new("b", "Blue")] };
        Degrading.Of(question, new Capabilities { Buttons = 3 }, File, null).Parts.Single().ShouldSatisfyAllConditions(part => part.Text.ShouldBe("Which one?"), part => part.Buttons.Select(button => button.Id).ShouldBe(["a", "b"]));
        Degrading.Of(question, new Capabilities { Buttons = 1 }, File, "en-GB").Parts.Single().Text.ShouldBe("Which one?\n1. Red\n2. Blue\nAnswer with a number.");
        Degrading.Of(question, new Capabilities { Buttons = 3, ButtonTitle = 3 }, File, null).Notes.ShouldBe(["numbered"]);
    }

    [Fact]
    public void A_long_text_goes_in_pieces_cut_where_a_reader_would_and_nothing_of_it_is_lost()
    {
        var text = string.Join(' ', Enumerable.Range(1, 200).Select(number => $"word{number}"));
        var degraded = Degrading.Of(Content.Of(text), Short, File, null);
        degraded.Parts.ShouldAllBe(part => part.Text!.Length <= 160);
        string.Join(' ', degraded.Parts.Select(part => part.Text)).ShouldBe(text);
        degraded.Notes.ShouldBe(["split"]);
    }

    [Fact]
    public void No_character_is_cut_in_two()
    {
        var family = "👨‍👩‍👧‍👦";
        var pieces = Degrading.Pieces(string.Concat(Enumerable.Repeat(family, 40)), 50);
        pieces.ShouldAllBe(piece => piece.Length <= 50 && piece.Length % family.Length == 0);
        string.Concat(pieces).Length.ShouldBe(40 * family.Length);
    }

    [Fact]
    public void A_file_that_is_too_large_or_of_a_wrong_kind_goes_as_a_link()
    {
        var content = new Content("text", "Look", Files: [new(default, "sail.png", 10, "image/png"), new(default, "film.mp4", 10, "video/mp4"), new(default, "big.png", 99, "image/png")]);
        var degraded = Degrading.Of(content, new Capabilities { Media = [new("image/", 50)] }, File, null);
        degraded.Parts.Select(part => part.Text ?? part.File!.Name).ShouldBe(["Look\nfilm.mp4: https://parley.test/fil_film\nbig.png: https://parley.test/fil_big", "sail.png"]);
        degraded.Notes.ShouldBe(["links"]);
    }

    private static Content Sails() => new("carousel", "Welches Segel?")
    {
        Cards =
        [
            new("genoa", "Genua", "für Wind von vorn", new FileCard(default, "sail.png", 10, "image/png", 1, 1), [new("take", "Das nehme ich"), new("more", "Mehr", "https://shop.example/genoa")]),
            new("jib", "Fock", Actions: [new("take", "Das nehme ich")]),
        ],
    };

    private static OutboundFile File(FileCard card) => new(card.Id, card.Name, card.Mime, card.Size, $"https://parley.test/fil_{card.Name.Split('.')[0]}");
}
