using System.Net;
using System.Text.RegularExpressions;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Server.Demo.Shop;

public sealed class ShopRoutesTests : IAsyncLifetime
{
    private DemoHouse _house = null!;

    private Person Guest => _house.Guest;

    public async Task InitializeAsync() => _house = await DemoHouse.Open();

    public async Task DisposeAsync() => await _house.DisposeAsync();

    [Fact]
    public async Task Every_page_carries_the_widget_and_every_link_of_it_leads_somewhere()
    {
        var seen = new HashSet<string>();
        var open = new Queue<string>(["/demo/shop"]);
        while (open.TryDequeue(out var path))
        {
            if (!seen.Add(path))
            {
                continue;
            }

            var answer = (await Guest.Get(path)).Expect(HttpStatusCode.OK);
            if (path.StartsWith("/demo/shop", StringComparison.Ordinal) && answer.Text.Contains("<!doctype html>", StringComparison.Ordinal))
            {
                answer.Text.ShouldMatch(@"<script async src=""/parley\.js"" data-inbox=""inb_[0-9a-z]{26}""");
                foreach (Match link in Regex.Matches(answer.Text, "(?:href|src)=\"(/demo/[^\"]+)\""))
                {
                    open.Enqueue(link.Groups[1].Value);
                }
            }
        }

        seen.Count.ShouldBeGreaterThan(20);
        (await Guest.Get("/demo/shop/anchor")).Expect(HttpStatusCode.NotFound);
        (await Guest.Get("/demo/shop/page/secrets.txt")).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Who_is_signed_in_at_the_shop_is_vouched_for()
    {
        (await Guest.Send(HttpMethod.Post, "/demo/shop/choices", new FormUrlEncodedContent([new("as", "ana")]))).Expect(HttpStatusCode.Redirect);
        var page = (await Guest.Get("/demo/shop")).Expect(HttpStatusCode.OK).Text;
        var (identity, inbox) = (Regex.Match(page, @"'identify', '([\w.-]+)'").Groups[1].Value, Regex.Match(page, @"data-inbox=""(\w+)""").Groups[1].Value);
        using var browser = new Browser(_house.Address, inbox);
        var session = (await browser.Begin(identity)).Expect(HttpStatusCode.Created);
        session["visitor.verified"].ShouldBe("True");
        session["visitor.name"].ShouldBe("Ana Souza");
    }

    [Fact]
    public async Task A_server_that_is_no_demo_has_no_shop()
    {
        await using var lighthouse = await Cast.Lighthouse.Open();
        using var stranger = lighthouse.Stranger();
        foreach (var path in new[] { "/demo", "/demo/shop", "/demo/shop/skerry", "/demo/shop/art/hero.svg" })
        {
            (await stranger.Get(path)).Refused(HttpStatusCode.NotFound, "route.unknown");
        }
    }
}
