using System.Net;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Routing;

public class PastOffersTests
{
    [Fact]
    public async Task An_offer_of_before_a_restart_is_answered_with_who_has_the_conversation_now()
    {
        await using var it = await Floor.Open(new { profile = "blended", hours = "always", acceptSeconds = 600 });
        var kims = await it.Sits(it.House.Kim);
        var (_, _, first) = await it.Writes();
        var taken = await Floor.Offer(kims, first);
        (await Floor.Answers(it.House.Kim, taken)).Expect(HttpStatusCode.OK);
        var (_, _, second) = await it.Writes("And my mast");
        var passed = await Floor.Offer(kims, second);
        (await Floor.Answers(it.House.Kim, passed, "decline")).Expect(HttpStatusCode.OK);
        await it.House.Restart();

        var late = (await Floor.Answers(it.House.Kim, taken)).Refused(HttpStatusCode.Conflict, "offer.over");
        (late["holder.kind"], late["holder.id"], late["holder.name"]).ShouldBe(("agent", it.House.Kim.Id, "Kim"));
        (await Floor.Answers(it.House.Kim, passed)).Refused(HttpStatusCode.Conflict, "offer.over")["holder.kind"].ShouldBe("queue");

        // What never was is not there: neither of no time, nor of this one.
        (await it.House.Kim.Put("/v1/offers/ofr_00000000000000000000000000", new { answer = "accept" })).Refused(HttpStatusCode.NotFound, "offer.unknown");
        (await it.House.Kim.Put($"/v1/offers/ofr_{second[4..]}", new { answer = "accept" })).Refused(HttpStatusCode.NotFound, "offer.unknown");
    }
}
