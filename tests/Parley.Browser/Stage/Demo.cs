using Parley.Server;
using Parley.Server.Demo;

namespace Parley.Browser.Stage;

/// <summary>The demo in this process, with its stories told, in a folder of its own.</summary>
public sealed class Demo : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Serving _serving;

    private Demo(string folder, Serving serving) => (_folder, _serving) = (folder, serving);

    public Uri Address => new(_serving.App.Urls.First());

    public static async Task<Demo> Open()
    {
        var folder = Directory.CreateTempSubdirectory("parley-demo-").FullName;
        var launch = DemoCommand.LaunchOf(folder, "http://127.0.0.1:0") with { Site = Tree.File("out", "wwwroot") };
        var seeded = await Seeding.Seed(launch);
        return new Demo(folder, await DemoCommand.Serve(launch, seeded));
    }

    /// <summary>A browser of this size, on this page of it.</summary>
    public async Task<IPage> Visit(string path, int width, int height, bool dark = false)
    {
        var chromium = (await Theatre.Shared.Chromium()).It;
        var context = await chromium.NewContextAsync(new()
        {
            Locale = "en-GB", ReducedMotion = ReducedMotion.Reduce, ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light, ViewportSize = new() { Width = width, Height = height },
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
        await _serving.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
