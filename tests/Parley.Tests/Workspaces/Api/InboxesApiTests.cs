using System.Net;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Workspaces.Api;

public class InboxesApiTests
{
    [Fact]
    public async Task A_new_inbox_shows_its_key_once()
    {
        await using var it = await Lighthouse.Open();
        var made = (await it.Kim.Post("/v1/inboxes", new { name = "Sails", channel = "web", profile = "messaging", domains = new[] { "https://Sails.example/shop" } })).Expect(HttpStatusCode.Created);
        made["id"].ShouldStartWith("inb_");
        made["identityKey"].Length.ShouldBeGreaterThanOrEqualTo(32);
        made["profile"].ShouldBe("messaging");
        made.Body.GetProperty("domains").EnumerateArray().Select(one => one.GetString()).ShouldBe(["sails.example"]);
        var read = (await it.Kim.Get($"/v1/inboxes/{made["id"]}")).Expect(HttpStatusCode.OK);
        read.Has("identityKey").ShouldBeFalse();
        (await it.Kim.Get("/v1/inboxes")).Text.ShouldNotContain(made["identityKey"]);
    }

    [Fact]
    public async Task A_repeat_makes_no_second_one()
    {
        await using var it = await Lighthouse.Open();
        it.Kim.Headers["Idempotency-Key"] = "one";
        var first = (await it.Kim.Post("/v1/inboxes", new { name = "Sails", channel = "web" })).Expect(HttpStatusCode.Created);
        var again = (await it.Kim.Post("/v1/inboxes", new { name = "Sails", channel = "web" })).Expect(HttpStatusCode.OK);
        again["id"].ShouldBe(first["id"]);
        again.Has("identityKey").ShouldBeFalse();
        (await it.Kim.Post("/v1/inboxes", new { name = "Ropes", channel = "web" })).Refused(HttpStatusCode.Conflict, "clientId.reused");
        it.Kim.Headers["Idempotency-Key"] = new string('x', 65);
        (await it.Kim.Post("/v1/inboxes", new { name = "Ropes", channel = "web" })).Refused(HttpStatusCode.BadRequest, "clientId.invalid");
        it.Kim.Headers.Remove("Idempotency-Key");
        (await it.Kim.Get("/v1/inboxes")).Body.GetProperty("items").GetArrayLength().ShouldBe(2);
        // The first answer's key is the one that counts.
        var browser = it.Browser(first["id"]);
        var vouched = Voucher.Sign(first["identityKey"], new { sub = "user-7", aud = first["id"], exp = it.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds() });
        (await browser.Begin(vouched)).Expect(HttpStatusCode.Created)["visitor.verified"].ShouldBe("True");
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_leaves_nothing()
    {
        await using var it = await Lighthouse.Open();
        foreach (var (body, code) in new[]
        {
            ("{\"name\":\"\",\"channel\":\"web\"}", "name.empty"),
            ("{\"name\":\"X\",\"channel\":\"pigeon\"}", "channel.unknown"),
            ("{\"name\":\"X\",\"channel\":\"web\",\"profile\":\"quiet\"}", "request.malformed"),
            ("{\"name\":\"X\",\"channel\":\"web\",\"domains\":[\"shop example\"]}", "domains.invalid"),
            ("{\"name\":\"X\",\"channel\":\"web\",\"domains\":[\"javascript:alert(1)\"]}", "domains.invalid"),
            ("{\"name\":\"X\",\"channel\":\"web\",\"domains\":[\"shop.example; script-src *\"]}", "domains.invalid"),
            ("{\"name\":\"X\",\"channel\":\"web\",\"color\":\"red\"}", "color.invalid"),
            ("{\"name\":\"X\",\"channel\":\"web\",\"languages\":[\"german\"]}", "languages.invalid"),
            ("{\"name\":\"X\",\"channel\":\"web\",\"teams\":[\"tea_01j00000000000000000000000\"]}", "team.unknown"),
            ("{\"name\":\"X\",\"channel\":\"web\",\"brand\":\"brd_01j00000000000000000000000\"}", "brand.unknown"),
            ("{\"channel\":\"web\"}", "request.malformed"),
            ("{\"name\":5,\"channel\":\"web\"}", "request.malformed"),
            ("{\"name\":\"X\",\"channel\":\"web\"", "request.malformed"),
        })
        {
            (await it.Kim.Raw(HttpMethod.Post, "/v1/inboxes", body)).Refused(HttpStatusCode.BadRequest, code);
        }

        (await it.Kim.Get("/v1/inboxes")).Body.GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Every_change_is_a_version_and_what_is_not_named_stays()
    {
        await using var it = await Lighthouse.Open();
        var path = $"/v1/inboxes/{it.Inbox}";
        (await it.Kim.Get(path))["version"].ShouldBe("1");
        var changed = (await it.Kim.Patch(path, new { color = "#FF8800", texts = new { en = new { greeting = "Ahoy!" } } })).Expect(HttpStatusCode.OK);
        changed["version"].ShouldBe("2");
        changed["name"].ShouldBe("Shop");
        changed["color"].ShouldBe("#ff8800");
        (await it.Stranger().Get($"/v1/widget/inboxes/{it.Inbox}"))["texts.en.greeting"].ShouldBe("Ahoy!");
        (await it.Kim.Patch(path, new { color = "#ff8800" })).Expect(HttpStatusCode.OK)["version"].ShouldBe("2");
        (await it.Kim.Patch(path, new { name = "" })).Refused(HttpStatusCode.BadRequest, "name.empty");
        (await it.Kim.Get(path))["version"].ShouldBe("2");
    }

    [Fact]
    public async Task An_inbox_is_opened_to_teams_and_to_all_again()
    {
        await using var it = await Lighthouse.Open();
        var team = (await it.Kim.Post("/v1/teams", new { name = "Sails" })).Expect(HttpStatusCode.Created)["id"];
        var noor = await it.Hire("Noor");
        var path = $"/v1/inboxes/{it.Inbox}";
        (await it.Kim.Patch(path, new { teams = new[] { team } })).Expect(HttpStatusCode.OK);
        (await noor.Get(path)).Refused(HttpStatusCode.NotFound, "inbox.unknown");
        (await it.Kim.Patch(path, new { teams = Array.Empty<string>() })).Expect(HttpStatusCode.OK).Has("teams").ShouldBeFalse();
        (await noor.Get(path)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_inbox_that_is_not_there_is_not_changed()
    {
        await using var it = await Lighthouse.Open();
        (await it.Kim.Patch("/v1/inboxes/inb_01j00000000000000000000000", new { name = "X" })).Refused(HttpStatusCode.NotFound, "inbox.unknown");
    }
}
