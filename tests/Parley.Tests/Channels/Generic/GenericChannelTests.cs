using System.Net;
using System.Text.Json;
using Shouldly;

namespace Parley.Tests.Channels.Generic;

public class GenericChannelTests
{
    /// <summary>One number: what the channel says it takes, it takes, and not a byte more.</summary>
    [Fact]
    public async Task A_request_is_taken_up_to_its_last_byte()
    {
        const int Most = 30_000_000;
        await using var it = await Shore.Of(null);
        var caller = it.House.Stranger();
        caller.Bearer = it.Token;
        var body = JsonSerializer.Serialize(new { id = "m1", from = new { id = "ana", name = "ana" }, text = "All of it" });
        var refused = (await caller.Raw(HttpMethod.Post, $"/v1/channels/{it.Inbox}/inbound", body + new string(' ', Most + 1 - body.Length))).Refused(HttpStatusCode.RequestEntityTooLarge, "request.tooLarge");
        refused["detail"].ShouldContain("30,000,000");
        (await caller.Raw(HttpMethod.Post, $"/v1/channels/{it.Inbox}/inbound", body + new string(' ', Most - body.Length))).Expect(HttpStatusCode.OK);
        await Shore.Until(async () => (await it.Kim.Get("/v1/conversations")).Body.GetProperty("items").GetArrayLength() == 1);
        // Elsewhere nobody may send so much.
        (await it.Kim.Raw(HttpMethod.Post, "/v1/channels", body + new string(' ', 2_000_000))).Refused(HttpStatusCode.RequestEntityTooLarge, "request.tooLarge");
    }

    [Fact]
    public async Task A_test_calls_the_system_and_says_what_came_back()
    {
        await using var it = await Shore.Of(null);
        var asked = new List<string>();
        it.Answers = (_, text) =>
        {
            asked.Add(text);
            return 200;
        };
        (await it.Kim.Post($"/v1/channels/{it.Inbox}/test")).Expect(HttpStatusCode.OK)["works"].ShouldBe("True");
        asked.ShouldBe(["(test)"]);
        it.Answers = (_, _) => 401;
        var wrong = (await it.Kim.Post($"/v1/channels/{it.Inbox}/test")).Expect(HttpStatusCode.OK);
        (wrong["works"], wrong["failure"]).ShouldBe(("False", "misconfigured"));
        wrong["why"].ShouldStartWith("401");
        it.Answers = (_, _) => 503;
        (await it.Kim.Post($"/v1/channels/{it.Inbox}/test")).Expect(HttpStatusCode.OK)["failure"].ShouldBe("unreachable");
        // To be asked harms nothing: it goes on.
        (await it.Standing()).ShouldBe("working");
    }

    /// <summary>Another provider's body: unproven it is nobody's; from whoever has the token it is kept, shown as it came, and harms nothing.</summary>
    [Fact]
    public async Task What_another_provider_says_is_not_taken_for_a_customers_word()
    {
        const string Update = """{"update_id":10000,"message":{"date":1441645532,"chat":{"last_name":"Sousa","id":1111111,"type":"private","first_name":"Ana"},"message_id":1365,"text":"Where is my sail?"}}""";
        await using var it = await Shore.Of(null);
        var caller = it.House.Stranger();
        caller.Headers["X-Telegram-Bot-Api-Secret-Token"] = it.Token;
        (await caller.Raw(HttpMethod.Post, $"/v1/channels/{it.Inbox}/inbound", Update)).Refused(HttpStatusCode.Unauthorized, "signature.missing");
        caller.Bearer = it.Token;
        (await caller.Raw(HttpMethod.Post, $"/v1/channels/{it.Inbox}/inbound", "<xml><ToUserName>us</ToUserName></xml>", "text/xml")).Refused(HttpStatusCode.BadRequest, "request.malformed");
        (await caller.Raw(HttpMethod.Post, $"/v1/channels/{it.Inbox}/inbound", Update)).Expect(HttpStatusCode.OK);
        JsonElement letters = default;
        await Shore.Until(async () => (letters = (await it.Kim.Get("/v1/channels/letters")).Body.GetProperty("items")).GetArrayLength() == 1);
        letters[0].GetProperty("text").GetString().ShouldBe(Update);
        (await it.Kim.Get("/v1/conversations")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        await it.Said("ana", "Hello");
    }
}
