using System.Net;
using System.Text.RegularExpressions;
using Xunit.Abstractions;
using static Parley.Browser.Stage.Screens;

namespace Parley.Browser.Stories;

/// <summary>DESIGN's table of changes, line by line: what the customer's screen and the agent's read at the same moment.</summary>
[Trait("takes", "long")]
public sealed class TableTests(ITestOutputHelper output) : Scene
{
    private readonly Screens _screens = new("changes", output);
    private string _quick = "";
    private string _quickKey = "";
    private string _strict = "";
    private string _strictKey = "";

    protected override async Task Prepare()
    {
        (_quick, _quickKey) = await AddInbox("Quick");
        (_strict, _strictKey) = await AddInbox("Strict");
        var patient = new { profile = "blended", hours = "always", graceSeconds = 600, agentGraceSeconds = 2, liveWaitSeconds = 600, acceptSeconds = 600 };
        await Policy(patient);
        await Policy(new { profile = "blended", hours = "always", graceSeconds = 2, liveWaitSeconds = 2, acceptSeconds = 600, promise = new { kind = "fixed", seconds = 600 } }, _quick);
        await Policy(new { profile = "strictLive", hours = "always", graceSeconds = 2, liveWaitSeconds = 600, acceptSeconds = 600 }, _strict);
    }

    [BrowserFact, Trait("row", "BX1"), Trait("row", "MS12"), Trait("row", "MS28"), Trait("row", "IC1"), Trait("row", "LC6"), Trait("row", "LC11"), Trait("row", "MS25")]
    public async Task BX1_MS12_MS25_MS28_IC1_LC6_LC11_Each_line_of_the_table_is_read_on_both_screens()
    {
        var noor = await AtTheConsole(view: "all");
        var me = await Call("Noor");
        (await Kim.Put($"/v1/agents/{me.Id}/capacity", new { units = 10 })).Expect(HttpStatusCode.OK);
        await using var line = Line.To(Server.Here);

        var ana = await Customer();
        var away = line.Address(Server.Address.Host);
        ana.Watch.Own(away);
        ana.Watch.ExpectOutage();
        await ana.Visit(identity: Vouch("ana", "Ana"), parley: away);
        await ana.Begin("Does the anchor hold in mud?");
        await _screens.Line("first message, nobody online",
            [Says(ana.Header, "We answer as soon as we can"), Says(ana.Told.Last, "Our answer will be here usually within a day."), Says(ana.Standing, "Our answer comes")],
            [Says(noor.Row("Does the anchor"), "by ")]);

        await TalkNowRefused(ana, noor);
        await Online("Noor");
        var eve = await FirstMessageWithRoom(noor);
        await MessagingToLive(ana, noor);
        await PausedAndBack(ana, noor, line);
        await ComesBackBy(ana, noor);
        await TalkNowAccepted(ana, noor);
        await NotAccepted(noor);
        await LeavesWhileOwed(noor);
        await LeavesBeforeAccept(eve, noor);
        await AgentDrops(ana, noor);
        await AgentCloses(ana, noor);
    }

    private async Task<Customer> FirstMessageWithRoom(Agent noor)
    {
        var eve = await Customer();
        await eve.Visit(identity: Vouch("eve", "Eve"));
        await eve.Begin("Is the red lantern in stock?");
        await _screens.Line("first message, there is room",
            [Says(eve.Header, "Noor is here"), Says(eve.Standing, "We are finding somebody for you")],
            [Says(noor.Offer, "Is the red lantern in stock?"), Says(noor.Row("red lantern"), "Waiting 0:0")]);
        return eve;
    }

    private async Task TalkNowRefused(Customer ana, Agent noor)
    {
        // Somebody is there when she presses, and nobody any more when it arrives.
        await Online("Noor");
        var thread = await Text(ana.Log);
        ana.Watch.Expect("status of 409");
        await ana.Context.RouteAsync("**/live-request", async route =>
        {
            await State("Noor", "away");
            await route.ContinueAsync();
        });
        await ana.Button("Talk now").ClickAsync();
        await _screens.Line("\"talk now\" refused",
            [Says(ana.App.GetByRole(AriaRole.Alert), "Nobody is here to talk to at the moment"), Says(ana.Standing, "Our answer comes"), Still(ana.Log, thread)],
            [Says(noor.Row("Does the anchor"), "by ")]);
        await ana.Context.UnrouteAllAsync();
    }

    private async Task MessagingToLive(Customer ana, Agent noor)
    {
        var told = await ana.Told.CountAsync();
        await noor.Open("Does the anchor");
        await noor.Say("It does, from 12 kg.");
        await ana.Sees("It does, from 12 kg.");
        await _screens.Line("messaging → live (both present, words within a minute)",
            [Says(ana.Header, "Noor"), Says(ana.Standing, "You are talking with Noor")],
            [Says(noor.Row("It does, from 12 kg."), "Live"), Says(noor.Facts.Last, "Both are here")]);
        (await ana.Told.CountAsync()).ShouldBe(told, "The header alone says it.");
    }

    private async Task PausedAndBack(Customer ana, Agent noor, Line line)
    {
        await ana.Say("And in sand?");
        await noor.Sees("And in sand?");
        var thread = await Text(ana.Log);
        line.Cut();
        await _screens.Line("live → paused",
            [Says(ana.Bar, "Connecting again"), Still(ana.Log, thread)],
            [Says(noor.Row("And in sand?"), "dropped 0:0"), Says(noor.Page.Locator("header").GetByText("dropped 0:"), "dropped 0:")]);
        // Nor is it said beside it that she is here.
        await Expect(noor.Page.GetByText("Here now")).ToHaveCountAsync(0);

        // Place, agent and transcript are as they were.
        line.Mend();
        await Expect(ana.Bar).ToBeHiddenAsync();
        await _screens.Line("paused → live",
            [Says(ana.Standing, "You are talking with Noor"), Still(ana.Log, thread)],
            [Says(noor.Row("And in sand?"), "Live"), Says(noor.Facts.Last, "The customer is back")]);
        await noor.Say("In sand as well.");
        await ana.Sees("In sand as well.");
    }

    private async Task ComesBackBy(Customer ana, Agent noor)
    {
        await ana.Say("And in rock?");
        await noor.Sees("And in rock?");
        await noor.Page.GetByRole(AriaRole.Button, new() { Name = "I come back by …" }).ClickAsync();
        await noor.Page.GetByRole(AriaRole.Option, new() { NameRegex = new("^Within three hours") }).ClickAsync();
        await _screens.Line("agent: \"I come back by …\"",
            [Says(ana.Told.Last, "Noor will write here"), Says(ana.Standing, "Our answer comes")],
            [Says(noor.Facts.Last, "promised to go on"), Says(noor.Row("And in rock?"), "by ")]);
    }

    private async Task TalkNowAccepted(Customer ana, Agent noor)
    {
        await ana.Button("Talk now").ClickAsync();
        await Expect(ana.Button("Write to me instead")).ToBeVisibleAsync();
        await Expect(ana.Standing).ToContainTextAsync(new Regex("You are next|Number 2 in the queue"));
        await Ears.Eventually(async () =>
        {
            await noor.Unfold();
            (await Text(noor.Thread)).ShouldContain("Asked to talk now");
        });
        await _screens.Line("\"talk now\" accepted",
            [Says(ana.Standing, "Write to me instead")],
            [Says(noor.Facts.Filter(new() { HasText = "talk now" }), "Asked to talk now"), Says(noor.Page.Locator("header .sub"), "Waiting")]);
        await noor.Say("I have a minute now: not in rock.");
        await Expect(ana.Standing).ToContainTextAsync("You are talking with Noor");
    }

    private async Task NotAccepted(Agent noor)
    {
        var cleo = await Customer();
        await cleo.Visit(inbox: _quick);
        await cleo.Begin("Which rope floats?");
        await _screens.Line("not accepted in liveWaitSeconds",
            [Says(cleo.Told.Last, "Our answer will be here usually within 10 minutes; you need not wait."), Says(cleo.Standing, "the answer comes here")],
            [Says(noor.Row("Which rope floats?"), "by ")]);

        // She stays, so she is talked to as soon as somebody has time; then she goes, and left nothing to reach her by.
        await noor.Open("Which rope floats?");
        await noor.Say("The yellow one.");
        await Expect(cleo.Standing).ToContainTextAsync("You are talking with Noor");
        await cleo.Say("How much is it?");
        await noor.Sees("How much is it?");
        await cleo.Page.CloseAsync();
        await Expect(noor.Row("How much is it?")).ToContainTextAsync("by ");
        cleo = await cleo.Tab();
        await _screens.Line("live → messaging, an answer is owed, no address",
            [],
            [Says(noor.Page.Locator("p.left"), "left, no address")]);
        await cleo.Visit(inbox: _quick);
        await cleo.GoOn();
        await Expect(cleo.Told).ToHaveCountAsync(2);
    }

    private async Task LeavesWhileOwed(Agent noor)
    {
        await Policy(new { profile = "blended", hours = "always", graceSeconds = 2, liveWaitSeconds = 600, acceptSeconds = 600, promise = new { kind = "fixed", seconds = 600 } }, _quick);
        var ben = await Customer();
        var who = Vouch("ben", "Ben", _quickKey, _quick);
        await ben.Visit(identity: who, inbox: _quick);
        await ben.Begin("Do you repair sails?");
        await noor.Open("Do you repair sails?");
        await noor.Say("We do.");
        await Expect(ben.Standing).ToContainTextAsync("You are talking with Noor");
        await ben.Say("Mine is torn at the luff.");
        await noor.Sees("Mine is torn at the luff.");
        await ben.Page.CloseAsync();
        await Expect(noor.Row("torn at the luff")).ToContainTextAsync("by ");
        ben = await ben.Tab();
        var left = noor.Page.Locator("p.left");
        await Expect(left).ToContainTextAsync("will be mailed at ben@example.test");
        var read = await Text(left);
        await ben.Visit(identity: who, inbox: _quick);
        await ben.GoOn();
        await _screens.Line($"live → messaging, an answer is owed (the agent read meanwhile: \"{read}\")",
            [Says(ben.Told.Last, "Our answer will be here usually within 10 minutes."), Says(ben.Standing, "Our answer comes")],
            [Says(noor.Row("torn at the luff"), "by "), Says(noor.Facts.Last, "Our answer will be here usually within 10 minutes.")]);

        // Answered, and gone: nothing is owed, nothing is said.
        await noor.Say("Bring it in, we look at it.");
        await Expect(ben.Standing).ToContainTextAsync("You are talking with Noor");
        await ben.Page.CloseAsync();
        await Expect(left).ToContainTextAsync("left after your answer");
        await noor.Say("We are here until six.");
        ben = await ben.Tab();
        await ben.Visit(identity: who, inbox: _quick);
        await ben.ShowHome();
        await _screens.Line("live → messaging, nothing owed",
            [Says(ben.Header, "Noor is here"), Says(ben.App.Locator("button.row").First, "We are here until six.")],
            [Says(noor.Row("We are here until six."), "Ben")]);
        await ben.GoOn();
        await Expect(ben.Messages).ToHaveCountAsync(5);
        await Expect(ben.Told).ToHaveCountAsync(1);
    }

    private async Task LeavesBeforeAccept(Customer eve, Agent noor)
    {
        await Expect(eve.Told).ToHaveTextAsync("One moment please, we are finding somebody for you.");
        await _screens.Line("after 60 s without accept", [Says(eve.Told, "One moment please"), Says(eve.Standing, "We are finding somebody for you")], [Says(noor.Row("red lantern"), "Waiting ")]);

        var dora = await Customer();
        await dora.Visit(identity: Vouch("dora", "Dora", _strictKey, _strict), inbox: _strict);
        await dora.Begin("Is anybody there?");
        await noor.Open("Is anybody there?");
        await dora.Page.CloseAsync();
        dora = await dora.Tab();
        await Expect(noor.Thread).ToContainTextAsync("The chat has ended");
        await noor.Unfold();
        await dora.Visit(identity: Vouch("dora", "Dora", _strictKey, _strict), inbox: _strict);
        await dora.ShowHome();
        await _screens.Line("customer leaves before accept (strict)",
            [Says(dora.App.GetByRole(AriaRole.Heading, new() { Level = 1 }), "Hello Dora")],
            [Says(noor.Facts.Filter(new() { HasText = "Left after waiting" }), "Left after waiting for")]);

        await eve.Button("Write to me instead").ClickAsync();
        await _screens.Line("customer leaves before accept (blended: by wish; the promise)",
            [Says(eve.Told.Last, "Our answer will be here usually within a day.")],
            [Says(noor.Row("red lantern"), "by ")]);
    }

    private async Task AgentDrops(Customer ana, Agent noor)
    {
        await ana.Say("Which one would you take?");
        await noor.Page.GotoAsync("about:blank");
        await Expect(ana.Told.Last).ToContainTextAsync("Noor lost the connection, we are finding somebody.");
        await Expect(ana.Standing).ToContainTextAsync("We are finding somebody for you");
        await noor.Page.GotoAsync($"{Server.Address}#/all");
        await noor.Open("Which one would you take?");
        await Expect(noor.Facts.Last).ToContainTextAsync("Both are here");
        await noor.Unfold();
        await _screens.Line("agent drops while live (she is first again)",
            [Says(ana.Told.Last, "Noor lost the connection, we are finding somebody."), Says(ana.Standing, "You are talking with Noor")],
            [Says(noor.Facts.Filter(new() { HasText = "lost the connection" }), "in the queue again, at the old place"), Says(noor.Facts.Last, "Both are here")]);
    }

    private async Task AgentCloses(Customer ana, Agent noor)
    {
        await noor.Say("The one of 16 kg.");
        await ana.Sees("The one of 16 kg.");
        await noor.Page.GetByRole(AriaRole.Button, new() { Name = "Close conversation" }).ClickAsync();
        await _screens.Line("agent closes while live",
            [Says(ana.Told.Last, "Noor has finished; write here if there is more.")],
            [Says(noor.Page.Locator(".toast").Filter(new() { HasText = "Closed" }), "Undo")]);

        // One key takes it back, and it is the same matter.
        await noor.Page.Keyboard.PressAsync("Control+z");
        await Expect(noor.Row("The one of 16 kg.")).ToBeVisibleAsync();
        await ana.Say("Thank you, that one then.");
        await noor.Sees("that one then");
        var thread = (await Kim.Get("/v1/conversations?view=all")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Single(row => row.GetProperty("contact").TryGetProperty("name", out var name) && name.GetString() == "Ana");
        thread.GetProperty("episode").GetInt32().ShouldBe(1);

        // Live, paused, messaging, waited for: all of it one thread, in one messenger.
        await ana.ShowHome();
        await Expect(ana.App.Locator("button.row")).ToHaveCountAsync(1);
    }
}
