using System.Net;
using Xunit.Abstractions;
using static Parley.Browser.Stage.Screens;

namespace Parley.Browser.Stories;

/// <summary>DESIGN's table of profiles, line by line: the same situation in strict live, in messaging and in blended, as both sides read it.</summary>
[Trait("takes", "long")]
public sealed class ProfilesTests(ITestOutputHelper output) : Scene
{
    private static readonly object Form = new
    {
        id = "fallback", name = "Leave a message",
        fields = new object[] { new { name = "email", type = "email", label = "Where may we answer?", required = true }, new { name = "matter", type = "text", label = "What is it about?", required = true } },
    };

    private readonly Dictionary<string, (string Inbox, string Key)> _inboxes = [];

    protected override async Task Prepare()
    {
        _inboxes["strict"] = await AddInbox("Strict");
        _inboxes["messaging"] = await AddInbox("Letters");
        _inboxes["blended"] = (Inbox, IdentityKey);
        await Policy(new { profile = "strictLive", hours = "always", graceSeconds = 2, agentGraceSeconds = 2, idleReminderSeconds = 2, idleSeconds = 20, liveWaitSeconds = 600, acceptSeconds = 600, afterEnd = "new" }, Of("strict"));
        await Policy(new { profile = "messaging", hours = "always", graceSeconds = 2, agentGraceSeconds = 2, idleReminderSeconds = 2, idleSeconds = 4 }, Of("messaging"));
        await Policy(new { profile = "blended", hours = "always", graceSeconds = 2, agentGraceSeconds = 2, idleReminderSeconds = 2, idleSeconds = 4, liveWaitSeconds = 600, acceptSeconds = 600 });
    }

    [BrowserFact, Trait("row", "LC1"), Trait("row", "LC12"), Trait("row", "LC13"), Trait("row", "LC24"), Trait("row", "MS13"), Trait("row", "MS12")]
    public async Task LC1_LC12_LC13_LC24_MS12_MS13_Whether_one_may_begin_with_nobody_there()
    {
        var screens = new Screens("nobody-there", output);
        var noor = await AtTheConsole(view: "all");

        // Strict live: no talk without somebody; a form instead of a dead end, and that is a conversation with a promise.
        (await Kim.Patch($"/v1/inboxes/{Of("strict")}", new { forms = new[] { Form }, offline = "fallback" })).Expect(HttpStatusCode.OK);
        var ana = await Visits("strict", "Ana", vouched: false);
        await ana.Open();
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Start a conversation" }).ClickAsync();
        await Expect(ana.Field).ToBeHiddenAsync();
        await ana.App.GetByLabel("Where may we answer?").FillAsync("ana@example.test");
        await ana.App.GetByLabel("What is it about?").FillAsync("My boat drifts, and it is night");
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await screens.Line("strict live, nobody online: the form",
            [Says(ana.Told.Last, "Our answer will be here usually within a day."), Says(ana.Header, "We answer as soon as we can")],
            [Says(noor.Row("My boat drifts"), "by ")]);

        var ben = await Visits("messaging", "Ben");
        await ben.Begin("Do you ship to Texel?");
        await screens.Line("messaging, nobody online", [Says(ben.Told.Last, "Our answer will be here"), Says(ben.Standing, "Our answer comes")], [Says(noor.Row("ship to Texel"), "by ")]);

        var cleo = await Visits("blended", "Cleo");
        await cleo.Begin("Is there a harbour map?");
        await screens.Line("blended, nobody online", [Says(cleo.Told.Last, "Our answer will be here"), Says(cleo.Standing, "Our answer comes")], [Says(noor.Row("harbour map"), "by ")]);

        // Hidden, where the company wants that; and the button is back with the first who comes.
        await Policy(new { profile = "strictLive", hours = "always", whenClosed = "hide" }, Of("strict"));
        await Found("hidden", Of("strict"));
        var dora = await Customer();
        await dora.Page.AddInitScriptAsync("(window.Parley ??= []).push(['on', 'ready', () => (document.title = 'ready')])");
        await dora.Page.GotoAsync(Shop.Page("", Server.Address, Of("strict"), null, null, null));
        await Expect(dora.Page).ToHaveTitleAsync("ready");
        await Expect(dora.Launcher).ToBeHiddenAsync();
        await Online("Noor", Of("strict"));

        // Outside the hours somebody sits there all the same: when it opens is said, and the promise counts from then.
        var today = Server.Time.GetUtcNow();
        await Policy(new { profile = "blended", hours = Closed(today) });
        await Found("messaging");
        var eve = await Visits("blended", "Eve");
        await eve.Begin("When can I pick it up?");
        await screens.Line("blended, outside the hours",
            [Says(eve.Header, "at 9:00, write any time"), Says(eve.Told.Last, "Our answer will be here by")],
            [Says(noor.Row("pick it up"), "by ")]);
        Walked("strictLive").Shown("LC1", "LC13", "LC24", "MS12");
        Walked("messaging").Shown("LC1", "MS12");
        Walked("blended").Shown("LC1", "LC12", "MS12", "MS13");
    }

    [BrowserFact, Trait("row", "LC24")]
    public async Task LC24_A_full_queue_shows_the_form_at_once_and_words_that_came_too_late_stand_in_it()
    {
        await Policy(new { profile = "strictLive", hours = "always", queueLimit = 1, liveWaitSeconds = 600, acceptSeconds = 600 }, Of("strict"));
        var noor = await AtTheConsole(view: "all");
        await Online("Noor", Of("strict"));
        var ana = await Begins("Ana");
        await Expect(ana.Field).ToBeVisibleAsync();
        await ana.Field.FillAsync("My mainsail is torn");
        var eve = await Begins("Eve");
        await Expect(eve.Field).ToBeVisibleAsync();
        eve.Watch.ExpectOutage();
        await eve.Context.SetOfflineAsync(true);
        await eve.Write("Do you ship to Lagos?");
        await eve.IsMarked("Do you ship to Lagos?", "sending");
        var cleo = await Visits("strict", "Cleo");
        await cleo.Begin("I am the one who waits");
        await Expect(noor.Offer).ToBeVisibleAsync();
        await Found("form", Of("strict"));

        // Whoever comes now, and whoever was writing: what is true is said before anything is refused, and nothing need be typed twice.
        var dora = await Begins("Dora");
        foreach (var (who, words) in new[] { (dora, ""), (ana, "My mainsail is torn") })
        {
            await Expect(who.App.GetByText("Many people are waiting right now.")).ToBeVisibleAsync();
            await Expect(who.Field).ToBeHiddenAsync();
            await Expect(who.App.GetByLabel("How can we help?")).ToHaveValueAsync(words);
        }

        // Whoever had sent it already.
        eve.Watch.Expect("status of 409");
        await eve.Context.SetOfflineAsync(false);
        await Expect(eve.App.GetByLabel("How can we help?")).ToHaveValueAsync("Do you ship to Lagos?");
        await Expect(eve.Message("Do you ship to Lagos?")).ToHaveCountAsync(0);
        await eve.App.GetByLabel("Your email address").FillAsync("eve@example.test");

        // Somebody has time after all: what is being filled in stays where it is.
        await noor.Page.Keyboard.PressAsync("Shift+Y");
        await noor.Sees("I am the one who waits");
        await Found("live", Of("strict"));
        await Expect(eve.App.GetByLabel("How can we help?")).ToHaveValueAsync("Do you ship to Lagos?");
        await eve.Button("Send").ClickAsync();
        await eve.Sees("Do you ship to Lagos?");
        // She is still there, and there is room: she is talked to.
        await Expect(noor.Row("ship to Lagos")).ToContainTextAsync("Waiting");

        async Task<Customer> Begins(string name)
        {
            var customer = await Visits("strict", name, vouched: false);
            await customer.Open();
            await customer.App.GetByRole(AriaRole.Button, new() { Name = "Start a conversation" }).ClickAsync();
            return customer;
        }
    }

    [BrowserFact, Trait("row", "LC2"), Trait("row", "LC3"), Trait("row", "LC16"), Trait("row", "LC15"), Trait("row", "SN2"), Trait("row", "MS27"), Trait("row", "LV1")]
    public async Task LC2_LC3_LC15_LC16_MS27_SN2_LV1_Silence_leaving_and_a_second_device()
    {
        var screens = new Screens("silence", output);
        var noor = await AtTheConsole(view: "all");
        await Online("Noor", Of("strict"));
        var people = new Dictionary<string, Customer>();
        foreach (var (profile, name) in new[] { ("blended", "Cleo"), ("messaging", "Ben"), ("strict", "Ana") })
        {
            var customer = people[profile] = await Visits(profile, name);
            await customer.Begin($"Hello from {name}");
            await noor.Open($"Hello from {name}");
            await noor.Say($"Hello {name}");
            await customer.Sees($"Hello {name}");
        }

        await screens.Line("the customer is silent: strict live",
            [Says(people["strict"].Told.Last, "Are you still there?"), Says(people["strict"].Standing, "I am still here")],
            [Says(noor.Row("Ana"), "Live")]);
        await people["strict"].Button("I am still here").ClickAsync();
        await noor.Row("Cleo").ClickAsync();
        await screens.Line("the customer is silent: blended",
            [Says(people["blended"].Messages.Last, "Hello Cleo")],
            [Says(noor.Facts.Filter(new() { HasText = "Quiet for a while" }), "goes on as messages")]);
        await Expect(people["blended"].Told).ToHaveCountAsync(0);
        await Expect(people["blended"].Standing).ToHaveCountAsync(0);
        (await Row("Cleo")).GetProperty("status").GetString().ShouldBe("open");
        await screens.Line("the customer is silent: messaging", [Says(people["messaging"].Messages.Last, "Hello Ben")], [Says(noor.Row("Ben"), "Hello Ben")]);
        // What she was told as she wrote, and nothing of any silence.
        await Expect(people["messaging"].Told).ToHaveCountAsync(1);
        Walked("messaging").Shown("LC2", "LC3", "LC8", "SN2");

        // One who is quiet is heard in the same thread all the same.
        await people["blended"].Say("Here I am again");
        await Expect(noor.Row("Here I am again")).ToContainTextAsync("Live");
        Walked("blended").Shown("LC2", "LC3", "LC8", "SN2");

        await screens.Line("the silence ends: strict live",
            [Says(people["strict"].Standing, "This chat has ended"), Says(people["strict"].Told.Last, "The chat has ended because nothing was said for a while.")],
            []);
        await Expect(noor.Row("Ana")).ToHaveCountAsync(0);
        Walked("strictLive").Shown("LC2", "LC3", "LC8", "SN2");

        // Nobody knows who she is; the browser is closed, and opened again: what was said is there.
        var lee = await Visits("messaging", "Lee", vouched: false);
        await lee.Begin("Are you open on Sundays?");
        await noor.Open("Are you open on Sundays?");
        await noor.Say("From ten.");
        await lee.Sees("From ten.");
        lee = await Again(lee, "messaging");
        await lee.GoOn();
        await lee.Sees("From ten.");
        await Expect(lee.Messages).ToHaveCountAsync(2);
        var laptop = await Visits("messaging", "Ben");
        await laptop.GoOn();
        await laptop.Say("From my laptop");
        await people["messaging"].Sees("From my laptop");
        Walked("messaging").Shown("LC16");

        await Policy(new { profile = "strictLive", hours = "always", graceSeconds = 2, liveWaitSeconds = 600, acceptSeconds = 600, afterEnd = "new" }, Of("strict"));
        // A second device: refused in strict live while the first goes on, at home everywhere else.
        var first = people["strict"];
        await first.Button("New conversation").ClickAsync();
        await first.Say("Another question");
        await noor.Open("Another question");
        await noor.Say("Go ahead");
        await Expect(first.Standing).ToContainTextAsync("You are talking with Noor");
        var second = await Visits("strict", "Ana");
        second.Watch.Expect("status of 409");
        await second.GoOn();
        await second.Write("From my telephone");
        await screens.Line("more than one device: strict live",
            [Says(second.Message("From my telephone"), "This chat is open on another device."), Says(first.Standing, "You are talking with")],
            [Says(noor.Messages.Last, "Go ahead")]);
        await Expect(first.Message("From my telephone")).ToHaveCountAsync(0);
        // The earlier talk is over, and hidden.
        await Expect(second.Message("Hello from Ana")).ToHaveCountAsync(0);
        Walked("strictLive").Shown("LC4", "LC16");

        var telephone = await Visits("blended", "Cleo");
        await telephone.GoOn();
        await telephone.Say("From my telephone");
        await people["blended"].Sees("From my telephone");
        await screens.Line("more than one device: blended", [Says(telephone.Message("From my telephone"), "From my telephone")], [Says(noor.Row("Cleo"), "From my telephone")]);
        Walked("blended").Shown("LC16");

        await second.Page.CloseAsync();
        await noor.Row("Another question").Or(noor.Row("Go ahead")).First.ClickAsync();
        // The page must stay open: who closes it has left, and the chat is over.
        await first.Page.CloseAsync();
        await Expect(noor.Page.GetByText("This chat has ended; the customer cannot get more messages here. A note is still possible.")).ToBeVisibleAsync();

        // Each limit is a switch: strict live without its three limits goes on as messages do.
        await Policy(new { profile = "strictLive", hours = "always", graceSeconds = 2, endsSessions = false, oneDevice = false, hidesEarlier = false, liveWaitSeconds = 600, acceptSeconds = 600 }, Of("strict"));
        var free = await Visits("strict", "Fay");
        await free.Begin("Is it really strict?");
        await noor.Open("Is it really strict?");
        await noor.Say("Not any more.");
        await Expect(free.Standing).ToContainTextAsync("You are talking with Noor");
        var other = await Visits("strict", "Fay");
        await other.GoOn();
        await other.Say("Then from here as well");
        await free.Sees("Then from here as well");
        Walked("strictLive").Shown("LC15", "MS27");
    }

    [BrowserFact, Trait("row", "LC9"), Trait("row", "LC10"), Trait("row", "LC11"), Trait("row", "LC25"), Trait("row", "MS19"), Trait("row", "MS31")]
    public async Task LC9_LC10_LC11_LC25_MS19_MS31_The_queue_the_wait_who_gives_up_and_what_they_say_of_it()
    {
        var screens = new Screens("queue", output);
        await Policy(new { profile = "strictLive", hours = "always", graceSeconds = 2, agentGraceSeconds = 2, firstReplySeconds = 8, liveWaitSeconds = 600, acceptSeconds = 600 }, Of("strict"));
        (await Kim.Patch($"/v1/inboxes/{Of("strict")}", new { rating = true })).Expect(HttpStatusCode.OK);
        var noor = await Agent();
        (await Kim.Put($"/v1/agents/{(await Call("Noor")).Id}/capacity", new { units = 1 })).Expect(HttpStatusCode.OK);
        await noor.SitDown("all");
        await Online("Noor", Of("strict"));

        var ana = await Visits("strict", "Ana");
        await ana.Begin("I am the first");
        await Expect(noor.Offer).ToContainTextAsync("I am the first");
        var ben = await Visits("strict", "Ben");
        await ben.Begin("I am the second");
        var cleo = await Visits("strict", "Cleo");
        await cleo.Begin("I am the third");
        await Expect(ana.Standing).ToContainTextAsync("You are next");
        await Expect(ben.Standing).ToContainTextAsync("Number 2 in the queue");
        await screens.Line("customer queue: strict live",
            [Says(cleo.Standing, "Number 3 in the queue"), Says(cleo.Standing, "Stay on this page to keep your place.")],
            [Says(noor.Offer, "waits"), Says(noor.Row("I am the third"), "Waiting 0:")]);

        // Who gives up is counted with their wait, and the next move up.
        await ben.Button("Write to me instead").ClickAsync();
        await Expect(cleo.Standing).ToContainTextAsync("Number 2 in the queue");
        await noor.Page.Keyboard.PressAsync("Shift+Y");
        await Expect(cleo.Standing).ToContainTextAsync("You are next");
        await noor.Sees("I am the first");

        // She can have one at once, and has it: nobody offers her more.
        await Expect(noor.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("1 of 1") })).ToBeVisibleAsync();
        await Expect(noor.Offer).ToBeHiddenAsync();

        // An answer is owed: the agent is reminded, quietly, and the customer reads nothing of it.
        await screens.Line("an answer is owed",
            [Says(ana.Standing, "You are talking with")],
            [Says(noor.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "waits for your answer since" }), "Ana waits for your answer since")]);
        await Expect(ana.Told).ToHaveCountAsync(0);
        await noor.Say("Welcome.");
        await ana.Sees("Welcome.");
        await noor.Page.GetByRole(AriaRole.Button, new() { Name = "Close conversation" }).ClickAsync();
        await ana.Log.GetByRole(AriaRole.Radio, new() { Name = "Good", Exact = true }).CheckAsync(new() { Force = true });
        await ana.Log.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        // Her hands are free again, and the next one is offered at once.
        await Expect(noor.Offer).ToContainTextAsync("I am the third");
        await Ears.Eventually(async () =>
        {
            var entries = await Timeline("Ben");
            entries.Single(entry => entry.GetProperty("type").GetString() == "abandoned").GetProperty("waitedMs").GetInt64().ShouldBeGreaterThan(0);
            var rated = (await Timeline("Ana")).SingleOrDefault(entry => entry.GetProperty("type").GetString() == "rated");
            rated.ValueKind.ShouldNotBe(System.Text.Json.JsonValueKind.Undefined);
            rated.GetProperty("mode").GetString().ShouldBe("live");
        });
        Walked("strictLive").Shown("LC9", "LC10", "LC11", "LC25", "MS19", "MS31");
    }

    private static Walked Walked(string profile) => new(profile, nameof(ProfilesTests));

    private string Of(string profile) => _inboxes[profile].Inbox;

    /// <summary>Somebody on the shop's page whose widget belongs to the inbox of this profile.</summary>
    private async Task<Customer> Visits(string profile, string name, bool vouched = true)
    {
        var customer = await Customer();
        await customer.Visit(identity: vouched ? Who(profile, name) : null, inbox: Of(profile));
        return customer;
    }

    private string Who(string profile, string name) => Vouch(name.ToLowerInvariant(), name, _inboxes[profile].Key, Of(profile));

    /// <summary>The browser is closed with all its pages and what it holds in memory, and started again with what it had on its disk.</summary>
    private async Task<Customer> Again(Customer before, string profile)
    {
        var disk = await before.Context.StorageStateAsync();
        await before.Context.CloseAsync();
        var customer = await Customer(new() { StorageState = disk });
        await customer.Visit(inbox: Of(profile));
        return customer;
    }

    private async Task<System.Text.Json.JsonElement> Row(string name) => (await Kim.Get("/v1/conversations?view=all")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()
        .Single(row => row.GetProperty("contact").TryGetProperty("name", out var called) && called.GetString() == name);

    private async Task<List<System.Text.Json.JsonElement>> Timeline(string name)
    {
        var rows = new[] { "open", "closed" }.Select(async status => (await Kim.Get($"/v1/conversations?status={status}")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().ToList());
        var id = (await Task.WhenAll(rows)).SelectMany(row => row).Single(row => row.GetProperty("contact").TryGetProperty("name", out var called) && called.GetString() == name).GetProperty("id").GetString();
        return [.. (await Kim.Get($"/v1/conversations/{id}/timeline?limit=500")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()];
    }

    /// <summary>Open every day from nine, but not today.</summary>
    private static object Closed(DateTimeOffset today) => new
    {
        zone = "UTC",
        week = Enum.GetNames<DayOfWeek>().Select(day => new { day = day[..3].ToLowerInvariant(), from = "09:00", to = "17:00" }),
        exceptions = Enumerable.Range(-1, 3).Select(days => new { date = today.AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), intervals = Array.Empty<object>() }),
    };
}
