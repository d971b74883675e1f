namespace Parley.Browser.Pictures;

/// <summary>What helps to write and to find, in the demo's shop: replies and macros, what is sent later and taken back, a colleague who writes too, views.</summary>
[Collection("Pictures of the demo")]
public class WritingPicturesTests
{
    [PicturesFact]
    public async Task Replies_macros_later_and_back()
    {
        var page = await ConsolePicturesTests.AtTheDesk();
        var keys = page.Keyboard;
        var dialog = page.GetByRole(AriaRole.Dialog);
        var field = page.GetByRole(AriaRole.Textbox, new() { NameRegex = new("^(Reply to|Note for)") });
        await page.Ask("PATCH", "/v1/me", new { undoSeconds = 10 });
        await page.ReloadAsync();
        await page.Open("Yusuf");
        await keys.PressAsync("Escape");
        await keys.PressAsync("r");
        await Expect(field).ToBeFocusedAsync();
        await keys.TypeAsync("/");
        await Expect(page.GetByRole(AriaRole.Listbox, new() { Name = "Canned replies" })).ToBeVisibleAsync();
        await Album.Keep(page, "console-replies");
        await keys.PressAsync("Escape");
        await field.FillAsync("");
        await keys.PressAsync("Escape");
        await keys.PressAsync("Shift+M");
        await Expect(dialog.GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await keys.TypeAsync("photo");
        await keys.PressAsync("Enter");
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Do it" })).ToBeFocusedAsync();
        await Album.Keep(page, "console-macro");
        await keys.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);

        await keys.PressAsync("n");
        await Expect(field).ToBeFocusedAsync();
        await keys.TypeAsync("@");
        await Expect(page.GetByRole(AriaRole.Listbox)).ToBeVisibleAsync();
        await Album.Keep(page, "console-mentioning");
        await keys.PressAsync("Escape");
        await field.FillAsync("");
        await keys.PressAsync("Escape");

        await keys.PressAsync("r");
        await Expect(field).ToBeFocusedAsync();
        await keys.TypeAsync("Your halyard is back from the splicer. Shall we send it on?");
        await keys.PressAsync("Control+Alt+Enter");
        await Expect(dialog.GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await Album.Keep(page, "console-send-later");
        await keys.TypeAsync("3d");
        await keys.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "To be sent later" })).ToBeVisibleAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await field.FillAsync("It came in this morning, and it fits.");
        await field.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).First).ToBeVisibleAsync();
        await Album.Keep(page, "console-waits");
        await keys.PressAsync("Control+z");
        await field.FillAsync("");
        await page.Ask("PATCH", "/v1/me", new { undoSeconds = 0 });
        await page.Context.CloseAsync();
        await Album.Index();
    }

    [PicturesFact]
    public async Task What_is_written_before_and_many_deeds_in_one()
    {
        var page = await ConsolePicturesTests.AtTheDesk();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.Go("#/settings/replies", page.GetByText("/hello"));
        await Album.Keep(page, "settings-replies");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("Greeting") }).First.ClickAsync();
        await Expect(dialog.Locator("figure")).ToBeVisibleAsync();
        await Album.Keep(page, "settings-reply");
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("Ask for a photo") }).First.ClickAsync();
        await Expect(dialog.GetByLabel("Action 2", new() { Exact = true })).ToBeVisibleAsync();
        await Album.Keep(page, "settings-macro");
        await page.Keyboard.PressAsync("Escape");
        await page.Context.CloseAsync();
        await Album.Index();
    }

    [PicturesFact]
    public async Task Somebody_who_writes_too()
    {
        var page = await ConsolePicturesTests.AtTheDesk();
        var noor = await ConsolePicturesTests.AtTheDesk("Noor");
        await page.Open("Marcus");
        await noor.Open("Marcus");
        var words = (IPage at) => at.GetByRole(AriaRole.Textbox, new() { NameRegex = new("^Reply to") });
        await words(page).FillAsync("It is on its way to you.");
        await words(noor).ClickAsync();
        await noor.Keyboard.TypeAsync("I have just asked the");
        await Expect(page.GetByText("Noor is answering").First).ToBeVisibleAsync();
        await words(page).PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Album.Keep(page, "console-over", narrow: () => noor.Keyboard.TypeAsync(" depot"));
        await words(page).FillAsync("");
        await words(noor).FillAsync("");
        await noor.Context.CloseAsync();
        await page.Context.CloseAsync();
        await Album.Index();
    }

    [PicturesFact]
    public async Task Views_of_ones_own_and_a_search()
    {
        var page = await ConsolePicturesTests.AtTheDesk();
        var (keys, dialog) = (page.Keyboard, page.GetByRole(AriaRole.Dialog));
        foreach (var (name, emoji, filter, share) in new (string, string, object, string)[]
        {
            ("Sails that are torn", "⛵", new { all = new object[] { new { field = "label", op = "is", value = "sail repair" } } }, "all"),
            ("Waits for a word of ours", "", new { all = new object[] { new { field = "status", op = "is", value = "open" } } }, "me"),
        })
        {
            await page.Ask("POST", "/v1/views", new { name, emoji = emoji.Length > 0 ? emoji : "⚓", filter, share, order = "waiting" });
        }

        await page.ReloadAsync();
        await Expect(page.Locator("a.row").First).ToBeVisibleAsync();
        await keys.PressAsync("Shift+V");
        await dialog.GetByLabel("Name").FillAsync("Delivery, and waiting");
        await dialog.GetByLabel("Field of condition 1").First.SelectOptionAsync(new SelectOptionValue { Label = "Label" });
        await dialog.GetByLabel("Value of condition 1").First.SelectOptionAsync("delivery");
        await dialog.GetByRole(AriaRole.Button, new() { NameRegex = new("^Add") }).First.ClickAsync();
        await dialog.GetByLabel("Field of condition 2").First.SelectOptionAsync(new SelectOptionValue { Label = "Status" });
        await dialog.GetByLabel("Value of condition 2").First.SelectOptionAsync(new SelectOptionValue { Label = "Open" });
        await Expect(dialog.GetByRole(AriaRole.Status)).ToContainTextAsync("match");
        await Album.Keep(page, "console-view");
        await keys.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        var views = (await page.Ask("GET", "/v1/views")).GetProperty("items").EnumerateArray().First(it => it.GetProperty("name").GetString()!.StartsWith("Waits", StringComparison.Ordinal)).GetProperty("id").GetString();
        await page.Go($"#/{views}", page.Locator("a.row").First);
        await Album.Keep(page, "console-saved-view");
        await page.Go("#/search?q=from:Noor%20sail", page.Locator(".hits a").First);
        await Album.Keep(page, "console-search-filters");
        await page.Context.CloseAsync();
        await Album.Index();
    }
}
