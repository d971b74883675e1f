namespace Parley.Browser.Pictures;

/// <summary>What is known of a person, who is on the site, and what begins a conversation, in the demo's shop.</summary>
[Collection("Pictures of the demo")]
public class KnowingPicturesTests
{
    [PicturesFact]
    public async Task What_is_known_of_somebody_two_who_are_one_and_one_who_is_blocked()
    {
        var page = await ConsolePicturesTests.AtTheDesk();
        var keys = page.Keyboard;
        foreach (var (of, key, body) in new (string, string, object)[]
        {
            ("contact", "boat", new { name = "Boat", kind = "text" }),
            ("contact", "club", new { name = "Club", kind = "choice", choices = new[] { "None", "Guest", "Member" } }),
            ("contact", "member_since", new { name = "Member since", kind = "date" }),
            ("conversation", "order", new { name = "Order", kind = "text" }),
        })
        {
            await page.Ask("PUT", $"/v1/attributes/{of}/{key}", body);
        }

        await page.Open("Frauke");
        var row = await page.Found("Frauke");
        var person = row.GetProperty("contact").GetProperty("id").GetString();
        await page.Ask("PATCH", $"/v1/contacts/{person}", new { attributes = new { boat = "Folkboat, GER 482", club = "Member", member_since = "2019-04-01" } });
        await page.Ask("PATCH", $"/v1/conversations/{row.GetProperty("id").GetString()}/attributes", new { attributes = new { order = "20377" } });
        await page.Ask("POST", $"/v1/contacts/{person}/notes", new { text = "Races on Wednesdays. Prefers a call when it is about rigging." });
        await page.ReloadAsync();
        var aside = page.GetByRole(AriaRole.Complementary, new() { Name = "About the person" });
        await Expect(aside.GetByText("Races on Wednesdays")).ToBeVisibleAsync();
        async Task Known()
        {
            if (!await aside.IsVisibleAsync())
            {
                await keys.PressAsync("i");
            }

            await aside.GetByLabel("Boat").First.ScrollIntoViewIfNeededAsync();
            await aside.GetByRole(AriaRole.Button, new() { Name = "Block", Exact = true }).ScrollIntoViewIfNeededAsync();
        }

        await Known();
        await Album.Keep(page, "console-person", narrow: Known);
        await page.ReloadAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        async Task Merging()
        {
            if (!await aside.IsVisibleAsync())
            {
                await keys.PressAsync("i");
            }

            await aside.GetByRole(AriaRole.Button, new() { Name = "Merge with …" }).ClickAsync();
            await dialog.GetByLabel("Name, email or phone").FillAsync("an");
            await dialog.Locator("button[aria-pressed]").First.ClickAsync();
            await Expect(dialog.GetByText("along")).ToBeVisibleAsync();
        }

        await Expect(aside).ToBeVisibleAsync();
        await Merging();
        await Album.Keep(page, "console-merge", narrow: Merging);
        await keys.PressAsync("Escape");

        await page.Ask("PUT", $"/v1/contacts/{person}/block", new { });
        await page.ReloadAsync();
        await Expect(aside.GetByText("Blocked: nothing they write is taken")).ToBeVisibleAsync();
        await Album.Keep(page, "console-blocked", narrow: () => keys.PressAsync("i"));
        await page.Ask("DELETE", $"/v1/contacts/{person}/block");
        await page.Go("#/settings/attributes", page.GetByText("Folkboat").Or(page.GetByText("member_since")).First);
        await Album.Keep(page, "settings-attributes");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a detail" }).First.ClickAsync();
        await dialog.GetByLabel("Name", new() { Exact = true }).FillAsync("Sailing area");
        await dialog.GetByLabel("What stands there").SelectOptionAsync("choice");
        await dialog.GetByLabel("List", new() { Exact = true }).FillAsync("Baltic\nNorth Sea\nIJsselmeer");
        await Album.Keep(page, "settings-attribute");
        await keys.PressAsync("Escape");
        await page.Context.CloseAsync();
        await Album.Index();
    }

    [PicturesFact]
    public async Task Two_conversations_that_go_on_in_one()
    {
        var page = await ConsolePicturesTests.AtTheDesk();
        // Nobody is there to talk with: what is written is written.
        await page.Ask("PUT", "/v1/me/presence", new { state = "busy" });
        var shop = (await page.Ask("GET", "/v1/directory")).GetProperty("inboxes").EnumerateArray().Single(it => it.GetProperty("name").GetString() == "Shop").GetProperty("id").GetString();
        await Ears.Eventually(async () => (await page.Ask("GET", $"/v1/inboxes/{shop}/availability")).GetProperty("button").GetString().ShouldNotBe("live"));
        var guest = await (await Theatre.Shared.Demo()).Visit("/demo/shop#chat", 1200, 800);
        var widget = guest.FrameLocator("iframe[src*='/widget/']");
        var (field, begin) = (widget.GetByLabel("Write a message…"), widget.GetByRole(AriaRole.Button, new() { NameRegex = new("(Start a|New) conversation") }));
        foreach (var text in new[] { "The zip of my jacket is torn. Do you mend such things?", "About the jacket: it is the red one, size M" })
        {
            await Expect(field.Or(begin).First).ToBeVisibleAsync();
            if (!await field.IsVisibleAsync())
            {
                await begin.ClickAsync();
            }

            await field.FillAsync(text);
            await field.PressAsync("Enter");
            await Ears.Eventually(async () => (await page.Ask("GET", "/v1/conversations?limit=20")).GetRawText().ShouldContain(text));
            await widget.GetByRole(AriaRole.Button, new() { Name = "Back" }).ClickAsync();
        }

        var rows = (await page.Ask("GET", "/v1/conversations?limit=20")).GetProperty("items").EnumerateArray().Where(it => it.GetProperty("preview").GetProperty("text").GetString()!.Contains("jacket", StringComparison.Ordinal)).ToList();
        await page.Ask("PATCH", $"/v1/contacts/{rows[0].GetProperty("contact").GetProperty("id").GetString()}", new { name = "Ida Lund" });
        foreach (var (begins, label) in new[] { ("The zip", "sail%20repair"), ("About", "sizing") })
        {
            var row = rows.Single(it => it.GetProperty("preview").GetProperty("text").GetString()!.StartsWith(begins, StringComparison.Ordinal));
            await page.Ask("PUT", $"/v1/conversations/{row.GetProperty("id").GetString()}/labels/{label}");
        }

        await page.Open("About the jacket");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.Keyboard.PressAsync("Escape");
        async Task Merging()
        {
            if (await dialog.CountAsync() == 0)
            {
                await page.Keyboard.PressAsync("ControlOrMeta+k");
                await Expect(dialog.GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
                await page.Keyboard.TypeAsync("Merge this conversation");
                await page.Keyboard.PressAsync("Enter");
            }

            var zip = dialog.GetByRole(AriaRole.Button, new() { NameRegex = new("The zip of my jacket") });
            var waits = dialog.GetByText("The customer waits since");
            await Expect(zip.Or(waits).First).ToBeVisibleAsync();
            if (!await waits.IsVisibleAsync())
            {
                await zip.ClickAsync();
            }

            await Expect(waits).ToBeVisibleAsync();
        }

        await Merging();
        await Album.Keep(page, "console-merge-conversations", narrow: Merging);
        await page.Keyboard.PressAsync("Escape");
        await page.Ask("PUT", "/v1/me/presence", new { state = "online" });
        await guest.Context.CloseAsync();
        await page.Context.CloseAsync();
        await Album.Index();
    }

    /// <summary>With what the law wants said, and what agents see then.</summary>
    [PicturesFact]
    public async Task Who_is_perhaps_the_same_person()
    {
        var page = await ConsolePicturesTests.AtTheDesk();
        await page.Ask("PUT", "/v1/me/presence", new { state = "busy" });
        var inbox = (await page.Ask("GET", "/v1/directory")).GetProperty("inboxes")[0].GetProperty("id").GetString();
        var wish = page.GetByRole(AriaRole.Switch, new() { Name = "Say who is perhaps the same person" });
        await page.Go($"#/settings/inboxes/{inbox}", wish);
        await page.GetByLabel("It is noted").SelectOptionAsync("afterConsent");
        await wish.ClickAsync();
        await Expect(page.GetByText("What agents see")).ToBeVisibleAsync();
        Task Shown() => page.GetByText("What agents see").EvaluateAsync("it => it.parentElement.scrollIntoView({ block: 'center' })");
        await Shown();
        await Album.Keep(page, "settings-inboxes-alike", narrow: Shown);
        await page.Ask("PUT", "/v1/me/presence", new { state = "online" });
        await page.Context.CloseAsync();
        await Album.Index();
    }

    [PicturesFact]
    public async Task Who_is_on_the_site_and_the_first_word_to_them()
    {
        var demo = await Theatre.Shared.Demo();
        var guests = new List<IPage>();
        foreach (var (who, ways) in new (string?, string[])[] { ("Zoë Martin", ["skerry", "tern"]), ("Ben Okafor", []), (null, ["tern", "skerry", "fulmar"]) })
        {
            var guest = await demo.Visit("/demo/shop", 1200, 800);
            guests.Add(guest);
            if (who is not null)
            {
                await guest.GetByLabel("I am").SelectOptionAsync(who);
                await Expect(guest.Locator("select[data-now]:not([data-now=''])").First).ToBeVisibleAsync();
                await guest.WaitForTimeoutAsync(1_500);
            }

            await guest.WaitForFunctionAsync("'Parley' in window && typeof Parley.consent === 'function'");
            await guest.EvaluateAsync("Parley.consent(true)");
            await guest.WaitForTimeoutAsync(1_500);
            foreach (var way in ways)
            {
                await guest.EvaluateAsync("way => { history.pushState({}, '', `/demo/shop/${way}`); document.title = `${way[0].toUpperCase()}${way.slice(1)} · Lighthouse`; }", way);
                await guest.WaitForTimeoutAsync(1_500);
            }
        }

        var page = await ConsolePicturesTests.AtTheDesk();
        var keys = page.Keyboard;
        var floor = page.GetByRole(AriaRole.Region, new() { Name = "Visitors" });
        await page.Go("#/visitors", floor.Locator("summary").Nth(2));
        await floor.Locator("summary").First.ClickAsync();
        await Expect(floor.GetByRole(AriaRole.List, new() { Name = "Pages" })).ToBeVisibleAsync();
        await Album.Keep(page, "console-visitors");
        await floor.GetByRole(AriaRole.Button, new() { Name = "Start a conversation" }).First.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Your first words").FillAsync("Good morning! The Skerry comes in two lengths: may I help to find yours?");
        await Album.Keep(page, "console-first");
        await keys.PressAsync("Escape");

        // One's own, and a colleague's.
        var agents = (await page.Ask("GET", "/v1/directory")).GetProperty("agents").EnumerateArray().ToDictionary(it => it.GetProperty("name").GetString()!, it => it.GetProperty("id").GetString());
        var row = await page.Found("Frauke");
        foreach (var (who, says, name) in new[] { ("Kim", "You have an open conversation already", "own"), ("Ravi", "Ravi has an open conversation", "other") })
        {
            await page.Ask("PUT", $"/v1/conversations/{row.GetProperty("id").GetString()}/assignment", new { agent = agents[who] });
            await page.Open("Frauke");
            await keys.PressAsync("Escape");
            await keys.PressAsync("ControlOrMeta+k");
            await Expect(dialog.GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
            await keys.TypeAsync("Start a conversation");
            await keys.PressAsync("Enter");
            await Expect(dialog.GetByText(says)).ToBeVisibleAsync();
            await Album.Keep(page, $"console-first-{name}");
            await keys.PressAsync("Escape");
        }

        await page.Context.CloseAsync();
        foreach (var guest in guests)
        {
            await guest.Context.CloseAsync();
        }

        await Album.Index();
    }
}
