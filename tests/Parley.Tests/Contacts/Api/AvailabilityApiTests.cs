using System.Net;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Contacts.Api;

public class AvailabilityApiTests
{
    private static readonly object Office = new { zone = "Europe/London", week = new[] { new { day = "mon", from = "09:00", to = "17:00" }, new { day = "tue", from = "09:00", to = "17:00" } } };

    [Theory]
    [InlineData("strictLive", "live live", "closed form")]
    [InlineData("blended", "live live", "messaging messaging")]
    [InlineData("messaging", "messaging messaging", "messaging messaging")]
    public async Task LC1_Somebody_comes_and_goes_and_what_customers_find_follows(string profile, string there, string gone)
    {
        await using var it = await Lighthouse.Open(("live.leaveSeconds", "0"));
        (await it.Kim.Put($"/v1/inboxes/{it.Inbox}/policy", new { profile, hours = "always" })).Expect(HttpStatusCode.OK);
        (await it.Kim.Put("/v1/me/state", new { state = "online" })).Expect(HttpStatusCode.OK);
        (await Found(it)).ShouldBe(gone, "An empty chair is nobody.");
        await using (await Ear.Of(it.Kim))
        {
            await Eventually(async () => await Found(it) == there);
            (await Button(it)).ShouldBe(there.Split(' ')[1]);
            (await it.Kim.Put("/v1/me/state", new { state = "away" })).Expect(HttpStatusCode.OK);
            (await Found(it)).ShouldBe(gone);
            (await it.Kim.Put("/v1/me/state", new { state = "online" })).Expect(HttpStatusCode.OK);
            (await Found(it)).ShouldBe(there);
        }

        await Eventually(async () => await Found(it) == gone);
        (await Button(it)).ShouldBe(gone.Split(' ')[1]);
    }

    [Fact]
    public async Task LC13_LC12_Outside_the_hours_it_says_when_it_opens_and_by_when_there_is_an_answer()
    {
        await using var it = await Lighthouse.Open();
        (await it.Kim.Put($"/v1/inboxes/{it.Inbox}/policy", new { profile = "blended", hours = Office, promise = new { kind = "fixed", seconds = 600 } })).Expect(HttpStatusCode.OK);
        it.Clock.Advance(TimeSpan.FromHours(9));
        var closed = await At(it);
        (closed["state"], closed["why"], closed["opensAt"], closed["promise.due"]).ShouldBe(("messaging", "hours", "2026-03-03T09:00:00.000Z", "2026-03-03T09:10:00.000Z"));
        var widget = await it.Stranger().Get($"/v1/widget/inboxes/{it.Inbox}");
        (widget["availability.state"], widget["availability.button"], widget["availability.opensAt"], widget["availability.promise.due"])
            .ShouldBe(("closed", "messaging", "2026-03-03T09:00:00.000Z", "2026-03-03T09:10:00.000Z"));
        it.Clock.Advance(TimeSpan.FromHours(15));
        var open = await At(it);
        (open["state"], open["why"], open.Has("opensAt")).ShouldBe(("messaging", "nobody", false));
        (await it.Stranger().Get($"/v1/widget/inboxes/{it.Inbox}"))["availability.promise.seconds"].ShouldBe("600");
    }

    [Theory]
    [InlineData("messaging", "messaging messaging")]
    [InlineData("form", "closed form")]
    [InlineData("hide", "closed hidden")]
    public async Task LC23_UC4_What_is_shown_outside_the_hours_is_a_setting(string whenClosed, string found)
    {
        await using var it = await Lighthouse.Open();
        (await it.Kim.Put($"/v1/inboxes/{it.Inbox}/policy", new { profile = "strictLive", hours = Office, whenClosed })).Expect(HttpStatusCode.OK);
        it.Clock.Advance(TimeSpan.FromHours(9));
        (await Found(it)).ShouldBe(found);
        (await Button(it)).ShouldBe(found.Split(' ')[1]);
    }

    [Fact]
    public async Task ZD5_Any_other_time_is_asked_by_its_hours_alone()
    {
        await using var it = await Lighthouse.Open();
        (await it.Kim.Put($"/v1/inboxes/{it.Inbox}/policy", new { profile = "strictLive", hours = Office })).Expect(HttpStatusCode.OK);
        (await At(it, "2026-03-03T10:00:00Z"))["state"].ShouldBe("live");
        var closed = await At(it, "2026-03-04T10:00:00Z");
        (closed["state"], closed["button"], closed["opensAt"]).ShouldBe(("closed", "form", "2026-03-09T09:00:00.000Z"));
        closed["promise.due"].ShouldBe("2026-03-09T10:00:00.000Z", "What the form brings is answered.");
        closed["told.text"].ShouldContain("by ");
        (await it.Kim.Get($"/v1/inboxes/{it.Inbox}/availability?at=2046-03-04T10:00:00Z")).Refused(HttpStatusCode.BadRequest, "at.invalid").Body.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("at");
        (await it.Kim.Get($"/v1/inboxes/{it.Inbox}/availability?at=soon")).Refused(HttpStatusCode.BadRequest, "request.malformed").Body.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("at");
    }

    [Fact]
    public async Task OP8_A_policy_is_tried_beforehand_and_nothing_of_it_is_set()
    {
        await using var it = await Lighthouse.Open();
        var noor = await it.Hire("Noor");
        var tried = (await noor.Post($"/v1/inboxes/{it.Inbox}/availability", new { policy = new { profile = "strictLive", hours = Office, whenClosed = "hide" }, at = "2026-03-04T10:00:00Z" })).Expect(HttpStatusCode.OK);
        (tried["state"], tried["button"], tried["opensAt"]).ShouldBe(("closed", "hidden", "2026-03-09T09:00:00.000Z"));
        (await At(it, "2026-03-04T10:00:00Z"))["state"].ShouldBe("live");
        (await it.Kim.Get($"/v1/inboxes/{it.Inbox}/policy"))["version"].ShouldBe("1");
        (await noor.Post($"/v1/inboxes/{it.Inbox}/availability", new { policy = new { profile = "blended", graceSeconds = -1 } })).Refused(HttpStatusCode.BadRequest, "policy.invalid");
    }

    [Fact]
    public async Task PA12_An_inbox_without_hours_of_its_own_has_its_brands_and_two_of_a_brand_may_differ()
    {
        await using var it = await Lighthouse.Open();
        var brand = (await it.Kim.Post("/v1/brands", new { name = "Loft", zone = "Europe/London" })).Expect(HttpStatusCode.Created);
        brand.Body.GetProperty("hours")[0].GetProperty("days").GetArrayLength().ShouldBe(5, "Whoever says nothing is there Monday to Friday.");
        var loft = (await it.Kim.Post("/v1/inboxes", new { name = "Loft", channel = "web", brand = brand["id"] })).Expect(HttpStatusCode.Created)["id"];
        var night = "2026-03-03T22:00:00Z";
        (await it.Kim.Get($"/v1/inboxes/{loft}/availability?at={night}"))["opensAt"].ShouldBe("2026-03-04T09:00:00.000Z");
        (await it.Kim.Put($"/v1/inboxes/{loft}/policy", new { hours = "always" })).Expect(HttpStatusCode.OK);
        (await it.Kim.Get($"/v1/inboxes/{loft}/availability?at={night}"))["state"].ShouldBe("live");
        (await it.Kim.Put($"/v1/inboxes/{loft}/policy", new { })).Expect(HttpStatusCode.OK);
        (await it.Kim.Patch($"/v1/brands/{brand["id"]}", new { exceptions = new[] { new { date = "2026-03-04", intervals = Array.Empty<object>() } } })).Expect(HttpStatusCode.OK);
        (await it.Kim.Get($"/v1/inboxes/{loft}/availability?at={night}"))["opensAt"].ShouldBe("2026-03-05T09:00:00.000Z");
    }

    [Fact]
    public async Task Who_may_not_use_the_inbox_is_told_nothing()
    {
        await using var it = await Lighthouse.Open();
        var team = (await it.Kim.Post("/v1/teams", new { name = "Sails" })).Expect(HttpStatusCode.Created)["id"];
        (await it.Kim.Patch($"/v1/inboxes/{it.Inbox}", new { teams = new[] { team } })).Expect(HttpStatusCode.OK);
        var noor = await it.Hire("Noor");
        (await noor.Get($"/v1/inboxes/{it.Inbox}/availability")).Refused(HttpStatusCode.NotFound, "inbox.unknown");
        (await it.Stranger().Get($"/v1/inboxes/{it.Inbox}/availability")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<Answer> At(Lighthouse it, string? at = null) => (await it.Kim.Get($"/v1/inboxes/{it.Inbox}/availability{(at is null ? "" : $"?at={at}")}")).Expect(HttpStatusCode.OK);

    private static async Task<string> Found(Lighthouse it) => await At(it) is var found ? $"{found["state"]} {found["button"]}" : "";

    private static async Task<string> Button(Lighthouse it) => (await it.Stranger().Get($"/v1/widget/inboxes/{it.Inbox}"))["availability.button"];

    private static async Task Eventually(Func<Task<bool>> so)
    {
        for (var i = 0; !await so(); i++)
        {
            i.ShouldBeLessThan(200);
            await Task.Delay(25);
        }
    }
}
