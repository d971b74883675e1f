using System.Net;
using System.Text.Json;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Notifications;

public class NudgingTests
{
    [Fact, Trait("row", "MS31")]
    public async Task MS31_Whoever_has_to_answer_is_told_before_the_time_is_over_then_the_customer_that_it_takes_longer_and_then_it_is_broken()
    {
        await using var house = await Lighthouse.Open();
        (await house.Kim.Put($"/v1/inboxes/{house.Inbox}/policy", new { profile = "messaging", hours = "always", promise = new { kind = "fixed", seconds = 3600 } })).Expect(HttpStatusCode.OK);
        var noor = await house.Hire("Noor");
        (await noor.Put("/v1/me/presence", new { state = "online" })).Expect(HttpStatusCode.OK);
        await using var noors = await Ear.Of(noor);
        await using var kims = await Ear.Of(house.Kim);
        var ana = await house.Ana();
        await using var anas = await Ear.Of(ana);
        var conversation = await ana.Write("My sail is torn");
        var due = (await anas.Next("event", frame => Type(frame) == "promised")).GetProperty("entry").GetProperty("due").GetDateTimeOffset();
        (await house.Kim.Put($"/v1/conversations/{conversation}/assignment", new { agent = noor.Id })).Expect(HttpStatusCode.OK);

        // With half an hour left she is told, and nobody else; the customer is told nothing.
        house.Clock.Advance(due - house.Clock.GetUtcNow() - TimeSpan.FromMinutes(29));
        var nudge = await noors.Next("signal", Nudge(conversation));
        nudge.GetProperty("due").GetDateTimeOffset().ShouldBe(due);
        nudge.TryGetProperty("broken", out _).ShouldBeFalse();
        kims.Heard.ShouldNotContain(frame => frame.GetRawText().Contains("\"nudge\"", StringComparison.Ordinal));

        // She does not answer: with a quarter left the customer hears that it takes longer, before the time is over.
        house.Clock.Advance(TimeSpan.FromMinutes(15));
        var renewed = (await anas.Next("event", frame => Type(frame) == "promiseRenewed")).GetProperty("entry");
        renewed.GetProperty("at").GetDateTimeOffset().ShouldBeLessThan(due);
        var later = renewed.GetProperty("due").GetDateTimeOffset();
        later.ShouldBeGreaterThan(due);

        // She still does not: it is broken, and she is told that.
        house.Clock.Advance(later - house.Clock.GetUtcNow() + TimeSpan.FromSeconds(1));
        (await noors.Next("signal", frame => Nudge(conversation)(frame) && frame.TryGetProperty("broken", out var broken) && broken.GetBoolean())).GetProperty("conversation").GetString().ShouldBe(conversation);
        var types = (await house.Kim.Get($"/v1/conversations/{conversation}/timeline")).Body.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("type").GetString()).ToList();
        types.Where(type => type is "promised" or "nudged" or "promiseRenewed" or "promiseBroken").ShouldBe(["promised", "nudged", "promiseRenewed", "promiseBroken"]);
        (await house.Kim.Get($"/v1/conversations/{conversation}")).Body.GetProperty("promise").GetProperty("broken").GetBoolean().ShouldBeTrue();
        anas.Heard.ShouldNotContain(frame => frame.GetRawText().Contains("nudge", StringComparison.Ordinal), "What is between colleagues the customer does not hear.");
    }

    [Fact, Trait("row", "MS31")]
    public async Task MS31_What_nobody_has_all_are_told_of_who_may_take_it()
    {
        await using var house = await Lighthouse.Open();
        (await house.Kim.Put($"/v1/inboxes/{house.Inbox}/policy", new { profile = "messaging", hours = "always", promise = new { kind = "fixed", seconds = 600 } })).Expect(HttpStatusCode.OK);
        var noor = await house.Hire("Noor");
        (await noor.Put("/v1/me/presence", new { state = "online" })).Expect(HttpStatusCode.OK);
        (await house.Kim.Put("/v1/me/presence", new { state = "online" })).Expect(HttpStatusCode.OK);
        await using var noors = await Ear.Of(noor);
        await using var kims = await Ear.Of(house.Kim);
        var ana = await house.Ana();
        var conversation = await ana.Write("My sail is torn");
        house.Clock.Advance(TimeSpan.FromMinutes(6));
        await noors.Next("signal", Nudge(conversation));
        await kims.Next("signal", Nudge(conversation));
        (await noor.Post($"/v1/conversations/{conversation}/messages", new { clientId = "a", content = new { type = "text", text = "Here we are" } })).Expect(HttpStatusCode.Created);
        house.Clock.Advance(TimeSpan.FromHours(1));
        await Task.Delay(300);
        noors.Heard.Count(frame => Nudge(conversation)(frame)).ShouldBe(1, "What is answered nudges nobody.");
    }

    private static Func<JsonElement, bool> Nudge(string conversation) => frame =>
        frame.TryGetProperty("kind", out var kind) && kind.GetString() == "nudge" && frame.GetProperty("conversation").GetString() == conversation;

    private static string? Type(JsonElement frame) => frame.TryGetProperty("entry", out var entry) ? entry.GetProperty("type").GetString() : null;
}
