using System.Net;

namespace Parley.Browser.Stories;

/// <summary>Who looks after others: sees how it stands, watches, whispers and takes over, with the keys alone.</summary>
public sealed class SupervisionTests : Scene
{
    private const string Whisper = "Offer her a new one";

    [BrowserFact, Trait("row", "PA16")]
    public async Task PA16_A_supervisor_sees_who_waits_watches_unseen_whispers_and_takes_over()
    {
        await Policy(new { profile = "blended", hours = "always", liveWaitSeconds = 600, acceptSeconds = 600, graceSeconds = 600 });
        var noor = await AtTheConsole("Noor", "all");
        await Online("Noor");
        var ana = await Customer();
        await ana.Visit(identity: Vouch("ana", "Ana"));
        await ana.Begin("My sail is torn");
        await noor.Accept();
        await noor.Say("Where is it torn?");
        await ana.Say("Along the leech");
        await noor.Sees("Along the leech");
        var ben = await Customer();
        await ben.Visit(identity: Vouch("ben", "Ben"));
        await ben.Begin("Is anybody there?");
        await Expect(noor.Offer).ToBeVisibleAsync();

        // Who waits, and who has what.
        var kim = await AtTheConsole("Kim", "all");
        await Expect(kim.Rows.First).ToBeVisibleAsync();
        var keys = kim.Page.Keyboard;
        await keys.PressAsync("g");
        await keys.PressAsync("w");
        var floor = kim.Page.GetByRole(AriaRole.Region, new() { Name = "Supervision" });
        await Expect(floor.GetByRole(AriaRole.Link).Filter(new() { HasText = "Ben" })).ToContainTextAsync("Noor is asked");
        var place = floor.Locator("summary").Filter(new() { HasText = "Noor" });
        await Expect(place).ToContainTextAsync("2 of 4");
        await Axe.Audit(kim.Page.MainFrame, "the supervisor's screen");

        // Down to Noor, in, and to Ana.
        await kim.TabTo(place, "j");
        await keys.PressAsync("Enter");
        await Expect(floor.Locator("details[open]").GetByRole(AriaRole.Link)).ToHaveCountAsync(1);
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Enter");
        await Expect(kim.Page.GetByText("You are watching. Noor has this conversation")).ToBeVisibleAsync();
        await kim.Sees("Along the leech");
        await Expect(kim.Field).ToHaveCountAsync(0);
        await Axe.Audit(kim.Page.MainFrame, "a conversation that is watched");
        await keys.PressAsync("Shift+W");
        await keys.TypeAsync(Whisper);
        await keys.PressAsync("Enter");
        await noor.Sees(Whisper);
        await Expect(noor.Message(Whisper)).ToContainTextAsync("Kim whispers to Noor");
        await Axe.Audit(noor.Page.MainFrame, "a whisper");
        await ana.Say("And at the foot");
        await noor.Sees("And at the foot");
        await kim.Sees("And at the foot");
        (await ana.App.Locator("body").InnerTextAsync()).ShouldNotContain(Whisper);

        // Noor is in the middle of a sentence.
        await noor.Field.FillAsync("I think that we");
        await keys.PressAsync("Escape");
        await keys.PressAsync("Shift+T");
        await Expect(kim.Page.GetByRole(AriaRole.Dialog).GetByLabel("Why")).ToBeFocusedAsync();
        await Axe.Audit(kim.Page.MainFrame, "taking over");
        await keys.TypeAsync("Ana is a regular of mine");
        await keys.PressAsync("Enter");
        await Expect(kim.Field).ToBeVisibleAsync();
        // Noor still types: nobody sends over a colleague unseen, and one key more sends all the same.
        await kim.Write("I bring you a new one");
        await Expect(kim.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Noor is writing an answer at this moment." })).ToBeVisibleAsync();
        await Axe.Audit(kim.Page.MainFrame, "a colleague who writes at the same moment");
        await keys.PressAsync("Enter");
        await ana.Sees("I bring you a new one");
        await Expect(noor.Page.GetByText("Kim has taken over")).ToBeVisibleAsync();
        await Expect(noor.Field).ToHaveValueAsync("I think that we");
        var thread = (await Kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Single(row => row.GetProperty("contact").GetProperty("name").GetString() == "Ana").GetProperty("id").GetString();
        (await (await Call("Noor")).Get($"/v1/conversations/{thread}/draft")).Expect(HttpStatusCode.OK)["reply"].ShouldBe("I think that we");
        await kim.Sees("Ana is a regular of mine");
        await Expect(ana.App.GetByText("Kim takes over from here")).ToBeVisibleAsync();
        (await ana.App.Locator("body").InnerTextAsync()).ShouldNotContain("regular of mine");
    }
}
