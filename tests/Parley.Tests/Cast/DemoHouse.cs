using System.Net;
using System.Text.RegularExpressions;
using Parley.Server;
using Parley.Server.Demo;

namespace Parley.Tests.Cast;

/// <summary>The demo in this process, with its past and without guests, in a folder of its own; and whoever looks at it, who may become Noor.</summary>
internal sealed class DemoHouse : IAsyncDisposable
{
    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("demo-").FullName;
    private Parley.Server.Launch _launch = null!;

    public Seeded Seeded { get; private set; } = null!;

    public Serving Serving { get; private set; } = null!;

    public Person Guest { get; private set; } = null!;

    public Uri Address => new(Serving.App.Urls.First());

    /// <param name="pages">Those of the built pages that are there: empty ones.</param>
    public static async Task<DemoHouse> Open(params string[] pages)
    {
        var house = new DemoHouse();
        var site = Path.Combine(house._folder, "site");
        foreach (var page in pages)
        {
            System.IO.Directory.CreateDirectory(Path.Combine(site, page));
            await File.WriteAllTextAsync(Path.Combine(site, page, "index.html"), "<!doctype html><html><head><title>Page</title></head></html>");
        }

        house._launch = DemoCommand.LaunchOf(Path.Combine(house._folder, "data"), "http://127.0.0.1:0");
        house._launch = pages.Length == 0 ? house._launch : house._launch with { Site = site };
        house.Seeded = await Seeding.Seed(house._launch, told: false);
        await house.Serve();
        return house;
    }

    /// <summary>Ended, and started again on the same folder.</summary>
    public async Task Restart()
    {
        await End();
        await Serve();
    }

    /// <summary>A customer at the shop, as whom it vouches for; null: as whoever it is by itself.</summary>
    public async Task<Browser> Customer(string? who = null)
    {
        if (who is not null)
        {
            (await Guest.Send(HttpMethod.Post, "/demo/shop/choices", new FormUrlEncodedContent([new("as", who)]))).Expect(HttpStatusCode.Redirect);
        }

        var page = (await Guest.Get("/demo/shop")).Expect(HttpStatusCode.OK).Text;
        var browser = new Browser(Address, Regex.Match(page, @"data-inbox=""(\w+)""").Groups[1].Value);
        (await browser.Begin(Regex.Match(page, @"'identify', '([\w.-]+)'").Groups[1].Value)).Expect(HttpStatusCode.Created);
        return browser;
    }

    public async ValueTask DisposeAsync()
    {
        await End();
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    private async Task Serve()
    {
        Serving = await DemoCommand.Serve(_launch, Seeded);
        Guest = new Person(Address);
    }

    private async Task End()
    {
        Guest.Dispose();
        await Serving.DisposeAsync();
    }
}
