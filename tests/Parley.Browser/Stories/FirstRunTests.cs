using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Parley.Browser.Stories;

/// <summary>From an empty folder to the first answer, by the set-up page alone.</summary>
public sealed class FirstRunTests : IAsyncLifetime
{
    private Shipped _server = null!;
    private Shop _shop = null!;
    private IBrowserContext _context = null!;
    private Watch _watch = null!;

    public async Task InitializeAsync()
    {
        _shop = await Theatre.Shared.Shop();
        _server = await Shipped.Start();
        _context = await (await Theatre.Shared.Chromium()).It.NewContextAsync(new() { Locale = "en-GB", TimezoneId = "Europe/Amsterdam", ReducedMotion = ReducedMotion.Reduce });
        _context.SetDefaultTimeout(Chromium.Patience);
        await _context.AddInitScriptAsync("{ const attach = Element.prototype.attachShadow; Element.prototype.attachShadow = function (init) { return attach.call(this, { ...init, mode: 'open' }); }; }");
        _watch = new Watch(_server.Address.GetLeftPart(UriPartial.Authority), _shop.Origin);
        _watch.On(_context);
    }

    public async Task DisposeAsync()
    {
        await _context.CloseAsync();
        await _server.DisposeAsync();
        _watch.Hold();
    }

    [BrowserFact, Trait("row", "OP3")]
    public async Task OP3_ZD4_From_an_empty_folder_to_the_first_answer_in_under_three_minutes()
    {
        var clock = Stopwatch.StartNew();
        var page = await _context.NewPageAsync();
        await page.GotoAsync(_server.Address.ToString());
        await Expect(page).ToHaveURLAsync($"{_server.Address}setup");

        // Who I am. A wrong code first: the field says so, and nothing that was typed is lost.
        _watch.Expect("status of 403");
        await Expect(page.GetByLabel("Set-up code")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("AAAA-AAAA");
        await page.GetByLabel("Your name").FillAsync("Kim");
        await page.GetByLabel("Email").FillAsync("kim@lighthouse.test");
        await page.GetByLabel("Password").FillAsync(Scene.Password);
        await Go(page);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not the set-up code");
        await Holds(page, "setup-you-refused");
        await page.GetByLabel("Set-up code").FillAsync(_server.SetupCode.ToLowerInvariant());
        await Go(page);

        // The company; the picture beside follows every word.
        await Expect(Heading(page, "Your company")).ToBeFocusedAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Lighthouse");
        await Expect(page.GetByLabel("Preview of the widget")).ToContainTextAsync("Lighthouse");
        await Holds(page, "setup-company");
        await Go(page);

        await Expect(Heading(page, "Make it yours")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "#0f766e" }).ClickAsync();
        await page.GetByLabel("Greeting").FillAsync("Ahoy! What does your boat need?");
        await Expect(page.GetByLabel("Preview of the widget")).ToContainTextAsync("Ahoy!");
        await Holds(page, "setup-look");
        await Go(page);

        // The site: it turns green by itself when a page with the line is opened somewhere.
        await Expect(Heading(page, "Put it on your site")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Waiting for the first call");
        await Holds(page, "setup-site");
        var snippet = await page.GetByLabel("Put it on your site", new() { Exact = true }).InnerTextAsync();
        var inbox = snippet.Split("data-inbox=\"")[1].Split('"')[0];
        var site = await _context.NewPageAsync();
        await site.GotoAsync(_shop.Page("", _server.Address, inbox));
        await Expect(site.Locator("parley-launcher button.l")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("It works: shop.lighthouse.localhost");
        await site.CloseAsync();
        await Go(page);

        // A customer's window, before anybody else has one.
        await Expect(Heading(page, "Write to yourself")).ToBeVisibleAsync();
        await Holds(page, "setup-try");
        var customer = await page.RunAndWaitForPopupAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Open a customer’s window" }).ClickAsync());
        var app = customer.FrameLocator("iframe[src*='/widget/']");
        await Expect(app.GetByText("Ahoy! What does your boat need?")).ToBeVisibleAsync();
        await app.GetByRole(AriaRole.Button, new() { Name = "Start a conversation" }).ClickAsync();
        await app.GetByLabel("Write a message…").FillAsync("Is anybody there?");
        await app.GetByLabel("Write a message…").PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Your first message is here");

        await page.GetByRole(AriaRole.Button, new() { Name = "Answer it" }).ClickAsync();
        await page.Locator("a.row").Filter(new() { HasText = "Is anybody there?" }).ClickAsync();
        var field = page.GetByRole(AriaRole.Textbox, new() { NameRegex = new("^Reply to") });
        await field.FillAsync("We are, and it took no three minutes.");
        await field.PressAsync("Enter");
        await Expect(app.GetByText("We are, and it took no three minutes.")).ToBeVisibleAsync();
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(3));

        // What was set up is set up: the address leads to the desk now.
        await page.GotoAsync($"{_server.Address}setup");
        await Expect(page.GetByRole(AriaRole.Navigation).First).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(_server.Address.ToString());
    }

    [BrowserFact, Trait("row", "OP3")]
    public async Task OP3_What_was_skipped_is_done_from_the_list_and_each_step_ticks()
    {
        var page = await _context.NewPageAsync();
        await page.GotoAsync(_server.Address.ToString());
        await page.GetByLabel("Set-up code").FillAsync(_server.SetupCode);
        await page.GetByLabel("Your name").FillAsync("Kim");
        await page.GetByLabel("Email").FillAsync("kim@lighthouse.test");
        await page.GetByLabel("Password").FillAsync(Scene.Password);
        await Go(page);
        foreach (var step in new[] { "Your company", "Make it yours" })
        {
            await Expect(Heading(page, step)).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Skip for now" }).ClickAsync();
        }

        // The site has nothing to be typed: one goes on without a call.
        await Expect(Heading(page, "Put it on your site")).ToBeVisibleAsync();
        await Go(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Go to my desk" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Navigation).First).ToBeVisibleAsync();

        // The company: its hours, and one name for the brand and for those who are invited.
        var list = await Left(page, "0 of 5 done");
        await Step(list, "Say who you are").ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Lighthouse");
        await Expect(page.GetByLabel("Company", new() { Exact = true })).ToHaveValueAsync("Lighthouse");
        await page.GetByLabel("Company", new() { Exact = true }).FillAsync("Lighthouse Sailing");
        await page.GetByLabel("Somebody is here").SelectOptionAsync("hours");
        await page.GetByLabel("Time zone").SelectOptionAsync("Europe/Amsterdam");
        await Save(page);
        await Left(page, "1 of 5 done");
        await Expect(Step(list, "Say who you are (done)")).ToBeVisibleAsync();

        await Step(list, "Make it yours").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "#0f766e" }).ClickAsync();
        await Save(page);
        await Left(page, "2 of 5 done");
        await Expect(Step(list, "Make it yours (done)")).ToBeVisibleAsync();

        await Step(list, "Put it on your site").ClickAsync();
        var snippet = await page.GetByText("data-inbox=").First.InnerTextAsync();
        var site = await _context.NewPageAsync();
        await site.GotoAsync(_shop.Page("", _server.Address, snippet.Split("data-inbox=\"")[1].Split('"')[0]));
        await Expect(site.Locator("parley-launcher button.l")).ToBeVisibleAsync();
        await site.CloseAsync();
        await Left(page, "3 of 5 done");
        await Expect(Step(list, "Put it on your site (done)")).ToBeVisibleAsync();

        // Who is asked to join reads the company's name.
        await Step(list, "Invite a colleague").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Invite somebody" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Email").FillAsync("noor@lighthouse.test");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Invite somebody" }).ClickAsync();
        var link = await page.GetByRole(AriaRole.Dialog).GetByLabel("The invitation", new() { Exact = true }).Last.InnerTextAsync();
        await page.Keyboard.PressAsync("Escape");
        await Left(page, "4 of 5 done");
        var joining = await _context.NewPageAsync();
        await joining.GotoAsync(link);
        await Expect(joining.GetByText("Join Lighthouse Sailing")).ToBeVisibleAsync();
    }

    /// <summary>The list of first steps, once it says how far it is.</summary>
    private async Task<ILocator> Left(IPage page, string count)
    {
        await page.GotoAsync($"{_server.Address}#/settings/start");
        var list = page.GetByRole(AriaRole.Region, new() { Name = "First steps" });
        await Expect(list.GetByRole(AriaRole.Status)).ToHaveTextAsync(count, new() { Timeout = 15_000 });
        return list;
    }

    private static ILocator Step(ILocator list, string name) => list.GetByRole(AriaRole.Link, new() { NameRegex = new($"^{Regex.Escape(name)}") });

    private static async Task Save(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).Filter(new() { Visible = true }).ClickAsync();
        await Expect(page.Locator(".bar").Filter(new() { Visible = true }).GetByRole(AriaRole.Status)).ToHaveTextAsync("Saved");
    }

    /// <summary>What a checker finds in a step, and what is read out of it.</summary>
    private static async Task Holds(IPage page, string step)
    {
        await Axe.Audit(page.MainFrame, step);
        await Reads(step, page.Locator("body"));
    }

    private static ILocator Heading(IPage page, string name) => page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1 });

    private static Task Go(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
}
