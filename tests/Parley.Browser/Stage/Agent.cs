using System.Text.RegularExpressions;

namespace Parley.Browser.Stage;

/// <summary>An agent at the console, in a browser of their own.</summary>
public sealed class Agent(Scene scene, IBrowserContext context, IPage page, Watch watch, string name)
{
    /// <summary>Whether a row stands above the one that is open.</summary>
    private const string Above = """
        text => {
          const rows = [...document.querySelectorAll('a.row')];
          const now = rows.findIndex((row) => row.hasAttribute('aria-current'));
          return now >= 0 && rows.findIndex((row) => row.textContent.includes(text)) < now;
        }
        """;

    public IBrowserContext Context => context;

    public IPage Page => page;

    public Watch Watch => watch;

    public string Name => name;

    public ILocator Rows => page.Locator("a.row");

    public ILocator Thread => page.GetByRole(AriaRole.Log);

    public ILocator Messages => Thread.GetByRole(AriaRole.Article);

    /// <summary>What happened, in the thread.</summary>
    public ILocator Facts => Thread.Locator(".facts p");

    /// <summary>Runs of what happened show their last alone: now all of it.</summary>
    public async Task Unfold()
    {
        var folded = Thread.Locator(".facts button[aria-expanded=false]");
        while (await folded.CountAsync() > 0)
        {
            await folded.First.ClickAsync();
        }
    }

    /// <summary>Takes what is offered, by the button.</summary>
    public Task Accept() => Offer.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();

    /// <summary>What is offered to them.</summary>
    public ILocator Offer => page.GetByRole(AriaRole.Region, new() { Name = "An offer" });

    public ILocator Field => page.GetByRole(AriaRole.Textbox, new() { NameRegex = new Regex("^(Reply to|Note for)") });

    /// <summary>Opens the console; signed in already unless the test is about that.</summary>
    public async Task SitDown(string view = "unassigned", bool signedIn = true)
    {
        if (signedIn)
        {
            await SignIn();
        }
        else
        {
            // Whether somebody is signed in is asked, and the browser notes the answer.
            watch.Expect("status of 401");
        }

        await page.GotoAsync($"{scene.Server.Address}#/{view}");
    }

    /// <summary>Signs in over HTTP and gives the browser the cookie.</summary>
    public async Task SignIn()
    {
        var person = await scene.Call(name);
        (await person.Patch("/v1/me", new { undoSeconds = scene.UndoSeconds })).Expect(System.Net.HttpStatusCode.OK);
        await context.AddCookiesAsync(person.Cookies.GetAllCookies().Select(cookie => new Cookie
        {
            Name = cookie.Name, Value = cookie.Value, Url = scene.Server.Address.ToString(), HttpOnly = true, SameSite = SameSiteAttribute.Lax,
        }));
    }

    public ILocator Row(string text) => Rows.Filter(new() { HasText = text });

    /// <summary>Opens the conversation whose row says this.</summary>
    public async Task Open(string text)
    {
        await Row(text).ClickAsync();
        await Expect(Field).ToBeVisibleAsync();
    }

    /// <summary>Opens it with the keys alone: up or down the list, until it is the one.</summary>
    public async Task Reach(string text)
    {
        var row = Row(text);
        await Expect(row).ToBeVisibleAsync();
        for (var tries = 0; tries < 60 && await row.GetAttributeAsync("aria-current") is null; tries++)
        {
            var before = page.Url;
            await page.Keyboard.PressAsync(await page.EvaluateAsync<bool>(Above, text) ? "k" : "j");
            await Ears.Eventually(() =>
            {
                page.Url.ShouldNotBe(before);
                return Task.CompletedTask;
            });
        }

        await Sees(text);
    }

    /// <summary>On with the tabulator, or another key, until it has the focus.</summary>
    public async Task TabTo(ILocator it, string key = "Tab")
    {
        for (var tries = 0; tries < 20 && !await it.EvaluateAsync<bool>("it => it === document.activeElement"); tries++)
        {
            await page.Keyboard.PressAsync(key);
        }

        await Expect(it).ToBeFocusedAsync();
    }

    /// <summary>By the palette, as everything can be done.</summary>
    public async Task Do(string name)
    {
        await page.Keyboard.PressAsync("ControlOrMeta+k");
        await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(name);
        await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Option).First).ToContainTextAsync(name);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Out of a list that one types into: what the action of this key lets one choose.</summary>
    public async Task Choose(string key, string option)
    {
        await page.Keyboard.PressAsync(key);
        await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(option);
        await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Option).First).ToContainTextAsync(option);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    public async Task Say(string text)
    {
        await Write(text);
        await Arrived(text);
    }

    public async Task Write(string text)
    {
        await Field.FillAsync(text);
        await Field.PressAsync("Enter");
    }

    public ILocator Message(string text) => Messages.Filter(new() { HasText = text });

    /// <summary>The server has it.</summary>
    public Task Arrived(string text) => IsMarked(text, "(sent|delivered|read)");

    /// <summary>The tick below a message says this: sending, sent, delivered, read.</summary>
    public async Task IsMarked(string text, string state) => await Expect(Message(text).Locator(".tick")).ToHaveClassAsync(new Regex($@"\b{state}\b"));

    public async Task Sees(string text) => await Expect(Message(text)).ToBeVisibleAsync();

    /// <summary>Down from the first unread, where a thread opens.</summary>
    public Task ToNewest() => page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("To the newest message|new messages?$") }).ClickAsync();

    /// <summary>Turns to another window, or back: what a browser without windows cannot do, its page is told.</summary>
    public Task Look(bool away) => page.EvaluateAsync("""
        away => {
          Object.defineProperty(document, 'hidden', { configurable: true, value: away });
          Object.defineProperty(document, 'visibilityState', { configurable: true, value: away ? 'hidden' : 'visible' });
          document.hasFocus = () => !away;
          document.dispatchEvent(new Event('visibilitychange'));
          window.dispatchEvent(new Event(away ? 'blur' : 'focus'));
        }
        """, away);

    /// <summary>Another tab of the same browser.</summary>
    public async Task<Agent> Tab() => new(scene, context, await context.NewPageAsync(), watch, name);
}
