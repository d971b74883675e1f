using System.Net;

namespace Parley.Browser.Stories;

/// <summary>How an inbox behaves and when it is open: set on the screen, tried before it is saved, and met by customers.</summary>
public sealed class PolicyTests : Scene
{
    [BrowserFact, Trait("row", "PA12"), Trait("row", "OP8"), Trait("row", "ZD5")]
    public async Task PA12_OP8_ZD5_Hours_and_modes_are_tried_on_the_screen_before_they_hold()
    {
        var kim = await AtTheConsole("Kim", $"settings/inboxes/{Inbox}/modes");
        var page = kim.Page;
        var found = page.GetByRole(AriaRole.Complementary, new() { Name = "What somebody who comes finds" });
        await Expect(found).ToContainTextAsync("Writes, and is answered later");
        await Expect(found).ToContainTextAsync("Nobody is online.");
        await Reads("console-settings-modes", page.Locator("form").Filter(new() { Visible = true }));

        // One switch, whose end can be seen beforehand; by the keyboard, too.
        await page.GetByRole(AriaRole.Radio, new() { Name = "Blended" }).FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "Strict live chat" })).ToBeCheckedAsync();
        await Expect(found).ToContainTextAsync("Fills in a form");
        await page.GetByLabel("While nobody is available").SelectOptionAsync("hide");
        await Expect(found).ToContainTextAsync("Sees no button");
        await Expect(found).ToContainTextAsync("Not saved yet. Conversations that run keep the rules they began with");

        // What cannot be a time is told at its field, and nothing can be saved with it.
        var grace = page.GetByLabel("A customer may be gone for", new() { Exact = true });
        await grace.FillAsync("soon");
        await Expect(page.GetByText("This is no number, too small or too large.")).ToBeVisibleAsync();
        await Expect(Save(page)).ToBeDisabledAsync();
        await grace.FillAsync("3");

        // Hours of its own, a night, and a holiday, each date once.
        await page.GetByLabel("Open", new() { Exact = true }).SelectOptionAsync("own");
        await page.GetByLabel("Somebody is here").SelectOptionAsync("hours");
        await page.GetByLabel("Time zone").SelectOptionAsync("Europe/Amsterdam");
        await page.GetByLabel("Friday, from").FillAsync("22:00");
        await page.GetByLabel("Friday, until").FillAsync("06:00");
        await Expect(page.GetByRole(AriaRole.Group, new() { Name = "Friday" })).ToContainTextAsync("until the next day");
        var add = page.GetByRole(AriaRole.Button, new() { Name = "Add a day" });
        await add.ClickAsync();
        await Expect(page.GetByLabel("Date 1")).ToBeFocusedAsync();
        await page.GetByLabel("Date 1").FillAsync("2031-12-26");
        await add.ClickAsync();
        await page.GetByLabel("Date 2").FillAsync("2031-12-26");
        await Expect(page.GetByText("This date is there already.")).ToBeVisibleAsync();
        await Expect(Save(page)).ToBeDisabledAsync();
        await page.GetByLabel("Date 2").FillAsync("2031-12-24");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add hours on Wednesday, December 24, 2031" }).ClickAsync();
        await Axe.Audit(page.MainFrame, "hours and modes");

        // The holiday is a Friday of which nothing counts: not even its night.
        await found.GetByRole(AriaRole.Tab, new() { Name = "At another time" }).ClickAsync();
        await found.GetByLabel("Date and time, by your clock").FillAsync("2031-12-26T23:00");
        await Expect(found).ToContainTextAsync("It is outside the hours.");
        await found.GetByLabel("Date and time, by your clock").FillAsync("2032-01-03T01:00");
        await Expect(found).ToContainTextAsync("Talks to somebody now");
        await Save(page).ClickAsync();
        await Expect(page.Locator(".bar").Filter(new() { Visible = true }).GetByRole(AriaRole.Status)).ToHaveTextAsync("Saved");

        var policy = (await Kim.Get($"/v1/inboxes/{Inbox}/policy")).Expect(HttpStatusCode.OK).Body;
        policy.GetProperty("profile").GetString().ShouldBe("strictLive");
        policy.GetProperty("graceSeconds").GetInt32().ShouldBe(180);
        var hours = policy.GetProperty("hours");
        hours.GetProperty("zone").GetString().ShouldBe("Europe/Amsterdam");
        hours.GetProperty("week").EnumerateArray().Last().GetProperty("nextDay").GetBoolean().ShouldBeTrue();
        hours.GetProperty("exceptions").EnumerateArray().Select(day => day.GetProperty("date").GetString()).ShouldBe(["2031-12-24", "2031-12-26"]);
    }

    [BrowserFact, Trait("row", "OP8"), Trait("row", "MS27")]
    public async Task OP8_MS27_The_switch_says_beforehand_what_changes_is_tried_for_some_hours_and_told_once_to_who_comes_back()
    {
        (await Kim.Put($"/v1/inboxes/{Inbox}/policy", new { profile = "strictLive", hours = "always", whenClosed = "messaging" })).Expect(HttpStatusCode.OK);
        var ana = await Customer();
        await ana.Visit();
        await ana.Begin("Is the chandlery open?");

        var kim = await AtTheConsole("Kim", $"settings/inboxes/{Inbox}/modes");
        var page = kim.Page;
        await page.GetByRole(AriaRole.Radio, new() { Name = "Messaging" }).CheckAsync();
        var form = page.Locator("form").Filter(new() { Visible = true });
        await Expect(form).ToContainTextAsync("From Strict live chat to Messaging.");
        await Expect(form).ToContainTextAsync("When they leave, the conversation stays, and they read the answer later.");
        await Expect(form).ToContainTextAsync("Have no chat to answer at once");
        await Expect(form).ToContainTextAsync("Who was here before reads once: New here: write whenever you like");
        await Axe.Audit(page.MainFrame, "the switch");
        await page.GetByRole(AriaRole.Button, new() { Name = "For 2 hours" }).ClickAsync();
        await Expect(form).ToContainTextAsync("Then Strict live chat is back by itself.");
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "Messaging" })).ToBeCheckedAsync();

        // She comes back and is told, once; whoever is new reads nothing of it.
        await ana.Page.ReloadAsync();
        await ana.GoOn();
        await Expect(ana.Log.GetByText("New here: write whenever you like", new() { Exact = false })).ToHaveCountAsync(1);
        await ana.Say("And tomorrow?");
        await Expect(ana.Log.GetByText("New here: write whenever you like", new() { Exact = false })).ToHaveCountAsync(1);
        var ben = await Customer();
        await ben.Visit();
        await ben.Begin("Hello, I am new.");
        await Expect(ben.Log.GetByText("Our answer will be here", new() { Exact = false })).ToBeVisibleAsync();
        await Expect(ben.Log.GetByText("New here", new() { Exact = false })).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "End it now" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "Strict live chat" })).ToBeCheckedAsync();
        (await Kim.Get($"/v1/inboxes/{Inbox}/policy"))["profile"].ShouldBe("strictLive");
        new Walked("strictLive", nameof(PolicyTests)).Shown("OP8", "ZD5");
    }

    [BrowserFact, Trait("row", "LC23"), Trait("row", "UC4")]
    public async Task LC23_UC4_The_button_is_there_while_somebody_can_be_reached_and_for_whoever_has_a_thread()
    {
        (await Kim.Put($"/v1/inboxes/{Inbox}/policy", new { profile = "strictLive", hours = "always", whenClosed = "hide", liveWaitSeconds = 600, acceptSeconds = 600 })).Expect(HttpStatusCode.OK);
        var ana = await Customer();
        // What is asked again is asked of the server, and an hour need not be waited for.
        await ana.Page.RouteAsync("**/v1/widget/inboxes/*", route => route.ContinueAsync());
        await ana.Page.Clock.InstallAsync();
        await ana.Page.AddInitScriptAsync("(window.Parley ??= []).push(['on', 'ready', () => (document.title = 'ready')])");
        await ana.Page.GotoAsync(Shop.Page("", Server.Address, Inbox, null, null, null));
        await Expect(ana.Page).ToHaveTitleAsync("ready");
        await Expect(ana.Page.Locator("parley-launcher")).ToHaveCountAsync(1);
        await Expect(ana.Launcher).ToBeHiddenAsync();
        await Expect(ana.Teaser).ToBeHiddenAsync();

        // Noor comes, and so does the button.
        var noor = await AtTheConsole();
        await State("Noor", "online");
        await Found("live");
        await ana.Page.Clock.FastForwardAsync(61_000);
        await Expect(ana.Launcher).ToBeVisibleAsync();
        await ana.Page.Clock.ResumeAsync();
        await ana.Begin("Is the harbour office open?");
        await noor.Open("harbour office");
        await noor.Say("It is.");
        await ana.Sees("It is.");
        await State("Noor", "away");
        await Found("hidden");
        await ana.Close();

        // Nobody can begin now; who has begun goes on.
        await ana.Page.ReloadAsync();
        await Expect(ana.Launcher).ToBeVisibleAsync();
        var ben = await Customer();
        await ben.Page.AddInitScriptAsync("(window.Parley ??= []).push(['on', 'ready', () => (document.title = 'ready')])");
        await ben.Page.GotoAsync(Shop.Page("", Server.Address, Inbox, null, null, null));
        await Expect(ben.Page).ToHaveTitleAsync("ready");
        await Expect(ben.Launcher).ToBeHiddenAsync();

        // It is over, and read: then there is nothing for her to come back to either.
        await ana.Open();
        await ana.Sees("It is.");
        var thread = (await Kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK).Body.GetProperty("items")[0].GetProperty("id").GetString();
        (await Kim.Put($"/v1/conversations/{thread}/closure", new { })).Expect(HttpStatusCode.OK);
        await Expect(ana.App.GetByText("This chat has ended")).ToBeVisibleAsync();
        await ana.Close();
        await Expect(ana.Launcher).ToBeHiddenAsync();
    }

    private static ILocator Save(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).Filter(new() { Visible = true });
}
