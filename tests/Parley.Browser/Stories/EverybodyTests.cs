namespace Parley.Browser.Stories;

/// <summary>For everybody: with a screen reader, with the keys alone, in the light and in the dark, on a narrow screen.</summary>
[Trait("takes", "long")]
public class EverybodyTests : Scene
{
    [BrowserFact, Trait("row", "PA22")]
    public async Task PA22_Axe_finds_nothing_in_the_widget()
    {
        var ana = await Customer();
        await ana.Visit();
        await Audit(ana.Page.MainFrame, "the page with the launcher");
        await ana.Open();
        await Expect(ana.App.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Audit(await ana.Frame(), "an empty home");
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Start a conversation" }).ClickAsync();
        await ana.Say("Is https://lighthouse.test/anchors the right page?");
        var noor = await AtTheConsole();
        await noor.Open("right page");
        await noor.Say("It is");
        await ana.Sees("It is");
        await ana.Message("It is").HoverAsync();
        await Audit(await ana.Frame(), "a thread");
        await ana.Message("It is").GetByRole(AriaRole.Button, new() { Name = "What to do with this message" }).ClickAsync();
        await Expect(ana.App.GetByRole(AriaRole.Menu)).ToBeVisibleAsync();
        await Audit(await ana.Frame(), "the menu of a message");
        await ana.App.GetByRole(AriaRole.Menuitem, new() { Name = "Reply" }).ClickAsync();
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Add an emoji" }).ClickAsync();
        await Expect(ana.App.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Audit(await ana.Frame(), "a quote and the emoji");
        await ana.Page.Keyboard.PressAsync("Escape");
        await ana.Back();
        await Expect(ana.App.Locator("button.row")).ToBeVisibleAsync();
        await Audit(await ana.Frame(), "a home with a thread");
    }

    [BrowserFact, Trait("row", "PA22")]
    public async Task PA22_Axe_finds_nothing_in_the_console()
    {
        var ana = await Customer();
        await ana.Visit("", Vouch("ana", "Ana"));
        await ana.Begin("Is this for everybody?");
        var kim = await Agent("Kim");
        await kim.SitDown(signedIn: false);
        await Expect(kim.Page.GetByLabel("Email")).ToBeVisibleAsync();
        await Audit(kim.Page.MainFrame, "signing in");
        await kim.SignIn();
        await kim.Page.ReloadAsync();
        await kim.Open("for everybody");
        await kim.Say("It is");
        await kim.Page.GetByRole(AriaRole.Radio, new() { Name = "Note" }).ClickAsync();
        await kim.Write("She asks whether it is");
        await kim.Sees("She asks whether");
        await Audit(kim.Page.MainFrame, "list, thread and person");
        await kim.Page.Keyboard.PressAsync("Escape");
        await kim.Page.Keyboard.PressAsync("ControlOrMeta+k");
        await Expect(kim.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Audit(kim.Page.MainFrame, "the palette", "dialog[open], [role=dialog]");
        await kim.Page.Keyboard.PressAsync("Escape");
        foreach (var (place, shows) in new[] { ("search?q=everybody", "1 hit"), ("mentions", "Nobody has mentioned you") })
        {
            await kim.Page.GotoAsync($"{Server.Address}#/{place}");
            await Expect(kim.Page.GetByText(shows).First).ToBeAttachedAsync();
            await Audit(kim.Page.MainFrame, place);
            await Reads($"console-{place.Split('?')[0]}", kim.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Region).First);
        }
    }

    [BrowserFact, Trait("row", "PA22")]
    public async Task PA22_Axe_finds_nothing_in_the_settings_and_what_is_read_out_of_them()
    {
        var brand = (await Kim.Get("/v1/directory")).Body.GetProperty("brands")[0].GetProperty("id").GetString();
        var kim = await AtTheConsole("Kim", "mine");
        foreach (var (page, shows) in new[]
        {
            ("start", "First steps"), ("me", "How customers see you"), ("brands", "Add a brand"), ($"brands/{brand}", "Time zone"), ($"brands/{brand}/texts", "Greeting"), ("inboxes", "Add an inbox"),
            ($"inboxes/{Inbox}", "Put it on your site"), ($"inboxes/{Inbox}/pages", "Every page is greeted alike"), ("agents", "Invite somebody"), ("teams", "Add a team"), ("replies", "No canned reply yet"), ("tokens", "Add a token"), ("mails", "Mail"),
        })
        {
            await kim.Page.GotoAsync($"{Server.Address}#/settings/{page}");
            await Expect(kim.Page.Locator(".settings > .page").GetByText(shows).First).ToBeAttachedAsync();
            await Expect(kim.Page.Locator(".settings [aria-busy=true]")).ToHaveCountAsync(0);
            await Audit(kim.Page.MainFrame, page, page == "start" ? "html" : ".settings > .page");
            await Reads($"console-settings-{page.Replace(brand!, "one").Replace(Inbox, "one").Replace('/', '-')}", kim.Page.Locator(".settings > .page"));
        }
    }

    [BrowserFact, Trait("row", "PA22")]
    public async Task PA22_The_widget_with_the_keys_alone()
    {
        var noor = await AtTheConsole();
        var ana = await Customer();
        await ana.Visit();
        var keys = ana.Page.Keyboard;
        await Reach(ana, "Messages");
        await keys.PressAsync("Enter");
        await Expect(ana.Panel).ToBeVisibleAsync();
        await Expect(ana.App.GetByRole(AriaRole.Button, new() { Name = "Start a conversation" })).ToBeVisibleAsync();
        await Reach(ana, "Start a conversation");
        await keys.PressAsync("Enter");
        await Expect(ana.Field).ToBeVisibleAsync();
        await Reach(ana, "Write a message…");
        await keys.TypeAsync("No mouse here");
        await keys.PressAsync("Enter");
        await ana.Arrived("No mouse here");
        await noor.Open("No mouse here");
        await noor.Say("We hear you");
        await ana.Sees("We hear you");
        // What comes takes the focus from nobody.
        await Expect(ana.Field).ToBeFocusedAsync();

        // Back into the thread: up to the message, its menu, a reaction.
        await Reach(ana, "Conversation with", backwards: true);
        await keys.PressAsync("ArrowUp");
        await Expect(ana.Message("We hear you")).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(ana.App.GetByRole(AriaRole.Menu)).ToBeVisibleAsync();
        await keys.PressAsync("Enter");
        await Expect(noor.Message("We hear you")).ToContainTextAsync("👍");
        await keys.PressAsync("Escape");
        await Expect(ana.Panel).ToBeHiddenAsync();
        await Expect(ana.Launcher).ToBeFocusedAsync();
    }

    [BrowserFact, Trait("row", "PA22")]
    public async Task PA22_The_console_with_the_keys_alone()
    {
        var ana = await Customer();
        await ana.Visit();
        await ana.Begin("Can you work without a mouse?");
        var noor = await Agent();
        await noor.SitDown("unassigned", signedIn: false);
        var keys = noor.Page.Keyboard;
        await Expect(noor.Page.GetByLabel("Email")).ToBeFocusedAsync();
        await keys.TypeAsync(Email("Noor"));
        await keys.PressAsync("Tab");
        await keys.TypeAsync(Password);
        await keys.PressAsync("Enter");
        await Expect(noor.Row("without a mouse")).ToBeVisibleAsync();

        await keys.PressAsync("j");
        await noor.Sees("Can you work without a mouse?");
        await keys.PressAsync("r");
        await Expect(noor.Field).ToBeFocusedAsync();
        await keys.TypeAsync("All day long");
        await keys.PressAsync("Enter");
        await ana.Sees("All day long");
        await keys.PressAsync("Escape");
        await keys.PressAsync("n");
        await Expect(noor.Field).ToBeFocusedAsync();
        await keys.TypeAsync("She asked about the keys");
        await keys.PressAsync("Enter");
        await noor.Sees("She asked about the keys");
        await keys.PressAsync("Escape");

        // Anything else is in the palette.
        await keys.PressAsync("ControlOrMeta+k");
        await Expect(noor.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await keys.TypeAsync("priority");
        await keys.PressAsync("Enter");
        await Expect(noor.Page.GetByPlaceholder("Set the priority")).ToBeFocusedAsync();
        await keys.TypeAsync("urgent");
        await keys.PressAsync("Enter");
        await Expect(noor.Thread).ToContainTextAsync("You changed this to: Urgent");
        await keys.PressAsync("e");
        await Expect(ana.App.GetByText("Noor has finished")).ToBeVisibleAsync();
        await Expect(ana.Message("She asked about the keys")).ToHaveCountAsync(0);
    }

    /// <summary>Only a window of a long list is drawn: whoever stands on a row goes on from there, also when it left the window, or the list.</summary>
    [BrowserFact, Trait("row", "PA22")]
    public async Task PA22_The_focus_stays_in_a_list_whose_row_was_scrolled_away_or_left()
    {
        var ids = new List<string>();
        for (var i = 0; i < 40; i++)
        {
            ids.Add(await Written($"Question {i:00}"));
        }

        var noor = await AtTheConsole("Noor", "all");
        await Expect(noor.Row("Question 39")).ToBeVisibleAsync();
        var (keys, list) = (noor.Page.Keyboard, noor.Page.Locator(".scroller"));
        await noor.TabTo(noor.Row("Question 39"));
        await list.EvaluateAsync("list => { list.scrollTop = list.scrollHeight; }");
        await Expect(noor.Row("Question 39")).ToHaveCountAsync(0);
        await Expect(list).ToBeFocusedAsync();
        await keys.PressAsync("ArrowDown");
        await Expect(noor.Row("Question 38")).ToBeFocusedAsync();
        await Expect(noor.Row("Question 38")).ToBeInViewportAsync();

        // A colleague closes it: what came after it has the focus.
        (await Kim.Put($"/v1/conversations/{ids[38]}/closure")).Expect(System.Net.HttpStatusCode.OK);
        await Expect(noor.Row("Question 37")).ToBeFocusedAsync();
        await keys.PressAsync("ArrowUp");
        await Expect(noor.Row("Question 39")).ToBeFocusedAsync();
    }

    [BrowserFact, Trait("row", "PA22")]
    public async Task PA22_The_console_on_a_screen_of_390_pixels()
    {
        var ana = await Customer();
        await ana.Visit();
        await ana.Begin("Are you at your desk?");
        var noor = await AtTheConsole("Noor", "unassigned", Telephone());
        await Expect(noor.Row("at your desk")).ToBeVisibleAsync();
        await Fits(noor);
        await noor.Row("at your desk").TapAsync();
        await noor.Sees("Are you at your desk?");
        await Fits(noor);
        await noor.Field.FillAsync("On the quay");
        await noor.Page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).TapAsync();
        await ana.Sees("On the quay");
        await noor.Page.GetByRole(AriaRole.Button, new() { Name = "Back", Exact = true }).TapAsync();
        await Expect(noor.Page.GetByRole(AriaRole.Navigation)).ToBeVisibleAsync();
        await noor.Page.GotoAsync($"{Server.Address}#/settings/me");
        await Expect(noor.Page.GetByText("How customers see you")).ToBeVisibleAsync();
        await Fits(noor);
    }

    private static async Task Fits(Agent agent) => (await agent.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390);

    /// <summary>Presses Tab until something of this name has the focus, in the page or in the frame.</summary>
    private static async Task Reach(Customer customer, string name, bool backwards = false)
    {
        var met = new List<string>();
        for (var presses = 0; presses < 40; presses++)
        {
            var focused = await Focused(customer);
            met.Add(focused);
            if (focused.StartsWith(name, StringComparison.Ordinal))
            {
                return;
            }

            await customer.Page.Keyboard.PressAsync(backwards ? "Shift+Tab" : "Tab");
        }

        throw new ShouldAssertException($"Tab never came to '{name}', but to: {string.Join(" · ", met)}");
    }

    private static async Task<string> Focused(Customer customer)
    {
        const string Name = """
            () => {
              let at = document.activeElement;
              while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
              return at?.tagName === 'IFRAME' ? 'frame' : (at?.getAttribute('aria-label') ?? at?.innerText ?? '').trim();
            }
            """;
        var name = await customer.Page.EvaluateAsync<string>(Name);
        return name == "frame" ? await (await customer.Frame()).EvaluateAsync<string>(Name) : name;
    }

    private static Task Audit(IFrame frame, string what, string part = "html") => Axe.Audit(frame, what, part);
}
