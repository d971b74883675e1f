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

        (await Sites(lighthouse)).ShouldBe(["shop.example", "localhost:3000"]);
        await lighthouse.Restart();
        (await Sites(lighthouse)).ShouldBe(["shop.example", "localhost:3000"]);
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

        (await Sites(lighthouse)).Count.ShouldBe(10);
    }

    private static async Task<List<string>> Sites(Lighthouse lighthouse) =>
        [.. (await lighthouse.Kim.Get($"/v1/inboxes/{lighthouse.Inbox}")).Body.GetProperty("sites").EnumerateArray().Select(site => site.GetProperty("host").GetString()!)];
}
