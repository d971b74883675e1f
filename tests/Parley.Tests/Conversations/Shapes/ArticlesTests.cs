using Shouldly;
using static Parley.Tests.Conversations.Shapes.Asking;

namespace Parley.Tests.Conversations.Shapes;

[Trait("row", "PA2")]
public class ArticlesTests
{
    [Fact, Trait("row", "MS20")]
    public void It_reads_as_plain_text() =>
        Said("""{"type":"article","text":"This may help","article":{"title":"Reefing","summary":"In five steps","url":"https://help.example/reefing"}}""").Plain()
            .ShouldBe("This may help\nReefing: In five steps\nhttps://help.example/reefing");

    [Theory]
    [InlineData("""{"type":"article","article":{"title":"Reefing"}}""")]
    [InlineData("""{"type":"article","text":"Here","article":{"title":"Reefing","summary":"In five steps","url":"https://help.example/reefing","id":"art_1"}}""")]
    public void It_stands_as_it_was_sent(string json) => Stands(json);

    [Theory]
    [InlineData("""{"type":"article"}""", "article required")]
    [InlineData("""{"type":"article","article":{"title":" "}}""", "article.title required")]
    [InlineData("""{"type":"article","article":{"title":"A","url":"ftp://help.example"}}""", "article.url url")]
    [InlineData("""{"type":"article","article":{"title":"A","url":"https://\u0007"}}""", "article.url url")]
    [InlineData("""{"type":"article","article":{"title":"A"},"again":true}""", "again unknown")]
    [InlineData("""{"type":"article","article":{"title":"A"},"location":{"latitude":1,"longitude":1}}""", "location unknown")]
    public void What_is_wrong_is_named(string json, string flaw) => Flaws(json).ShouldContain(flaw);

    [Fact]
    public void It_is_no_question() =>
        Asked("""{"type":"article","article":{"title":"A"}}""").When(Answers("""{"type":"article","article":{"title":"A"}}""", """{"type":"text","choice":"a"}""")).ThenRefused("question.unknown", 400, "of unknown");
}
