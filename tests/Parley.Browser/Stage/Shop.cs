using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Parley.Browser.Stage;

/// <summary>
/// Somebody else's website: another host and port than Parley's, whose pages embed the snippet. Its policy allows what the snippet needs and nothing more.
/// A page is <c>/any-path?parley=ADDRESS&amp;inbox=ID</c>; <c>who=JWT</c> is what its own server signs for a user who is logged in, <c>lang=ar</c> has it in Arabic.
/// </summary>
public sealed class Shop : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Shop(WebApplication app, int port) => (_app, Origin, Stranger) = (app, $"http://shop.lighthouse.localhost:{port}", $"http://sailing.localhost:{port}");

    /// <summary>What browsers call it: another origin than Parley's, under the same company's name.</summary>
    public string Origin { get; }

    /// <summary>The same pages under a name that has nothing in common with Parley's. In a private window a frame of Parley may keep nothing here.</summary>
    public string Stranger { get; }

    public static async Task<Shop> Open()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapGet("/favicon.ico", () => Results.NoContent());
        app.MapGet("/{**page}", (HttpContext http, string? page) => Page(http, page ?? ""));
        await app.StartAsync();
        return new Shop(app, new Uri(app.Urls.First()).Port);
    }

    public string Page(string path, Uri parley, string inbox, string? identity = null, string? origin = null, string? language = null) =>
        $"{origin ?? Origin}/{path}?parley={Uri.EscapeDataString(parley.GetLeftPart(UriPartial.Authority))}&inbox={inbox}" + (identity is null ? "" : $"&who={identity}") + (language is null ? "" : $"&lang={language}");

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static IResult Page(HttpContext http, string page)
    {
        var (parley, inbox, who, language) = (Text(http, "parley"), Text(http, "inbox"), Text(http, "who"), Text(http, "lang") is { Length: > 0 } given ? given : "en");
        var words = language == "ar" ? ("معدات الإبحار", "مراسٍ وحبال وفوانيس للقوارب من كل الأحجام.") : ("Sailing gear", "Anchors, ropes and lanterns for boats of every size.");
        http.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src {parley} 'nonce-shop'; connect-src {parley}; frame-src {parley}; style-src 'nonce-shop'; img-src 'self'; base-uri 'none'; form-action 'self'";
        var query = $"?parley={Uri.EscapeDataString(parley)}&inbox={inbox}" + (who.Length > 0 ? $"&who={who}" : "") + (language == "en" ? "" : $"&lang={language}");
        var identify = who.Length > 0 ? $"<script nonce=\"shop\">(window.Parley = window.Parley || []).push(['identify', '{who}'])</script>" : "";
        return Results.Content($$"""
            <!doctype html>
            <html lang="{{language}}" dir="{{(language == "ar" ? "rtl" : "ltr")}}">
            <head>
              <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
              <title>{{(page.Length > 0 ? page : words.Item1)}}</title>
              <style nonce="shop">body { font: 16px/1.5 sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; min-height: 150vh }</style>
              {{identify}}
            </head>
            <body>
              <main>
                <h1>{{(page.Length > 0 ? page : words.Item1)}}</h1>
                <p>{{words.Item2}}</p>
                <p><a id="other" href="/anchors{{query}}">Anchors</a> <a id="home" href="/{{query}}">Home</a></p>
              </main>
              <script async src="{{parley}}/parley.js" data-inbox="{{inbox}}"></script>
            </body>
            </html>
            """, "text/html; charset=utf-8");
    }

    /// <summary>Query values of our own tests alone: addresses, ids and JWTs, none of which needs escaping in HTML.</summary>
    private static string Text(HttpContext http, string name) => http.Request.Query[name].ToString();
}
