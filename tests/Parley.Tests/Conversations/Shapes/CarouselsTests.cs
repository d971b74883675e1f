using Parley.Conversations;
using Shouldly;
using static Parley.Tests.Conversations.Shapes.Asking;

namespace Parley.Tests.Conversations.Shapes;

[Trait("row", "PA2")]
public class CarouselsTests
{
    private const string Boats = """
        {"type":"carousel","cards":[{"id":"dinghy","title":"Dinghy","text":"For two","actions":[{"id":"hire","text":"Hire it"},{"id":"see","text":"Look","url":"https://shop.example/dinghy"}]},{"id":"yacht","title":"Yacht"}]}
        """;

    [Fact, Trait("row", "MS20")]
    public void It_reads_as_plain_text() => Said(Boats).Plain().ShouldBe("1. Dinghy: For two\n– Hire it\n– Look: https://shop.example/dinghy\n2. Yacht");

    [Fact]
    public void It_stands_as_it_was_sent()
    {
        Stands(Boats);
        Stands($$"""{"type":"carousel","text":"Ours","cards":[{"id":"a","title":"A","image":{{Picture}} }]}""");
    }

    [Fact]
    public void Up_to_ten_cards_with_thirteen_actions_each()
    {
        Stands(Of(10, 13));
        Flaws(Of(11, 1)).ShouldBe(["cards tooMany"]);
        Flaws(Of(1, 14)).ShouldBe(["cards[0].actions tooMany"]);
    }

    [Theory]
    [InlineData("""{"type":"carousel"}""", "cards required")]
    [InlineData("""{"type":"carousel","cards":[{"id":"","title":"A"}]}""", "cards[0].id invalid")]
    [InlineData("""{"type":"carousel","cards":[{"id":"a.b","title":"A"}]}""", "cards[0].id invalid")]
    [InlineData("""{"type":"carousel","cards":[{"id":"a","title":""}]}""", "cards[0].title required")]
    [InlineData("""{"type":"carousel","cards":[{"id":"a","title":"A"},{"id":"a","title":"B"}]}""", "cards[1].id twice")]
    [InlineData("""{"type":"carousel","cards":[{"id":"a","title":"A","actions":[{"id":"x.y","text":"X"}]}]}""", "cards[0].actions[0].id invalid")]
    [InlineData("""{"type":"carousel","cards":[{"id":"a","title":"A","actions":[{"id":"x","text":""}]}]}""", "cards[0].actions[0].text required")]
    [InlineData("""{"type":"carousel","cards":[{"id":"a","title":"A","actions":[{"id":"x","text":"X"},{"id":"x","text":"Y"}]}]}""", "cards[0].actions[1].id twice")]
    [InlineData("""{"type":"carousel","cards":[{"id":"a","title":"A","actions":[{"id":"x","text":"X","url":"javascript:1"}]}]}""", "cards[0].actions[0].url url")]
    [InlineData("""{"type":"carousel","cards":[{"id":"a","title":"A","image":{"id":"fil_0000000000000000000000000a","name":"a","size":1,"mime":"text/plain"}}]}""", "cards[0].image image")]
    [InlineData("""{"type":"carousel","cards":[{"id":"a","title":"A"}],"choose":true}""", "choose unknown")]
    public void What_is_wrong_is_named(string json, string flaw) => Flaws(json).ShouldContain(flaw);

    [Fact]
    public void What_is_done_with_a_card_says_which_card()
    {
        var answer = Answer(Boats, """{"type":"text","choice":"dinghy.hire"}""");
        (answer.Text, answer.Choice).ShouldBe(("Dinghy: Hire it", "dinghy.hire"));
    }

    [Theory]
    [InlineData("dinghy")]
    [InlineData("hire")]
    [InlineData("yacht.hire")]
    [InlineData("dinghy.buy")]
    [InlineData("dinghy.")]
    [InlineData(".hire")]
    [InlineData("dinghy.see")]
    public void What_is_not_there_or_only_leads_elsewhere_is_not_chosen(string choice) =>
        Asked(Boats).When(Answers(Boats, $$"""{"type":"text","choice":"{{choice}}"}""")).ThenRefused("choice.unknown", 400, "choice unknown");

    [Theory]
    [InlineData("""{"type":"text","text":"The dinghy"}""", "choice.unknown", "choice required")]
    [InlineData("""{"type":"formResponse","values":{"dinghy":"hire"}}""", "question.unknown", "type unexpected")]
    public void A_wrong_answer_is_refused_and_its_field_named(string answer, string code, string flaw) => Asked(Boats).When(Answers(Boats, answer)).ThenRefused(code, 400, flaw);

    [Fact]
    public void Cards_can_be_chosen_again() =>
        Asked(Boats).When(Answers(Boats, """{"type":"text","choice":"dinghy.hire"}""")).Done().When(Answers(Boats, """{"type":"text","choice":"dinghy.hire"}"""))
            .Then(new Message(Said("""{"type":"text","text":"Dinghy: Hire it","choice":"dinghy.hire"}"""), 4));

    private static string Of(int cards, int actions)
    {
        var each = string.Join(',', Enumerable.Range(0, actions).Select(i => $$"""{"id":"x{{i}}","text":"X"}"""));
        return $$"""{"type":"carousel","cards":[{{string.Join(',', Enumerable.Range(0, cards).Select(i => $$"""{"id":"c{{i}}","title":"C","actions":[{{each}}]}"""))}}]}""";
    }
}
