using System.Net;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Workspaces.Api;

public class BrandsApiTests
{
    private static readonly object[] Nine = [new { days = new[] { "mon", "tue" }, from = "09:00", to = "17:00" }];

    /// <summary>The smallest PNG.</summary>
    private static readonly byte[] Dot = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    [Fact]
    public async Task A_brand_is_changed()
    {
        await using var it = await Lighthouse.Open();
        var brand = (await it.Kim.Get("/v1/brands")).Body.GetProperty("items")[0].GetProperty("id").GetString();
        (await it.Kim.Patch($"/v1/brands/{brand}", new { color = "#123ABC" })).Expect(HttpStatusCode.OK)["color"].ShouldBe("#123abc");
        (await it.Stranger().Get($"/v1/widget/inboxes/{it.Inbox}"))["brand.color"].ShouldBe("#123abc");
        (await it.Kim.Patch($"/v1/brands/{brand}", new { color = "blue" })).Refused(HttpStatusCode.BadRequest, "color.invalid");
        (await it.Kim.Patch("/v1/brands/brd_01j00000000000000000000000", new { name = "X" })).Refused(HttpStatusCode.NotFound, "brand.unknown");
        (await it.Kim.Get("/v1/brands/brd_01j00000000000000000000000")).Refused(HttpStatusCode.NotFound, "brand.unknown");
    }

    [Fact]
    public async Task KU2_Two_brands_on_one_installation_differ_in_everything_their_customers_see()
    {
        await using var it = await Lighthouse.Open();
        var first = (await it.Kim.Get("/v1/brands")).Body.GetProperty("items")[0].GetProperty("id").GetString();
        (await it.Kim.Patch($"/v1/brands/{first}", new { color = "#c0392b", zone = "Europe/Berlin", languages = new[] { "de" }, texts = new { de = new { greeting = "Moin!" } } })).Expect(HttpStatusCode.OK);
        var logo = (await it.Kim.Upload("/v1/files", "logo.png", "image/png", Dot)).Expect(HttpStatusCode.Created)["id"];
        var second = (await it.Kim.Post("/v1/brands", new
        {
            name = "Sail Loft", color = "#0a7d5a", logo, zone = "Europe/Madrid", hours = Nine, languages = new[] { "es", "en" }, texts = new { es = new { greeting = "¡Al abordaje!" } },
        })).Expect(HttpStatusCode.Created);
        second["version"].ShouldBe("1");
        var loft = (await it.Kim.Post("/v1/inboxes", new { name = "Loft", channel = "web", brand = second["id"] })).Expect(HttpStatusCode.Created);
        loft.Has("color").ShouldBeFalse();

        var ours = await it.Stranger().Get($"/v1/widget/inboxes/{it.Inbox}");
        var theirs = await it.Stranger().Get($"/v1/widget/inboxes/{loft["id"]}");
        (ours["brand.name"], ours["brand.color"], ours["texts.de.greeting"], ours["availability.state"]).ShouldBe(("Lighthouse", "#c0392b", "Moin!", "away"));
        (theirs["brand.name"], theirs["brand.color"], theirs["texts.es.greeting"]).ShouldBe(("Sail Loft", "#0a7d5a", "¡Al abordaje!"));
        ours.Body.GetProperty("languages").EnumerateArray().Select(one => one.GetString()).ShouldBe(["de"]);
        theirs.Body.GetProperty("languages").EnumerateArray().Select(one => one.GetString()).ShouldBe(["es", "en"]);
        ours.Has("brand.logo").ShouldBeFalse();
        (await it.Stranger().Download(theirs["brand.logo"])).Length.ShouldBeGreaterThan(0);

        // 9:00 in Berlin is 10:00 of the clock on the wall, and 9:00 UTC is within the hours of Madrid.
        theirs["availability.state"].ShouldBe("away");
        it.Clock.Advance(TimeSpan.FromHours(8));
        var closed = await it.Stranger().Get($"/v1/widget/inboxes/{loft["id"]}");
        (closed["availability.state"], closed["availability.opensAt"]).ShouldBe(("closed", "2026-03-03T08:00:00.000Z"));
        (await it.Stranger().Get($"/v1/widget/inboxes/{it.Inbox}"))["availability.state"].ShouldBe("away");
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_leaves_nothing()
    {
        await using var it = await Lighthouse.Open();
        foreach (var (body, code) in new[]
        {
            ("{}", "request.malformed"),
            ("{\"name\":\"\"}", "name.empty"),
            ("{\"name\":\"X\",\"zone\":\"Berlin\"}", "zone.unknown"),
            ("{\"name\":\"X\",\"hours\":[{\"days\":[\"mon\"],\"from\":\"9\",\"to\":\"17:00\"}]}", "hours.invalid"),
            ("{\"name\":\"X\",\"hours\":[{\"days\":[\"mo\"],\"from\":\"09:00\",\"to\":\"17:00\"}]}", "request.malformed"),
            ("{\"name\":\"X\",\"hours\":[{\"from\":\"09:00\",\"to\":\"17:00\"}]}", "request.malformed"),
            ("{\"name\":\"X\",\"languages\":[]}", "languages.invalid"),
            ("{\"name\":\"X\",\"logo\":\"nothing\"}", "picture.unknown"),
            ("{\"name\":\"X\",\"texts\":{\"de\":{\"a b\":\"c\"}}}", "texts.invalid"),
        })
        {
            (await it.Kim.Raw(HttpMethod.Post, "/v1/brands", body)).Refused(HttpStatusCode.BadRequest, code);
        }

        (await it.Kim.Get("/v1/brands")).Body.GetProperty("items").GetArrayLength().ShouldBe(1);
        var noor = await it.Hire("Noor");
        (await noor.Post("/v1/brands", new { name = "X" })).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task KU2_A_logo_is_a_picture_that_every_page_can_load_and_goes_when_it_is_taken_away()
    {
        await using var it = await Lighthouse.Open();
        var brand = (await it.Kim.Get("/v1/brands")).Body.GetProperty("items")[0].GetProperty("id").GetString();
        var large = (await it.Kim.Upload("/v1/files", "large.png", "image/png", [.. Dot, .. new byte[2 * 1024 * 1024]])).Expect(HttpStatusCode.Created)["id"];
        (await it.Kim.Patch($"/v1/brands/{brand}", new { logo = large })).Refused(HttpStatusCode.BadRequest, "picture.unknown");
        var text = (await it.Kim.Upload("/v1/files", "list.txt", "text/plain", "ropes"u8.ToArray())).Expect(HttpStatusCode.Created)["id"];
        (await it.Kim.Patch($"/v1/brands/{brand}", new { logo = text })).Refused(HttpStatusCode.BadRequest, "picture.unknown");

        var logo = (await it.Kim.Upload("/v1/files", "logo.png", "image/png", Dot)).Expect(HttpStatusCode.Created)["id"];
        var shown = (await it.Kim.Patch($"/v1/brands/{brand}", new { logo })).Expect(HttpStatusCode.OK)["logo"];
        (await it.Stranger().Get($"/v1/widget/inboxes/{it.Inbox}"))["brand.logo"].ShouldBe(shown);
        (await it.Stranger().Download(shown)).ShouldBe(Dot);

        (await it.Kim.Patch($"/v1/brands/{brand}", new { logo = "" })).Expect(HttpStatusCode.OK).Has("logo").ShouldBeFalse();
        (await it.Stranger().Get($"/v1/widget/inboxes/{it.Inbox}")).Has("brand.logo").ShouldBeFalse();
        (await it.Stranger().Get(shown)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_repeat_makes_no_second_one()
    {
        await using var it = await Lighthouse.Open();
        it.Kim.Headers["Idempotency-Key"] = "one";
        var first = (await it.Kim.Post("/v1/brands", new { name = "Loft" })).Expect(HttpStatusCode.Created);
        (await it.Kim.Post("/v1/brands", new { name = "Loft" })).Expect(HttpStatusCode.OK)["id"].ShouldBe(first["id"]);
        (await it.Kim.Post("/v1/brands", new { name = "Ropes" })).Refused(HttpStatusCode.Conflict, "clientId.reused");
    }

    [Fact]
    public async Task PA21_Voices_and_segments_stand_in_the_inbox_and_reach_the_widget()
    {
        await using var it = await Lighthouse.Open();
        var path = $"/v1/inboxes/{it.Inbox}";
        var read = await it.Kim.Get(path);
        (read["voice.de"], read["voice.nl"], read["voice.es"]).ShouldBe(("formal", "informal", "informal"));
        var segment = new { id = "cart", name = "Cart", paths = new[] { "/cart*" }, languages = new[] { "de" }, texts = new { de = new { greeting = "Noch Fragen zur Bestellung?" } } };
        var changed = (await it.Kim.Patch(path, new { voice = new { nl = "formal" }, segments = new[] { segment }, color = "#0a7d5a" })).Expect(HttpStatusCode.OK);
        (changed["voice.de"], changed["voice.nl"]).ShouldBe(("formal", "formal"));
        var widget = await it.Stranger().Get($"/v1/widget/inboxes/{it.Inbox}");
        widget["voice.nl"].ShouldBe("formal");
        widget["texts.nl.greeting"].ShouldContain(" u ");
        var shown = widget.Body.GetProperty("segments")[0];
        shown.GetProperty("paths")[0].GetString().ShouldBe("/cart*");
        shown.TryGetProperty("name", out _).ShouldBeFalse();
        // Its languages are told by the inbox's own tags, so that a widget need not know which of them are alike.
        (await it.Kim.Patch(path, new { languages = new[] { "de-AT", "en" } })).Expect(HttpStatusCode.OK);
        (await it.Stranger().Get($"/v1/widget/inboxes/{it.Inbox}")).Body.GetProperty("segments")[0].GetProperty("languages").EnumerateArray().Single().GetString().ShouldBe("de-AT");
        (await it.Kim.Patch(path, new { voice = new { de = "loud" } })).Refused(HttpStatusCode.BadRequest, "request.malformed");
        (await it.Kim.Patch(path, new { segments = new[] { new { id = "x", name = "X", paths = new[] { "cart" }, texts = new { } } } })).Refused(HttpStatusCode.BadRequest, "paths.invalid");
        // An empty colour is the brand's again.
        (await it.Kim.Patch(path, new { color = "" })).Expect(HttpStatusCode.OK).Has("color").ShouldBeFalse();
    }
}
