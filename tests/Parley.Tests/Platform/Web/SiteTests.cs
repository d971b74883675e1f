using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Parley.Platform.Settings;
using Parley.Platform.Web;
using Parley.Server;
using Shouldly;

namespace Parley.Tests.Platforms.Web;

/// <summary>The pages, from a folder made up here.</summary>
public sealed class SiteTests : IAsyncLifetime
{
    private const string Script = "console.log('ahoy')";

    private readonly string _folder = Directory.CreateTempSubdirectory("parley-site-").FullName;
    private WebApplication _app = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        var site = Path.Combine(_folder, "wwwroot");
        Write(site, "console/index.html", "<!doctype html><title>Console</title>");
        Write(site, "console/assets/index-1a2b.js", Script);
        File.WriteAllBytes(Path.Combine(site, "console/assets/index-1a2b.js.br"), Packed(stream => new BrotliStream(stream, CompressionLevel.Optimal)));
        File.WriteAllBytes(Path.Combine(site, "console/assets/index-1a2b.js.gz"), Packed(stream => new GZipStream(stream, CompressionLevel.Optimal)));
        Write(site, "console/assets/manifest.json", "{}");
        Write(site, "widget/index.html", "<!doctype html><title>Widget</title>");
        Write(site, "docs/index.html", "<!doctype html><title>Reference</title>");
        Write(site, "parley.js", "(()=>{})()");
        Write(_folder, "secret.txt", "secret");
        var settings = new SettingsReader(ParleyHost.Sections).Set("server.urls", "http://127.0.0.1:0", "test").Set("server.logLevel", "error", "test");
        _app = await ParleyHost.Start(new Launch(settings, Path.Combine(_folder))
        {
            Site = site,
            Add = services => services.AddSingleton<FrameAncestors>(inbox => ValueTask.FromResult<IReadOnlyList<string>?>(
                inbox == "any" ? null : inbox == "shop" ? ["https://shop.test", "https://*.shop.test"] : [])),
        });
        (await _app.Services.GetRequiredService<Parley.Workspaces.Hiring>().AddAgent("Kim", "kim@lighthouse.test", "correct horse battery", Parley.Workspaces.Role.Owner)).Refusal.ShouldBeNull();
        _http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = new Uri(_app.Urls.First()) };
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task The_reference_is_a_page_of_its_own_that_loads_nothing_foreign()
    {
        using var answer = await _http.GetAsync("/docs");
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Reference");
        Header(answer, "Content-Security-Policy").ShouldContain("connect-src 'self';");
        Header(answer, "Content-Security-Policy").ShouldEndWith("frame-ancestors 'none'");
    }

    [Fact]
    public async Task The_console_may_load_nothing_foreign_and_stand_in_nobodys_frame()
    {
        using var answer = await _http.GetAsync("/");
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Console");
        var policy = Header(answer, "Content-Security-Policy");
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("script-src 'self';");
        policy.ShouldContain("style-src 'self';");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe");
        policy.ShouldNotContain("http");
        Header(answer, "X-Content-Type-Options").ShouldBe("nosniff");
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        answer.Headers.CacheControl!.ToString().ShouldBe("no-cache");
    }

    [Theory]
    [InlineData("shop", "frame-ancestors 'self' https://shop.test https://*.shop.test")]
    [InlineData("any", "frame-ancestors *")]
    [InlineData("unknown", "frame-ancestors 'self'")]
    [InlineData("", "frame-ancestors 'self'")]
    public async Task The_widgets_page_stands_only_in_the_frames_of_its_inboxs_sites(string inbox, string says)
    {
        using var answer = await _http.GetAsync($"/widget/?inbox={inbox}");
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Widget");
        Header(answer, "Content-Security-Policy").ShouldEndWith(says);
    }

    [Fact]
    public async Task Files_with_their_hash_in_the_name_are_kept_for_good_and_others_asked_for()
    {
        using var hashed = await _http.GetAsync("/console/assets/index-1a2b.js");
        hashed.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
        using var manifest = await _http.GetAsync("/console/assets/manifest.json");
        manifest.Headers.CacheControl!.ToString().ShouldBe("no-cache");
        using var loader = await _http.GetAsync("/parley.js");
        loader.Headers.CacheControl!.MaxAge.ShouldBe(TimeSpan.FromMinutes(5));
        Header(loader, "Cross-Origin-Resource-Policy").ShouldBe("cross-origin");
        using var again = await Get("/parley.js", ("If-None-Match", loader.Headers.ETag!.ToString()));
        again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await again.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0, gzip;q=0.5", "gzip")]
    [InlineData("identity", null)]
    [InlineData("", null)]
    public async Task What_was_packed_once_is_sent_as_the_browser_takes_it(string accepts, string? encoding)
    {
        using var answer = await Get("/console/assets/index-1a2b.js", ("Accept-Encoding", accepts));
        answer.Content.Headers.ContentEncoding.FirstOrDefault().ShouldBe(encoding);
        Header(answer, "Vary").ShouldBe("Accept-Encoding");
        await using var body = await answer.Content.ReadAsStreamAsync();
        Stream plain = encoding switch { "br" => new BrotliStream(body, CompressionMode.Decompress), "gzip" => new GZipStream(body, CompressionMode.Decompress), _ => body };
        (await new StreamReader(plain).ReadToEndAsync()).ShouldBe(Script);
    }

    [Theory]
    [InlineData("/console/../secret.txt")]
    [InlineData("/console/%2e%2e/%2e%2e/secret.txt")]
    [InlineData("/console/..%2f..%2fsecret.txt")]
    [InlineData("/console/assets/index-1a2b.js.br")]
    [InlineData("/console/assets/none.js")]
    [InlineData("/console/index.html")]
    [InlineData("/widget/index.html")]
    public async Task Nothing_else_is_given_out(string path)
    {
        using var answer = await _http.GetAsync(new Uri(_http.BaseAddress!.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("route.unknown");
    }

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.GetValues(name).Single();

    private async Task<HttpResponseMessage> Get(string path, (string Name, string Value) header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        return await _http.SendAsync(request);
    }

    private static byte[] Packed(Func<Stream, Stream> pack)
    {
        using var memory = new MemoryStream();
        using (var packed = pack(memory))
        {
            packed.Write(Encoding.UTF8.GetBytes(Script));
        }

        return memory.ToArray();
    }

    private static void Write(string root, string path, string text)
    {
        var full = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
