using System.Net;
using System.Text.RegularExpressions;
using Parley.Server.Demo.Tour;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Server.Demo.Tour;

public sealed class TourRoutesTests : IAsyncLifetime
{
    private DemoHouse _house = null!;

    private Person Guest => _house.Guest;

    public async Task InitializeAsync() => _house = await DemoHouse.Open("console");

    public async Task DisposeAsync() => await _house.DisposeAsync();

    [Fact]
    public async Task OP3_Whoever_opens_it_is_signed_in_on_both_sides_and_noor_is_there()
    {
        var page = (await Guest.Get("/demo")).Expect(HttpStatusCode.OK).Text;
        foreach (Match link in Regex.Matches(page, "(?:href|src)=\"(/[^\"#]+)"))
        {
            (await Guest.Get(link.Groups[1].Value)).Expect(HttpStatusCode.OK);
        }

        var me = (await Guest.Get("/v1/me")).Expect(HttpStatusCode.OK);
        (me["name"], me["state"]).ShouldBe(("Noor", "online"));
        (await Guest.Get("/demo/shop")).Text.ShouldContain("value=\"ana\" selected");
        Regex.Count(page, "data-try=").ShouldBe(Tries.All.Count);
    }

    [Fact]
    public async Task What_somebody_chose_at_the_shop_and_who_signed_in_at_the_console_stays()
    {
        (await Guest.Post("/v1/session", new { email = "kim@lighthouse.test", password = "lighthouse-kim" })).Expect(HttpStatusCode.Created);
        (await Guest.Send(HttpMethod.Post, "/demo/shop/choices", new FormUrlEncodedContent([new("as", "")]))).Expect(HttpStatusCode.Redirect);
        (await Guest.Get("/demo")).Expect(HttpStatusCode.OK);
        (await Guest.Get("/v1/me"))["name"].ShouldBe("Kim");
        (await Guest.Get("/demo/shop")).Text.ShouldNotContain("value=\"ana\" selected");
    }

    [Fact]
    public async Task The_console_stands_in_the_frame_of_this_page_and_in_no_other()
    {
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = _house.Address };
        (await Policy(http, "/demo/console")).ShouldEndWith("frame-ancestors 'self'");
        (await Policy(http, "/")).ShouldEndWith("frame-ancestors 'none'");
        (await Policy(http, "/demo")).ShouldEndWith("frame-ancestors 'none'");
    }

    [Fact]
    public async Task The_telephone_has_an_origin_of_its_own_and_the_same_customer()
    {
        var page = (await Guest.Get("/demo")).Text;
        var origin = Regex.Match(page, "data-telephone=\"(http://127.0.0.1:\\d+)/demo/telephone\"").Groups[1].Value;
        origin.ShouldNotBe(_house.Serving.App.Urls.First());
        using var telephone = new Caller(new Uri(origin));
        var shop = (await telephone.Get("/demo/telephone/ana/skerry")).Expect(HttpStatusCode.OK).Text;
        shop.ShouldContain("'identify'");
        shop.ShouldContain("href=\"/demo/telephone/ana/loft\"");
        shop.ShouldNotContain("<select");
        (await telephone.Get("/demo/telephone/nobody")).Text.ShouldNotContain("'identify'");
    }

    [Fact]
    public async Task By_whatever_name_it_is_called_both_devices_are_of_one_site()
    {
        var first = _house.Address;
        using var named = new Caller(new UriBuilder(first) { Host = "localhost" }.Uri);
        (await named.Get("/demo")).Expect(HttpStatusCode.Redirect).Headers.Location!.ToString().ShouldBe(new Uri(first, "/demo").ToString());
    }

    [Fact]
    public async Task The_list_is_told_as_it_changes_and_ends_with_the_demo()
    {
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = _house.Address };
        using var answer = await http.GetAsync("/demo/tries", HttpCompletionOption.ResponseHeadersRead);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        (await lines.ReadLineAsync()).ShouldBe("data: []");
        await _house.Serving.App.StopAsync();
        (await lines.ReadToEndAsync()).Trim().ShouldBeEmpty();
    }

    private static async Task<string> Policy(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path);
        return string.Join("", answer.Headers.GetValues("Content-Security-Policy"));
    }
}
