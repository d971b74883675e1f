using Parley.Conversations;
using Shouldly;
using static Parley.Tests.Conversations.Shapes.Asking;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations.Shapes;

[Trait("row", "PA2")]
public class LocationsTests
{
    private const string Where = """{"type":"location","text":"Where are you?","ask":true}""";
    private const string Pier = """{"type":"location","location":{"latitude":54.3233,"longitude":10.1394,"name":"Pier 3","address":"Kiel"}}""";

    [Fact, Trait("row", "MS20")]
    public void It_reads_as_plain_text()
    {
        Said(Pier).Plain().ShouldBe("Pier 3, Kiel, 54.3233 10.1394");
        Said("""{"type":"location","text":"Here","location":{"latitude":-0.5,"longitude":180}}""").Plain().ShouldBe("Here\n-0.5 180");
        Said(Where).Plain().ShouldBe("Where are you?");
    }

    [Theory]
    [InlineData(Where)]
    [InlineData(Pier)]
    [InlineData("""{"type":"location","location":{"latitude":-90,"longitude":-180}}""")]
    [InlineData("""{"type":"location","location":{"latitude":90,"longitude":180}}""")]
    public void It_stands_as_it_was_sent(string json) => Stands(json);

    [Theory]
    [InlineData("""{"type":"location"}""", "location required")]
    [InlineData("""{"type":"location","ask":true}""", "text required")]
    [InlineData("""{"type":"location","text":"?","ask":true,"location":{"latitude":1,"longitude":1}}""", "location unknown")]
    [InlineData("""{"type":"location","location":{"latitude":90.1,"longitude":1}}""", "location.latitude invalid")]
    [InlineData("""{"type":"location","location":{"latitude":-91,"longitude":1}}""", "location.latitude invalid")]
    [InlineData("""{"type":"location","location":{"latitude":1,"longitude":180.5}}""", "location.longitude invalid")]
    [InlineData("""{"type":"location","location":{"latitude":1,"longitude":-1e9}}""", "location.longitude invalid")]
    [InlineData("""{"type":"location","location":{"latitude":1,"longitude":1},"form":{}}""", "form unknown")]
    public void What_is_wrong_is_named(string json, string flaw) => Flaws(json).ShouldContain(flaw);

    [Fact]
    public void Names_are_of_bounded_length() =>
        Flaws($$"""{"type":"location","location":{"latitude":1,"longitude":1,"name":"{{new string('x', 201)}}","address":"{{new string('x', 1001)}}"} }""").ShouldBe(["location.name tooLong", "location.address tooLong"]);

    [Fact]
    public void Who_is_asked_says_where_they_are_as_often_as_they_move()
    {
        Answer(Where, Pier).Location!.Name.ShouldBe("Pier 3");
        Asked(Where).When(Answers(Where, Pier)).Done().When(Answers(Where, Pier)).Decision.Refusal.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"type":"text","text":"At home"}""", "question.unknown", "type unexpected")]
    [InlineData("""{"type":"text","choice":"home"}""", "question.unknown", "type unexpected")]
    [InlineData("""{"type":"location","location":{"latitude":100,"longitude":1}}""", "content.invalid", "location.latitude invalid")]
    [InlineData("""{"type":"location","text":"You?","ask":true}""", "content.notYours", "ask unexpected")]
    public void A_wrong_answer_is_refused_and_its_field_named(string answer, string code, string flaw) => Asked(Where).When(Answers(Where, answer)).ThenRefused(code, flaw: flaw);

    [Fact]
    public void A_customer_says_where_they_are_unasked() => AnaWrote().When(new Post(ByAna, It, Said(Pier), Blended)).Then(new Message(Said(Pier)));

    [Fact]
    public void A_place_that_was_told_is_no_question() => Asked(Pier).When(Answers(Pier, Pier)).ThenRefused("question.unknown", 400, "of unknown");
}
