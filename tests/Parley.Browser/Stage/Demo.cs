using Parley.Server;
using Parley.Server.Demo;

namespace Parley.Browser.Stage;

/// <summary>The demo in this process, with its stories told, in a folder of its own.</summary>
public sealed class Demo : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Serving _serving;

    private Task _guests = Task.CompletedTask;

    private Demo(string folder, Serving serving) => (_folder, _serving) = (folder, serving);

    public Uri Address => new(_serving.App.Urls.First());

    /// <param name="guests">With the simulated customers.</param>
    public static async Task<Demo> Open(bool guests)
    {
        var folder = Directory.CreateTempSubdirectory("parley-demo-").FullName;
        var launch = DemoCommand.LaunchOf(folder, "http://127.0.0.1:0") with { Site = Tree.File("out", "wwwroot") };
        var seeded = await Seeding.Seed(launch);
        var demo = new Demo(folder, await DemoCommand.Serve(launch, seeded));
        demo._guests = guests ? Guests.Run(demo._serving.App.Services, demo.Address, seeded, demo._serving.App.Lifetime.ApplicationStopping) : Task.CompletedTask;
        return demo;
    }

    /// <summary>A browser of this size, on this page of it.</summary>
    public async Task<IPage> Visit(string path, int width, int height, bool dark = false, float scale = 1)
    {
        var chromium = (await Theatre.Shared.Chromium()).It;
        var context = await chromium.NewContextAsync(new()
        {
            Locale = "en-GB", ReducedMotion = ReducedMotion.Reduce, ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light, ViewportSize = new() { Width = width, Height = height }, DeviceScaleFactor = scale,
        });
        context.SetDefaultTimeout(Chromium.Patience);
        await context.AddInitScriptAsync("{ const attach = Element.prototype.attachShadow; Element.prototype.attachShadow = function (init) { return attach.call(this, { ...init, mode: 'open' }); }; }");
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(Address, path).ToString());
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _serving.App.StopAsync();
        await _guests;
        await _serving.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
