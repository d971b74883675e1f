using System.Net;
using System.Text.RegularExpressions;
using Parley.Server;
using Parley.Server.Demo;
using Parley.Server.Demo.Tour;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Server.Demo.Tour;

public sealed class TourRoutesTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("demo-").FullName;
    private Serving _demo = null!;
    private Person _guest = null!;

    public async Task InitializeAsync()
    {
        var site = Path.Combine(_folder, "site");
        Directory.CreateDirectory(Path.Combine(site, "console"));
        await File.WriteAllTextAsync(Path.Combine(site, "console", "index.html"), "<!doctype html><title>Console</title>");
        var launch = DemoCommand.LaunchOf(Path.Combine(_folder, "data"), "http://127.0.0.1:0") with { Site = site };
        _demo = await DemoCommand.Serve(launch, await Seeding.Seed(launch, told: false));
        _guest = new Person(new Uri(_demo.App.Urls.First()));
    }

    public async Task DisposeAsync()
    {
        _guest.Dispose();
        await _demo.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task OP3_Whoever_opens_it_is_signed_in_on_both_sides_and_noor_is_there()
    {
        var page = (await _guest.Get("/demo")).Expect(HttpStatusCode.OK).Text;
        foreach (Match link in Regex.Matches(page, "(?:href|src)=\"(/[^\"#]+)"))
        {
            (await _guest.Get(link.Groups[1].Value)).Expect(HttpStatusCode.OK);
        }

        var me = (await _guest.Get("/v1/me")).Expect(HttpStatusCode.OK);
        (me["name"], me["state"]).ShouldBe(("Noor", "online"));
        (await _guest.Get("/demo/shop")).Text.ShouldContain("value=\"ana\" selected");
        Regex.Count(page, "data-try=").ShouldBe(Tries.All.Count);
    }

    [Fact]
    public async Task What_somebody_chose_at_the_shop_and_who_signed_in_at_the_console_stays()
    {
        (await _guest.Post("/v1/session", new { email = "kim@lighthouse.test", password = "lighthouse-kim" })).Expect(HttpStatusCode.Created);
        (await _guest.Send(HttpMethod.Post, "/demo/shop/choices", new FormUrlEncodedContent([new("as", "")]))).Expect(HttpStatusCode.Redirect);
        (await _guest.Get("/demo")).Expect(HttpStatusCode.OK);
        (await _guest.Get("/v1/me"))["name"].ShouldBe("Kim");
        (await _guest.Get("/demo/shop")).Text.ShouldNotContain("value=\"ana\" selected");
    }

    [Fact]
    public async Task The_console_stands_in_the_frame_of_this_page_and_in_no_other()
    {
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(_demo.App.Urls.First()) };
        (await Policy(http, "/demo/console")).ShouldEndWith("frame-ancestors 'self'");
        (await Policy(http, "/")).ShouldEndWith("frame-ancestors 'none'");
        (await Policy(http, "/demo")).ShouldEndWith("frame-ancestors 'none'");
    }

    [Fact]
    public async Task The_telephone_has_an_origin_of_its_own_and_the_same_customer()
    {
        var page = (await _guest.Get("/demo")).Text;
        var origin = Regex.Match(page, "data-telephone=\"(http://127.0.0.1:\\d+)/demo/telephone\"").Groups[1].Value;
        origin.ShouldNotBe(_demo.App.Urls.First());
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
        var first = new Uri(_demo.App.Urls.First());
        using var named = new Caller(new UriBuilder(first) { Host = "localhost" }.Uri);
        (await named.Get("/demo")).Expect(HttpStatusCode.Redirect).Headers.Location!.ToString().ShouldBe(new Uri(first, "/demo").ToString());
    }

    [Fact]
    public async Task The_list_is_told_as_it_changes_and_ends_with_the_demo()
    {
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(_demo.App.Urls.First()) };
        using var answer = await http.GetAsync("/demo/tries", HttpCompletionOption.ResponseHeadersRead);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        (await lines.ReadLineAsync()).ShouldBe("data: []");
        await _demo.App.StopAsync();
        (await lines.ReadToEndAsync()).Trim().ShouldBeEmpty();
    }

    private static async Task<string> Policy(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path);
        return string.Join("", answer.Headers.GetValues("Content-Security-Policy"));
    }
}
