using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Parley.Workspaces;

namespace Parley.Server.Demo.Shop;

/// <summary>The shop under <c>/demo/shop</c>. Mapped by <c>parley demo</c> alone.</summary>
internal sealed class ShopRoutes(Seeded seeded)
{
    /// <summary>The shop once more, for somebody whose name stands in the address: in a frame of another origin, as a second device is, no cookie comes along.</summary>
    public const string Telephone = "/demo/telephone";

    private const string Nobody = "guest";

    /// <summary>The cookie that says who is signed in at the shop.</summary>
    public const string As = "shop-as";

    /// <summary>The demo's own page reads it too.</summary>
    public static CookieOptions Cookie => new() { Path = "/demo", HttpOnly = true, SameSite = SameSiteMode.Lax };

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var root in new[] { Pages.Root, $"{Telephone}/{{who}}" })
        {
            var door = routes.MapGroup(root).ExcludeFromDescription();
            door.MapGet("/", (HttpContext http) => Show(http, "", Pages.Front));
            door.MapGet("/loft", (HttpContext http) => Show(http, "/loft", Pages.Loft));
            door.MapGet("/orders", (HttpContext http) => Show(http, "/orders", Pages.Orders));
            door.MapGet("/{product}", (HttpContext http) => Product(http, http.GetRouteValue("product") as string));
        }

        var shop = routes.MapGroup(Pages.Root).ExcludeFromDescription();
        shop.MapGet("/art/{file}", (string file) => Resources.Piece("Shop.art", file));
        shop.MapGet("/page/{file}", (string file) => Resources.Piece("Shop.page", file));
        shop.MapPost("/choices", Choose);
    }

    private Task Product(HttpContext http, string? id) =>
        Shop.Product.All.FirstOrDefault(one => one.Id == id) is { } found ? Show(http, $"/{id}", visiting => Pages.Of(visiting, found)) : Results.NotFound().ExecuteAsync(http);

    /// <summary>Signs in at the shop as one of its customers, or out; or chooses the widget's language. What a real shop does with a password.</summary>
    private static async Task Choose(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        foreach (var name in new[] { "as", "language" }.Where(form.ContainsKey))
        {
            http.Response.Cookies.Append($"shop-{name}", form[name].ToString() is { Length: > 0 } value ? value : Nobody, Cookie);
        }

        var back = Uri.TryCreate(http.Request.Headers.Referer, UriKind.Absolute, out var page) && page.AbsolutePath.StartsWith(Pages.Root, StringComparison.Ordinal) ? page.AbsolutePath : Pages.Root;
        http.Response.Redirect(back);
    }

    private async Task Show(HttpContext http, string path, Func<Visiting, string> draw)
    {
        var held = http.GetRouteValue("who") as string;
        var customer = Customer.All.FirstOrDefault(one => one.Id == (held ?? http.Request.Cookies[As]));
        var language = http.Request.Cookies["shop-language"] is "de" or "nl" or "es" ? http.Request.Cookies["shop-language"]! : "en";
        var inbox = path == "/loft" ? seeded.Loft : seeded.Shop;
        var identity = customer is null ? null : await Sign(http.RequestServices, inbox, customer);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(draw(new Visiting(path, inbox, customer, language, identity) { Root = held is null ? Pages.Root : $"{Telephone}/{customer?.Id ?? Nobody}" }), http.RequestAborted);
    }

    /// <summary>The shop's word for who its customer is: a JWT, signed with the inbox's key, good for an hour (RFC 7519). A shop does this on its server.</summary>
    private static async Task<string?> Sign(IServiceProvider services, InboxId inbox, Customer customer)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var card = (await services.GetRequiredService<Rosters>().Inbox(inbox))?.Inbox;
        var key = card is null ? null : (await services.GetRequiredService<IdentityKeys>().Of(card)).FirstOrDefault(key => key.Algorithm == KeyAlgorithm.HS256);
        if (key is null)
        {
            // Somebody took the inbox's keys away in the settings: then nobody is vouched for.
            return null;
        }

        var head = Part(new { alg = "HS256", typ = "JWT", kid = key.Kid });
        var body = Part(new { sub = customer.Id, name = customer.Name, email = customer.Email, aud = inbox.ToString(), iat = now.ToUnixTimeSeconds(), exp = now.AddHours(1).ToUnixTimeSeconds() });
        return $"{head}.{body}.{Base64Url.EncodeToString(HMACSHA256.HashData(key.Material, Encoding.ASCII.GetBytes($"{head}.{body}")))}";
    }

    private static string Part(object claims) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims));
}
