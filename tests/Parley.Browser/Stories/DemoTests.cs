using System.Text.RegularExpressions;

namespace Parley.Browser.Stories;

/// <summary>The demo's first page: both sides, and what is ticked because it happened.</summary>
public class DemoTests
{
    [BrowserFact, Trait("row", "OP3")]
    public async Task OP3_The_demo_opens_on_both_sides_signed_in_and_ticks_what_was_done()
    {
        var demo = await Theatre.Shared.Demo();
        var page = await demo.Visit("/demo", 1280, 800);
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.AddRange(message.Type == "error" ? [message.Text] : []);
        var (shop, console) = (page.FrameLocator("[data-frame=computer]"), page.FrameLocator("[data-frame=console]"));
        var widget = shop.FrameLocator("iframe[src*='/widget/']");

        await page.Locator("[data-list]").ClickAsync();
        await Expect(page.Locator("[data-try]").First).ToBeVisibleAsync();
        await Axe.Audit(page.MainFrame, "the demo");
        await Reads("demo", page.Locator("body"));
        await page.Locator("[data-list]").ClickAsync();
        await Say(widget, "Does the hood fit over a helmet?");
        await Ticked(page, "ask");
        await console.Locator("a.row").Filter(new() { HasText = "Does the hood fit over a helmet?" }).ClickAsync();
        await Answer(console, "It does, with a strap at the back.");
        await Ticked(page, "answer");
        await Expect(widget.GetByText("It does, with a strap at the back.").First).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Close the tab" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "The tab is closed." })).ToBeVisibleAsync();
        await Ticked(page, "leave");
        await Answer(console, "Shall I keep one aside for you?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the shop again" }).ClickAsync();
        await Expect(widget.GetByText("Shall I keep one aside for you?").First).ToBeVisibleAsync();
        await Ticked(page, "away");

        await page.GetByRole(AriaRole.Button, new() { Name = "Telephone" }).ClickAsync();
        var telephone = page.FrameLocator(".telephone iframe").FrameLocator("iframe[src*='/widget/']");
        await Say(telephone, "Yes please, I pass by on Friday.");
        await Expect(console.GetByText("Yes please, I pass by on Friday.").First).ToBeVisibleAsync();
        await Ticked(page, "telephone");
        await Expect(page.Locator("[data-progress]")).ToHaveTextAsync(new Regex("^[5-9] of 12"));
        complaints.ShouldBeEmpty();
        await page.Context.CloseAsync();
    }

    [BrowserFact, Trait("row", "UC4"), Trait("row", "ZD5")]
    public async Task UC4_ZD5_In_the_demo_it_can_be_night_and_every_clock_of_it_says_so()
    {
        await using var demo = await Demo.Open(guests: false);
        var page = await demo.Visit("/demo", 1280, 800);
        var widget = page.FrameLocator("[data-frame=computer]").FrameLocator("iframe[src*='/widget/']");
        await page.Locator("[data-scene]").ClickAsync();
        var panel = page.Locator("[data-stage]");
        await Expect(panel.GetByRole(AriaRole.Button, new() { Name = "Day", Exact = true })).ToHaveAttributeAsync("aria-pressed", "true");
        await Axe.Audit(page.MainFrame, "the demo's clock and rules");
        await panel.GetByRole(AriaRole.Button, new() { Name = "22:00" }).ClickAsync();
        await Expect(panel.Locator("[data-wall]")).ToHaveTextAsync(new Regex("^22:0"));
        await Say(widget, "Is anybody still up?");
        await Expect(widget.GetByText(new Regex(@"Our answer will be here by \w+day"))).ToBeVisibleAsync();
        // The page's own clock went along: what was written this minute is not hours old, nor of tomorrow.
        (await page.FrameLocator("[data-frame=console]").Locator("body").EvaluateAsync<int>("() => new Date().getHours()")).ShouldBe(await page.EvaluateAsync<int>("() => new Date().getHours()"));
        await Ticked(page, "night");

        await page.Locator("[data-scene]").ClickAsync();
        await panel.GetByRole(AriaRole.Button, new() { Name = "Strict live" }).ClickAsync();
        await Expect(panel.GetByRole(AriaRole.Button, new() { Name = "Strict live" })).ToHaveAttributeAsync("aria-pressed", "true");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Both" }).ClickAsync();
        await Ticked(page, "strict");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Day", Exact = true }).ClickAsync();
        await Expect(panel.Locator("[data-day]")).ToContainTextAsync("a day ahead");
        await page.Context.CloseAsync();
    }

    [BrowserFact, Trait("row", "OP3")]
    public async Task OP3_On_a_telephone_the_demo_is_three_pages_behind_tabs()
    {
        var demo = await Theatre.Shared.Demo();
        var page = await demo.Visit("/demo", 390, 844);
        await Expect(page.Locator("section.shop")).ToBeVisibleAsync();
        await Expect(page.Locator("section.console")).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Console", Exact = true }).ClickAsync();
        await Expect(page.FrameLocator("[data-frame=console]").Locator("a.row").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "To try" }).ClickAsync();
        await Expect(page.Locator("[data-try]").First).ToBeVisibleAsync();
        await Axe.Audit(page.MainFrame, "the demo on a telephone");
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue("Something is wider than the screen.");
        await page.Context.CloseAsync();
    }

    private static Task Ticked(IPage page, string id) => Expect(page.Locator($"[data-try={id}][data-done]")).ToHaveCountAsync(1);

    private static async Task Say(IFrameLocator widget, string text)
    {
        // The widget opens where one was: on its first screen, or in a thread.
        var (field, row) = (widget.GetByLabel("Write a message…"), widget.Locator("button.row").First);
        await Expect(field.Or(row).First).ToBeVisibleAsync();
        if (!await field.IsVisibleAsync())
        {
            await row.ClickAsync();
        }

        await field.FillAsync(text);
        await field.PressAsync("Enter");
    }

    private static async Task Answer(IFrameLocator console, string text)
    {
        var field = console.GetByRole(AriaRole.Textbox, new() { NameRegex = new Regex("^Reply to") });
        await field.FillAsync(text);
        await field.PressAsync("Enter");
    }
}
