using System.Globalization;
using Parley.Server.Demo.Tour;

namespace Parley.Server.Demo.Mailbox;

/// <summary>The demo's mailbox under <c>/demo/mail</c>: what Parley has mailed, to whomever. Mapped by <c>parley demo</c> alone.</summary>
internal static class MailRoutes
{
    public const string Root = $"{TourRoutes.Root}/mail";

    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>As a mail program holds a mail: it runs nothing, fetches nothing, and what is pressed in it opens beside it.</summary>
    private const string Sheet = $"default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'; sandbox {MailPage.Sandbox}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root, (HttpContext http, Letters letters) => Send(http, MailPage.Draw(letters, open: null))).ExcludeFromDescription();
        routes.MapGet($"{Root}/{{number:int}}", (HttpContext http, int number, string? @as, Letters letters) =>
            letters.Read(number) is { } letter ? Send(http, MailPage.Draw(letters, letter, plain: @as == "text")) : Results.NotFound().ExecuteAsync(http)).ExcludeFromDescription();
        routes.MapGet($"{Root}/{{number:int}}/page", (HttpContext http, int number, Letters letters) =>
            letters.Read(number) is { Page: { } page } ? Send(http, $"<!doctype html><base target=\"_blank\">{page}", Sheet) : Results.NotFound().ExecuteAsync(http)).ExcludeFromDescription();
        routes.MapGet($"{Root}/count", (HttpContext http, Letters letters) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            return Results.Text(letters.All.Count.ToString(CultureInfo.InvariantCulture));
        }).ExcludeFromDescription();
        routes.MapGet($"{Root}/page/{{file}}", (string file) => Resources.Piece("Mailbox.page", file)).ExcludeFromDescription();
    }

    private static Task Send(HttpContext http, string page, string policy = Policy)
    {
        var headers = http.Response.Headers;
        (headers.CacheControl, headers.XContentTypeOptions, headers.ContentSecurityPolicy, headers["Referrer-Policy"]) = ("no-store", "nosniff", policy, "no-referrer");
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync(page, http.RequestAborted);
    }
}
