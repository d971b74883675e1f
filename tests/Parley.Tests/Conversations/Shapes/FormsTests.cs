using System.Text.Json;
using Parley.Conversations;
using Parley.Platform;
using Parley.Workspaces;
using Shouldly;
using static Parley.Tests.Conversations.Shapes.Asking;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations.Shapes;

[Trait("row", "PA2")]
public class FormsTests
{
    private const string Order = """
        {"type":"form","text":"Please tell us","form":{"id":"order","title":{"en":"Your order","de":"Ihre Bestellung"},"submit":"Send","fields":[{"name":"name","type":"text","label":{"en":"Name","nl":"Naam"},"required":true},{"name":"order","type":"number","label":"Order","min":1}]}}
        """;

    [Fact, Trait("row", "MS20")]
    public void It_reads_as_plain_text_in_the_language_of_the_message()
    {
        Said(Order).Plain().ShouldBe("Please tell us\nYour order\n1. Name\n2. Order");
        (Said(Order) with { Language = "de" }).Plain().ShouldBe("Please tell us\nIhre Bestellung\n1. Name\n2. Order");
        (Said(Order) with { Language = "nl-BE" }).Plain().ShouldBe("Please tell us\nYour order\n1. Naam\n2. Order");
    }

    [Fact]
    public void It_stands_as_it_was_sent() => Stands(Order);

    [Fact]
    public void Of_one_that_is_only_named_the_inboxs_is_copied_without_what_colleagues_call_it()
    {
        var kept = Said(Order).Form! with { Name = "For angry people" };
        var named = Sends("""{"type":"form","text":"Hello","form":{"id":"order"}}""") with { Form = kept };
        var story = AnaWrote().When(named);
        var content = ((Message)story.Decision.Drafts[0].Body).Content;
        content.Text.ShouldBe("Hello");
        JsonSerializer.Serialize(content.Form, Json.Options).ShouldBe(JsonSerializer.Serialize(Said(Order).Form, Json.Options));
        AnaWrote().When(Sends("""{"type":"form","form":{"id":"nowhere"}}""")).ThenRefused("form.unknown", 400);
    }

    [Theory]
    [InlineData("""{"type":"form"}""", "form required")]
    [InlineData("""{"type":"form","form":{}}""", "form.fields required")]
    [InlineData("""{"type":"form","form":{"fields":[]}}""", "form.fields required")]
    [InlineData("""{"type":"form","form":{"fields":[{"name":"a","type":"text","label":""}]}}""", "form.fields[0].label required")]
    [InlineData("""{"type":"form","form":{"fields":[{"name":"1a","type":"text","label":"A"}]}}""", "form.fields[0].name invalid")]
    [InlineData("""{"type":"form","form":{"title":{"English":"A"},"fields":[{"name":"a","type":"text","label":"A"}]}}""", "form.title language")]
    [InlineData("""{"type":"form","form":{"fields":[{"name":"a","type":"text","label":"A"}]},"values":{}}""", "values unknown")]
    [InlineData("""{"type":"form","form":{"fields":[{"name":"a","type":"text","label":"A"}]},"files":[{"id":"fil_0000000000000000000000000a","name":"a","size":1,"mime":"b"}]}""", "files unknown")]
    public void What_is_wrong_is_named(string json, string flaw) => Flaws(json).ShouldContain(flaw);

    [Fact]
    public void A_form_is_answered_once_and_the_question_stays_its_own()
    {
        const string Filled = """{"type":"formResponse","values":{"name":"Ana","order":17}}""";
        var content = Answer(Order, Filled);
        content.Text.ShouldBe("Name: Ana\nOrder: 17");
        content.Form.ShouldBe(new Form("order"));
        Asked(Order).When(Answers(Order, Filled)).Done().When(Answers(Order, Filled)).ThenRefused("question.answered", 409, "of answered");
    }

    [Fact]
    public void Who_answers_with_something_else_is_refused() => Asked(Order).When(Answers(Order, """{"type":"text","choice":"name"}""")).ThenRefused("question.unknown", 400, "type unexpected");
}
