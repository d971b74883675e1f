using System.Net;
using System.Text.Json;
using Parley.Tests.Cast;
using Parley.Tests.Routing;
using Parley.Workspaces;
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

    [Fact]
    public async Task Of_a_promise_that_broke_the_supervisors_hear_also_where_somebody_has_it_and_each_once()
    {
        await using var house = await Lighthouse.Open();
        (await house.Kim.Put($"/v1/inboxes/{house.Inbox}/policy", new { profile = "messaging", hours = "always", promise = new { kind = "fixed", seconds = 600 } })).Expect(HttpStatusCode.OK);
        var (noor, ravi, mira) = (await house.Hire("Noor"), await house.Hire("Ravi", Role.Supervisor), await house.Hire("Mira"));
        await using var noors = await Ear.Of(noor);
        await using var ravis = await Ear.Of(ravi);
        await using var miras = await Ear.Of(mira);
        await using var kims = await Ear.Of(house.Kim);
        var conversation = await (await house.Ana()).Write("My sail is torn");
        (await house.Kim.Put($"/v1/conversations/{conversation}/assignment", new { agent = noor.Id })).Expect(HttpStatusCode.OK);
        house.Clock.Advance(TimeSpan.FromHours(2));
        await noors.Next("signal", Broken(conversation));
        await ravis.Next("signal", Broken(conversation));
        await Task.Delay(300);
        ravis.Heard.Count(frame => Nudge(conversation)(frame)).ShouldBe(1, "What is merely due soon is hers.");
        kims.Heard.ShouldNotContain(frame => Nudge(conversation)(frame), "Who administers is told where nobody supervises.");
        miras.Heard.ShouldNotContain(frame => Nudge(conversation)(frame));
    }

    [Fact, Trait("row", "LC21")]
    public async Task Who_was_silent_for_too_long_hears_that_another_is_asked()
    {
        await using var it = await Floor.Open(new { profile = "blended", hours = "always", firstReplySeconds = 60 });
        var noor = await it.House.Hire("Noor");
        var noors = await it.Sits(noor);
        var (_, _, conversation) = await it.Writes();
        (await Floor.Answers(noor, await Floor.Offer(noors, conversation))).Expect(HttpStatusCode.OK);
        await it.Mode(conversation, "live");
        it.House.Clock.Advance(TimeSpan.FromSeconds(61));
        (await noors.Next("signal", Nudge(conversation))).TryGetProperty("passed", out _).ShouldBeFalse();
        it.House.Clock.Advance(TimeSpan.FromSeconds(61));
        await noors.Next("signal", frame => Nudge(conversation)(frame) && frame.TryGetProperty("passed", out var passed) && passed.GetBoolean());
        (await it.Entry(conversation, "requeued")).GetProperty("cause").GetString().ShouldBe("silence");
    }

    private static Func<JsonElement, bool> Broken(string conversation) => frame => Nudge(conversation)(frame) && frame.TryGetProperty("broken", out var broken) && broken.GetBoolean();

    private static Func<JsonElement, bool> Nudge(string conversation) => frame =>
        frame.TryGetProperty("kind", out var kind) && kind.GetString() == "nudge" && frame.GetProperty("conversation").GetString() == conversation;

    private static string? Type(JsonElement frame) => frame.TryGetProperty("entry", out var entry) ? entry.GetProperty("type").GetString() : null;
}
