using System.Net;
using System.Text.Json;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Conversations;

public class WidgetConversationsApiTests
{
    [Fact, Trait("row", "MS2")]
    public async Task A_customer_opens_a_conversation_while_nobody_is_there_and_reads_it_back()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var answer = (await Open(ana, "1", "Is the storm jib in stock?")).Expect(HttpStatusCode.Created);
        answer["conversation.id"].ShouldStartWith("cnv_");
        answer["entry.type"].ShouldBe("message");
        answer["entry.content.text"].ShouldBe("Is the storm jib in stock?");
        answer["entry.clientId"].ShouldBe("1");
        var page = (await ana.Read(answer["conversation.id"])).Expect(HttpStatusCode.OK);
        Types(page).ShouldBe(["message", "promised"]);
        page["more"].ShouldBe("False");
    }

    [Fact, Trait("row", "BX3")]
    public async Task A_repeat_is_answered_like_the_first_and_writes_nothing()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var first = (await Open(ana, "1", "Hello")).Expect(HttpStatusCode.Created);
        var again = (await Open(ana, "1", "Hello")).Expect(HttpStatusCode.OK);
        again["conversation.id"].ShouldBe(first["conversation.id"]);
        var it = first["conversation.id"];
        var said = (await Say(ana, it, "2", "More")).Expect(HttpStatusCode.Created);
        (await Say(ana, it, "2", "More")).Expect(HttpStatusCode.OK)["seq"].ShouldBe(said["seq"]);
        (await Say(ana, it, "2", "Something else")).Refused(HttpStatusCode.Conflict, "clientId.reused");
        Types(await ana.Read(it)).ShouldBe(["message", "promised", "message"]);
    }

    [Fact]
    public async Task The_same_id_with_another_body_is_refused_also_where_that_names_something_unknown()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var opening = new { clientId = "1", content = new { type = "text", text = "Hello" } };
        var it = (await ana.Post("/v1/widget/conversations", opening)).Expect(HttpStatusCode.Created)["conversation.id"];
        var file = (await ana.Upload("/v1/widget/files", "sail.txt", "text/plain", "torn"u8.ToArray())).Expect(HttpStatusCode.Created)["id"];
        object Said(string id, string named, string text = "Look") => new { clientId = id, content = new { type = "file", text, files = new[] { named } } };
        const string Unknown = "fil_00000000000000000000000000";
        var path = $"/v1/widget/conversations/{it}/messages";
        (await Say(ana, it, "2", "More")).Expect(HttpStatusCode.Created);
        (await ana.Post(path, Said("2", Unknown))).Refused(HttpStatusCode.Conflict, "clientId.reused");
        (await ana.Post("/v1/widget/conversations", Said("1", Unknown))).Refused(HttpStatusCode.Conflict, "clientId.reused");
        var sent = (await ana.Post(path, Said("3", file))).Expect(HttpStatusCode.Created);
        (await ana.Post(path, Said("3", Unknown))).Refused(HttpStatusCode.Conflict, "clientId.reused");
        (await ana.Post(path, Said("3", file, "Another"))).Refused(HttpStatusCode.Conflict, "clientId.reused");
        (await ana.Post(path, Said("3", file))).Expect(HttpStatusCode.OK)["seq"].ShouldBe(sent["seq"]);
        (await ana.Post(path, Said("4", Unknown))).Refused(HttpStatusCode.BadRequest, "file.unknown");

        // An agent's note the same.
        object Note(params string[] mentions) => new { clientId = "n", text = "See", mentions };
        var note = (await house.Kim.Post($"/v1/conversations/{it}/notes", Note(house.Kim.Id))).Expect(HttpStatusCode.Created);
        (await house.Kim.Post($"/v1/conversations/{it}/notes", Note("agt_00000000000000000000000000"))).Refused(HttpStatusCode.Conflict, "clientId.reused");
        (await house.Kim.Post($"/v1/conversations/{it}/notes", Note(house.Kim.Id))).Expect(HttpStatusCode.OK)["seq"].ShouldBe(note["seq"]);
    }

    [Fact]
    public async Task Two_customers_never_see_each_others_threads()
    {
        await using var house = await Lighthouse.Open();
        var (ana, ben) = (await house.Ana(), await house.Ben());
        var it = await ana.Write("Mine");
        (await ben.Read(it)).Refused(HttpStatusCode.NotFound, "conversation.unknown");
        (await Say(ben, it, "1", "Me too")).Refused(HttpStatusCode.NotFound, "conversation.unknown");
        (await ben.Put($"/v1/widget/conversations/{it}/seen", new { seq = 1 })).Refused(HttpStatusCode.NotFound, "conversation.unknown");
    }

    [Fact]
    public async Task What_agents_say_among_themselves_never_reaches_the_customer()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var it = await ana.Write("Hello");
        (await house.Kim.Post($"/v1/conversations/{it}/notes", new { clientId = "n", text = "she is nice" })).Expect(HttpStatusCode.Created);
        (await house.Kim.Put($"/v1/conversations/{it}/labels/vip")).Expect(HttpStatusCode.OK);
        (await house.Kim.Post($"/v1/conversations/{it}/messages", new { clientId = "m", content = new { type = "text", text = "Good morning" } })).Expect(HttpStatusCode.Created);

        var text = (await ana.Read(it)).Text;
        text.ShouldNotContain("nice");
        text.ShouldNotContain("vip");
        text.ShouldNotContain("position");
        text.ShouldContain("Good morning");
        var items = JsonDocument.Parse(text).RootElement.GetProperty("items");
        items[2].GetProperty("prev").GetInt64().ShouldBe(items[1].GetProperty("seq").GetInt64());
        items[2].GetProperty("author").GetProperty("name").GetString().ShouldBe("Kim");
        items[2].TryGetProperty("clientId", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Whatever_colleagues_do_among_themselves_changes_nothing_in_the_customers_list()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var first = (await Open(ana, "first", "The older thread")).Expect(HttpStatusCode.Created);
        var it = first["conversation.id"];
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await ana.Write("The newer thread");
        var before = (await ana.Get("/v1/widget/conversations")).Expect(HttpStatusCode.OK).Text;

        house.Clock.Advance(TimeSpan.FromMinutes(1));
        (await house.Kim.Post($"/v1/conversations/{it}/notes", new { clientId = "n", text = "she is nice", mentions = new[] { house.Kim.Id } })).Expect(HttpStatusCode.Created);
        (await house.Kim.Put($"/v1/conversations/{it}/assignment", new { agent = house.Kim.Id })).Expect(HttpStatusCode.OK);
        (await house.Kim.Put($"/v1/conversations/{it}/labels/vip")).Expect(HttpStatusCode.OK);
        (await house.Kim.Put($"/v1/conversations/{it}/priority", new { priority = "urgent" })).Expect(HttpStatusCode.OK);
        (await house.Kim.Put($"/v1/conversations/{it}/snooze", new { until = house.Clock.GetUtcNow().AddDays(1) })).Expect(HttpStatusCode.OK);
        (await house.Kim.Put($"/v1/conversations/{it}/seen", new { seq = 9 })).Expect(HttpStatusCode.NoContent);
        (await house.Kim.Get($"/v1/conversations/{it}"))["lastSeq"].ShouldBe("9");
        (await ana.Get("/v1/widget/conversations")).Text.ShouldBe(before);

        // Nor in the first answer told again.
        var again = (await Open(ana, "first", "The older thread")).Expect(HttpStatusCode.OK);
        again.Body.GetProperty("conversation").GetRawText().ShouldBe(first.Body.GetProperty("conversation").GetRawText());

        (await house.Kim.Post($"/v1/conversations/{it}/messages", new { clientId = "m", content = new { type = "text", text = "Hello" } })).Expect(HttpStatusCode.Created);
        var items = (await ana.Get("/v1/widget/conversations")).Body.GetProperty("items");
        items[0].GetProperty("id").GetString().ShouldBe(it);
        var last = (await ana.Read(it)).Body.GetProperty("items").EnumerateArray().Last();
        (items[0].GetProperty("lastSeq").GetInt64(), items[0].GetProperty("lastEntryAt").GetString()).ShouldBe((last.GetProperty("seq").GetInt64(), last.GetProperty("at").GetString()));
    }

    [Theory]
    [InlineData("""{"clientId":"1","content":{"type":"text","text":""}}""", "content.empty")]
    [InlineData("""{"clientId":"1","content":{"type":"text","text":"   "}}""", "content.empty")]
    [InlineData("""{"clientId":"1","content":{"type":"hologram","text":"x"}}""", "content.typeUnknown")]
    [InlineData("""{"clientId":"1","content":{"type":"text","text":17}}""", "request.malformed")]
    [InlineData("""{"clientId":"1","content":"x"}""", "request.malformed")]
    [InlineData("""{"clientId":"1"}""", "request.malformed")]
    [InlineData("""{"clientId":""", "request.malformed")]
    [InlineData("", "request.malformed")]
    [InlineData("[]", "request.malformed")]
    [InlineData("""{"clientId":"12345678901234567890123456789012345678901234567890123456789012345","content":{"type":"text","text":"x"}}""", "clientId.invalid")]
    [InlineData("""{"clientId":"","content":{"type":"text","text":"x"}}""", "clientId.invalid")]
    [InlineData("""{"clientId":"1","content":{"type":"text","text":"x","quote":1}}""", "quote.unknown")]
    [InlineData("""{"clientId":"1","content":{"type":"file","files":["fil_0000000000000000000000000a"]}}""", "file.unknown")]
    public async Task Bad_input_gets_a_problem_and_opens_nothing(string body, string code)
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        (await ana.Raw(HttpMethod.Post, "/v1/widget/conversations", body)).Refused(HttpStatusCode.BadRequest, code);
        var it = await ana.Write("Hello");
        (await ana.Raw(HttpMethod.Post, $"/v1/widget/conversations/{it}/messages", body)).Refused(HttpStatusCode.BadRequest, code);
        Types(await ana.Read(it)).ShouldBe(["message", "promised"]);
    }

    [Fact]
    public async Task Ten_thousand_characters_are_taken_and_one_more_is_refused()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var it = await ana.Write(new string('ä', 10_000));
        (await Say(ana, it, "2", new string('x', 10_001))).Refused(HttpStatusCode.BadRequest, "content.tooLong");
    }

    [Fact]
    public async Task Script_in_a_text_is_text_and_comes_back_as_it_was()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        const string Script = "<script>alert('x')</script> & \u2028 \"quoted\" \\ 👩‍🚒";
        var it = await ana.Write(Script);
        (await ana.Read(it)).Body.GetProperty("items")[0].GetProperty("content").GetProperty("text").GetString().ShouldBe(Script);
    }

    [Fact]
    public async Task Characters_that_no_store_takes_are_replaced_and_never_break_a_send()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        (await ana.Raw(HttpMethod.Post, "/v1/widget/conversations", """{"clientId":"1","content":{"type":"text","text":"a\u0000b"}}""")).Expect(HttpStatusCode.Created)["entry.content.text"].ShouldBe("a\uFFFDb");
    }

    [Theory]
    [InlineData("cnv_")]
    [InlineData("x")]
    [InlineData("con_0000000000000000000000000a")]
    [InlineData("cnv_zzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("cnv_0000000000000000000000000a")]
    public async Task An_unknown_conversation_is_404_however_its_id_is_mangled(string id)
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        (await ana.Read(id)).Refused(HttpStatusCode.NotFound, "conversation.unknown");
        (await Say(ana, id, "1", "x")).Refused(HttpStatusCode.NotFound, "conversation.unknown");
        (await house.Kim.Get($"/v1/conversations/{id}/timeline")).Refused(HttpStatusCode.NotFound, "conversation.unknown");
        (await house.Kim.Put($"/v1/conversations/{id}/closure")).Refused(HttpStatusCode.NotFound, "conversation.unknown");
    }

    [Fact, Trait("row", "PA4")]
    public async Task A_file_goes_with_a_message_and_only_its_uploader_can_send_it()
    {
        await using var house = await Lighthouse.Open();
        var (ana, ben) = (await house.Ana(), await house.Ben());
        var file = (await ana.Upload("/v1/widget/files", "list.txt", "text/plain", "sheets"u8.ToArray())).Expect(HttpStatusCode.Created)["id"];
        var bens = await ben.Write("Hello");
        (await ben.Post($"/v1/widget/conversations/{bens}/messages", new { clientId = "f", content = new { type = "file", files = new[] { file } } })).Refused(HttpStatusCode.BadRequest, "file.unknown");

        var it = (await ana.Post("/v1/widget/conversations", new { clientId = "f", content = new { type = "file", files = new[] { file } } })).Expect(HttpStatusCode.Created)["conversation.id"];
        var card = (await house.Kim.Get($"/v1/conversations/{it}/timeline")).Body.GetProperty("items").EnumerateArray().Last(entry => entry.GetProperty("type").GetString() == "message").GetProperty("content").GetProperty("files")[0];
        card.GetProperty("name").GetString().ShouldBe("list.txt");
        (await house.Stranger().Download(card.GetProperty("url").GetString()!)).ShouldBe("sheets"u8.ToArray());
        (await ana.Post("/v1/widget/conversations", new { clientId = "g", content = new { type = "file", files = new[] { file } } })).Refused(HttpStatusCode.Conflict, "file.taken");
    }

    [Fact]
    public async Task A_deleted_message_takes_its_file_with_it()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var file = (await ana.Upload("/v1/widget/files", "list.txt", "text/plain", "sheets"u8.ToArray())).Expect(HttpStatusCode.Created);
        var opened = (await ana.Post("/v1/widget/conversations", new { clientId = "f", content = new { type = "file", files = new[] { file["id"] } } })).Expect(HttpStatusCode.Created);
        (await ana.Delete($"/v1/widget/conversations/{opened["conversation.id"]}/messages/{opened["entry.seq"]}")).Expect(HttpStatusCode.OK);
        var patience = 100;
        while ((await house.Stranger().Get(file["url"])).Status == HttpStatusCode.OK && patience-- > 0)
        {
            await Task.Delay(50);
        }

        (await house.Stranger().Get(file["url"])).Refused(HttpStatusCode.NotFound, "file.unknown");
    }

    [Fact]
    public async Task Ones_own_message_is_edited_and_deleted_and_anothers_is_not()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var opened = await Open(ana, "1", "Helo");
        var (it, seq) = (opened["conversation.id"], opened["entry.seq"]);
        (await ana.Patch($"/v1/widget/conversations/{it}/messages/{seq}", new { content = new { type = "text", text = "Hello" } })).Expect(HttpStatusCode.OK)
            .Body.GetProperty("entries")[0].GetProperty("of").GetInt64().ToString().ShouldBe(seq);
        (await house.Kim.Patch($"/v1/conversations/{it}/messages/{seq}", new { content = new { type = "text", text = "Ha" } })).Refused(HttpStatusCode.Forbidden, "message.notOwn");
        (await ana.Put($"/v1/widget/conversations/{it}/messages/{seq}/reactions/👍")).Expect(HttpStatusCode.OK);
        (await ana.Delete($"/v1/widget/conversations/{it}/messages/{seq}")).Expect(HttpStatusCode.OK);
        var read = await ana.Read(it);
        read.Text.ShouldNotContain("Hello");
        read.Text.ShouldNotContain("Helo");
        read.Body.GetProperty("items")[0].GetProperty("redacted").GetString().ShouldBe("deleted");
    }

    private static Task<Answer> Open(Browser who, string clientId, string text) => who.Post("/v1/widget/conversations", new { clientId, content = new { type = "text", text } });

    private static Task<Answer> Say(Browser who, string conversation, string clientId, string text) =>
        who.Post($"/v1/widget/conversations/{conversation}/messages", new { clientId, content = new { type = "text", text } });

    private static List<string?> Types(Answer page) => [.. page.Body.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("type").GetString())];
}
