using System.Buffers.Text;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Parley.Platform.Push;
using Parley.Server.Demo;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Server.Demo.Controls;

public sealed class StageRoutesTests : IAsyncLifetime
{
    private const string State = "/demo/controls/state";

    private DemoHouse _house = null!;

    private Person Noor => _house.Guest;

    public async Task InitializeAsync()
    {
        _house = await DemoHouse.Open("console", "widget");
        (await Noor.Get("/demo")).Expect(HttpStatusCode.OK);
    }

    public async Task DisposeAsync() => await _house.DisposeAsync();

    [Fact]
    public async Task UC4_At_ten_in_the_evening_the_shop_is_closed_and_what_is_asked_is_promised_for_the_morning()
    {
        var before = (await Noor.Get(State)).Expect(HttpStatusCode.OK);
        (before["night"], before["profile"], before["short"], before["ahead"]).ShouldBe(("False", "blended", "True", "0"));
        (await Availability())["state"].ShouldNotBe("closed");

        var night = (await Noor.Put(State, new { night = true })).Expect(HttpStatusCode.OK);
        Wall(night).ShouldBe((22, 0));
        var closed = await Availability();
        closed["state"].ShouldBe("messaging", "Blended takes questions while it is closed.");
        Wall(closed["opensAt"]).ShouldBe((9, 0));
        using var ana = await _house.Customer("ana");
        var thread = await ana.Write("Is the hood waterproof?");
        var promised = await Entry(thread, "promised");
        promised.GetProperty("ground").GetString().ShouldBe("openingHours");
        promised.GetProperty("due").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.Parse(closed["opensAt"], System.Globalization.CultureInfo.InvariantCulture));
        promised.GetProperty("told").GetProperty("text").GetString()!.ShouldMatch(@"by \w+day, \d\d:\d\d");

        // It is the day again, a day later; what was promised for nine o'clock came due on the way, once, and what is said now is later than all before. Who tries it before nine is told of a later one.
        var come = promised.GetProperty("due").GetDateTimeOffset() < TimeProvider.System.GetUtcNow().AddHours(24);
        var day = (await Noor.Put(State, new { night = false })).Expect(HttpStatusCode.OK);
        day["ahead"].ShouldBe($"{24 * 3_600_000}");
        (await Availability()).Has("opensAt").ShouldBeFalse();
        if (come)
        {
            await Entry(thread, "promiseBroken");
        }

        // A token of yesterday is too old by now; what the browser keeps is not.
        (await ana.Begin()).Expect(HttpStatusCode.Created);
        (await ana.Say(thread, "Good morning!")).Expect(HttpStatusCode.Created);
        (await Noor.Put(State, new { night = false })).Expect(HttpStatusCode.OK)["ahead"].ShouldBe(day["ahead"], "It is day already.");
        var entries = await Entries(thread);
        entries.Count(entry => entry.GetProperty("type").GetString() is "promiseBroken").ShouldBe(come ? 1 : 0);
        entries.Select(entry => entry.GetProperty("at").GetDateTimeOffset()).ShouldBeInOrder();
        entries[^1].GetProperty("at").GetDateTimeOffset().ShouldBeGreaterThan(TimeProvider.System.GetUtcNow().AddHours(23));
    }

    [Fact]
    public async Task What_sleeps_until_later_wakes_once_when_the_clock_jumps_over_it_also_over_a_restart()
    {
        using var ana = await _house.Customer("ana");
        var thread = await ana.Write("Is it here yet?");
        var until = TimeProvider.System.GetUtcNow().AddMinutes(5);
        (await Noor.Put($"/v1/conversations/{thread}/snooze", new { until })).Expect(HttpStatusCode.OK);
        (await Noor.Put(State, new { night = true })).Expect(HttpStatusCode.OK);
        await Entry(thread, "unsnoozed");
        await _house.Restart();
        (await Noor.Get("/demo")).Expect(HttpStatusCode.OK);
        Wall((await Noor.Get(State)).Expect(HttpStatusCode.OK)).Hour.ShouldBe(22);
        (await Noor.Put(State, new { night = false })).Expect(HttpStatusCode.OK);
        (await Entries(thread)).Count(entry => entry.GetProperty("type").GetString() == "unsnoozed").ShouldBe(1);
        // The hours of the night went with it.
        (await Noor.Get($"/v1/inboxes/{_house.Seeded.Shop}/policy"))["hours"].ShouldBe("always");
    }

    [Fact]
    public async Task ZD5_The_profile_is_another_at_once_and_a_conversation_that_goes_on_keeps_the_rules_it_began_with()
    {
        using var ana = await _house.Customer("ana");
        var running = await ana.Write("Which size am I?");
        (await Noor.Put(State, new { profile = "strictLive" })).Expect(HttpStatusCode.OK)["profile"].ShouldBe("strictLive");
        (await Noor.Get($"/v1/inboxes/{_house.Seeded.Loft}/policy"))["profile"].ShouldBe("strictLive");
        (await ana.Say(running, "I am 1.80.")).Expect(HttpStatusCode.Created);
        (await ana.Threads()).ShouldContain(running);
        (await Noor.Put(State, new { profile = "messaging" })).Expect(HttpStatusCode.OK);
        (await Availability())["state"].ShouldBe("messaging");
        using var ben = await _house.Customer("ben");
        (await Entries(await ben.Write("Do you ship to Lagos?"))).ShouldContain(entry => entry.GetProperty("type").GetString() == "promised");
        var short1 = (await Noor.Put(State, new { profile = "blended", @short = false })).Expect(HttpStatusCode.OK);
        (short1["profile"], short1["short"], short1["seconds.grace"], short1["seconds.mail"]).ShouldBe(("blended", "False", "120", "180"));
        var short2 = (await Noor.Put(State, new { @short = true })).Expect(HttpStatusCode.OK);
        (short2["seconds.grace"], short2["seconds.accept"], short2["seconds.mail"]).ShouldBe(("10", "30", "15"));
        (await Entries(running)).Where(entry => entry.GetProperty("type").GetString() is "sessionEnded" or "modeChanged").Select(entry => entry.ToString()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_page_has_the_clock_before_anything_else_and_is_the_products_own_otherwise()
    {
        foreach (var page in new[] { "/", "/demo/console", $"/widget/?inbox={_house.Seeded.Shop}", "/demo", "/demo/shop", "/demo/controls", "/demo/mail" })
        {
            var text = (await Noor.Get(page)).Expect(HttpStatusCode.OK).Text;
            Regex.Match(text, "<script[^>]*>").Value.ShouldBe("<script src=\"/demo/clock.js\">", page);
        }

        (await Noor.Get("/demo/clock.js")).Expect(HttpStatusCode.OK).Text.ShouldContain("let ahead = 0;");
        (await Noor.Put(State, new { night = true })).Expect(HttpStatusCode.OK);
        var ahead = (await Noor.Get("/demo/controls/ahead")).Expect(HttpStatusCode.OK).Text;
        (await Noor.Get("/demo/clock.js")).Text.ShouldContain($"let ahead = {ahead};");
    }

    [Fact]
    public async Task To_push_services_it_is_the_time_that_it_really_is()
    {
        (await Noor.Put(State, new { night = true })).Expect(HttpStatusCode.OK);
        (await Noor.Put(State, new { night = false })).Expect(HttpStatusCode.OK)["ahead"].ShouldBe($"{24 * 3_600_000}");
        var said = await _house.Serving.App.Services.GetRequiredService<Vapid>().Authorization(new Uri("https://push.test/1"));
        var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(said["vapid t=".Length..].Split('.')[1])).RootElement;
        DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("exp").GetInt64()).ShouldBeLessThan(TimeProvider.System.GetUtcNow().AddHours(24), "RFC 8292, 2");
    }

    [Fact]
    public async Task Nothing_is_set_by_another_sites_form_and_nothing_of_it_is_in_a_server_that_is_no_demo()
    {
        (await Noor.Raw(HttpMethod.Put, State, "{\"night\":true}", "text/plain")).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await Noor.Put(State, new { profile = "classic" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        await using var lighthouse = await Cast.Lighthouse.Open();
        using var stranger = lighthouse.Stranger();
        foreach (var path in new[] { "/demo/controls", State, "/demo/controls/ahead", "/demo/clock.js", "/demo/mail", "/demo/mail/1", "/demo/mail/count" })
        {
            (await stranger.Get(path)).Refused(HttpStatusCode.NotFound, "route.unknown");
        }

        (await stranger.Put(State, new { night = true })).Expect(HttpStatusCode.NotFound);
        lighthouse.Services.GetService<ShopClock>().ShouldBeNull();
    }

    private async Task<Answer> Availability() => (await Noor.Get($"/v1/inboxes/{_house.Seeded.Shop}/availability")).Expect(HttpStatusCode.OK);

    private async Task<List<JsonElement>> Entries(string thread) => [.. (await Noor.Get($"/v1/conversations/{thread}/timeline")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()];

    /// <summary>The first of a type, within ten seconds: what is due is looked for twice a second.</summary>
    private async Task<JsonElement> Entry(string thread, string type)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            if ((await Entries(thread)).FirstOrDefault(entry => entry.GetProperty("type").GetString() == type) is { ValueKind: JsonValueKind.Object } found)
            {
                return found;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"There is no {type}: {string.Join(", ", (await Entries(thread)).Select(entry => entry.GetProperty("type")))}");
    }

    private static (int Hour, int Minute) Wall(Answer state) => Wall(state["now"]);

    private static (int Hour, int Minute) Wall(string time) =>
        TimeZoneInfo.ConvertTime(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture), TimeZoneInfo.Local) is var local ? (local.Hour, local.Minute) : default;
}
