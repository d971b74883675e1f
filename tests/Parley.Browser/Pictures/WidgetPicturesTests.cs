using System.Net;
using Parley.Browser.Stories;

namespace Parley.Browser.Pictures;

/// <summary>What customers see, on a shop's page and on a telephone.</summary>
public class WidgetPicturesTests : Scene
{
    private static readonly object Order = new
    {
        id = "order", name = "Ask for the order", title = new { en = "Your order" },
        fields = new object[]
        {
            new { name = "email", type = "email", label = "Email", required = true },
            new { name = "anchors", type = "number", label = "How many anchors", min = 1, max = 4, required = true },
            new { name = "boat", type = "choice", label = "Boat", options = new[] { new { id = "sail", label = "Sail" }, new { id = "motor", label = "Motor" } } },
        },
    };

    protected override async Task Prepare()
    {
        (await Kim.Patch($"/v1/inboxes/{Inbox}", new
        {
            name = "Lighthouse", color = "#0f766e", rating = true, forms = new[] { Order }, languages = new[] { "en", "de", "nl", "es" },
            texts = new { en = new { greeting = "Ahoy! What does your boat need?", teaser = "Questions about sails?" } },
        })).Expect(HttpStatusCode.OK);
        var brand = (await Kim.Get("/v1/directory")).Body.GetProperty("brands")[0].GetProperty("id").GetString();
        (await Kim.Patch($"/v1/brands/{brand}", new { name = "Lighthouse" })).Expect(HttpStatusCode.OK);
    }

    [PicturesFact]
    public async Task From_the_launcher_to_a_thread()
    {
        var noor = await AtTheConsole();
        var ana = await Customer();
        await ana.Visit("", Vouch("ana", "Ana"));
        await Expect(ana.Teaser).ToBeVisibleAsync();
        await Album.Keep(ana.Page, "widget-launcher");
        await ana.Open();
        await Expect(ana.App.GetByText("Ahoy! What does your boat need?")).ToBeVisibleAsync();
        await Keep(ana, "home");
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Start a conversation" }).ClickAsync();
        await Expect(ana.Field).ToBeVisibleAsync();
        await Keep(ana, "new");
        await ana.Say("Good morning! Which anchor holds a boat of nine metres in sand?");
        await noor.Open("Which anchor");
        await noor.Say("Good morning Ana! A Kobra of 16 kg does, with ten metres of chain.");
        await noor.Say("Up to a wind of seven. Do you anchor in the Waddenzee?");
        await ana.Sees("Waddenzee");
        await ana.Say("Mostly, yes. Mud and sand.");
        await noor.Field.PressSequentiallyAsync("Then");
        await Expect(ana.App.GetByText("Noor is writing")).ToBeVisibleAsync();
        await Keep(ana, "thread");
        await noor.Say("Then the Kobra it is.");
        await ana.Sees("the Kobra it is");
        await ana.Message("the Kobra it is").HoverAsync();
        await ana.Message("the Kobra it is").GetByRole(AriaRole.Button, new() { Name = "What to do with this message" }).ClickAsync();
        await Expect(ana.App.GetByRole(AriaRole.Menu)).ToBeVisibleAsync();
        await Keep(ana, "menu");
        await ana.Page.Keyboard.PressAsync("Escape");
        await ana.GoOn();
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Add an emoji" }).ClickAsync();
        await Expect(ana.App.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Keep(ana, "emoji");
        await ana.Page.Keyboard.PressAsync("Escape");
        await ana.Back();
        await Expect(ana.App.Locator("button.row")).ToBeVisibleAsync();
        await Keep(ana, "home-again");
        await ana.GoOn();
        ana.Watch.ExpectOutage();
        await ana.Context.SetOfflineAsync(true);
        await ana.Write("And a rope, please");
        await Expect(ana.App.GetByText("No connection")).ToBeVisibleAsync();
        await Keep(ana, "no-connection");
        await ana.Context.SetOfflineAsync(false);
        await ana.Arrived("And a rope, please");
        await Album.Index();
    }

    [PicturesFact]
    public async Task Each_kind_of_content()
    {
        var ana = await Customer();
        await ana.Visit("", Vouch("ana", "Ana"));
        await ana.Begin("Show me everything");
        var noor = await AtTheConsole();
        await noor.Open("everything");
        await noor.Say("With pleasure.");
        var conversation = new Uri(noor.Page.Url).Fragment.Split('/').Last();
        foreach (var content in ContentTests.Everything)
        {
            var kind = (string)content.GetType().GetProperty("type")!.GetValue(content)! + (content.GetType().GetProperty("ask") is null ? "" : "-asked");
            (await Kim.Post($"/v1/conversations/{conversation}/messages", new { clientId = Guid.CreateVersion7(), content })).Expect(HttpStatusCode.Created);
            await ana.Page.WaitForTimeoutAsync(900);
            await Keep(ana, kind.ToLowerInvariant());
        }

        await Album.Keep(noor.Page, "console-content", narrow: null);
        await noor.Page.Keyboard.PressAsync("Escape");
        await noor.Page.Keyboard.PressAsync("e");
        await Expect(ana.App.GetByText("Noor has finished")).ToBeVisibleAsync();
        await ana.Page.WaitForTimeoutAsync(600);
        await Keep(ana, "finished");
        await Album.Index();
    }

    [PicturesFact]
    public async Task Where_nobody_is_there_and_in_other_languages()
    {
        (await Kim.Patch($"/v1/inboxes/{Inbox}", new { offline = "order", languages = new[] { "en", "de", "nl", "es", "ar" }, texts = new { en = new { greeting = "Ahoy! What does your boat need?" }, ar = new { greeting = "مرحباً! كيف نساعدك؟" } } })).Expect(HttpStatusCode.OK);
        var ana = await Customer();
        await ana.Visit();
        await ana.Open();
        await Expect(ana.App.GetByRole(AriaRole.Button, new() { Name = "Start a conversation" })).ToBeVisibleAsync();
        await Keep(ana, "nobody-there");
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Start a conversation" }).ClickAsync();
        await Expect(ana.App.GetByLabel("How many anchors")).ToBeVisibleAsync();
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Keep(ana, "offline-form");
        foreach (var (language, start) in new[] { ("de", "Unterhaltung beginnen"), ("ar", "Start a conversation") })
        {
            var ben = await Customer(new() { Locale = language });
            await ben.Visit(language: language);
            await ben.Open();
            await Expect(ben.App.GetByRole(AriaRole.Button, new() { Name = start })).ToBeVisibleAsync();
            await Keep(ben, $"home-{language}");
        }

        await Album.Index();
    }

    private static Task Keep(Customer customer, string name) => Album.Keep(customer.Page, $"widget-{name}", customer.Panel);
}
