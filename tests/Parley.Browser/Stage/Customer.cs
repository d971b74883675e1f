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

    /// <summary>The same for what has to run in there.</summary>
    public async Task<IFrame> Frame() => (await (await page.Locator("iframe[src*='/widget/']").ElementHandleAsync()).ContentFrameAsync())!;

    public ILocator Launcher => page.Locator("parley-launcher button.l");

    public ILocator Badge => page.Locator("parley-launcher .n");

    public ILocator Teaser => page.Locator("parley-launcher .w");

    public ILocator Panel => page.Locator("parley-launcher .p.o");

    public ILocator Field => App.GetByLabel("Write a message…");

    public ILocator Log => App.GetByRole(AriaRole.Log);

    public ILocator Messages => Log.GetByRole(AriaRole.Article);

    /// <summary>Goes to a page of the shop, as who the shop's server says this is.</summary>
    public async Task Visit(string path = "", string? identity = null, string? origin = null, string? language = null, Uri? parley = null, string? inbox = null)
    {
        await page.GotoAsync(scene.Shop.Page(path, parley ?? scene.Server.Address, inbox ?? scene.Inbox, identity, origin, language));
        await Expect(Launcher.Or(Panel).First).ToBeVisibleAsync();
    }

    public async Task Open()
    {
        await Launcher.ClickAsync();
        await Expect(Panel).ToBeVisibleAsync();
    }

    public async Task Close()
    {
        await App.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(Panel).ToBeHiddenAsync();
    }

    public Task Back() => App.GetByRole(AriaRole.Button, new() { Name = "Back" }).ClickAsync();

    /// <summary>The app's first screen, from wherever it opened.</summary>
    public async Task ShowHome()
    {
        // What was open before a page was loaded anew opens by itself, a moment later: who clicks then closes it.
        if (await page.EvaluateAsync<bool>("Object.values(sessionStorage).includes('true')"))
        {
            await Expect(Panel).ToBeVisibleAsync();
        }
        else if (!await Panel.IsVisibleAsync())
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
        var row = App.Locator("button.row").First;
        // It may open by itself a moment after the list was there.
        await Expect(row.Or(Log).First).ToBeVisibleAsync();
        if (!await Log.IsVisibleAsync())
        {
            await row.ClickAsync();
        }

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

    /// <summary>Who is here, in the header.</summary>
    public ILocator Header => App.Locator("header .who p, header p.line");

    /// <summary>What the system told in the thread.</summary>
    public ILocator Told => Log.Locator("p.quiet");

    /// <summary>How it stands, between the thread and the field: the place in the queue, with whom one talks, by when an answer comes.</summary>
    public ILocator Standing => App.Locator("section.queue, section.line, section.over");

    /// <summary>That the connection is gone.</summary>
    public ILocator Bar => App.Locator("p.cut");

    public ILocator Button(string name) => App.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Message(string text) => Messages.Filter(new() { HasText = text });

    /// <summary>The server has it.</summary>
    public Task Arrived(string text) => IsMarked(text, "(sent|delivered|read)");

    /// <summary>The tick at a message says this: sending, sent, delivered, read, failed.</summary>
    public async Task IsMarked(string text, string state) => await Expect(Message(text).Locator("[data-state]")).ToHaveAttributeAsync("data-state", new Regex($"^{state}$"));

    /// <summary>It is on this machine's disk, on its way (<c>outbox/</c>) or as what was said (<c>history/</c>): from now on the page may go.</summary>
    public async Task IsKept(string text, string under = "outbox/")
    {
        var kept = await (await Frame()).EvaluateAsync<bool>("""
            async ([store, under, text, patience]) => {
              const done = request => new Promise((good, bad) => { request.onsuccess = () => good(request.result); request.onerror = () => bad(request.error); });
              const database = await done(indexedDB.open(store));
              try {
                for (const until = performance.now() + Number(patience); performance.now() < until; await new Promise(requestAnimationFrame)) {
                  const things = await done(database.transaction('things').objectStore('things').getAll(IDBKeyRange.bound(under, `${under}\uffff`)));
                  if (things.flat().some(thing => thing.content?.text === text)) return true;
                }
                return false;
              } finally {
                database.close();
              }
            }
            """, new[] { $"parley:{scene.Inbox}", under, text, $"{Chromium.Patience}" });
        kept.ShouldBeTrue($"'{text}' is not kept under {under}.");
    }

    public async Task Sees(string text) => await Expect(Message(text)).ToBeVisibleAsync();

    /// <summary>Another tab of the same browser.</summary>
    public async Task<Customer> Tab() => new(scene, context, await context.NewPageAsync(), watch);
}
