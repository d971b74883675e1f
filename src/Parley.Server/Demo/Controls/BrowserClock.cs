using System.Globalization;
using System.Text;

namespace Parley.Server.Demo.Controls;

/// <summary>
/// Browsers have a clock of their own, which knows nothing of the demo's: a countdown to 22:01 would begin at seven hours. So every page that the demo serves
/// begins with a script that puts that page's clock ahead by as much. The product's pages are not changed: the script is put in on the way out.
/// </summary>
internal static class BrowserClock
{
    public const string Script = "/demo/clock.js";

    /// <summary>As it stands in a page, before anything else of it runs.</summary>
    public const string Tag = $"<script src=\"{Script}\"></script>";

    private static readonly string[] Pages = ["/", "/demo/console", "/widget/", "/setup", "/join", "/reset", "/try", "/t"];

    public static string Text(long ahead) => Resources.Text("Controls.page.clock.js").Replace("AHEAD", ahead.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    public static void Insert(IApplicationBuilder app) => app.Use((http, next) =>
        HttpMethods.IsGet(http.Request.Method) && Pages.Contains(http.Request.Path.Value) ? Put(http, next) : next(http));

    private static async Task Put(HttpContext http, RequestDelegate next)
    {
        // As it is, whole: neither packed nor "you have it already".
        http.Request.Headers.AcceptEncoding = "identity";
        http.Request.Headers.IfNoneMatch = default;
        var body = http.Response.Body;
        using var page = new MemoryStream();
        http.Response.Body = page;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = body;
        }

        var text = Encoding.UTF8.GetString(page.GetBuffer(), 0, (int)page.Length);
        if (http.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true && text.IndexOf("<head>", StringComparison.OrdinalIgnoreCase) is >= 0 and var head)
        {
            text = text.Insert(head + "<head>".Length, Tag);
            http.Response.Headers.ETag = default;
            http.Response.Headers.CacheControl = "no-store";
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        http.Response.ContentLength = bytes.Length;
        await body.WriteAsync(bytes, http.RequestAborted);
    }
}
