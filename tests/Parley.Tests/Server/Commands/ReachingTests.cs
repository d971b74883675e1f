using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Parley.Contacts;
using Parley.Server.Commands;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Server.Commands;

public class ReachingTests
{
    [Fact]
    public async Task OP3_A_server_that_is_reached_as_it_should_be_is_well()
    {
        await using var desk = await Lighthouse.Open();
        var found = await Look(desk.Address);
        found.Select(finding => finding.Verdict).Distinct().ShouldBe([Verdict.Good]);
        found.ShouldContain(finding => finding.Text.Contains("WebSockets get through"));
    }

    [Fact]
    public async Task OP3_A_proxy_that_eats_websockets_or_the_name_or_is_none_is_told()
    {
        await using var desk = await Lighthouse.Open();
        await using var eater = await Forwarder.Before(desk.Address);
        Bad(await Look(eater.Address())).ShouldHaveSingleItem().ShouldContain("a proxy eats WebSockets");
        await using var renamer = await Forwarder.Before(desk.Address, says: "backend:5080");
        Bad(await Look(renamer.Address())).ShouldContain(text => text.Contains("Parley hears backend:5080"));
        await using var other = await Forwarder.Before(desk.Address, refuses: true);
        Bad(await Look(other.Address())).ShouldHaveSingleItem().ShouldContain("not as Parley does");
        Bad(await Look(new Uri("http://127.0.0.1:1"))).ShouldHaveSingleItem().ShouldContain("cannot be reached");
    }

    [Fact]
    public async Task OP3_A_page_that_is_https_before_a_parley_that_believes_http_is_told()
    {
        using var http = new HttpClient(new Told("""{"scheme":"http","host":"chat.example"}"""));
        Bad(await Reaching.Outside(http, new Uri("https://chat.example"))).First().ShouldContain("server.trustedProxies");
        // And the other way round: what is called by http is loaded by no page that is https.
        Bad(await Reaching.Outside(http, new Uri("http://chat.example"))).First().ShouldContain("a page that is https");
    }

    [Fact]
    public async Task OP3_A_site_whose_domain_is_missing_is_counted()
    {
        await using var desk = await Lighthouse.Open();
        (await desk.Kim.Patch($"/v1/inboxes/{desk.Inbox}", new { domains = new[] { "shop.example" } })).Expect(HttpStatusCode.OK);
        using var site = desk.Stranger();
        foreach (var origin in new[] { "https://shop.example", "https://shop.example.net", "https://shop.example.net" })
        {
            site.Headers["Origin"] = origin;
            await site.Get($"/v1/widget/inboxes/{desk.Inbox}");
        }

        desk.Services.GetRequiredService<Uninvited>().All.ShouldBe([("https://shop.example.net", "Shop", 2)]);
        (await Reaching.TellRefused(desk.Services, new Dictionary<string, string>())).ShouldBe("https://shop.example.net\tShop\t2");
    }

    [Fact]
    public async Task OP3_What_is_looked_at_is_what_links_begin_with()
    {
        await using var desk = await Lighthouse.Open();
        var flags = new Dictionary<string, string>();
        (await Reaching.TellHome(desk.Services, flags)).ShouldBe(desk.Address.GetLeftPart(UriPartial.Authority));
        (await desk.Kim.Post("/v1/invitations", new { email = "noor@lighthouse.test" }))["url"].ShouldStartWith(await Reaching.TellHome(desk.Services, flags));
        await using var named = await Lighthouse.Open(("server.publicUrl", "https://chat.lighthouse.test"));
        (await Reaching.TellHome(named.Services, flags)).ShouldBe("https://chat.lighthouse.test");
    }

    private static async Task<List<(Verdict Verdict, string Text)>> Look(Uri address)
    {
        using var http = new HttpClient(new SocketsHttpHandler());
        return await Reaching.Outside(http, address);
    }

    private static List<string> Bad(IEnumerable<(Verdict Verdict, string Text)> found) => [.. found.Where(finding => finding.Verdict == Verdict.Bad).Select(finding => finding.Text)];

    private sealed class Told(string text) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(text) });
    }
}
