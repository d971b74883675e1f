using System.Net;

namespace Parley.Browser.Pictures;

/// <summary>Live chat and messaging in one thread, as both sides see each step of it.</summary>
public class ModesPicturesTests : Scene
{
    protected override async Task Prepare()
    {
        (await Kim.Patch($"/v1/inboxes/{Inbox}", new { name = "Lighthouse", color = "#0f766e" })).Expect(HttpStatusCode.OK);
        var brand = (await Kim.Get("/v1/directory")).Body.GetProperty("brands")[0].GetProperty("id").GetString();
        (await Kim.Patch($"/v1/brands/{brand}", new { name = "Lighthouse" })).Expect(HttpStatusCode.OK);
    }

    [PicturesFact]
    public async Task From_an_offer_to_a_promise()
    {
        await Policy(new { profile = "blended", hours = "always", liveWaitSeconds = 600, acceptSeconds = 600 });
        var noor = await AtTheConsole();
        await Online("Noor");
        var ana = await Customer();
        await ana.Visit("", Vouch("ana", "Ana"));
        await ana.Begin("My mainsail is torn along the leech. Can it be mended by Friday?");
        await Expect(ana.App.GetByText("You need not wait", new() { Exact = false })).ToBeVisibleAsync();
        await Keep(ana, "waiting");
        await Expect(noor.Page.GetByRole(AriaRole.Region, new() { Name = "An offer" })).ToBeVisibleAsync();
        await Album.Keep(noor.Page, "console-offer");
        await noor.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("Noor, ") }).First.ClickAsync();
        await Expect(noor.Page.GetByRole(AriaRole.Menu)).ToBeVisibleAsync();
        await Album.Keep(noor.Page, "console-state", both: false);
        await noor.Page.Keyboard.PressAsync("Escape");
        await noor.Page.Keyboard.PressAsync("Shift+Y");
        await noor.Sees("My mainsail is torn");
        await noor.Say("It can. Send us a picture of it, please.");
        await Expect(ana.App.GetByText("You are talking with Noor")).ToBeVisibleAsync();
        await Keep(ana, "live");
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "End chat" }).ClickAsync();
        await Expect(ana.App.GetByText("End the chat?")).ToBeVisibleAsync();
        await Keep(ana, "end-chat");
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Go on", Exact = true }).ClickAsync();
        await ana.Say("I am at work, it will take a moment.");
        await noor.Page.GetByRole(AriaRole.Button, new() { Name = "I come back by …" }).ClickAsync();
        await Expect(noor.Page.GetByRole(AriaRole.Option, new() { NameRegex = new("^Within an hour") })).ToBeVisibleAsync();
        await Album.Keep(noor.Page, "console-come-back", both: false);
        await noor.Page.GetByRole(AriaRole.Option, new() { NameRegex = new("^Within an hour") }).ClickAsync();
        await Expect(ana.Log.GetByText("Noor will write here", new() { Exact = false })).ToBeVisibleAsync();
        await Keep(ana, "promise");
        await Album.Keep(noor.Page, "console-modes");
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Talk now" }).ClickAsync();
        await Expect(ana.App.GetByRole(AriaRole.Button, new() { Name = "Write to me instead" })).ToBeVisibleAsync();
        await Keep(ana, "talk-now");
        await Album.Index();
    }

    [PicturesFact]
    public async Task In_the_queue_of_a_strict_chat_and_after_its_end()
    {
        await Policy(new { profile = "strictLive", hours = "always", whenClosed = "messaging", liveWaitSeconds = 600, acceptSeconds = 600, idleReminderSeconds = 240, idleSeconds = 600 });
        var noor = await AtTheConsole("Noor", "all");
        await Online("Noor");
        foreach (var (name, text) in new[] { ("Ben", "Do you ship to Lagos?"), ("Zoë", "Is the red one in stock?"), ("Ida", "Which rope for a mooring?"), ("Otto", "My life jacket hisses.") })
        {
            using var caller = new Parley.Tests.Cast.Caller(Server.Here);
            caller.Bearer = (await caller.Post("/v1/widget/sessions", new { inbox = Inbox, identity = Vouch($"guest-{text.Length}", name) })).Expect(HttpStatusCode.Created)["token"];
            (await caller.Post("/v1/widget/conversations", new { clientId = "1", content = new { type = "text", text } })).Expect(HttpStatusCode.Created);
        }

        var ana = await Customer();
        await ana.Visit("", Vouch("ana", "Ana"));
        await ana.Begin("Where is my parcel?");
        await Expect(ana.App.GetByRole(AriaRole.Button, new() { Name = "Write to me instead" })).ToBeVisibleAsync();
        await ana.Page.WaitForTimeoutAsync(5_500);
        await Keep(ana, "queue");
        await Album.Keep(noor.Page, "console-queue");
        await noor.Page.GotoAsync($"{Server.Address}#/all");
        await noor.Open("Where is my parcel");
        await noor.Say("It left the harbour this morning.");
        await ana.Sees("It left the harbour");
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "End chat" }).ClickAsync();
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "End chat" }).Last.ClickAsync();
        await Expect(ana.App.GetByText("This chat has ended")).ToBeVisibleAsync();
        await Keep(ana, "ended");
        await Album.Keep(noor.Page, "console-ended", both: false);
        await Album.Index();
    }

    [PicturesFact]
    public async Task Sorted_handed_on_and_dropped_out()
    {
        await Policy(new { profile = "blended", hours = "always", liveWaitSeconds = 600, acceptSeconds = 600, graceSeconds = 600 });
        var workshop = (await Kim.Post("/v1/teams", new { name = "Workshop" })).Expect(HttpStatusCode.Created)["id"];
        var kim = await AtTheConsole("Kim", $"settings/inboxes/{Inbox}/sorting");
        await kim.Page.GetByRole(AriaRole.Button, new() { Name = "Add a rule" }).ClickAsync();
        var dialog = kim.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name", new() { Exact = true }).FillAsync("Repairs");
        await dialog.GetByLabel("Words, one a line").FillAsync("torn\nsplit\nrepair*");
        await dialog.GetByLabel("Team").SelectOptionAsync(workshop);
        await dialog.GetByLabel("Priority").SelectOptionAsync("high");
        await Album.Keep(kim.Page, "settings-sorting-rule");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add a rule" }).ClickAsync();
        await Expect(kim.Page.GetByText("→ Workshop")).ToBeVisibleAsync();
        await kim.Page.WaitForTimeoutAsync(4_500);
        await Album.Keep(kim.Page, "settings-sorting");
        var noor = await AtTheConsole("Noor", "all");
        await kim.Page.GotoAsync($"{Server.Address}#/settings/agents");
        await kim.Page.ReloadAsync();
        await kim.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("Noor") }).First.ClickAsync();
        await Expect(dialog.GetByLabel("Conversations at once")).ToBeVisibleAsync();
        await Album.Keep(kim.Page, "settings-agent");
        Task Experience() => dialog.GetByLabel("Experience").EvaluateAsync("it => it.scrollIntoView({ block: 'center' })");
        await dialog.GetByLabel("Experience").SelectOptionAsync("beginner");
        await dialog.GetByLabel("Skills").FillAsync("sails 3, rigging");
        await Experience();
        await Album.Keep(kim.Page, "settings-agent-beginner", narrow: Experience);

        await using var line = Line.To(Server.Here);
        // What the rule gives to the workshop is offered to those who are in it.
        (await Kim.Patch($"/v1/agents/{(await Call("Noor")).Id}", new { teams = new[] { workshop } })).Expect(HttpStatusCode.OK);
        await Online("Noor");
        var ana = await Customer();
        var address = line.Address(Server.Address.Host);
        ana.Watch.Own(address);
        ana.Watch.ExpectOutage();
        await ana.Visit(identity: Vouch("ana", "Ana"), parley: address);
        await ana.Begin("My mainsail is torn along the leech. Can it be mended by Friday?");
        await Expect(noor.Offer).ToBeVisibleAsync();
        await noor.Page.Keyboard.PressAsync("Shift+Y");
        await noor.Sees("My mainsail is torn");
        await noor.Say("Which sail number is it?");
        await ana.Sees("Which sail number");
        await ana.Say("NED 412, and the boat is in Sneek.");
        await noor.Sees("NED 412");
        (await (await Call("Noor")).Post($"/v1/conversations/{await Thread()}/notes", new { clientId = "1", text = "Needs the big table: it is eleven metres long." })).Expect(HttpStatusCode.Created);
        (await (await Call("Noor")).Put($"/v1/conversations/{await Thread()}/assignment", new { agent = Kim.Id })).Expect(HttpStatusCode.OK);
        await kim.Page.GotoAsync($"{Server.Address}#/all");
        await kim.Open("Needs the big table");
        await Expect(kim.Page.GetByRole(AriaRole.Region, new() { Name = "Handed on" })).ToContainTextAsync("Noor handed this on");
        await Album.Keep(kim.Page, "console-handover");
        line.Cut();
        await Expect(ana.Bar).ToBeVisibleAsync();
        await Keep(ana, "reconnecting");
        await Expect(kim.Row("Needs the big table")).ToContainTextAsync("dropped");
        await Album.Keep(kim.Page, "console-dropped");
        line.Mend();
        await Album.Index();
    }

    private async Task<string> Thread() => (await Kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK).Body.GetProperty("items")[0].GetProperty("id").GetString()!;

    [PicturesFact]
    public async Task Hours_and_modes()
    {
        await Policy(new
        {
            profile = "strictLive",
            hours = new { zone = "Europe/Amsterdam", week = new[] { new { day = "mon", from = "09:00", to = "17:00" }, new { day = "tue", from = "09:00", to = "17:00" }, new { day = "fri", from = "09:00", to = "13:00" } }, exceptions = new[] { new { date = "2031-12-24", intervals = new[] { new { from = "09:00", to = "12:00" } } }, new { date = "2031-12-26", intervals = Array.Empty<object>().Select(_ => new { from = "", to = "" }).ToArray() } } },
        });
        // Nobody made a form, and nobody is there: ours.
        var ana = await Customer();
        await ana.Visit();
        await ana.Open();
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Start a conversation" }).ClickAsync();
        await Expect(ana.App.GetByLabel("How can we help?")).ToBeVisibleAsync();
        await Keep(ana, "built-in-form");
        var kim = await AtTheConsole("Kim", $"settings/inboxes/{Inbox}/modes");
        var page = kim.Page;
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "Strict live chat" })).ToBeCheckedAsync();
        await page.WaitForTimeoutAsync(600);
        await Album.Keep(page, "settings-modes");
        await page.GetByText("Holidays and other special days").ScrollIntoViewIfNeededAsync();
        await Album.Keep(page, "settings-modes-hours", narrow: () => page.GetByText("Holidays and other special days").ScrollIntoViewIfNeededAsync());
        await page.GetByRole(AriaRole.Radio, new() { Name = "Messaging" }).CheckAsync();
        await Expect(page.GetByText("For a while")).ToBeVisibleAsync();
        await Album.Keep(page, "settings-modes-switch", narrow: () => page.GetByText("What changes").ScrollIntoViewIfNeededAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "For 2 hours" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "End it now" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "End it now" }).ScrollIntoViewIfNeededAsync();
        await page.WaitForTimeoutAsync(4_500);
        await Album.Keep(page, "settings-modes-trial", narrow: () => page.GetByRole(AriaRole.Button, new() { Name = "End it now" }).ScrollIntoViewIfNeededAsync());
        await page.GotoAsync($"{Server.Address}#/settings/inboxes/{Inbox}/texts");
        await page.GetByText("Told in the thread").ScrollIntoViewIfNeededAsync();
        await Album.Keep(page, "settings-told", narrow: () => page.GetByText("Told in the thread").ScrollIntoViewIfNeededAsync());
        (await Kim.Post("/v1/teams", new { name = "Sails" })).Expect(HttpStatusCode.Created);
        await page.GotoAsync($"{Server.Address}#/settings/teams");
        await page.ReloadAsync();
        await page.GetByText("Sails").First.ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("At work").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.WaitForTimeoutAsync(800);
        await Album.Keep(page, "settings-team-hours");
        await page.EvaluateAsync("localStorage.setItem('parley.push', 'psh_1')");
        var told = new { publicKey = "x", kinds = new { mine = true, team = true, mention = true, promise = false }, quiet = new { from = "22:00", to = "07:00", zone = "Europe/London" }, devices = new[] { new { id = "psh_1", name = "Chrome on Windows", madeAt = Server.Time.GetUtcNow() }, new { id = "psh_2", name = "Safari on iPhone", madeAt = Server.Time.GetUtcNow().AddDays(-3) } } };
        await page.RouteAsync("**/v1/me/push", route => route.FulfillAsync(new() { ContentType = "application/json", Body = System.Text.Json.JsonSerializer.Serialize(told) }));
        await page.GotoAsync($"{Server.Address}#/settings/me");
        await page.ReloadAsync();
        await page.GetByText("Quiet hours").ScrollIntoViewIfNeededAsync();
        await Album.Keep(page, "settings-push", narrow: () => page.GetByText("Quiet hours").ScrollIntoViewIfNeededAsync());
        await Album.Index();
    }

    private async Task Policy(object policy) => (await Kim.Put($"/v1/inboxes/{Inbox}/policy", policy)).Expect(HttpStatusCode.OK);

    private async Task Online(string name) => (await (await Call(name)).Put("/v1/me/presence", new { state = "online" })).Expect(HttpStatusCode.OK);

    private static Task Keep(Customer customer, string name) => Album.Keep(customer.Page, $"widget-{name}", customer.Panel);
}
