using System.Net;
using System.Text.Json;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Live;

public class AvailabilityTests
{
    [Fact]
    public async Task A_visitor_who_has_the_widget_open_sees_who_comes_and_goes()
    {
        await using var house = await Lighthouse.Open(("live.leaveSeconds", "0"));
        var ana = await house.Ana();
        await using var anas = await Ear.Of(ana);
        await anas.Next("signal", Says("away"));
        var kims = await Ear.Of(house.Kim);
        (await house.Kim.Put("/v1/me/state", new { state = "online" })).Expect(HttpStatusCode.OK);
        (await anas.Next("signal", Says("online"))).GetProperty("availability").GetProperty("agents").EnumerateArray().Select(face => face.GetProperty("name").GetString()).ShouldBe(["Kim"]);
        Lines(anas).ShouldBe(["away", "online"]);

        await kims.DisposeAsync();
        await Until(() => Lines(anas).Count == 3);
        Lines(anas).ShouldBe(["away", "online", "away"]);
    }

    [Fact]
    public async Task Whoever_comes_later_is_told_what_holds_now_and_nothing_is_said_of_what_a_visitor_does_not_see()
    {
        await using var house = await Lighthouse.Open();
        var (early, late) = (await house.Ana(), await house.Ana());
        await using var earlier = await Ear.Of(early);
        await earlier.Next("signal", Says("away"));
        var noor = await house.Hire("Noor");
        await using var kims = await Ear.Of(house.Kim);
        await using var noors = await Ear.Of(noor);
        (await house.Kim.Put("/v1/me/state", new { state = "online" })).Expect(HttpStatusCode.OK);
        await earlier.Next("signal", Says("online"));
        // The console's stream hears of it, and the visitor's has nothing to hear: she is not online, and that she came changes no line.
        (await noor.Put("/v1/me/state", new { state = "offline" })).Expect(HttpStatusCode.OK);
        await kims.Next("signal", frame => frame.TryGetProperty("agent", out var agent) && agent.GetString() == noor.Id && frame.TryGetProperty("state", out var state) && state.GetString() == "offline");
        await using var later = await Ear.Of(late);
        await later.Next("signal", Says("online"));
        Lines(later).ShouldBe(["online"]);
        Lines(earlier).Count(line => line == "online").ShouldBe(1);
        kims.Heard.ShouldNotContain(frame => Says("online")(frame) || Says("away")(frame));
    }

    [Fact]
    public async Task LC13_KU2_Hours_end_and_begin_while_the_widget_is_open_and_outside_them_nobody_is_there()
    {
        await using var house = await Lighthouse.Open(("live.leaveSeconds", "0"));
        var brand = (await house.Kim.Get("/v1/brands")).Body.GetProperty("items")[0].GetProperty("id").GetString();
        var ana = await house.Ana();
        await using var anas = await Ear.Of(ana);
        await anas.Next("signal", Says("away"));
        // It is Monday, nine in London; hours that begin at ten close it at once.
        (await house.Kim.Patch($"/v1/brands/{brand}", new { zone = "Europe/London", hours = new[] { new { days = new[] { "mon", "tue" }, from = "10:00", to = "17:00" } } })).Expect(HttpStatusCode.OK);
        (await anas.Next("signal", Says("closed"))).GetProperty("availability").GetProperty("opensAt").GetString().ShouldBe("2026-03-02T10:00:00.000Z");
        house.Clock.Advance(TimeSpan.FromHours(1));
        await Until(() => Lines(anas).Count == 3);
        Lines(anas).ShouldBe(["away", "closed", "away"]);
        house.Clock.Advance(TimeSpan.FromHours(7));
        await Until(() => Lines(anas).Count == 4);
        anas.Heard[^1].GetProperty("availability").GetProperty("opensAt").GetString().ShouldBe("2026-03-03T10:00:00.000Z");
        await using var kims = await Ear.Of(house.Kim);
        (await house.Kim.Put("/v1/me/state", new { state = "online" })).Expect(HttpStatusCode.OK);
        // Kim works late, and it is closed all the same: until somebody says otherwise.
        (await house.Kim.Patch($"/v1/brands/{brand}", new { hours = Array.Empty<object>() })).Expect(HttpStatusCode.OK);
        await Until(() => Lines(anas).Count == 5);
        Lines(anas).ShouldBe(["away", "closed", "away", "closed", "online"]);
    }

    [Fact, Trait("row", "LC12")]
    public async Task LC12_On_the_nights_on_which_the_clock_is_changed_it_opens_once_and_for_as_long_as_the_wall_says()
    {
        await using var house = await Lighthouse.Open(("live.leaveSeconds", "0"), ("live.idleSeconds", "0"));
        var night = new { zone = "Europe/Amsterdam", week = new[] { new { day = "sun", from = "02:30", to = "05:00" } } };
        (await house.Kim.Put($"/v1/inboxes/{house.Inbox}/policy", new { profile = "blended", hours = night })).Expect(HttpStatusCode.OK);
        // In March half past two does not exist: it opens when the clock leaps to three. In October it comes twice: it opens at the first.
        foreach (var (before, opens, closes) in new[] { ("2026-03-29T00:45:00Z", "2026-03-29T01:00:00Z", "2026-03-29T03:00:00Z"), ("2026-10-25T00:15:00Z", "2026-10-25T00:30:00Z", "2026-10-25T04:00:00Z") })
        {
            house.Clock.Advance(DateTimeOffset.Parse(before, null) - house.Clock.GetUtcNow());
            var kim = await house.SignIn("kim@lighthouse.test");
            await using var kims = await Ear.Of(kim);
            (await kim.Put("/v1/me/state", new { state = "online" })).Expect(HttpStatusCode.OK);
            var ana = await house.Ana();
            await using var anas = await Ear.Of(ana);
            (await anas.Next("signal", Says("closed"))).GetProperty("availability").GetProperty("opensAt").GetDateTimeOffset().ShouldBe(DateTimeOffset.Parse(opens, null));
            var it = await ana.Write("Is somebody there?");
            var promise = (await kim.Get($"/v1/conversations/{it}")).Body.GetProperty("promise").GetProperty("due").GetDateTimeOffset();
            promise.ShouldBe(DateTimeOffset.Parse(opens, null).AddHours(1));
            house.Clock.Advance(DateTimeOffset.Parse(opens, null) - house.Clock.GetUtcNow());
            await anas.Next("signal", Says("online"));
            var heard = anas.Heard.Count;
            house.Clock.Advance(DateTimeOffset.Parse(closes, null).AddSeconds(-20) - house.Clock.GetUtcNow());
            (await kim.Get($"/v1/inboxes/{house.Inbox}/availability"))["state"].ShouldBe("live");
            house.Clock.Advance(TimeSpan.FromSeconds(20));
            await anas.Next("signal", Says("closed"), heard);
            var broken = 0;
            for (var tries = 0; tries < 100 && broken == 0; tries++, await Task.Delay(50))
            {
                broken = (await kim.Get($"/v1/conversations/{it}/timeline")).Body.GetProperty("items").EnumerateArray().Count(entry => entry.GetProperty("type").GetString() == "promiseBroken");
            }

            broken.ShouldBe(1);
        }
    }

    private static Func<JsonElement, bool> Says(string state) => frame => Line(frame) == state;

    private static string? Line(JsonElement frame) => frame.TryGetProperty("availability", out var it) ? it.GetProperty("state").GetString() : null;

    private static List<string> Lines(Ear ear) => [.. ear.Heard.Select(Line).OfType<string>()];

    private static async Task Until(Func<bool> done)
    {
        for (var tries = 0; !done() && tries < 100; tries++)
        {
            await Task.Delay(50);
        }
    }
}
