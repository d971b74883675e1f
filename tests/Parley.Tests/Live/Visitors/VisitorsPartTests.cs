using System.Net;
using System.Text.Json;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Live.Visitors;

/// <summary>Who looks at the list of visitors is told that it is another, and nobody else is.</summary>
[Trait("row", "PA5")]
public class VisitorsPartTests
{
    [Fact]
    public async Task PA5_Who_looks_is_told_at_once_and_then_whenever_it_is_another_once_a_second_at_most()
    {
        await using var house = await Lighthouse.Open();
        await using var kims = await Ear.Of(house.Kim);
        await kims.Say(new { type = "visitors" });
        await kims.Next("signal", News);
        var ana = await Arrive(house, "/");
        await using var hers = await Ear.Of(ana);
        await Told(house, kims, 2);
        // However much happens within a second is one word.
        var before = Count(kims);
        for (var i = 0; i < 10; i++)
        {
            (await ana.Put("/v1/widget/page", new { url = $"https://shop.test/{i}" })).Expect(HttpStatusCode.NoContent);
        }

        Count(kims).ShouldBeLessThanOrEqualTo(before + 1);
        await Told(house, kims, before + 1);
    }

    [Fact]
    public async Task PA5_Who_looks_no_longer_never_looked_or_is_a_customer_is_told_nothing()
    {
        await using var house = await Lighthouse.Open();
        var noor = await house.Hire("Noor");
        await using var kims = await Ear.Of(house.Kim);
        await using var noors = await Ear.Of(noor);
        await using var idle = await Ear.Of(house.Kim);
        await kims.Say(new { type = "visitors" });
        await kims.Next("signal", News);
        await noors.Say(new { type = "visitors" });
        await noors.Next("signal", News);
        await noors.Say(new { type = "visitors", on = false });
        // What is said on one line is heard in order.
        await noors.Say(new { type = "watch", view = "all" });
        await noors.Next("counts");
        var ana = await Arrive(house, "/");
        await using var hers = await Ear.Of(ana);
        await hers.Say(new { type = "visitors" });
        await Told(house, kims, 2);
        (Count(noors), Count(idle), Count(hers)).ShouldBe((1, 0, 0));
    }

    private static bool News(JsonElement frame) => frame.GetProperty("type").GetString() == "signal" && frame.GetProperty("kind").GetString() == "visitors";

    private static int Count(Ear ear) => ear.Heard.Count(News);

    /// <summary>Seconds pass by the shop's clock, not by ours.</summary>
    private static async Task Told(Lighthouse house, Ear ear, int times)
    {
        for (var tries = 0; tries < 400 && Count(ear) < times; tries++)
        {
            house.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(20);
        }

        Count(ear).ShouldBeGreaterThanOrEqualTo(times);
    }

    private static async Task<Browser> Arrive(Lighthouse house, string path)
    {
        var browser = house.Browser();
        (await browser.Begin(page: new { url = $"https://shop.test{path}", title = "Shop" }, consent: true)).Expect(HttpStatusCode.Created);
        return browser;
    }
}
