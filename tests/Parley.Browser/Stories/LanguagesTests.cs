using System.Net;

namespace Parley.Browser.Stories;

/// <summary>In the customer's language, from whichever side it is read; as each brand speaks.</summary>
public class LanguagesTests : Scene
{
    private const string Arabic = "هل يناسب الحبل Kobra 16 kg قاربي؟";

    [BrowserFact, Trait("row", "PA21")]
    public async Task PA21_On_a_page_in_Arabic_everything_is_mirrored_and_every_sentence_keeps_its_own_direction()
    {
        (await Kim.Patch($"/v1/inboxes/{Inbox}", new { languages = new[] { "en", "de", "ar" }, texts = new { ar = new { greeting = "مرحباً! كيف نساعدك؟" } } })).Expect(HttpStatusCode.OK);
        var noor = await AtTheConsole("Noor", "all");
        var ana = await Customer(new() { Locale = "ar" });
        await ana.Visit(language: "ar");
        (await Middle(ana.Launcher)).ShouldBeLessThan(100);
        await ana.Open();
        (await ana.Panel.BoundingBoxAsync())!.X.ShouldBe(20);

        // What was typed in Arabic is shown so; what we do not speak falls back, and says so.
        var greeting = ana.App.GetByText("مرحباً! كيف نساعدك؟");
        await Expect(greeting).ToHaveAttributeAsync("lang", "ar");
        await Expect(ana.App.Locator("html")).ToHaveAttributeAsync("lang", "en");
        (await Middle(ana.App.GetByRole(AriaRole.Button, new() { Name = "Close" }))).ShouldBeLessThan(await Middle(greeting));
        await Picture.Keep(ana.Page, "widget-home-ar");

        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Start a conversation" }).ClickAsync();
        (await Direction(ana.Field)).ShouldBe("ltr");
        await ana.Field.FillAsync(Arabic);
        (await Direction(ana.Field)).ShouldBe("rtl");
        await ana.Say(Arabic);
        await ana.Say("Kobra II, please");
        await noor.Open("Kobra II");
        await noor.Say("نعم، 16 kg تكفي.");
        await noor.Say("Shall we put one aside?");
        await ana.Sees("put one aside");
        var panel = await Middle(ana.Panel);
        foreach (var (text, mine, direction) in new[] { (Arabic, true, "rtl"), ("Kobra II, please", true, "ltr"), ("نعم، 16 kg تكفي.", false, "rtl"), ("Shall we put one aside?", false, "ltr") })
        {
            var bubble = ana.Message(text).Locator(".bubble");
            (await Middle(bubble) < panel).ShouldBe(mine, text);
            (await Direction(bubble.Locator(".text"))).ShouldBe(direction, text);
            var row = noor.Message(text).Locator(".words");
            (await Direction(row)).ShouldBe(direction, text);
        }

        (await Middle(ana.App.GetByRole(AriaRole.Button, new() { Name = "Back" }))).ShouldBeGreaterThan(panel);
        (await Middle(ana.App.GetByRole(AriaRole.Button, new() { Name = "Send" }))).ShouldBeLessThan(panel);
        await Picture.Keep(ana.Page, "widget-thread-ar");

        // The console is in none of these languages yet; it stands as well.
        await noor.Page.EvaluateAsync("document.documentElement.dir = 'rtl'");
        (await Middle(noor.Row("Shall we"))).ShouldBeGreaterThan(await Middle(noor.Thread));
        (await Middle(noor.Message(Arabic).Locator(".bubble"))).ShouldBeGreaterThan(await Middle(noor.Message("Shall we").Locator(".bubble")));
        (await noor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0);
        await Picture.Keep(noor.Page, "console-rtl");
    }

    [BrowserFact, Trait("row", "PA21"), Trait("row", "HS2")]
    public async Task PA21_HS2_A_customer_chooses_the_language_and_is_greeted_by_page_and_language()
    {
        (await Kim.Patch($"/v1/inboxes/{Inbox}", new
        {
            languages = new[] { "en", "de" },
            texts = new { en = new { greeting = "Ahoy!", teaser = "Questions?" }, de = new { greeting = "Moin!", teaser = "Fragen?" } },
            segments = new object[]
            {
                new { id = "anchors-de", name = "Anchors, in German", paths = new[] { "/anchors*" }, languages = new[] { "de" }, texts = new { de = new { greeting = "Welcher Anker darf es sein?", teaser = "Hilfe beim Anker?" } } },
                new { id = "anchors", name = "Anchors", paths = new[] { "/anchors*" }, texts = new { en = new { greeting = "Which anchor may it be?", teaser = "Help with anchors?" } } },
            },
        })).Expect(HttpStatusCode.OK);
        var ana = await Customer();
        await ana.Visit();
        await Expect(ana.Teaser).ToContainTextAsync("Questions?");
        await ana.Page.Locator("#other").ClickAsync();
        await Expect(ana.Teaser).ToContainTextAsync("Help with anchors?");
        await ana.Open();
        await Expect(ana.App.GetByText("Which anchor may it be?")).ToBeVisibleAsync();

        await ana.App.GetByLabel("Language").SelectOptionAsync("de");
        await Expect(ana.App.GetByText("Welcher Anker darf es sein?")).ToBeVisibleAsync();
        await Expect(ana.App.GetByRole(AriaRole.Heading, new() { Name = "Guten Tag!" })).ToBeVisibleAsync();
        await Expect(ana.App.Locator("html")).ToHaveAttributeAsync("lang", "de");
        await Reads("widget-home-german", ana.App.Locator("body"));
        await ana.App.GetByRole(AriaRole.Button, new() { NameRegex = new("^Unterhaltung") }).ClickAsync();
        var field = ana.App.GetByRole(AriaRole.Textbox);
        await field.FillAsync("Der leichteste, bitte");
        await field.PressAsync("Enter");
        await ana.Arrived("Der leichteste");

        // Whoever answers knows of it, and it is so on the next page and tomorrow.
        var noor = await AtTheConsole();
        await noor.Open("Der leichteste");
        await Expect(noor.Page.GetByText("German", new() { Exact = true })).ToBeVisibleAsync();
        await ana.Page.Locator("#home").ClickAsync();
        await Expect(ana.App.GetByRole(AriaRole.Button, new() { Name = "Senden" })).ToBeVisibleAsync();
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Zurück" }).ClickAsync();
        await Expect(ana.App.GetByText("Moin!")).ToBeVisibleAsync();
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Schließen" }).ClickAsync();
        await ana.Page.ReloadAsync();
        await Expect(ana.Launcher).ToHaveAccessibleNameAsync("Nachrichten");
    }

    /// <summary>Where on the screen its middle is, from the left.</summary>
    private static async Task<float> Middle(ILocator it)
    {
        var box = (await it.BoundingBoxAsync()).ShouldNotBeNull();
        return box.X + box.Width / 2;
    }

    private static Task<string> Direction(ILocator it) => it.EvaluateAsync<string>("element => getComputedStyle(element).direction");
}
