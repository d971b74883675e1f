using System.Net;
using Parley.Tests.Cast;
using Parley.Tests.Routing;
using Shouldly;

namespace Parley.Tests.Live;

public class AttendanceTests
{
    [Fact, Trait("row", "BX1")]
    public async Task BX1_Who_is_said_to_have_left_is_not_talked_to_live_by_an_answer_that_comes_at_once()
    {
        await using var it = await Floor.Open(new { profile = "blended", hours = "always", graceSeconds = 2 }, ("live.leaveSeconds", "20"));
        var kims = await it.Sits(it.House.Kim);
        var (_, anas, conversation) = await it.Writes();
        (await Floor.Answers(it.House.Kim, await Floor.Offer(kims, conversation))).Expect(HttpStatusCode.OK);
        await it.Mode(conversation, "live");
        anas.Cut();
        await Task.Delay(300);
        it.House.Clock.Advance(TimeSpan.FromSeconds(1.5));
        await it.Mode(conversation, "paused");
        it.House.Clock.Advance(TimeSpan.FromSeconds(3));
        await it.Mode(conversation, "messaging");
        (await it.House.Kim.Post($"/v1/conversations/{conversation}/messages", new { clientId = "a", content = new { type = "text", text = "It is mended" } })).Expect(HttpStatusCode.Created);
        await it.Entry(conversation, "promiseKept");
        (await it.Summary(conversation)).GetProperty("mode").GetString().ShouldBe("messaging");
    }
}
