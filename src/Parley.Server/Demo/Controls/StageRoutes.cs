using System.Globalization;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Server.Demo.Controls;

/// <summary>The demo's scene under <c>/demo/controls</c>: a page, what it shows and sets, and the script by which browsers follow the demo's clock.</summary>
internal sealed class StageRoutes
{
    public const string Root = "/demo/controls";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root, Page).ExcludeFromDescription();
        routes.MapGet($"{Root}/state", Look).ExcludeFromDescription();
        routes.MapPut($"{Root}/state", Set).ExcludeFromDescription();
        routes.MapGet($"{Root}/page/{{file}}", (string file) => Resources.Piece("Controls.page", file)).ExcludeFromDescription();
        routes.MapGet(BrowserClock.Script, Clock).ExcludeFromDescription();
        routes.MapGet($"{Root}/ahead", (HttpContext http, ShopClock clock) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            return Results.Text(clock.Ahead.ToString(CultureInfo.InvariantCulture));
        }).ExcludeFromDescription();
    }

    private static async Task Page(HttpContext http)
    {
        Plain(http.Response, "text/html; charset=utf-8");
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        await http.Response.WriteAsync(StagePage.Draw(), http.RequestAborted);
    }

    private static async Task<IResult> Look(HttpContext http, Stage stage)
    {
        http.Response.Headers.CacheControl = "no-store";
        return await stage.Look() is { } standing ? Results.Json(standing, Platform.Json.Options) : Results.NotFound();
    }

    /// <summary>JSON only: another site's page cannot send that without being asked first, and nobody here says yes.</summary>
    private static async Task<IResult> Set(HttpContext http, Wish wish, Stage stage) => await stage.Set(wish) is { } refusal ? refusal.Problem() : await Look(http, stage);

    private static async Task Clock(HttpContext http, ShopClock clock)
    {
        Plain(http.Response, "text/javascript; charset=utf-8");
        await http.Response.WriteAsync(BrowserClock.Text(clock.Ahead), http.RequestAborted);
    }

    private static void Plain(HttpResponse response, string type)
    {
        response.ContentType = type;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
    }
}
