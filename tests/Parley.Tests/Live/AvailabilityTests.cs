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
