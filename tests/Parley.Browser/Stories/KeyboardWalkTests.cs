using System.Net;

namespace Parley.Browser.Stories;

/// <summary>A walk through the screens of a team's day with the keys alone: one always sees where one stands, nothing holds one fast, and what was opened gives one back to where one was.</summary>
public sealed class KeyboardWalkTests : Scene
{
    [BrowserFact, Trait("row", "PA1"), Trait("row", "PA22")]
    public async Task PA22_What_is_opened_over_a_conversation_is_walked_round_and_gives_the_focus_back()
    {
        await Furnish();
        var kim = await AtTheConsole("Kim", "all");
        var (page, keys, dialog) = (kim.Page, kim.Page.Keyboard, kim.Page.GetByRole(AriaRole.Dialog));
        await kim.Reach("The first sail");
        var row = kim.Row("The first sail");
        await row.FocusAsync();
        await Footing.Stands(page, "a row");
        foreach (var (key, name) in new[]
        {
            ("Control+k", "Commands"), ("?", "Keyboard shortcuts"), ("a", "Assign"), ("l", "Label"), ("y", "Priority"), ("h", "Snooze"), ("b", "I come back by …"), ("f", "Filter"), ("Shift+I", "Insert"),
            ("Control+j", "Insert a canned reply"), ("Shift+M", "Run a macro"), ("q", "Ask a colleague"), ("Shift+A", "Pass on …"), ("w", "Why did this come here?"), ("Shift+V", "New view"),
        })
        {
            await keys.PressAsync(key);
            await Expect(dialog.And(page.GetByLabel(name, new() { Exact = true }))).ToBeVisibleAsync();
            await Ears.Eventually(async () => (await page.EvaluateAsync<bool>("document.activeElement?.closest('dialog') !== null")).ShouldBeTrue());
            await Footing.Round(page, name, name);
            await keys.PressAsync("Escape");
            await Expect(dialog).ToHaveCountAsync(0);
            await Expect(row).ToBeFocusedAsync();
        }

        // Whose key is quicker than the browser's word that a dialog is closed gets what the key opens.
        await keys.PressAsync("Shift+A");
        await Expect(dialog.And(page.GetByLabel("Pass on …", new() { Exact = true }))).ToBeVisibleAsync();
        await page.EvaluateAsync("() => { document.querySelector('dialog').close(); document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'w', code: 'KeyW', bubbles: true, cancelable: true })); }");
        await Expect(dialog.And(page.GetByLabel("Why did this come here?", new() { Exact = true }))).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(row).ToBeFocusedAsync();

        // What is picked gives it back as well: out of a list, out of the palette, and out of what the palette opened.
        await kim.Choose("y", "High");
        await Expect(row).ToContainTextAsync("High priority");
        await Expect(row).ToBeFocusedAsync();
        await kim.Do("Follow");
        await Expect(page.Locator(".here").GetByText("You follow this")).ToBeVisibleAsync();
        await Expect(row).ToBeFocusedAsync();
        foreach (var name in new[] { "Label", "Merge the person with", "Start a conversation" })
        {
            await kim.Do(name);
            await Ears.Eventually(async () => (await page.EvaluateAsync<bool>("document.activeElement?.closest('dialog') !== null")).ShouldBeTrue());
            await Footing.Round(page, name);
            await keys.PressAsync("Escape");
            await Expect(dialog).ToHaveCountAsync(0);
            await Expect(row).ToBeFocusedAsync();
        }

        await keys.PressAsync("Shift+M");
        await Expect(dialog.GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Do it" })).ToBeFocusedAsync();
        await Footing.Round(page, "what a macro will do");
        await keys.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(row).ToBeFocusedAsync();

        // Out of the field one stands on the row of what is open; from the thread up to its last message, and down into the field again.
        await keys.PressAsync("r");
        await Expect(kim.Field).ToBeFocusedAsync();
        await keys.PressAsync("Escape");
        await Expect(row).ToBeFocusedAsync();
        await kim.TabTo(kim.Thread);
        await Footing.Stands(page, "the thread");
        await keys.PressAsync("ArrowUp");
        await Expect(kim.Message("The first sail")).ToBeFocusedAsync();
        await Footing.Stands(page, "a message");
        await keys.PressAsync("ArrowDown");
        await Expect(kim.Field).ToBeFocusedAsync();

        // Many at once: the row that has the focus keeps it through what is done, and what is taken back.
        await row.FocusAsync();
        await keys.PressAsync("x");
        await kim.Choose("Shift+B", "Urgent");
        await Expect(page.GetByText("Done with 1")).ToBeVisibleAsync();
        await Expect(row).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).Last.FocusAsync();
        await keys.PressAsync("Enter");
        await Expect(page.GetByText("Taken back in 1")).ToBeVisibleAsync();
        await Expect(row).ToBeFocusedAsync();
    }

    [BrowserFact, Trait("row", "PA1"), Trait("row", "PA22")]
    public async Task PA22_Every_screen_is_walked_round_and_one_sees_every_stop()
    {
        await Furnish();
        var noor = await AtTheConsole("Noor", "mine");
        var ana = await Customer();
        await ana.Visit();
        await ana.Page.EvaluateAsync("Parley.consent(true)");
        var kim = await AtTheConsole("Kim", "all");
        var (page, keys) = (kim.Page, kim.Page.Keyboard);
        await kim.Reach("The first sail");
        (await Footing.Round(page, "a thread")).ShouldContain(stop => stop.Contains("Reply to", StringComparison.Ordinal));
        var main = page.GetByRole(AriaRole.Main);
        foreach (var (place, shows, stop) in new[]
        {
            ("search?q=sail", "1 hit", "input"), ("visitors", "Visitor ", "summary Visitor"), ("supervision", "Noor", "summary Noor"), ("mentions", "Nobody has mentioned you", "Filter"),
            ("settings/me", "How customers see you", "Name"), ("settings/agents", "Invite somebody", "Noor"), ("settings/replies", "Thank and close", "Add a macro"), ("settings/attributes", "No detail yet", "Add a detail"),
            ("settings/attention", "Your own", "What is shown of others"), ($"settings/inboxes/{Inbox}", "Put it on your site", "It is noted"), ($"settings/inboxes/{Inbox}/sorting", "Try it out", "Add a rule"),
        })
        {
            await page.GotoAsync($"{Server.Address}#/{place}");
            await Expect(main.GetByText(shows).First).ToBeAttachedAsync();
            (await Footing.Round(page, place)).ShouldContain(it => it.Contains(stop, StringComparison.Ordinal), place);
        }

        // What a button opens in the settings gives the focus back to the button.
        var dialog = page.GetByRole(AriaRole.Dialog);
        foreach (var (place, button) in new[] { ("agents", "Noor"), ("replies", "Thanks"), ("replies", "Thank and close"), ("replies", "Add a macro"), ("attributes", "Add a detail"), ($"inboxes/{Inbox}/sorting", "Add a rule") })
        {
            await page.GotoAsync($"{Server.Address}#/settings/{place}");
            var opens = main.GetByRole(AriaRole.Button, new() { NameRegex = new(button) }).First;
            await opens.FocusAsync();
            await keys.PressAsync("Enter");
            await Expect(dialog).ToBeVisibleAsync();
            await Footing.Round(page, button);
            await keys.PressAsync("Escape");
            await Expect(dialog).ToHaveCountAsync(0);
            await Expect(opens).ToBeFocusedAsync();
        }

        // One that is watched: into it, a whisper begun and left, the question before taking over, and out again.
        (await Kim.Put($"/v1/conversations/{_thread}/assignment", new { agent = (await Call("Noor")).Id })).Expect(HttpStatusCode.OK);
        await noor.Page.CloseAsync();
        await page.GotoAsync($"{Server.Address}#/supervision");
        await kim.TabTo(main.Locator("summary").Filter(new() { HasText = "Noor" }), "j");
        await keys.PressAsync("Enter");
        await Expect(main.Locator("details[open]").GetByRole(AriaRole.Link)).ToHaveCountAsync(1);
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Enter");
        await Expect(page.GetByText("You are watching. Noor has this conversation")).ToBeVisibleAsync();
        await Footing.Round(page, "watching");
        var watched = main.GetByRole(AriaRole.Link).And(page.Locator("[aria-current]"));
        await keys.PressAsync("Shift+W");
        await Footing.Stands(page, "a whisper");
        await keys.PressAsync("Escape");
        await Expect(watched).ToBeFocusedAsync();
        await keys.PressAsync("Shift+T");
        await Expect(dialog.GetByLabel("Why")).ToBeFocusedAsync();
        await Footing.Round(page, "taking over", "Take over");
        await keys.PressAsync("Escape");
        await Expect(watched).ToBeFocusedAsync();
    }

    private string _thread = "";

    /// <summary>One of each that there is to walk over.</summary>
    private async Task Furnish()
    {
        await Policy(new { profile = "messaging", hours = "always" });
        (await Kim.Patch("/v1/workspace", new { labels = new[] { "sails" } })).Expect(HttpStatusCode.OK);
        var reply = (await Kim.Post("/v1/replies", new { name = "Thanks", shortcut = "thanks", texts = "Thank you." })).Expect(HttpStatusCode.Created)["id"];
        (await Kim.Post("/v1/macros", new { name = "Thank and close", actions = new object[] { new { reply }, new { close = true } } })).Expect(HttpStatusCode.Created);
        _thread = await Written("The first sail");
        await Written("A question about ropes");
    }
}
