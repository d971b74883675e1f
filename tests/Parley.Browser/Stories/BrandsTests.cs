using System.Text.RegularExpressions;

namespace Parley.Browser.Stories;

/// <summary>Brands, their texts and greetings by page: set on the screen, and seen by customers.</summary>
public sealed class BrandsTests : Scene
{
    /// <summary>A red square of four pixels.</summary>
    private static readonly byte[] Logo = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR42mO4oKAARAwQCgAgjgRBucgFBgAAAABJRU5ErkJggg==");

    [BrowserFact, Trait("row", "KU2")]
    public async Task KU2_ZD4_A_second_brand_is_made_on_the_screen_and_seen_in_the_widget()
    {
        var kim = await AtTheConsole("Kim", "settings/brands");
        var page = kim.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a brand" }).ClickAsync();
        var making = page.GetByRole(AriaRole.Dialog, new() { Name = "Add a brand" });
        await making.GetByLabel("Name").FillAsync("Sail Loft");
        await making.GetByLabel("Name").PressAsync("Enter");
        var preview = page.GetByLabel("Preview of the widget").Filter(new() { Visible = true });
        await Expect(preview).ToContainTextAsync("Sail Loft");

        // What no browser draws is refused in words; a picture is shown on light, on dark and on the colour, and in the preview.
        var file = page.Locator("input[type=file]");
        await file.SetInputFilesAsync(new FilePayload { Name = "logo.svg", MimeType = "image/svg+xml", Buffer = "<svg/>"u8.ToArray() });
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("logo.svg is no picture that every browser shows");
        await file.SetInputFilesAsync(new FilePayload { Name = "logo.png", MimeType = "image/png", Buffer = Logo });
        await Expect(page.GetByRole(AriaRole.Group, new() { Name = "The logo on light" }).GetByRole(AriaRole.Img)).ToHaveCountAsync(3);
        await Expect(preview.GetByAltText("Sail Loft")).ToBeVisibleAsync();

        // Dutch comes first: what others fall back to. The focus stays where the hand is.
        var list = page.GetByRole(AriaRole.List, new() { Name = "Languages" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Move Nederlands up" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Enter");
        await Expect(list.GetByRole(AriaRole.Listitem).First).ToContainTextAsync("Nederlands");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Move Nederlands down" })).ToBeFocusedAsync();

        // Hours that last no time are refused at their day; then Monday's are everybody's.
        await page.GetByLabel("Somebody is here").SelectOptionAsync("hours");
        await page.GetByLabel("Time zone").SelectOptionAsync("Europe/Amsterdam");
        var until = page.GetByLabel("Monday, until");
        await until.FillAsync("09:00");
        await Expect(page.GetByRole(AriaRole.Group, new() { Name = "Monday" }).GetByRole(AriaRole.Alert)).ToHaveTextAsync("Ends when it begins.");
        await Expect(Save(page)).ToBeDisabledAsync();
        await until.FillAsync("12:30");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add hours on Monday" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy Monday to other days" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Every day" }).ClickAsync();
        await Expect(page.GetByLabel("Sunday, from").Nth(1)).ToHaveValueAsync("13:30");

        // What is not saved yet is in the preview, too: what whoever comes outside the hours is told.
        await preview.GetByRole(AriaRole.Tab, new() { Name = "Closed" }).ClickAsync();
        await Expect(preview).ToContainTextAsync(new Regex(@"Back .+ at \d+:\d\d, write any time"));
        await Axe.Audit(page.MainFrame, "a brand");
        await Reads("console-settings-hours", page.GetByRole(AriaRole.Group, new() { Name = "Monday" }).Locator(".."));
        await Save(page).ClickAsync();
        await Expect(Said(page)).ToHaveTextAsync("Saved");

        // The inbox takes it, and its customers meet it.
        await page.GotoAsync($"{Server.Address}#/settings/inboxes/{Inbox}");
        await page.GetByLabel("Brand", new() { Exact = true }).SelectOptionAsync("Sail Loft");
        await Save(page).ClickAsync();
        await Expect(Said(page)).ToHaveTextAsync("Saved");
        var ana = await Customer();
        await ana.Visit();
        await ana.ShowHome();
        await Expect(ana.App.GetByAltText("Sail Loft")).ToBeVisibleAsync();
    }

    [BrowserFact, Trait("row", "PA21")]
    public async Task PA21_HS2_Texts_side_by_side_show_what_stands_where_nothing_is_typed_and_pages_have_greetings_of_their_own()
    {
        var kim = await AtTheConsole("Kim", $"settings/inboxes/{Inbox}/texts", new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        var page = kim.Page;
        var german = page.GetByRole(AriaRole.Textbox, new() { Name = "Greeting, Deutsch" });
        var preview = page.GetByLabel("Preview of the widget").Filter(new() { Visible = true });
        await Expect(german).ToHaveAttributeAsync("placeholder", "Wie können wir Ihnen helfen?");
        await Expect(german).ToHaveAccessibleDescriptionAsync("Built in, German formal");

        // The other voice is seen at once, in the table and in the preview.
        await page.GetByRole(AriaRole.Button, new() { Name = "du (informal)" }).ClickAsync();
        await Expect(german).ToHaveAttributeAsync("placeholder", "Wie können wir dir helfen?");
        await Expect(preview).ToContainTextAsync("Wie können wir dir helfen?");

        // Own words, and back to what stands behind them.
        await german.FillAsync("Moin!");
        await Expect(preview).ToContainTextAsync("Moin!");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Clear, back to “Wie können wir dir") }).ClickAsync();
        await Expect(german).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Greeting, English" }).FillAsync("Ahoy!");
        await Axe.Audit(page.MainFrame, "texts side by side");
        await Reads("console-settings-texts", page.GetByRole(AriaRole.Table));
        await Save(page).ClickAsync();
        await Expect(Said(page)).ToHaveTextAsync("Saved");

        // A greeting of its own for the cart; which one wins is told by what a widget is told.
        await page.GetByRole(AriaRole.Link, new() { Name = "Greeting by page" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a greeting" }).ClickAsync();
        var making = page.GetByRole(AriaRole.Dialog, new() { Name = "Add a greeting" });
        await Expect(making.GetByLabel("Name")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Cart");
        await making.GetByLabel("Pages, one path a line").FillAsync("cart");
        await Expect(making.GetByRole(AriaRole.Alert)).ToHaveTextAsync("A path begins with / or *: cart");
        await making.GetByLabel("Pages, one path a line").FillAsync("/cart*");
        await Expect(making.GetByRole(AriaRole.Textbox, new() { Name = "Greeting, English" })).ToHaveAccessibleDescriptionAsync("From the inbox");
        await making.GetByRole(AriaRole.Textbox, new() { Name = "Greeting, English" }).FillAsync("Anything unclear before you order?");
        await Axe.Audit(page.MainFrame, "a greeting by page");
        await Reads("console-settings-greeting", making);
        await making.GetByRole(AriaRole.Button, new() { Name = "Add a greeting" }).ClickAsync();
        await Expect(making).ToBeHiddenAsync();
        var wins = page.GetByRole(AriaRole.Region, new() { Name = "Which greeting wins?" });
        await wins.GetByLabel("Page").FillAsync("https://shop.example/cart/2?color=red");
        await Expect(wins.GetByRole(AriaRole.Status)).ToContainTextAsync("“Cart” greets here");
        await Expect(wins.GetByRole(AriaRole.Status)).ToContainTextAsync("Anything unclear before you order?");
        await wins.GetByLabel("Page").FillAsync("/sails");
        await Expect(wins.GetByRole(AriaRole.Status)).ToContainTextAsync("Ahoy!");

        var ana = await Customer();
        await ana.Visit();
        await ana.Open();
        await Expect(ana.App.GetByText("Ahoy!")).ToBeVisibleAsync();
    }

    private static ILocator Save(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).Filter(new() { Visible = true });

    /// <summary>What the bar beside the button says.</summary>
    private static ILocator Said(IPage page) => page.Locator(".bar").Filter(new() { Visible = true }).GetByRole(AriaRole.Status);
}
