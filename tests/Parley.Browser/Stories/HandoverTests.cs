using System.Net;
using Xunit.Abstractions;
using static Parley.Browser.Stage.Screens;

namespace Parley.Browser.Stories;

/// <summary>From the first words to the second agent: nobody asks what was said already.</summary>
public sealed class HandoverTests(ITestOutputHelper output) : Scene
{
    private static readonly object Form = new
    {
        id = "boat", name = "Which boat", fields = new object[] { new { name = "boat", type = "text", label = "Boat", required = true }, new { name = "matter", type = "text", label = "What is it about?", required = true } },
    };

    [BrowserFact, Trait("row", "MS8"), Trait("row", "MS17")]
    public async Task MS8_MS17_What_was_told_once_finds_its_people_and_goes_with_the_thread()
    {
        var screens = new Screens("handover", output);
        var workshop = (await Kim.Post("/v1/teams", new { name = "Workshop" })).Expect(HttpStatusCode.Created)["id"];
        await Policy(new { profile = "blended", hours = "always", liveWaitSeconds = 600, acceptSeconds = 600, agentGraceSeconds = 1, graceSeconds = 600 });
        (await Kim.Patch($"/v1/inboxes/{Inbox}", new
        {
            forms = new[] { Form }, preChat = "boat",
            sorting = new[] { new { id = "repairs", name = "Repairs", words = new[] { "split", "repair*" }, team = workshop, label = "repair", priority = "high" } },
        })).Expect(HttpStatusCode.OK);
        var ravi = await Agent("Ravi");
        (await Kim.Patch($"/v1/agents/{(await Call("Ravi")).Id}", new { teams = new[] { workshop } })).Expect(HttpStatusCode.OK);
        await ravi.SitDown("all");
        await Online("Ravi");

        var ana = await Customer();
        await ana.Visit(identity: Vouch("ana", "Ana"));
        await ana.Open();
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Start a conversation" }).ClickAsync();
        await ana.App.GetByLabel("Boat").FillAsync("Folkboat");
        await ana.App.GetByLabel("What is it about?").FillAsync("My mast is split");
        await ana.Button("Start the conversation").ClickAsync();

        // Nobody has read it yet, and it waits with those who mend masts.
        await Expect(ravi.Offer).ToContainTextAsync("My mast is split");
        // Whoever is asked reads what they are asked for: what the form brought, and what was promised of it.
        await Expect(ravi.Offer.GetByRole(AriaRole.Group, new() { Name = "What it is about" })).ToContainTextAsync("Boat: Folkboat");
        await Axe.Audit(ravi.Page.MainFrame, "an offer with what it is about");
        await ravi.Row("My mast is split").ClickAsync();
        await Ears.Eventually(async () =>
        {
            await ravi.Unfold();
            (await Text(ravi.Thread)).ShouldContain("A rule assigned this to Workshop");
        });
        await screens.Line("a detailed first message",
            [Says(ana.Standing, "We are finding somebody for you")],
            [Says(ravi.Row("My mast is split"), "High priority"), Says(ravi.Page.GetByRole(AriaRole.List, new() { Name = "Labels" }), "repair"), Says(ravi.Thread, "A rule assigned this to Workshop")]);
        await ravi.Accept();
        // It is theirs: an answer that overtook it would take the conversation by itself.
        await Expect(ana.Standing).ToContainTextAsync("You are talking with");
        await ravi.Say("Where is it split?");
        await ana.Say("At the foot, a hand wide");
        await ravi.Sees("At the foot");
        await ravi.Page.GetByRole(AriaRole.Radio, new() { Name = "Note" }).ClickAsync();
        await ravi.Write("Needs the carpenter, not me");
        await ravi.Sees("Needs the carpenter");

        var macro = (await Kim.Post("/v1/macros", new { name = "Rigging first", actions = new object[] { new { priority = "low" } } })).Expect(HttpStatusCode.Created)["id"];
        var matter = (await Kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK).Body.GetProperty("items")[0].GetProperty("id").GetString();
        (await (await Call("Ravi")).Post($"/v1/conversations/{matter}/macros/{macro}", new { clientId = "rigging" })).Expect(HttpStatusCode.OK);

        // Ravi hands it on; Noor reads all she needs, and asks nothing twice.
        var noor = await AtTheConsole("Noor", "all");
        await State("Noor", "online");
        var thread = (await Kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK).Body.GetProperty("items")[0].GetProperty("id").GetString();
        (await (await Call("Ravi")).Put($"/v1/conversations/{thread}/assignment", new { agent = (await Call("Noor")).Id })).Expect(HttpStatusCode.OK);
        await noor.Open("Ana");
        var card = noor.Page.GetByRole(AriaRole.Region, new() { Name = "Handed on" });
        foreach (var line in new[] { "Ravi handed this on", "Boat: Folkboat", "My mast is split", "Where is it split?", "Macro run", "Rigging first", "Ana said last", "At the foot, a hand wide", "Needs the carpenter, not me" })
        {
            await Expect(card).ToContainTextAsync(line);
        }

        await screens.Line("handed on to a colleague", [Says(ana.Standing, "You are talking with")], [Says(card, "Ravi handed this on")]);
        await Axe.Audit(noor.Page.MainFrame, "a hand-over");
        await noor.Say("I am the carpenter: can you lift it out?");
        await Expect(card).ToBeHiddenAsync();
        await ana.Sees("I am the carpenter");
    }
}
