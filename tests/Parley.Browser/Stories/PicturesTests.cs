namespace Parley.Browser.Stories;

/// <summary>Makes the pictures of <c>docs/pictures</c> anew from the demo: <c>eng/pictures</c> runs it. They are looked at by people, not compared.</summary>
public class PicturesTests
{
    [PicturesFact]
    public async Task The_demo_wide_and_on_a_telephone_light_and_dark()
    {
        var demo = await Theatre.Shared.Demo();
        foreach (var dark in new[] { false, true })
        {
            var page = await demo.Visit("/demo", 1440, 900, dark);
            var widget = page.FrameLocator("[data-frame=computer]").FrameLocator("iframe[src*='/widget/']");
            await Expect(widget.Locator("button.row").Or(widget.GetByLabel("Write a message…")).First).ToBeVisibleAsync();
            await Expect(page.FrameLocator("[data-frame=console]").Locator("a.row").First).ToBeVisibleAsync();
            await Keep(page, "demo", dark);
            await page.Locator("[data-list]").ClickAsync();
            await Keep(page, "demo-list", dark);
            await page.Locator("[data-list]").ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Telephone" }).ClickAsync();
            await page.WaitForTimeoutAsync(2500);
            await Keep(page, "demo-telephone", dark);
            await page.GetByRole(AriaRole.Button, new() { Name = "Put the telephone away" }).ClickAsync();
            await Keep(page, "demo-away", dark);
            await page.Context.CloseAsync();

            page = await demo.Visit("/demo", 390, 844, dark);
            await page.GetByRole(AriaRole.Button, new() { Name = "The console" }).ClickAsync();
            await Expect(page.FrameLocator("[data-frame=console]").Locator("a.row").First).ToBeVisibleAsync();
            await Keep(page, "demo-390", dark);
            await page.GetByRole(AriaRole.Button, new() { Name = "To try" }).ClickAsync();
            await Keep(page, "demo-list-390", dark);
            await page.Context.CloseAsync();
        }

        var broad = await demo.Visit("/demo", 1800, 960);
        await Expect(broad.FrameLocator("[data-frame=console]").Locator("a.row").First).ToBeVisibleAsync();
        await Keep(broad, "demo-broad", dark: false);
        await broad.Context.CloseAsync();
    }

    [PicturesFact]
    public async Task The_reference_wide_and_on_a_telephone_light_and_dark()
    {
        var demo = await Theatre.Shared.Demo();
        foreach (var (width, height, name) in new[] { (1440, 900, "docs"), (390, 844, "docs-390") })
        {
            foreach (var dark in new[] { false, true })
            {
                var page = await demo.Visit("/docs", width, height, dark);
                await Expect(page.Locator("article").First).ToBeVisibleAsync();
                await Keep(page, name, dark);
                await page.EvaluateAsync("document.querySelector('#postMessage').scrollIntoView()");
                await page.Locator("#postMessage").GetByRole(AriaRole.Button, new() { Name = "Try it" }).ClickAsync();
                await Keep(page, $"{name}-operation", dark);
                await page.Context.CloseAsync();
            }
        }
    }

    [PicturesFact]
    public async Task The_console_and_the_widget_as_they_are_shown_first()
    {
        var demo = await Theatre.Shared.Demo();
        foreach (var dark in new[] { false, true })
        {
            // The demo's own page signs in.
            var page = await demo.Visit("/demo", 1440, 900, dark);
            await page.GotoAsync(new Uri(demo.Address, "/#/all").ToString());
            await page.Locator("a.row").Filter(new() { HasText = "Frauke" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Log)).ToBeVisibleAsync();
            await page.WaitForTimeoutAsync(1500);
            await Keep(page, "console", dark);
            await page.GotoAsync(new Uri(demo.Address, "/demo/shop/skerry#chat").ToString());
            await Open(page);
            await Keep(page, "widget", dark);
            await page.Context.CloseAsync();
        }

        var telephone = await demo.Visit("/demo/telephone/ana#chat", 390, 780, scale: 2);
        await Open(telephone);
        await Keep(telephone, "widget-phone", dark: false);
        await telephone.Context.CloseAsync();

        static async Task Open(IPage page)
        {
            var widget = page.FrameLocator("iframe[src*='/widget/']");
            await widget.Locator("button.row").First.ClickAsync();
            await Expect(widget.GetByRole(AriaRole.Article).First).ToBeVisibleAsync();
        }
    }

    private static async Task Keep(IPage page, string name, bool dark)
    {
        await page.WaitForTimeoutAsync(300);
        await page.ScreenshotAsync(new() { Path = Path.Combine(Picture.Folder!, $"{name}{(dark ? "-dark" : "")}.png"), Caret = ScreenshotCaret.Hide });
    }
}
