using Shouldly;
using static Parley.Tests.Conversations.Shapes.Asking;

namespace Parley.Tests.Conversations.Shapes;

[Trait("row", "PA2")]
public class RatingsTests
{
    [Fact, Trait("row", "MS20")]
    public void It_reads_as_plain_text_with_or_without_words_of_ones_own()
    {
        Said("""{"type":"rating","text":"How was the sail?"}""").Plain().ShouldBe("How was the sail?");
        Said("""{"type":"rating"}""").Plain().ShouldBe("How did we do?");
        Said("""{"type":"rating","language":"de-AT"}""").Plain().ShouldBe("Wie zufrieden sind Sie mit unserer Antwort?");
    }

    [Theory]
    [InlineData("""{"type":"rating"}""")]
    [InlineData("""{"type":"rating","text":"How was it?"}""")]
    public void It_stands_as_it_was_sent(string json) => Stands(json);

    [Theory]
    [InlineData("""{"type":"rating","again":true}""", "again unknown")]
    [InlineData("""{"type":"rating","replies":[]}""", "replies unknown")]
    public void What_is_wrong_is_named(string json, string flaw) => Flaws(json).ShouldContain(flaw);

    [Fact]
    public void Its_answer_is_no_message() => Asked("""{"type":"rating"}""").When(Answers("""{"type":"rating"}""", """{"type":"text","choice":"5"}""")).ThenRefused("question.unknown", 400, "type unexpected");
}
