using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Parley.Contacts;
using Parley.Log;
using Parley.Platform.Web;
using Parley.Server.Demo.Shop;
using Parley.Workspaces;
using Parley.Workspaces.Accounts;

namespace Parley.Server.Demo.Tour;

/// <summary>
/// The demo's first page under <c>/demo</c>: the shop and the console beside each other, both signed in, and things to try. Mapped by
/// <c>parley demo</c> alone, like the address at which the console may stand in a frame of ours.
/// </summary>
internal sealed class TourRoutes(Seeded seeded, string site)
{
    public const string Root = "/demo";

    /// <summary>Whose console it is.</summary>
    public const string Host = "Noor";

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(500);

    public void Map(IEndpointRouteBuilder routes)
    {
        var tries = Follow(routes.ServiceProvider);
        routes.MapGet(Root, Show).ExcludeFromDescription();
        routes.MapGet($"{Root}/tries", (HttpContext http, IHostApplicationLifetime life, TimeProvider time) => Tell(http, tries, life, time)).ExcludeFromDescription();
        routes.MapGet($"{Root}/page/{{file}}", (string file) => Resources.Piece("Tour.page", file)).ExcludeFromDescription();
        new Site(site).MapFramed(routes, $"{Root}/console");
    }

    private static Tries Follow(IServiceProvider services)
    {
        var (presence, simulated) = (services.GetRequiredService<IPresence>(), services.GetRequiredService<Simulated>());
        WorkspaceId? workspace = null;
        var tries = new Tries(simulated.Has, contact => workspace is { } known && presence.Present(known, contact));
        // Listens for as long as the program runs, as the fanout does.
        _ = services.GetRequiredService<Fanout>().Listen(committed =>
        {
            workspace = committed.Workspace;
            tries.Hear(committed);
        });
        return tries;
    }

    private async Task Show(HttpContext http)
    {
        // Two origins of one host count as one site, and a browser that keeps sites apart lets both keep what they keep. So it is called by its number.
        if (IsNamed(http.Request.Host.Host))
        {
            http.Response.Redirect(new UriBuilder(http.Request.Scheme, Origins(http).Host, http.Request.Host.Port ?? 80, Root).Uri.ToString());
            return;
        }

        await SignIn(http);
        if (await http.RequestServices.GetRequiredService<Rosters>().Inbox(seeded.Shop) is { Roster.Id: var workspace })
        {
            await http.RequestServices.GetRequiredService<Homes>().Note(http, workspace);
        }

        if (http.Request.Cookies[ShopRoutes.As] is null)
        {
            http.Response.Cookies.Append(ShopRoutes.As, Customer.All[0].Id, ShopRoutes.Cookie);
        }

        var telephone = Origins(http).Telephone;
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self' {telephone}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(TourPage.Draw(telephone), http.RequestAborted);
    }

    /// <summary>Signs in the one who answers, and lets her be there: while her password is the one that the demo prints. Who is signed in stays.</summary>
    private async Task SignIn(HttpContext http)
    {
        var services = http.RequestServices;
        if (await services.GetRequiredService<Doorman>().OfCookie(http) is not null
            || await services.GetRequiredService<AccountStore>().Find(Lighthouse.Email(Host)) is not { } account
            || !await services.GetRequiredService<Passwords>().Fits(account.Password, Lighthouse.Password(Host))
            || await services.GetRequiredService<Rosters>().Inbox(seeded.Shop) is not { Roster: var roster }
            || roster.Agents.Values.FirstOrDefault(agent => agent.Active && agent.Email == account.Email) is not { } card)
        {
            return;
        }

        await services.GetRequiredService<Sessions>().Begin(http, account.Id, roster.Id, card.Id);
        var origin = new Origin(roster.Id, new Author(AuthorKind.Agent, card.Id.Value), Guid.CreateVersion7(services.GetRequiredService<TimeProvider>().GetUtcNow()).ToString("N"));
        await services.GetRequiredService<Desk>().Handle(new TakeChair(origin, card.Id, Chair.Online, "signedIn"));
    }

    /// <summary>What is done, as server-sent events: at once, and with every change.</summary>
    private static async Task Tell(HttpContext http, Tries tries, IHostApplicationLifetime life, TimeProvider time)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        var told = -1;
        try
        {
            for (var glances = 0; ; glances++)
            {
                tries.Look();
                var done = tries.Done;
                if (done.Count != told || glances % 30 == 0)
                {
                    told = done.Count;
                    await http.Response.WriteAsync($"data: {JsonSerializer.Serialize(done)}\n\n", end.Token);
                    await http.Response.Body.FlushAsync(end.Token);
                }

                await Task.Delay(Glance, time, end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was closed, or the demo ends.
        }
    }

    /// <summary>The last of the addresses that are listened on is the telephone's.</summary>
    private static (string Host, string Telephone) Origins(HttpContext http)
    {
        var address = new Uri(http.RequestServices.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Last());
        return (address.Host, address.GetLeftPart(UriPartial.Authority));
    }

    private static bool IsNamed(string host) => !System.Net.IPAddress.TryParse(host.Trim('[', ']'), out _);
}
