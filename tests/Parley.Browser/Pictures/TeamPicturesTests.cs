namespace Parley.Browser.Pictures;

/// <summary>What colleagues do together, as an owner of the demo's shop sees it.</summary>
[Collection("Pictures of the demo")]
public class TeamPicturesTests
{
    [PicturesFact]
    public async Task Many_at_once_a_question_beside_the_thread_who_follows_and_how_it_stands()
    {
        var page = await ConsolePicturesTests.AtTheDesk();
        var keys = page.Keyboard;
        await page.Locator("a.row").First.FocusAsync();
        await keys.PressAsync("x");
        await keys.PressAsync("Shift+J");
        await keys.PressAsync("Shift+J");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Picked conversations" })).ToContainTextAsync("3 picked");
        await Album.Keep(page, "console-bulk");
        // Done with all of them, and taken back with one key.
        await keys.PressAsync("Shift+B");
        await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await keys.TypeAsync("Urgent");
        await keys.PressAsync("Enter");
        await Expect(page.GetByText("Done with 3")).ToBeVisibleAsync();
        await Album.Keep(page, "console-bulk-undo");
        await keys.PressAsync("z");
        await Expect(page.GetByText("Taken back in 3")).ToBeVisibleAsync();
        await Expect(page.GetByText("Taken back in 3")).ToBeHiddenAsync();

        await page.Locator("a.row").Filter(new() { HasText = "Frauke" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Log)).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await keys.PressAsync("Shift+F");
        await Expect(page.Locator(".here").GetByText("You follow this")).ToBeVisibleAsync();
        await keys.PressAsync("q");
        await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await keys.TypeAsync("Noor");
        await keys.PressAsync("Enter");
        await Expect(page.GetByLabel("Your question; the customer never sees it")).ToBeFocusedAsync();
        await keys.TypeAsync("Have we two metres of the navy strip?");
        await Album.Keep(page, "console-ask");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("details.aside")).ToBeVisibleAsync();
        await page.GetByText("You follow this").First.ScrollIntoViewIfNeededAsync();
        await Album.Keep(page, "console-side-conversation");

        await page.Context.CloseAsync();
        await Album.Index();
    }

    /// <summary>Everybody is at work, three wait, and one is watched.</summary>
    [PicturesFact]
    public async Task How_it_stands_and_who_looks_after_it()
    {
        var page = await ConsolePicturesTests.AtTheDesk();
        var noor = await ConsolePicturesTests.AtTheDesk("Noor");
        var keys = page.Keyboard;
        // Who looks after others is asked for nothing meanwhile.
        await page.Ask("PUT", "/v1/me/presence", new { state = "away" });
        var people = (await page.Ask("GET", "/v1/directory")).GetProperty("agents").EnumerateArray().ToDictionary(it => it.GetProperty("name").GetString()!, it => it.GetProperty("id").GetString());
        // What nobody has is given out, so that there is somebody to look after.
        var free = (await page.Ask("GET", "/v1/conversations?view=unassigned&limit=20")).GetProperty("items").EnumerateArray().Select(it => it.GetProperty("id").GetString()).ToList();
        foreach (var (id, i) in free.Take(7).Select((id, i) => (id, i)))
        {
            await page.Ask("PUT", $"/v1/conversations/{id}/assignment", new { agent = people[i % 3 == 0 ? "Ravi" : "Noor"] });
        }

        // And three who wait to talk.
        var waiting = new List<IPage>();
        foreach (var (name, text) in new[] { ("Ida Lund", "Is somebody there? My halyard is stuck"), ("Otto Brandt", "Do you open on Sunday?"), ("Zoë Martens", "Where is my parcel?") })
        {
            var guest = await (await Theatre.Shared.Demo()).Visit("/demo/shop#chat", 1200, 800);
            waiting.Add(guest);
            var widget = guest.FrameLocator("iframe[src*='/widget/']");
            var (field, begin) = (widget.GetByLabel("Write a message…"), widget.GetByRole(AriaRole.Button, new() { Name = "Start a conversation" }));
            await Expect(field.Or(begin).First).ToBeVisibleAsync();
            if (!await field.IsVisibleAsync())
            {
                await begin.ClickAsync();
            }

            await field.FillAsync(text);
            await field.PressAsync("Enter");
            await Ears.Eventually(async () => (await page.Ask("GET", "/v1/conversations?limit=20")).GetRawText().ShouldContain(text));
            var row = (await page.Ask("GET", "/v1/conversations?limit=20")).GetProperty("items").EnumerateArray().First(it => it.GetProperty("preview").GetProperty("text").GetString() == text);
            await page.Ask("PATCH", $"/v1/contacts/{row.GetProperty("contact").GetProperty("id").GetString()}", new { name });
        }

        await noor.GetByRole(AriaRole.Region, new() { Name = "An offer" }).GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        var floor = page.GetByRole(AriaRole.Region, new() { Name = "Supervision" });
        await page.Go("#/supervision", floor.Locator("summary").First);
        await page.WaitForTimeoutAsync(1_500);
        await floor.Locator("summary").Filter(new() { HasText = "Noor" }).ClickAsync();
        await Album.Keep(page, "console-supervision");
        await floor.Locator("details").Filter(new() { HasText = "Noor" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(page.GetByText("You are watching.", new() { Exact = false })).ToBeVisibleAsync();
        await keys.PressAsync("Shift+W");
        await keys.TypeAsync("Offer a voucher for the wait: it is our fault.");
        await Album.Keep(page, "console-watching");
        await keys.PressAsync("Escape");
        await keys.PressAsync("Shift+T");
        await Expect(page.GetByRole(AriaRole.Dialog).GetByLabel("Why")).ToBeFocusedAsync();
        await keys.TypeAsync("Noor has a full day");
        await Album.Keep(page, "console-take-over");
        await keys.PressAsync("Escape");

        await page.Open("Ida Lund");
        await keys.PressAsync("Escape");
        await keys.PressAsync("w");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await page.WaitForTimeoutAsync(800);
        await Album.Keep(page, "console-why");
        await keys.PressAsync("Escape");
        foreach (var guest in waiting)
        {
            await guest.Context.CloseAsync();
        }

        await noor.Context.CloseAsync();
        await page.Go("#/all", page.Locator("a.row").First);
        await page.Ask("PUT", "/v1/me/presence", new { state = "online" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Kim," }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Give me five minutes" }).ClickAsync();
        await Expect(page.GetByText("Nothing new for")).ToBeVisibleAsync();
        await Album.Keep(page, "console-pause");
        await page.GetByRole(AriaRole.Button, new() { Name = "I am back" }).ClickAsync();
        await page.Ask("PUT", "/v1/me/presence", new { state = "busy" });
        await page.Go("#/settings/attention", page.GetByRole(AriaRole.Table, new() { Name = "Your own" }));
        await Album.Keep(page, "settings-attention");
        await page.Context.CloseAsync();
        await Album.Index();
    }
}
