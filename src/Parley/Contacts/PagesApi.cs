using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Platform.Blobs;
using Parley.Platform.Mail.Reading;
using Parley.Platform.Web;

namespace Parley.Contacts;

/// <summary>
/// A mail as its sender made it, for a frame of its own: written anew from what is allowed, and served so that nothing in it runs, nothing is asked for elsewhere before somebody wants
/// that, and it belongs to no origin.
/// </summary>
internal static class PagesApi
{
    /// <summary>How many pictures from elsewhere were left out: a frame that may run nothing cannot say so itself.</summary>
    public const string Left = "Parley-Pictures-Left";

    private const long Largest = 8 * 1024 * 1024;

    private const string Ground = "html{color-scheme:light;background:#fff}body{margin:12px 14px;font:14px/1.45 system-ui,sans-serif;color:#1c1c1f;overflow-wrap:anywhere}img{max-width:100%;height:auto}table{max-width:100%}pre{white-space:pre-wrap}"
        + "blockquote{margin:8px 0;padding-inline-start:12px;border-inline-start:2px solid #c8c8cf}";

    /// <summary>For pages that say no colours themselves: they can take those of the screen.</summary>
    private const string Night = "html{color-scheme:dark;background:#1b1b1f}body{color:#ececf0}a{color:#9db8ff}blockquote{border-color:#4a4a52}";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/files/{id}/page", Read).WithTags("Files").WithName("getPage");

    /// <param name="pictures">Whether pictures from elsewhere are shown: their owner learns then who reads, and when.</param>
    /// <param name="dark">Whether the screen is.</param>
    private static async Task<IResult> Read(HttpContext http, FileId id, FileStore files, BlobStore blobs, FileLinks links, string? t = null, bool pictures = false, bool dark = false)
    {
        if (!links.Allows(id, t) || await files.Find(id) is not { } file || !file.Mime.StartsWith("text/html", StringComparison.Ordinal) || file.Size > Largest || await blobs.Open(id.Value, http.RequestAborted) is not { } content)
        {
            return Problems.Of("file.unknown", "There is no such page, or its address is too old.", StatusCodes.Status404NotFound);
        }

        await using var _ = content;
        using var reader = new StreamReader(content, Encoding.UTF8);
        var page = CleanPage.Of(Asked(await reader.ReadToEndAsync(http.RequestAborted)), name => FileId.Parse(name) is { IsEmpty: false } picture ? links.Of(picture, customer: false) : null, pictures);
        var night = dark && !page.Html.Contains("color", StringComparison.OrdinalIgnoreCase) && !page.Html.Contains("background", StringComparison.OrdinalIgnoreCase);
        http.Response.Headers.ContentSecurityPolicy = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:" + (pictures ? " https: http:" : "")
            + "; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers[Left] = page.Remote.ToString(CultureInfo.InvariantCulture);
        return Results.Text($"<!doctype html><meta charset=\"utf-8\"><title>{System.Net.WebUtility.HtmlEncode(file.Name)}</title><style>{Ground}{(night ? Night : "")}</style><body>{page.Html}</body>", "text/html; charset=utf-8");
    }

    /// <summary>What was kept names pictures from elsewhere so that no browser asks for them; here they are what they were, for who cleans the page to decide.</summary>
    private static string Asked(string kept)
    {
        if (!kept.Contains("data-remote", StringComparison.OrdinalIgnoreCase) || !Pages.IsSound(kept))
        {
            return kept;
        }

        var page = new HtmlParser().ParseDocument(kept);
        foreach (var picture in page.QuerySelectorAll("img[data-remote]"))
        {
            picture.SetAttribute("src", picture.GetAttribute("data-remote")!);
        }

        return page.Body?.InnerHtml ?? "";
    }
}
