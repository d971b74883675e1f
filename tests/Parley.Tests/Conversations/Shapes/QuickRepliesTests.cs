using Parley.Conversations;
using Shouldly;
using static Parley.Tests.Conversations.Shapes.Asking;

namespace Parley.Tests.Conversations.Shapes;

[Trait("row", "PA2")]
public class QuickRepliesTests
{
    private const string How = """{"type":"quickReplies","text":"How should we send it?","replies":[{"id":"post","text":"Post"},{"id":"parcel","text":"Parcel"}]}""";

    [Fact, Trait("row", "MS20")]
    public void They_read_as_plain_text() => Said(How).Plain().ShouldBe("How should we send it?\n1. Post\n2. Parcel");

    [Fact]
    public void They_stand_as_they_were_sent() => Stands(How);

    [Fact]
    public void Up_to_thirteen_are_offered()
    {
        Stands(Offering(13));
        Flaws(Offering(14)).ShouldBe(["replies tooMany"]);
    }

    [Theory]
    [InlineData("""{"type":"quickReplies","replies":[{"id":"a","text":"A"}]}""", "text required")]
    [InlineData("""{"type":"quickReplies","text":"  ","replies":[{"id":"a","text":"A"}]}""", "text required")]
    [InlineData("""{"type":"quickReplies","text":"?"}""", "replies required")]
    [InlineData("""{"type":"quickReplies","text":"?","replies":[]}""", "replies required")]
    [InlineData("""{"type":"quickReplies","text":"?","replies":[{"id":"","text":"A"}]}""", "replies[0].id invalid")]
    [InlineData("""{"type":"quickReplies","text":"?","replies":[{"id":"a b","text":"A"}]}""", "replies[0].id invalid")]
    [InlineData("""{"type":"quickReplies","text":"?","replies":[{"id":"a.b","text":"A"}]}""", "replies[0].id invalid")]
    [InlineData("""{"type":"quickReplies","text":"?","replies":[{"id":"ä","text":"A"}]}""", "replies[0].id invalid")]
    [InlineData("""{"type":"quickReplies","text":"?","replies":[{"id":"a","text":"A"},{"id":"a","text":"B"}]}""", "replies[1].id twice")]
    [InlineData("""{"type":"quickReplies","text":"?","replies":[{"id":"a","text":" "}]}""", "replies[0].text required")]
    [InlineData("""{"type":"quickReplies","text":"?","replies":[{"id":"a","text":"A\u0000"}]}""", "replies[0].text invalid")]
    [InlineData("""{"type":"quickReplies","text":"?","replies":[{"id":"a","text":"A"}],"items":[]}""", "items unknown")]
    [InlineData("""{"type":"quickReplies","text":"?","replies":[{"id":"a","text":"A"}],"values":{}}""", "values unknown")]
    [InlineData("""{"type":"quickReplies","text":"?","replies":[{"id":"a","text":"A"}],"choice":"a"}""", "choice unknown")]
    public void What_is_wrong_is_named(string json, string flaw) => Flaws(json).ShouldContain(flaw);

    [Fact]
    public void A_label_has_at_most_two_hundred_characters()
    {
        Stands(Labelled(200));
        Flaws(Labelled(201)).ShouldBe(["replies[0].text tooLong"]);
    }

    [Theory]
    [InlineData("post", "Post")]
    [InlineData("parcel", "Parcel")]
    public void An_answer_says_what_was_chosen(string choice, string text)
    {
        var answer = Answer(How, $$"""{"type":"text","choice":"{{choice}}","text":"something else"}""");
        (answer.Type, answer.Choice, answer.Text).ShouldBe(("text", choice, text));
    }

    [Theory]
    [InlineData("""{"type":"text","choice":"pigeon"}""", "choice.unknown", "choice unknown")]
    [InlineData("""{"type":"text","choice":""}""", "choice.unknown", "choice unknown")]
    [InlineData("""{"type":"text","choice":"Post"}""", "choice.unknown", "choice unknown")]
    [InlineData("""{"type":"text","text":"Post"}""", "choice.unknown", "choice required")]
    [InlineData("""{"type":"formResponse","values":{"choice":"post"}}""", "question.unknown", "type unexpected")]
    [InlineData("""{"type":"location","location":{"latitude":1,"longitude":1}}""", "question.unknown", "type unexpected")]
    public void A_wrong_answer_is_refused_and_its_field_named(string answer, string code, string flaw) => Asked(How).When(Answers(How, answer)).ThenRefused(code, 400, flaw);

    [Fact]
    public void They_are_answered_once_unless_they_say_otherwise()
    {
        const string Chosen = """{"type":"text","choice":"post"}""";
        Asked(How).When(Answers(How, Chosen)).Then(new Message(Said("""{"type":"text","text":"Post","choice":"post"}"""), 4), new Answered(4)).Done()
            .When(Answers(How, Chosen)).ThenRefused("question.answered", 409, "of answered");
        var often = How.Insert(1, """ "again":true,""");
        Asked(often).When(Answers(often, Chosen)).Then(new Message(Said("""{"type":"text","text":"Post","choice":"post"}"""), 4)).Done().When(Answers(often, Chosen)).Decision.Refusal.ShouldBeNull();
    }

    private static string Offering(int count) =>
        $$"""{"type":"quickReplies","text":"?","replies":[{{string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"id":"r{{i}}","text":"{{i}}"}"""))}}]}""";

    private static string Labelled(int length) => $$"""{"type":"quickReplies","text":"?","replies":[{"id":"a","text":"{{new string('x', length)}}"}]}""";
}
