using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.StaticFiles;
using Parley.Workspaces;

namespace Parley.Server.Demo.Shop;

/// <summary>The shop under <c>/demo/shop</c>. Mapped by <c>parley demo</c> alone.</summary>
internal sealed class ShopRoutes(Seeded seeded)
{
    private static readonly FileExtensionContentTypeProvider Types = new();

    public void Map(IEndpointRouteBuilder routes)
    {
        var shop = routes.MapGroup(Pages.Root).ExcludeFromDescription();
        shop.MapGet("/", (HttpContext http) => Show(http, "", Pages.Front));
        shop.MapGet("/loft", (HttpContext http) => Show(http, "/loft", Pages.Loft));
        shop.MapGet("/orders", (HttpContext http) => Show(http, "/orders", Pages.Orders));
        shop.MapGet("/{product}", (HttpContext http) => Product(http, http.GetRouteValue("product") as string));
        shop.MapGet("/art/{file}", (string file) => Piece("art", file));
        shop.MapGet("/page/{file}", (string file) => Piece("page", file));
        shop.MapPost("/choices", Choose);
    }

    private Task Product(HttpContext http, string? id) =>
        Shop.Product.All.FirstOrDefault(one => one.Id == id) is { } found ? Show(http, $"/{id}", visiting => Pages.Of(visiting, found)) : Results.NotFound().ExecuteAsync(http);

    private static IResult Piece(string folder, string file)
    {
        var name = $"Shop.{folder}.{file}";
        return Resources.Named($"Shop.{folder}.").Contains(name) && Types.TryGetContentType(file, out var type) ? Results.Bytes(Resources.Bytes(name), type) : Results.NotFound();
    }

    /// <summary>Signs in at the shop as one of its customers, or out; or chooses the widget's language. What a real shop does with a password.</summary>
    private static async Task Choose(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var options = new CookieOptions { Path = Pages.Root, HttpOnly = true, SameSite = SameSiteMode.Lax };
        foreach (var name in new[] { "as", "language" }.Where(form.ContainsKey))
        {
            http.Response.Cookies.Append($"shop-{name}", form[name].ToString(), options);
        }

        var back = Uri.TryCreate(http.Request.Headers.Referer, UriKind.Absolute, out var page) && page.AbsolutePath.StartsWith(Pages.Root, StringComparison.Ordinal) ? page.AbsolutePath : Pages.Root;
        http.Response.Redirect(back);
    }

    private async Task Show(HttpContext http, string path, Func<Visiting, string> draw)
    {
        var customer = Customer.All.FirstOrDefault(one => one.Id == http.Request.Cookies["shop-as"]);
        var language = http.Request.Cookies["shop-language"] is "de" or "nl" or "es" ? http.Request.Cookies["shop-language"]! : "en";
        var inbox = path == "/loft" ? seeded.Loft : seeded.Shop;
        var identity = customer is null ? null : await Sign(http.RequestServices, inbox, customer);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(draw(new Visiting(path, inbox, customer, language, identity)), http.RequestAborted);
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
