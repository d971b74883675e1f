namespace Parley.Browser.Pictures;

/// <summary>The demo's page, the widget as it is shown first, and the reference.</summary>
public class DemoPicturesTests
{
    [PicturesFact]
    public async Task The_demo()
    {
        var demo = await Theatre.Shared.Demo();
        var page = await demo.Visit("/demo", 1440, 900);
        var widget = page.FrameLocator("[data-frame=computer]").FrameLocator("iframe[src*='/widget/']");
        await Expect(widget.Locator("button.row").Or(widget.GetByLabel("Write a message…")).First).ToBeVisibleAsync();
        await Expect(page.FrameLocator("[data-frame=console]").Locator("a.row").First).ToBeVisibleAsync();
        await Album.Keep(page, "demo-page");
        await page.Locator("[data-list]").ClickAsync();
        await Album.Keep(page, "demo-to-try", narrow: () => page.GetByRole(AriaRole.Button, new() { Name = "To try" }).ClickAsync());
        await page.Locator("[data-list]").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Telephone" }).ClickAsync();
        await page.WaitForTimeoutAsync(2500);
        await Album.Keep(page, "demo-telephone", both: false);
        await page.GetByRole(AriaRole.Button, new() { Name = "Put the telephone away" }).ClickAsync();
        await Album.Keep(page, "demo-away", both: false);
        await page.Context.CloseAsync();
        await Album.Index();
    }

    [PicturesFact]
    public async Task The_reference()
    {
        var demo = await Theatre.Shared.Demo();
        var page = await demo.Visit("/docs", 1440, 900);
        await Expect(page.Locator("article").First).ToBeVisibleAsync();
        await Album.Keep(page, "docs-page");
        Task Operation() => page.EvaluateAsync("document.querySelector('#postMessage').scrollIntoView()");
        await Operation();
        await page.Locator("#postMessage").GetByRole(AriaRole.Button, new() { Name = "Try it" }).ClickAsync();
        await Album.Keep(page, "docs-operation", narrow: Operation);
        await page.Context.CloseAsync();
        await Album.Index();
    }

    [PicturesFact]
    public async Task The_widget_in_the_shop()
    {
        var demo = await Theatre.Shared.Demo();
        // The demo's own page says who one is.
        var page = await demo.Visit("/demo", 1440, 900);
        await page.GotoAsync(new Uri(demo.Address, "/demo/shop/skerry#chat").ToString());
        var widget = page.FrameLocator("iframe[src*='/widget/']");
        await widget.Locator("button.row").First.ClickAsync();
        await Expect(widget.GetByRole(AriaRole.Article).First).ToBeVisibleAsync();
        await Album.Keep(page, "widget-in-the-shop");
        await page.Context.CloseAsync();
        await Album.Index();
    }
}
