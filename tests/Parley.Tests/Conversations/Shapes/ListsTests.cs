using Parley.Contacts;
using Parley.Log;
using Shouldly;
using static Parley.Tests.Conversations.Shapes.Asking;

namespace Parley.Tests.Conversations.Shapes;

[Trait("row", "PA2")]
public class ListsTests
{
    private const string Sails = """{"type":"list","text":"Our sails","choose":true,"items":[{"id":"jib","title":"Jib","text":"8 m²","url":"https://shop.example/jib"},{"id":"genoa","title":"Genoa"}]}""";
    private static readonly string Shown = Sails.Replace("\"choose\":true,", "", StringComparison.Ordinal);

    [Fact, Trait("row", "MS20")]
    public void It_reads_as_plain_text() => Said(Sails).Plain().ShouldBe("Our sails\n1. Jib: 8 m²\nhttps://shop.example/jib\n2. Genoa");

    [Fact]
    public void It_stands_as_it_was_sent_with_its_pictures_claimed()
    {
        Stands(Sails);
        var pictured = $$"""{"type":"list","text":"Ours","items":[{"id":"a","title":"Jib","image":{{Picture}} },{"id":"b","title":"The same","image":{{Picture}} }]}""";
        Stands(pictured);
        Story.AnaWrote().When(Sends(pictured)).Decision.Claims.Select(claim => claim.Key).ShouldBe([FileStore.ClaimKey(FileId.Parse("fil_0000000000000000000000000a"))]);
    }

    [Fact]
    public void Up_to_twenty_things_are_shown()
    {
        Stands(Of(20));
        Flaws(Of(21)).ShouldBe(["items tooMany"]);
    }

    [Theory]
    [InlineData("""{"type":"list","items":[{"id":"a","title":"A"}]}""", "text required")]
    [InlineData("""{"type":"list","text":"?"}""", "items required")]
    [InlineData("""{"type":"list","text":"?","items":[{"id":"a!","title":"A"}]}""", "items[0].id invalid")]
    [InlineData("""{"type":"list","text":"?","items":[{"id":"a","title":""}]}""", "items[0].title required")]
    [InlineData("""{"type":"list","text":"?","items":[{"id":"a","title":"A"},{"id":"a","title":"B"}]}""", "items[1].id twice")]
    [InlineData("""{"type":"list","text":"?","items":[{"id":"a","title":"A","url":"javascript:alert(1)"}]}""", "items[0].url url")]
    [InlineData("""{"type":"list","text":"?","items":[{"id":"a","title":"A","url":"JavaScript:alert(1)"}]}""", "items[0].url url")]
    [InlineData("""{"type":"list","text":"?","items":[{"id":"a","title":"A","url":"data:text/html,x"}]}""", "items[0].url url")]
    [InlineData("""{"type":"list","text":"?","items":[{"id":"a","title":"A","url":"file:///etc/passwd"}]}""", "items[0].url url")]
    [InlineData("""{"type":"list","text":"?","items":[{"id":"a","title":"A","url":"//shop.example"}]}""", "items[0].url url")]
    [InlineData("""{"type":"list","text":"?","items":[{"id":"a","title":"A","url":"shop.example"}]}""", "items[0].url url")]
    [InlineData("""{"type":"list","text":"?","items":[{"id":"a","title":"A","url":""}]}""", "items[0].url url")]
    [InlineData("""{"type":"list","text":"?","items":[{"id":"a","title":"A","image":{"id":"fil_0000000000000000000000000a","name":"a.pdf","size":1,"mime":"application/pdf"}}]}""", "items[0].image image")]
    [InlineData("""{"type":"list","text":"?","items":[{"id":"a","title":"A"}],"replies":[]}""", "replies unknown")]
    public void What_is_wrong_is_named(string json, string flaw) => Flaws(json).ShouldContain(flaw);

    [Fact]
    public void Texts_of_an_item_are_of_bounded_length() =>
        Flaws($$"""{"type":"list","text":"?","items":[{"id":"a","title":"{{new string('x', 201)}}","text":"{{new string('x', 1001)}}","url":"https://{{new string('x', 2000)}}"}]}""")
            .ShouldBe(["items[0].title tooLong", "items[0].text tooLong", "items[0].url tooLong"]);

    [Fact]
    public void An_item_is_chosen_once()
    {
        var answer = Answer(Sails, """{"type":"text","choice":"genoa"}""");
        (answer.Text, answer.Choice).ShouldBe(("Genoa", "genoa"));
        Asked(Sails).When(Answers(Sails, """{"type":"text","choice":"jib"}""")).Done().When(Answers(Sails, """{"type":"text","choice":"genoa"}""")).ThenRefused("question.answered", 409, "of answered");
    }

    [Fact]
    public void What_is_not_there_is_not_chosen_and_from_what_is_only_shown_nothing()
    {
        Asked(Sails).When(Answers(Sails, """{"type":"text","choice":"spinnaker"}""")).ThenRefused("choice.unknown", 400, "choice unknown");
        Asked(Shown).When(Answers(Shown, """{"type":"text","choice":"jib"}""")).ThenRefused("question.unknown", 400, "of unknown");
        Asked(Sails).When(Answers(Sails, """{"type":"text","text":"The jib"}""")).ThenRefused("choice.unknown", 400, "choice required");
        Asked(Sails).When(Answers(Sails, """{"type":"location","location":{"latitude":1,"longitude":1}}""")).ThenRefused("question.unknown", 400, "type unexpected");
    }

    private static string Of(int count) => $$"""{"type":"list","text":"?","items":[{{string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"id":"i{{i}}","title":"{{i}}"}"""))}}]}""";
}
