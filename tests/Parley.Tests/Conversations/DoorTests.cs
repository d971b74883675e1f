using System.Net;
using System.Text.Json;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Conversations;

/// <summary>Structured content through the real product, from both sides.</summary>
[Trait("row", "PA2")]
public class DoorTests
{
    private static readonly object HowToSend = new { type = "quickReplies", text = "How should we send it?", replies = new[] { new { id = "post", text = "Post" }, new { id = "parcel", text = "Parcel" } } };

    private static readonly object Who = new
    {
        id = "who", name = "Who are you", title = "Hello",
        fields = new object[]
        {
            new { name = "name", type = "text", label = new { en = "Name", de = "Ihr Name" }, required = true }, new { name = "email", type = "email", label = "E-mail" },
            new { name = "boat", type = "choice", label = "Boat", options = new[] { new { id = "dinghy", label = "Dinghy" } } },
        },
    };

    [Fact, Trait("row", "MS20")]
    public async Task PA2_MS20_A_question_is_asked_answered_and_answered_once()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var it = await ana.Write("I would like a halyard");
        var asked = (await Send(house.Kim, it, HowToSend)).Expect(HttpStatusCode.Created);
        asked["content.replies"].ShouldContain("parcel");

        (await Answer(ana, it, asked, new { type = "text", choice = "pigeon" })).Refused(HttpStatusCode.BadRequest, "choice.unknown")
            .Body.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("choice");
        var answered = (await Answer(ana, it, asked, new { type = "text", choice = "parcel" })).Expect(HttpStatusCode.Created);
        (answered["of"], answered["content.text"], answered["content.choice"]).ShouldBe((asked["seq"], "Parcel", "parcel"));
        (await Answer(ana, it, asked, new { type = "text", choice = "post" })).Refused(HttpStatusCode.Conflict, "question.answered");

        await Eventually(async () => (await house.Kim.Get($"/v1/conversations/{it}"))["preview.text"] == "Parcel");
        var seen = (await ana.Read(it)).Text;
        seen.ShouldNotContain("\"answered\"");
        (await Send(house.Kim, it, HowToSend)).Expect(HttpStatusCode.Created);
        await Eventually(async () => (await house.Kim.Get($"/v1/conversations/{it}"))["preview.text"] == "How should we send it? 1. Post 2. Parcel");
    }

    [Fact, Trait("row", "MS20")]
    public async Task PA2_A_repeated_answer_is_answered_like_the_first()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var it = await ana.Write("Hello");
        var asked = (await Send(house.Kim, it, HowToSend)).Expect(HttpStatusCode.Created);
        var body = new { clientId = "twice", of = asked.Body.GetProperty("seq").GetInt64(), content = new { type = "text", choice = "post" } };
        var first = (await ana.Post($"/v1/widget/conversations/{it}/messages", body)).Expect(HttpStatusCode.Created);
        (await ana.Post($"/v1/widget/conversations/{it}/messages", body)).Expect(HttpStatusCode.OK)["seq"].ShouldBe(first["seq"]);
    }

    [Fact]
    public async Task PA2_A_form_of_the_inbox_is_copied_filled_in_and_says_who_it_is()
    {
        await using var house = await WithForms();
        var ana = await house.Ana();
        var it = await ana.Write("Hello");
        var asked = (await Send(house.Kim, it, new { type = "form", form = new { id = "who" } })).Expect(HttpStatusCode.Created);
        asked["content.form.fields"].ShouldContain("Ihr Name");
        asked.Text.ShouldNotContain("Who are you");

        var refused = (await Answer(ana, it, asked, new { type = "formResponse", values = new { email = "ana", boat = "dinghy" } })).Refused(HttpStatusCode.BadRequest, "form.invalid");
        refused.Body.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("field")} {error.GetProperty("code")}").ShouldBe(["name required", "email email"]);

        var answer = (await Answer(ana, it, asked, new { type = "formResponse", language = "de", values = new { name = "Ana", email = "ana@example.test", boat = "dinghy" } })).Expect(HttpStatusCode.Created);
        answer["content.text"].ShouldBe("Ihr Name: Ana\nE-mail: ana@example.test\nBoat: Dinghy");
        var contact = (await house.Kim.Get($"/v1/contacts/{ana.Visitor}")).Expect(HttpStatusCode.OK);
        (contact["name"], contact["email"], contact["verified"]).ShouldBe(("Ana", "ana@example.test", "False"));
        (await Send(house.Kim, it, new { type = "form", form = new { id = "nowhere" } })).Refused(HttpStatusCode.BadRequest, "form.unknown");
    }

    [Fact]
    public async Task PA2_The_same_form_stands_before_the_chat_and_comes_with_the_first_word_in_one_breath()
    {
        await using var house = await WithForms();
        var ana = await house.Ana();
        (await Open(ana, "1", new { id = "who", values = new { } })).Refused(HttpStatusCode.BadRequest, "form.invalid");
        (await Open(ana, "2", new { id = "other", values = new { } })).Refused(HttpStatusCode.BadRequest, "form.unknown");
        (await ana.Threads()).ShouldBeEmpty();

        var opened = (await Open(ana, "3", new { id = "who", values = new { name = "Ana" } })).Expect(HttpStatusCode.Created);
        opened["entry.content.text"].ShouldBe("Is the storm jib in stock?");
        var items = (await ana.Read(opened["conversation.id"])).Body.GetProperty("items");
        items[1].GetProperty("content").GetRawText().ShouldBe("""{"type":"formResponse","text":"Name: Ana","form":{"id":"who"},"values":{"name":"Ana"}}""");
        (await house.Kim.Get($"/v1/contacts/{ana.Visitor}"))["name"].ShouldBe("Ana");
        (await Open(ana, "3", new { id = "who", values = new { name = "Ana" } })).Expect(HttpStatusCode.OK)["conversation.id"].ShouldBe(opened["conversation.id"]);

        // The form alone is a beginning too; and a word always gets in, form or none.
        var ben = await house.Ben();
        (await ben.Post("/v1/widget/conversations", new { clientId = "1", form = new { id = "who", values = new { name = "Ben" } } })).Expect(HttpStatusCode.Created)["entry.content.type"].ShouldBe("formResponse");
        await ben.Write("Without any form");
    }

    [Fact]
    public async Task PA2_A_customer_sends_answers_and_places_and_nothing_that_asks()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var it = await ana.Write("Hello");
        (await Say(ana, it, HowToSend)).Refused(HttpStatusCode.Forbidden, "content.notYours");
        (await Say(ana, it, new { type = "rating" })).Refused(HttpStatusCode.Forbidden, "content.notYours");
        (await Say(ana, it, new { type = "formResponse", values = new { name = "x" } })).Refused(HttpStatusCode.BadRequest, "question.unknown");
        (await Say(ana, it, new { type = "location", location = new { latitude = 54.3, longitude = 10.1, name = "Pier" } })).Expect(HttpStatusCode.Created)["content.location.name"].ShouldBe("Pier");
        (await ana.Post("/v1/widget/conversations", new { clientId = "o", content = HowToSend })).Refused(HttpStatusCode.Forbidden, "content.notYours");
    }

    [Fact]
    public async Task PA2_A_program_asks_with_its_token()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var it = await ana.Write("Hello");
        var token = (await house.Kim.Post("/v1/tokens", new { name = "shop", scopes = new[] { "read", "write" } })).Expect(HttpStatusCode.Created)["token"];
        var program = house.Stranger();
        program.Bearer = token;
        var asked = (await program.Post($"/v1/conversations/{it}/messages", new { clientId = "q", content = HowToSend })).Expect(HttpStatusCode.Created);
        asked["author.kind"].ShouldBe("program");
        (await Answer(ana, it, asked, new { type = "text", choice = "post" })).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task PA2_What_was_answered_cannot_be_changed_only_taken_back()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var it = await ana.Write("Hello");
        var asked = (await Send(house.Kim, it, HowToSend)).Expect(HttpStatusCode.Created);
        var answer = (await Answer(ana, it, asked, new { type = "text", choice = "post" })).Expect(HttpStatusCode.Created);
        (await house.Kim.Patch($"/v1/conversations/{it}/messages/{asked["seq"]}", new { content = new { text = "Where to?" } })).Refused(HttpStatusCode.Conflict, "content.fixed");
        (await house.Kim.Patch($"/v1/conversations/{it}/messages/{asked["seq"]}", new { content = HowToSend })).Refused(HttpStatusCode.Conflict, "content.fixed");
        (await ana.Patch($"/v1/widget/conversations/{it}/messages/{answer["seq"]}", new { content = new { text = "Parcel" } })).Refused(HttpStatusCode.Conflict, "content.fixed");

        // The answer outlives the question, and an own answer can be taken back.
        (await house.Kim.Delete($"/v1/conversations/{it}/messages/{asked["seq"]}")).Expect(HttpStatusCode.OK);
        (await ana.Read(it)).Text.ShouldContain("\"choice\":\"post\"");
        (await Answer(ana, it, asked, new { type = "text", choice = "parcel" })).Refused(HttpStatusCode.BadRequest, "question.unknown");
        (await ana.Delete($"/v1/widget/conversations/{it}/messages/{answer["seq"]}")).Expect(HttpStatusCode.OK);
        (await ana.Read(it)).Text.ShouldNotContain("\"choice\":\"post\"");
    }

    [Fact]
    public async Task PA2_MS20_Structured_content_is_found_by_its_words()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var it = await ana.Write("Hello");
        (await Send(house.Kim, it, HowToSend)).Expect(HttpStatusCode.Created);
        await Eventually(async () => (await house.Kim.Get("/v1/search?q=parcel")).Expect(HttpStatusCode.OK) is var found
            && found.Body.GetProperty("items") is { } items && items.GetArrayLength() == 1 && items[0].GetProperty("snippet").GetString()!.Contains("\u0002Parcel\u0003", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"clientId":"1","content":{"type":"quickReplies","text":"?","replies":[{"id":"a"}]}}""", "request.malformed", "content.replies[0].text")]
    [InlineData("""{"clientId":"1","content":{"type":"quickReplies","text":"?","replies":[null]}}""", "request.malformed", null)]
    [InlineData("""{"clientId":"1","content":{"type":"list","text":"?","items":[{"id":"a","title":"A","image":"fil_0000000000000000000000000a"}]}}""", "file.unknown", null)]
    [InlineData("""{"clientId":"1","content":{"type":"list","text":"?","items":[{"id":"a","title":"A","image":7}]}}""", "request.malformed", "content.items[0].image")]
    [InlineData("""{"clientId":"1","content":{"type":"location","location":{"latitude":"north","longitude":1}}}""", "request.malformed", "content.location.latitude")]
    [InlineData("""{"clientId":"1","content":{"type":"location","location":{"latitude":1}}}""", "request.malformed", "content.location.longitude")]
    [InlineData("""{"clientId":"1","content":{"type":"carousel","cards":[{"id":"a","title":""}]}}""", "content.invalid", "cards[0].title")]
    [InlineData("""{"clientId":"1","content":{"text":"x","replies":[{"id":"a","text":"A"}]}}""", "content.invalid", "replies")]
    public async Task PA2_Bad_content_gets_a_problem_that_names_the_field(string body, string code, string? field)
    {
        await using var house = await Lighthouse.Open();
        var it = await (await house.Ana()).Write("Hello");
        var refused = (await house.Kim.Raw(HttpMethod.Post, $"/v1/conversations/{it}/messages", body)).Refused(HttpStatusCode.BadRequest, code);
        if (field is not null)
        {
            refused.Body.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe(field);
        }
    }

    private static async Task<Lighthouse> WithForms()
    {
        var house = await Lighthouse.Open();
        (await house.Kim.Patch($"/v1/inboxes/{house.Inbox}", new { forms = new[] { Who }, preChat = "who", rating = true })).Expect(HttpStatusCode.OK);
        return house;
    }

    private static Task<Answer> Send(Caller agent, string it, object content) => agent.Post($"/v1/conversations/{it}/messages", new { content });

    private static Task<Answer> Say(Caller customer, string it, object content) => customer.Post($"/v1/widget/conversations/{it}/messages", new { content });

    private static Task<Answer> Answer(Caller customer, string it, Answer asked, object content) =>
        customer.Post($"/v1/widget/conversations/{it}/messages", new { of = asked.Body.GetProperty("seq").GetInt64(), content });

    private static Task<Answer> Open(Caller customer, string clientId, object form) =>
        customer.Post("/v1/widget/conversations", new { clientId, content = new { type = "text", text = "Is the storm jib in stock?" }, form });

    /// <summary>Lists and search follow the log a moment behind.</summary>
    private static async Task Eventually(Func<Task<bool>> so)
    {
        for (var i = 0; i < 100 && !await so(); i++)
        {
            await Task.Delay(50);
        }

        (await so()).ShouldBeTrue();
    }
}
