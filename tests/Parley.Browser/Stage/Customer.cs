using System.Text.RegularExpressions;

namespace Parley.Browser.Stage;

/// <summary>A customer on the shop's site, in a browser of their own: what they do, and where on the screen things are.</summary>
public sealed class Customer(Scene scene, IBrowserContext context, IPage page, Watch watch)
{
    public IBrowserContext Context => context;

    public IPage Page => page;

    public Watch Watch => watch;

    /// <summary>The app inside its frame.</summary>
    public IFrameLocator App => page.FrameLocator("iframe[src*='/widget/']");

    public ILocator Launcher => page.Locator("parley-launcher button.l");

    public ILocator Badge => page.Locator("parley-launcher .n");

    public ILocator Teaser => page.Locator("parley-launcher .w");

    public ILocator Panel => page.Locator("parley-launcher .p.o");

    public ILocator Field => App.GetByLabel("Write a message…");

    public ILocator Log => App.GetByRole(AriaRole.Log);

    public ILocator Messages => Log.GetByRole(AriaRole.Article);

    /// <summary>Goes to a page of the shop, as who the shop's server says this is.</summary>
    public async Task Visit(string path = "", string? identity = null, string? origin = null)
    {
        await page.GotoAsync(scene.Shop.Page(path, scene.Server.Address, scene.Inbox, identity, origin));
        await Expect(Launcher.Or(Panel).First).ToBeVisibleAsync();
    }

    public async Task Open()
    {
        await Launcher.ClickAsync();
        await Expect(Panel).ToBeVisibleAsync();
    }

    public async Task Close() => await App.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();

    public Task Back() => App.GetByRole(AriaRole.Button, new() { Name = "Back" }).ClickAsync();

    /// <summary>The app's first screen, from wherever it opened.</summary>
    public async Task ShowHome()
    {
        if (!await Panel.IsVisibleAsync())
        {
            await Open();
        }

        await Expect(App.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        if (await Log.IsVisibleAsync())
        {
            await Back();
        }
    }

    /// <summary>Into the last conversation, from wherever the app opened.</summary>
    public async Task GoOn()
    {
        await ShowHome();
        await App.Locator("button.row").First.ClickAsync();
        await Expect(Field).ToBeVisibleAsync();
    }

    /// <summary>From the launcher to a first message that the server has.</summary>
    public async Task Begin(string text)
    {
        await Open();
        await App.GetByRole(AriaRole.Button, new() { Name = "Start a conversation" }).ClickAsync();
        await Say(text);
    }

    /// <summary>Says something, and waits until the server has it.</summary>
    public async Task Say(string text)
    {
        await Write(text);
        await Arrived(text);
    }

    /// <summary>Writes and sends: by Enter, or by the button on a telephone, where Enter makes a new line.</summary>
    public async Task Write(string text)
    {
        await Field.FillAsync(text);
        if (await page.EvaluateAsync<bool>("matchMedia('(pointer: coarse)').matches"))
        {
            await App.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
            return;
        }

        await Field.PressAsync("Enter");
    }

    public ILocator Message(string text) => Messages.Filter(new() { HasText = text });

    /// <summary>The server has it.</summary>
    public Task Arrived(string text) => IsMarked(text, "(sent|delivered|read)");

    /// <summary>The tick at a message says this: sending, sent, delivered, read, failed.</summary>
    public async Task IsMarked(string text, string state) => await Expect(Message(text).Locator("[data-state]")).ToHaveAttributeAsync("data-state", new Regex($"^{state}$"));

    public async Task Sees(string text) => await Expect(Message(text)).ToBeVisibleAsync();

    /// <summary>Another tab of the same browser.</summary>
    public async Task<Customer> Tab() => new(scene, context, await context.NewPageAsync(), watch);
}
