using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Parley.Platform.Web;

/// <summary>
/// The browser's side, as it was built into a folder: the loader, the widget's page, the console. Files whose name holds the hash of their
/// contents are kept for a year; everything else is asked for again and mostly answered with 304.
/// </summary>
public sealed class Site
{
    private const string Forever = "public, max-age=31536000, immutable";
    private const string Asking = "no-cache";
    private const string Briefly = "public, max-age=300";

    // The console holds the company's secrets: nothing foreign, nothing inline, in nobody's frame. blob: is what a chosen picture is shown by.
    private const string ConsolePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; " +
        "frame-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors ";

    private const string Unframed = ConsolePolicy + "'none'";

    private const string WidgetPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; " +
        "form-action 'none'; base-uri 'none'; frame-ancestors ";

    /// <summary>Pages for who is not signed in, or not yet anybody: the set-up, an invitation, a forgotten password, a customer's window to try the widget in, the link of a mail; and the reference.</summary>
    private static readonly (string Address, string Page)[] Doors =
        [("/setup", Door), ("/join", Door), ("/reset", Door), ("/try", Door), ("/t", Door), ("/docs", "docs/index.html")];

    private const string Door = "console/door.html";

    private static readonly FileExtensionContentTypeProvider Types = new();

    private readonly Dictionary<string, string> _files;
    private readonly ConcurrentDictionary<string, Asset> _assets = new();

    /// <param name="root">The folder; one that is not there leaves the addresses unknown (a server without its browser side).</param>
    public Site(string root)
    {
        _files = Directory.Exists(root)
            ? Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            : [];
    }

    public void Map(IEndpointRouteBuilder routes, FrameAncestors ancestors)
    {
        string[] read = [HttpMethods.Get, HttpMethods.Head];
        routes.MapMethods("/", read, http => Send(http, "console/index.html", Asking, Unframed)).ExcludeFromDescription();
        foreach (var (address, page) in Doors)
        {
            routes.MapMethods(address, read, http => Send(http, page, Asking, Unframed)).ExcludeFromDescription();
        }

        routes.MapMethods("/parley.js", read, Loader).ExcludeFromDescription();
        routes.MapMethods("/widget/", read, http => Widget(http, ancestors)).ExcludeFromDescription();
        routes.MapMethods("/console/{**file}", read, File).ExcludeFromDescription();
        routes.MapMethods("/docs/{**file}", read, File).ExcludeFromDescription();
        routes.MapMethods("/widget/{**file}", read, File).ExcludeFromDescription();
    }

    /// <summary>The console once more, at an address where a page of our own origin may hold it in a frame.</summary>
    public void MapFramed(IEndpointRouteBuilder routes, string path) =>
        routes.MapGet(path, (HttpContext http) => Send(http, "console/index.html", Asking, ConsolePolicy + "'self'")).ExcludeFromDescription();

    private Task Loader(HttpContext http)
    {
        // Runs in other people's pages, some of which allow only resources that say they may be used so.
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return Send(http, "parley.js", Briefly, policy: null);
    }

    private async Task Widget(HttpContext http, FrameAncestors ancestors)
    {
        var sites = await ancestors(http.Request.Query["inbox"].ToString());
        await Send(http, "widget/index.html", Asking, WidgetPolicy + (sites is null ? "*" : string.Join(' ', sites.Prepend("'self'"))));
    }

    private Task File(HttpContext http)
    {
        var path = http.Request.Path.Value![1..];
        var hashed = path.Contains("/assets/", StringComparison.Ordinal) && !path.EndsWith(".json", StringComparison.Ordinal);
        var page = path.EndsWith(".html", StringComparison.Ordinal);
        return page ? NotFound(http) : Send(http, path, hashed ? Forever : Asking, policy: null);
    }

    private async Task Send(HttpContext http, string path, string cache, string? policy)
    {
        if (!_files.TryGetValue(path, out var file) || Path.GetExtension(path) is ".br" or ".gz")
        {
            await NotFound(http);
            return;
        }

        var asset = _assets.GetOrAdd(path, _ => Read(path, file));
        var (body, encoding) = asset.For(http.Request.Headers.AcceptEncoding);
        var response = http.Response;
        var etag = encoding is null ? $"\"{asset.Hash}\"" : $"\"{asset.Hash}-{encoding}\"";
        response.Headers.ETag = etag;
        response.Headers.CacheControl = cache;
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "same-origin";
        if (policy is not null)
        {
            response.Headers.ContentSecurityPolicy = policy;
        }

        if (http.Request.Headers.IfNoneMatch.ToString().Contains(etag, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = asset.Type;
        response.ContentLength = body.Length;
        if (encoding is not null)
        {
            response.Headers.ContentEncoding = encoding;
        }

        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await response.Body.WriteAsync(body);
        }
    }

    private Asset Read(string path, string file)
    {
        var plain = System.IO.File.ReadAllBytes(file);
        var type = Types.TryGetContentType(path, out var known) ? known : "application/octet-stream";
        return new Asset(
            plain,
            Packed(path + ".br"),
            Packed(path + ".gz"),
            Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 12)),
            type.StartsWith("text/", StringComparison.Ordinal) ? $"{type}; charset=utf-8" : type);
    }

    private byte[]? Packed(string path) => _files.TryGetValue(path, out var file) ? System.IO.File.ReadAllBytes(file) : null;

    private static Task NotFound(HttpContext http) => Problem.UnknownRoute.Write(http.Response);

    private sealed record Asset(byte[] Plain, byte[]? Brotli, byte[]? Gzip, string Hash, string Type)
    {
        public (byte[] Body, string? Encoding) For(StringValues accepted)
        {
            var text = accepted.ToString();
            return Brotli is not null && Takes(text, "br") ? (Brotli, "br") : Gzip is not null && Takes(text, "gzip") ? (Gzip, "gzip") : (Plain, null);
        }

        private static bool Takes(string accepted, string encoding) => accepted.Split(',', StringSplitOptions.TrimEntries).Any(offer =>
            offer.Split(';', StringSplitOptions.TrimEntries) is [var name, .. var rest] && name == encoding && !rest.Any(q => q is "q=0" or "q=0.0"));
    }
}
