using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Parley.Contacts;
using Parley.Log;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Contacts;

/// <summary>A mail's page: nothing in it runs, whoever kept it, and nothing is asked for elsewhere before somebody wants that.</summary>
public class PagesApiTests
{
    private const string Mail = """
        <h1 onclick="alert(1)">Sails</h1><script>alert(2)</script><p style="color: red; position: fixed">Hello</p><iframe src="https://elsewhere.example/"></iframe>
        <img data-remote="https://elsewhere.example/seen.gif" alt="seen"><img src="https://elsewhere.example/kept.gif"><img src="cid:PICTURE"><a href="javascript:alert(3)">here</a>
        """;

    [Fact, Trait("row", "CH9")]
    public async Task CH9_A_page_is_cleaned_where_it_is_shown_and_fetches_nothing_from_elsewhere_before_it_is_asked_to()
    {
        await using var house = await Lighthouse.Open();
        var links = house.Services.GetRequiredService<FileLinks>();
        var picture = FileId.New(house.Clock);
        var url = await Keep(house, Mail.Replace("PICTURE", picture.ToString(), StringComparison.Ordinal));
        using var shut = await Get(house, url);
        var page = await shut.Content.ReadAsStringAsync();
        page.ShouldContain("<h1>Sails</h1>");
        page.ShouldContain("color: red");
        page.ShouldContain(WebUtility.HtmlEncode(links.Of(picture, customer: false)));
        foreach (var nothing in new[] { "alert", "position", "iframe", "elsewhere.example", "javascript" })
        {
            page.ShouldNotContain(nothing);
        }

        var policy = shut.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("sandbox allow-popups");
        policy.ShouldNotContain("allow-scripts");
        policy.ShouldNotContain("allow-same-origin");
        policy.ShouldNotContain("https:");
        policy.ShouldContain("default-src 'none'");
        shut.Headers.GetValues(PagesApi.Left).ShouldBe(["2"]);
        shut.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);

        using var open = await Get(house, $"{url}&pictures=true");
        var shown = await open.Content.ReadAsStringAsync();
        shown.ShouldContain("src=\"https://elsewhere.example/seen.gif\"");
        shown.ShouldNotContain("alert");
        open.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("https:");
        open.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
    }

    [Fact]
    public async Task It_is_dark_where_the_screen_is_and_it_says_no_colours_itself()
    {
        await using var house = await Lighthouse.Open();
        var (plain, coloured) = (await Keep(house, "<p>Hello</p>"), await Keep(house, "<p style=\"color: black\">Hello</p>"));
        foreach (var (url, dark) in new[] { (plain, true), (coloured, false) })
        {
            using var answer = await Get(house, $"{url}&dark=true");
            (await answer.Content.ReadAsStringAsync()).Contains("color-scheme:dark", StringComparison.Ordinal).ShouldBe(dark);
        }
    }

    [Fact]
    public async Task Nothing_but_a_page_is_shown_as_one_and_only_by_its_address()
    {
        await using var house = await Lighthouse.Open();
        var text = await Keep(house, "<p>Hello</p>", "text/plain");
        var url = await Keep(house, "<p>Hello</p>");
        foreach (var path in new[] { text, url[..url.IndexOf('?', StringComparison.Ordinal)], $"{url}x" })
        {
            using var answer = await Get(house, path);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        // The file itself is handed over and never shown.
        using var file = await Get(house, url.Replace("/page", "", StringComparison.Ordinal));
        file.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
    }

    private static async Task<string> Keep(Lighthouse house, string page, string mime = "text/html")
    {
        var bytes = Encoding.UTF8.GetBytes(page);
        var file = new StoredFile(FileId.New(house.Clock), "mail.html", bytes.Length, mime, null, null);
        (await house.Services.GetRequiredService<FileStore>().Keep(house.Workspace, Author.System, null, file, new MemoryStream(bytes))).ShouldBeTrue();
        return house.Services.GetRequiredService<FileLinks>().Of(file.Id, customer: false).Replace("?", "/page?", StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> Get(Lighthouse house, string path)
    {
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = house.Address };
        return await http.GetAsync(path);
    }
}
