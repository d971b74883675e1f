using System.Net;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Routing;

/// <summary>What is offered, and what is not.</summary>
public class OffersTests
{
    [Fact]
    public async Task What_is_put_out_of_sight_is_taken_from_who_was_asked_and_offered_again_when_it_is_back()
    {
        await using var it = await Floor.Open();
        var kims = await it.Sits(it.House.Kim);
        var (_, _, conversation) = await it.Writes();
        var offer = await Floor.Offer(kims, conversation);
        (await it.House.Kim.Put($"/v1/conversations/{conversation}/snooze", new { until = it.House.Clock.GetUtcNow().AddHours(1) })).Expect(HttpStatusCode.OK);
        await Floor.Gone(kims, conversation);
        (await Floor.Answers(it.House.Kim, offer)).Refused(HttpStatusCode.Conflict, "offer.over");
        var heard = kims.Heard.Count;
        (await it.House.Kim.Delete($"/v1/conversations/{conversation}/snooze")).Expect(HttpStatusCode.OK);
        (await Floor.Answers(it.House.Kim, await Floor.Offer(kims, conversation, heard))).Expect(HttpStatusCode.OK);
        await it.Mode(conversation, "live");
    }

    [Fact, Trait("row", "MS3")]
    public async Task MS3_A_letter_is_a_row_and_asks_nobody()
    {
        await using var it = await Floor.Open(new { profile = "messaging", hours = "always", assignment = "offer" });
        await it.Sits(it.House.Kim);
        var (_, _, conversation) = await it.Writes();
        (await it.Summary(conversation)).GetProperty("mode").GetString().ShouldBe("messaging");
        await it.Entry(conversation, "promised");
        (await it.House.Kim.Get("/v1/me/offers")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await it.House.Kim.Post($"/v1/conversations/{conversation}/messages", new { clientId = "a", content = new { type = "text", text = "Hello" } })).Expect(HttpStatusCode.Created);
        (await it.Entry(conversation, "accepted")).GetProperty("by").GetString().ShouldBe("answer");
    }
}
