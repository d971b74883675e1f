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

    /// <summary>A demo of its own: what is set counts for all who look.</summary>
    [PicturesFact]
    public async Task The_demos_clock_and_mailbox()
    {
        await using var demo = await Demo.Open(guests: false);
        var page = await demo.Visit("/demo", 1440, 900);
        var widget = page.FrameLocator("[data-frame=computer]").FrameLocator("iframe[src*='/widget/']");
        var (field, row) = (widget.GetByLabel("Write a message…"), widget.Locator("button.row").First);
        await Expect(field.Or(row).First).ToBeVisibleAsync();
        if (!await field.IsVisibleAsync())
        {
            await row.ClickAsync();
        }

        await field.FillAsync("Is the hood waterproof?");
        await field.PressAsync("Enter");
        var console = page.FrameLocator("[data-frame=console]");
        await console.Locator("a.row").Filter(new() { HasText = "Is the hood waterproof?" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Close the tab" }).ClickAsync();
        await console.GetByRole(AriaRole.Textbox, new() { NameRegex = new("^Reply to") }).FillAsync("It is, up to a column of ten metres. Shall I keep one aside for you?");
        await console.GetByRole(AriaRole.Textbox, new() { NameRegex = new("^Reply to") }).PressAsync("Enter");
        await page.WaitForTimeoutAsync(800);
        await page.Locator("[data-scene]").ClickAsync();
        await page.Locator("[data-stage]").GetByRole(AriaRole.Button, new() { Name = "22:00" }).ClickAsync();
        var mails = await page.Context.NewPageAsync();
        await mails.GotoAsync(new Uri(demo.Address, "/demo/mail").ToString());
        await Expect(mails.GetByText("To ana@")).ToBeVisibleAsync();
        await page.BringToFrontAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the shop again" }).ClickAsync();
        await page.WaitForTimeoutAsync(2_500);
        if (!await page.EvaluateAsync<bool>("document.body.hasAttribute('data-scened')"))
        {
            await page.Locator("[data-scene]").ClickAsync();
        }

        await Album.Keep(page, "demo-night", narrow: () => page.GetByRole(AriaRole.Button, new() { Name = "Clock" }).ClickAsync());
        await mails.CloseAsync();
        await page.GotoAsync(new Uri(demo.Address, "/demo/mail").ToString());
        await page.GetByText("To ana@").ClickAsync();
        var open = page.FrameLocator(".sheet").Locator("a[href*='/t#']");
        await Expect(open).ToBeVisibleAsync();
        var letter = page.Url;
        await Album.Keep(page, "demo-mail");
        await page.GotoAsync(new Uri(demo.Address, "/demo/mail").ToString());
        await Album.Keep(page, "demo-mails");
        await page.GotoAsync(new Uri(demo.Address, "/demo/controls").ToString());
        await Expect(page.Locator("[data-wall]")).ToContainTextAsync("22:");
        await Album.Keep(page, "demo-controls");
        await page.GotoAsync(letter);
        var link = await open.GetAttributeAsync("href");
        await page.GotoAsync(link!);
        await page.WaitForTimeoutAsync(800);
        await Album.Keep(page, "door-thread-link");
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
