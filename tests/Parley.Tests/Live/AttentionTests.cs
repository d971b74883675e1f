using System.Net;
using System.Text.Json;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Live;

public class AttentionTests
{
    [Fact]
    public async Task Who_gives_no_sign_for_a_quarter_of_an_hour_is_away_and_who_does_stays()
    {
        await using var house = await Lighthouse.Open();
        var noor = await house.Hire("Noor");
        await using var kims = await Ear.Of(house.Kim);
        await using var noors = await Ear.Of(noor);
        (await house.Kim.Put("/v1/me/presence", new { state = "online" })).Expect(HttpStatusCode.OK);
        (await noor.Put("/v1/me/presence", new { state = "busy" })).Expect(HttpStatusCode.OK);
        await kims.Next("signal", Says(noor, "busy"));
        await kims.Next("signal", Says(house.Kim, "online"));
        // Both were away before they said so: what counts is what is told from here on.
        var since = kims.Heard.Count;
        house.Clock.Advance(TimeSpan.FromMinutes(10));
        await kims.Say(new { type = "input" });
        // What is said on a stream is taken in order: who is answered to this was heard before.
        await Heard(kims);
        house.Clock.Advance(TimeSpan.FromMinutes(6));
        await kims.Next("signal", Says(noor, "away"), since);
        (await State(house.Kim), await State(noor)).ShouldBe(("online", "away"));
        (await house.Kim.Get("/v1/changes?limit=500")).Body.GetProperty("items").EnumerateArray().Last(entry => entry.GetProperty("type").GetString() == "chairSet")
            .GetProperty("cause").GetString().ShouldBe("idle");
        house.Clock.Advance(TimeSpan.FromMinutes(10));
        await kims.Next("signal", Says(house.Kim, "away"), since);
    }

    [Fact]
    public async Task A_locked_screen_is_away_at_once_and_who_is_offline_stays_offline()
    {
        await using var house = await Lighthouse.Open();
        var noor = await house.Hire("Noor");
        await using var kims = await Ear.Of(house.Kim);
        await using var noors = await Ear.Of(noor);
        (await house.Kim.Put("/v1/me/presence", new { state = "online" })).Expect(HttpStatusCode.OK);
        (await noor.Put("/v1/me/presence", new { state = "offline" })).Expect(HttpStatusCode.OK);
        await kims.Next("signal", Says(house.Kim, "online"));
        var since = kims.Heard.Count;
        await noors.Say(new { type = "input", locked = true });
        await kims.Say(new { type = "input", locked = true });
        await kims.Next("signal", Says(house.Kim, "away"), since);
        await Heard(noors);
        (await State(noor)).ShouldBe("offline");
    }

    [Fact]
    public async Task What_somebody_does_is_a_sign_of_them_too()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var it = await ana.Write("one");
        (await house.Kim.Put("/v1/me/presence", new { state = "online" })).Expect(HttpStatusCode.OK);
        house.Clock.Advance(TimeSpan.FromMinutes(10));
        (await house.Kim.Post($"/v1/conversations/{it}/messages", new { clientId = "a", content = new { type = "text", text = "hello" } })).Expect(HttpStatusCode.Created);
        house.Clock.Advance(TimeSpan.FromMinutes(6));
        (await State(house.Kim)).ShouldBe("online");
    }

    [Fact]
    public async Task Where_the_stream_only_hears_a_sign_is_a_request()
    {
        await using var house = await Lighthouse.Open();
        var noor = await house.Hire("Noor");
        await using var kims = await Ear.Of(house.Kim);
        (await house.Kim.Put("/v1/me/presence", new { state = "online" })).Expect(HttpStatusCode.OK);
        (await noor.Put("/v1/me/presence", new { state = "online" })).Expect(HttpStatusCode.OK);
        await kims.Next("signal", Says(noor, "online"));
        var since = kims.Heard.Count;
        house.Clock.Advance(TimeSpan.FromMinutes(10));
        (await house.Kim.Post("/v1/me/input")).Expect(HttpStatusCode.NoContent);
        house.Clock.Advance(TimeSpan.FromMinutes(6));
        await kims.Next("signal", Says(noor, "away"), since);
        (await State(house.Kim)).ShouldBe("online");
    }

    private static async Task Heard(Ear ear)
    {
        await ear.Say(new { type = "watch", view = "all" });
        await ear.Next("counts");
    }

    private static async Task<string> State(Person who) => (await who.Get("/v1/me"))["state"];

    private static Func<JsonElement, bool> Says(Person who, string state) => frame =>
        frame.TryGetProperty("agent", out var agent) && agent.GetString() == who.Id && frame.TryGetProperty("state", out var it) && it.GetString() == state;
}
