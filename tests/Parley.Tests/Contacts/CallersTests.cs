using System.Net;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Contacts;

/// <summary>Who put the widget into a site sees that it stands there.</summary>
public sealed class CallersTests
{
    [Fact, Trait("row", "OP3")]
    public async Task OP3_The_first_call_of_each_site_is_kept_and_no_other()
    {
        await using var lighthouse = await Lighthouse.Open();
        (await Sites(lighthouse)).ShouldBeEmpty();
        var page = lighthouse.Stranger();
        // From nobody's page, and from our own: no site.
        await page.Get($"/v1/widget/inboxes/{lighthouse.Inbox}");
        page.Headers["Origin"] = lighthouse.Address.GetLeftPart(UriPartial.Authority);
        await page.Get($"/v1/widget/inboxes/{lighthouse.Inbox}");
        page.Headers["Origin"] = "null";
        await page.Get($"/v1/widget/inboxes/{lighthouse.Inbox}");
        (await Sites(lighthouse)).ShouldBeEmpty();

        foreach (var origin in new[] { "https://Shop.example", "https://shop.example", "http://localhost:3000" })
        {
            page.Headers["Origin"] = origin;
            (await page.Get($"/v1/widget/inboxes/{lighthouse.Inbox}")).Expect(HttpStatusCode.OK);
        }

        (await Sites(lighthouse)).ShouldBe(["localhost:3000", "shop.example"]);
        await lighthouse.Restart();
        (await Sites(lighthouse)).ShouldBe(["localhost:3000", "shop.example"]);
    }

    [Fact, Trait("row", "OP3")]
    public async Task OP3_A_site_that_may_not_show_it_is_not_noted_and_a_liar_fills_no_list()
    {
        await using var lighthouse = await Lighthouse.Open();
        (await lighthouse.Kim.Patch($"/v1/inboxes/{lighthouse.Inbox}", new { domains = new[] { "*.shop.example" } })).Expect(HttpStatusCode.OK);
        var page = lighthouse.Stranger();
        page.Headers["Origin"] = "https://elsewhere.example";
        await page.Get($"/v1/widget/inboxes/{lighthouse.Inbox}");
        (await Sites(lighthouse)).ShouldBeEmpty();
        for (var site = 0; site < 30; site++)
        {
            page.Headers["Origin"] = $"https://s{site}.shop.example";
            await page.Get($"/v1/widget/inboxes/{lighthouse.Inbox}");
        }

        // The list is full, and what comes after pushes out no more than one an hour.
        (await Sites(lighthouse)).ShouldBe(Enumerable.Range(0, 10).Reverse().Select(site => $"s{site}.shop.example"));
    }

    [Fact, Trait("row", "OP3")]
    public async Task OP3_Invented_names_keep_no_site_out_and_an_owner_forgets_them()
    {
        await using var lighthouse = await Lighthouse.Open();
        var page = lighthouse.Stranger();
        for (var site = 0; site < 12; site++)
        {
            page.Headers["Origin"] = $"https://invented{site}.example";
            await page.Get($"/v1/widget/inboxes/{lighthouse.Inbox}");
            lighthouse.Clock.Advance(TimeSpan.FromHours(1));
        }

        (await Sites(lighthouse)).Count.ShouldBe(10);
        page.Headers["Origin"] = "https://shop.example";
        await page.Get($"/v1/widget/inboxes/{lighthouse.Inbox}");
        var kept = await Sites(lighthouse);
        (kept.Count, kept[0], kept[^1]).ShouldBe((10, "shop.example", "invented3.example"));

        var noor = await lighthouse.Hire("Noor");
        (await noor.Delete($"/v1/inboxes/{lighthouse.Inbox}/sites")).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await lighthouse.Kim.Delete($"/v1/inboxes/{lighthouse.Inbox}/sites")).Expect(HttpStatusCode.OK);
        (await Sites(lighthouse)).ShouldBeEmpty();
        lighthouse.Clock.Advance(TimeSpan.FromHours(1));
        await page.Get($"/v1/widget/inboxes/{lighthouse.Inbox}");
        (await Sites(lighthouse)).ShouldBe(["shop.example"]);
    }

    [Theory, Trait("row", "OP3")]
    [InlineData("127.0.0.1", true)]
    [InlineData("172.17.0.1", true)]
    [InlineData("192.168.1.20", true)]
    [InlineData("fd00::7", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("2001:db8::7", false)]
    [InlineData("203.0.113.7", false)]
    public async Task OP3_A_page_of_this_machine_counts_only_for_who_sits_at_it(string from, bool counts)
    {
        await using var lighthouse = await Lighthouse.Open(("server.trustedProxies", "127.0.0.1"));
        var page = lighthouse.Stranger();
        page.Headers["X-Forwarded-For"] = from;
        foreach (var origin in new[] { "http://localhost:3000", "http://127.0.0.1:8080" })
        {
            page.Headers["Origin"] = origin;
            await page.Get($"/v1/widget/inboxes/{lighthouse.Inbox}");
        }

        (await Sites(lighthouse)).Count.ShouldBe(counts ? 2 : 0);
    }

    private static async Task<List<string>> Sites(Lighthouse lighthouse) =>
        [.. (await lighthouse.Kim.Get($"/v1/inboxes/{lighthouse.Inbox}")).Body.GetProperty("sites").EnumerateArray().Select(site => site.GetProperty("host").GetString()!)];
}
