using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Parley.Browser.Stories;

/// <summary>
/// What happens while both are there, in each profile: who gets it, a page that is left and come back to, an agent who drops out and another who takes over, a
/// talk that is ended, a place in the queue that is given up, and a switch to another profile under a conversation that goes on.
/// </summary>
[Trait("takes", "long")]
public sealed class FaceToFaceTests : Scene
{
    private string _profile = "";

    private bool Live => _profile != "messaging";

    private bool Strict => _profile == "strictLive";

    [BrowserTheory]
    [InlineData("strictLive")]
    [InlineData("messaging")]
    [InlineData("blended")]
    [Trait("row", "LC2"), Trait("row", "LC3"), Trait("row", "LC5"), Trait("row", "LC6"), Trait("row", "LC9"), Trait("row", "LC10"), Trait("row", "LC11"), Trait("row", "LC15"), Trait("row", "LC18")]
    [Trait("row", "LC19"), Trait("row", "LC21"), Trait("row", "LC25"), Trait("row", "MS8"), Trait("row", "MS14"), Trait("row", "MS17"), Trait("row", "MS19"), Trait("row", "MS32")]
    [Trait("row", "PA11"), Trait("row", "ZD5"), Trait("row", "OP8"), Trait("row", "MS27")]
    public async Task Both_are_there_in_each_profile(string profile)
    {
        _profile = profile;
        var walked = new Walked(profile, nameof(FaceToFaceTests));
        await Policy(Of(profile));
        (await Kim.Patch($"/v1/inboxes/{Inbox}", new { rating = true, sorting = new[] { new { id = "repairs", name = "Repairs", words = new[] { "repair*" }, label = "repair", priority = "high" } } })).Expect(HttpStatusCode.OK);
        var ravi = await AtTheConsole("Ravi", "all");
        var noor = await AtTheConsole(view: "all");
        await State("Noor", "online");
        await Found(Live ? "live" : "messaging");
        var ana = await Customer(Telephone());
        await ana.Visit(identity: Vouch("ana", "Ana"));
        await ana.Begin("My mast needs a repair");
        (await ana.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390);
        await Expect(noor.Row("My mast needs a repair")).ToContainTextAsync("High priority");
        await State("Ravi", "online");
        await Given(ana, noor, ravi);
        walked.Shown("LC10", "LC21", "MS17", "PA11");

        await Talk(ana, ravi);
        walked.Shown("LC18", "MS19");
        await AnotherPage(ana, ravi);
        walked.Shown("LC5", "LC6", "LC15");
        await TakesOver(ana, noor, ravi);
        walked.Shown("MS8");
        await Ends(ana, noor);
        walked.Shown("LC2", "LC3", "LC19", "LC25");
        await Waits(ana, noor);
        walked.Shown("LC9", "LC11", "MS14", "MS32");
        await Switched(ana, noor);
        walked.Shown("ZD5", "MS27");
        if (!Strict)
        {
            // Whose talk has ended for good has no thread to be told in: who has one in strict live is in PolicyTests.
            walked.Shown("OP8");
        }
    }

    /// <summary>Offered to one, and when she passes it on to the next; where nobody talks whoever answers takes it.</summary>
    private async Task Given(Customer ana, Agent noor, Agent ravi)
    {
        if (Live)
        {
            await Expect(noor.Offer).ToContainTextAsync("My mast needs a repair");
            await Expect(ana.Standing).ToContainTextAsync(Strict ? "You are next" : "We are finding somebody for you");
            await noor.Offer.GetByRole(AriaRole.Button, new() { NameRegex = new("^Decline|^Pass") }).ClickAsync();
            await ravi.Accept();
            await Expect(ana.Standing).ToContainTextAsync("You are talking with");
        }
        else
        {
            await Expect(ana.Standing).ToContainTextAsync("Our answer comes");
            await Expect(noor.Offer).ToBeHiddenAsync();
            await ravi.Open("My mast needs a repair");
        }

        await ravi.Say("Where is it split?");
        await ana.Sees("Where is it split?");
        var types = await Types();
        (types.Contains("offered"), types.Contains("declined"), types.Count(type => type == "accepted")).ShouldBe((Live, Live, 1));
    }

    /// <summary>Words and typing come at once, whatever the profile calls it; talk has its weight.</summary>
    private async Task Talk(Customer ana, Agent ravi)
    {
        await ravi.Field.PressSequentiallyAsync("At the");
        await Expect(ana.App.GetByText("Ravi is writing")).ToBeVisibleAsync();
        await ana.Field.PressSequentiallyAsync("At the foot");
        await Expect(ravi.Page.GetByText("is writing: At the foot")).ToBeVisibleAsync();
        // How fast it is, LiveTests asks.
        await ana.Say("At the foot, in front");
        await ravi.Sees("At the foot, in front");
        await ravi.Say("A hand wide?");
        await ana.Sees("A hand wide?");
        await Expect(ravi.Page.GetByRole(AriaRole.Button, new() { NameRegex = new(Live ? "1 of 4" : "0 of 4") })).ToBeVisibleAsync();
    }

    /// <summary>Away within the grace and back: same thread, same agent, nothing said of it.</summary>
    private async Task AnotherPage(Customer ana, Agent ravi)
    {
        var (told, words) = (await ana.Told.CountAsync(), await ana.Messages.CountAsync());
        await ana.Page.GotoAsync("about:blank");
        if (Live)
        {
            await Expect(ravi.Row("A hand wide?")).ToContainTextAsync("dropped");
        }

        await ana.Visit("anchors", Vouch("ana", "Ana"));
        await Expect(ana.Panel).ToBeVisibleAsync();
        await ana.Sees("A hand wide?");
        await (Live ? Expect(ana.Standing).ToContainTextAsync("You are talking with Ravi") : Expect(ana.Standing).ToHaveCountAsync(0));
        await Expect(ana.Messages).ToHaveCountAsync(words);
        (await ana.Told.CountAsync()).ShouldBe(told);
        (await Types()).Count(type => type == "opened").ShouldBe(1);
    }

    /// <summary>Ravi's browser is gone. Where they talked another is found, the customer hears of it once; else the thread is handed on. Nobody asks what was said already, and nothing is there twice.</summary>
    private async Task TakesOver(Customer ana, Agent noor, Agent ravi)
    {
        await ana.Say("A hand wide, yes");
        await ravi.Sees("A hand wide, yes");
        await ravi.Page.GotoAsync("about:blank");
        if (Live)
        {
            await Expect(ana.Told.Last).ToContainTextAsync("Ravi lost the connection, we are finding somebody.");
            await Expect(noor.Offer).ToContainTextAsync("A hand wide, yes");
            await noor.Accept();
            await Expect(ana.Standing).ToContainTextAsync("You are talking with");
        }
        else
        {
            (await Kim.Put($"/v1/conversations/{await Thread()}/assignment", new { agent = (await Call("Noor")).Id })).Expect(HttpStatusCode.OK);
            // Who signs in is away until they say otherwise.
            await State("Noor", "online");
            await noor.Open("A hand wide, yes");
        }

        var card = noor.Page.GetByRole(AriaRole.Region, new() { Name = "Handed on" });
        await Expect(card).ToContainTextAsync(Live ? "Ravi had this and lost the connection" : "took this from Ravi");
        await Expect(card).ToContainTextAsync("My mast needs a repair");
        await noor.Say("I go on for Ravi.");
        await ana.Sees("I go on for Ravi.");
        await Expect(ana.Message("I go on for Ravi.")).ToHaveCountAsync(1);
        await Expect(ana.Message("A hand wide, yes")).ToHaveCountAsync(1);
        await Expect(ana.Told.Filter(new() { HasText = "lost the connection" })).ToHaveCountAsync(Live ? 1 : 0);
        var types = await Types();
        (types.Count(type => type == "requeued"), types.Count(type => type == "sessionStarted"), types.Count(type => type == "opened")).ShouldBe(Live ? (1, 2, 1) : (0, 0, 1));
        // He comes back, and reads who has it now.
        await ravi.Page.GotoAsync($"{Server.Address}#/all");
        await Expect(ravi.Row("I go on for Ravi.")).ToBeVisibleAsync();
        await State("Ravi", "offline");
    }

    /// <summary>A talk is ended after a question, for good in strict live; where there was none there is nothing to end. What they say of it bears the mode.</summary>
    private async Task Ends(Customer ana, Agent noor)
    {
        var end = ana.App.GetByRole(AriaRole.Button, new() { Name = "End chat" });
        if (Live)
        {
            await end.ClickAsync();
            await Expect(ana.App.GetByText("End the chat?")).ToBeVisibleAsync();
            await end.ClickAsync();
        }
        else
        {
            await Expect(end).ToHaveCountAsync(0);
        }

        if (Strict)
        {
            await Expect(ana.Standing).ToContainTextAsync("This chat has ended");
            await Expect(ana.Field).ToBeHiddenAsync();
        }
        else
        {
            await Expect(ana.App.GetByText("You are talking with")).ToBeHiddenAsync();
            await ana.Say("One more thing");
            await noor.Sees("One more thing");
            await noor.Say("Yes?");
            await ana.Sees("Yes?");
            await (Live ? Expect(ana.Standing).ToContainTextAsync("You are talking with Noor") : Expect(ana.Standing).ToHaveCountAsync(0));
            await noor.Page.GetByRole(AriaRole.Button, new() { Name = "Close conversation" }).ClickAsync();
        }

        await ana.Log.GetByRole(AriaRole.Radio, new() { Name = "Good", Exact = true }).CheckAsync(new() { Force = true });
        await ana.Log.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Ears.Eventually(async () =>
        {
            var ratings = (await Kim.Get($"/v1/figures/ratings?inbox={Inbox}")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().SelectMany(item => item.GetProperty("modes").EnumerateArray()).ToList();
            ratings.ShouldHaveSingleItem().GetProperty("mode").GetString().ShouldBe(Live ? "live" : "messaging");
            ratings[0].GetProperty("satisfaction").GetProperty("rated").GetInt32().ShouldBe(1);
        });
    }

    /// <summary>Wait now, or be written to: both at the same place, with what is true. Who gives up waiting is counted.</summary>
    private async Task Waits(Customer ana, Agent noor)
    {
        await ana.ShowHome();
        await ana.App.GetByRole(AriaRole.Button, new() { NameRegex = new("^(Start a|New) conversation$") }).First.ClickAsync();
        await ana.Say("Do you sell ropes?");
        if (!Live)
        {
            await Expect(ana.Standing).ToContainTextAsync("Our answer comes");
            await Expect(ana.Button("Talk now")).ToHaveCountAsync(0);
            await Expect(noor.Row("Do you sell ropes?")).ToContainTextAsync("by ");
            (await Types()).ShouldNotContain("queued");
            return;
        }

        if (!Strict)
        {
            // Noor writes later, and Ana would rather talk: now she sees her place.
            await noor.Open("Do you sell ropes?");
            await noor.Say("We do.");
            await ana.Say("Which ones float?");
            await noor.Sees("Which ones float?");
            await noor.Page.GetByRole(AriaRole.Button, new() { Name = "I come back by …" }).ClickAsync();
            await noor.Page.GetByRole(AriaRole.Option, new() { NameRegex = new("^Within ") }).First.ClickAsync();
            await Expect(ana.Standing).ToContainTextAsync("Our answer comes");
            await ana.Button("Talk now").ClickAsync();
        }

        await Expect(ana.Standing).ToContainTextAsync("You are next");
        await ana.Button("Write to me instead").ClickAsync();
        await Expect(ana.Standing).Not.ToContainTextAsync("You are next");
        await Ears.Eventually(async () => (await Types()).Count(type => type == "abandoned").ShouldBe(1));
    }

    /// <summary>The inbox gets another profile by one setting. What goes on is not harmed, whoever was here before reads of it once, and each switch can be set alone.</summary>
    private async Task Switched(Customer ana, Agent noor)
    {
        var (next, button, news) = _profile switch
        {
            "strictLive" => ("messaging", "messaging", ""),
            "messaging" => ("blended", "live", "New here: we talk at once when somebody is here"),
            _ => ("strictLive", "live", "New here: we talk while you are here"),
        };
        await Policy(Of(next));
        await Found(button);
        if (!Strict)
        {
            await ana.Page.CloseAsync();
            ana = await ana.Tab();
            await ana.Visit(identity: Vouch("ana", "Ana"));
            await ana.GoOn();
            await Expect(ana.Log.GetByText(news, new() { Exact = false })).ToHaveCountAsync(1);
            await ana.Say("And anchors?");
            await Expect(noor.Row("And anchors?")).ToBeVisibleAsync();
            await Expect(ana.Log.GetByText(news, new() { Exact = false })).ToHaveCountAsync(1);
        }

        // Its own profile again, with one limit set otherwise.
        await Policy(_profile switch
        {
            "strictLive" => new { profile = "strictLive", hours = "always", endsSessions = false, oneDevice = false, hidesEarlier = false, liveWaitSeconds = 600, acceptSeconds = 600 },
            "messaging" => new { profile = "messaging", hours = "always", liveAllowed = true, liveWaitSeconds = 600, acceptSeconds = 600 },
            _ => (object)new { profile = "blended", hours = "always", showsQueue = true, liveWaitSeconds = 600, acceptSeconds = 600 },
        });
        var eve = await Customer();
        await eve.Visit(identity: Vouch("eve", "Eve"));
        await eve.Begin("Is it as I think?");
        await noor.Open("Is it as I think?");
        if (_profile == "blended")
        {
            await Expect(eve.Standing).ToContainTextAsync(new Regex("You are next|in the queue"));
        }

        await noor.Say("It is.");
        await Expect(eve.Standing).ToContainTextAsync("You are talking with Noor");
        if (Strict)
        {
            await eve.App.GetByRole(AriaRole.Button, new() { Name = "End chat" }).ClickAsync();
            await eve.App.GetByRole(AriaRole.Button, new() { Name = "End chat" }).ClickAsync();
            await eve.Say("It goes on");
            await noor.Sees("It goes on");
        }
    }

    private static object Of(string profile) => new { profile, hours = "always", graceSeconds = 12, agentGraceSeconds = 2, liveWaitSeconds = 600, acceptSeconds = 600, firstReplySeconds = 600 };

    /// <summary>Ana's newest conversation.</summary>
    private async Task<string> Thread()
    {
        List<JsonElement> rows = [];
        foreach (var status in new[] { "open", "closed" })
        {
            rows.AddRange((await Kim.Get($"/v1/conversations?status={status}")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray());
        }

        return rows.Where(row => row.GetProperty("contact").TryGetProperty("name", out var name) && name.GetString() == "Ana").MaxBy(row => row.GetProperty("id").GetString(), StringComparer.Ordinal).GetProperty("id").GetString()!;
    }

    private async Task<List<string>> Types() =>
        [.. (await Kim.Get($"/v1/conversations/{await Thread()}/timeline?limit=500")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("type").GetString()!)];
}
