using System.Net;
using Xunit.Abstractions;
using static Parley.Browser.Stage.Screens;

namespace Parley.Browser.Stories;

/// <summary>What is said later, and what is thought better of, by keyboard alone.</summary>
public sealed class LaterTests(ITestOutputHelper output) : Scene
{
    public override int UndoSeconds => 5;

    [BrowserFact, Trait("row", "PA7")]
    public async Task PA7_What_was_sent_a_moment_ago_is_taken_back_by_one_key_and_written_on()
    {
        var screens = new Screens("sent-and-taken-back", output);
        var ana = await Customer();
        await ana.Visit();
        await ana.Begin("When is my sail ready?");
        var kim = await AtTheConsole("Kim", "all");
        await kim.Open("When is my sail ready?");
        await kim.Write("On Mondy");
        await kim.Sees("On Mondy");
        await Expect(kim.Message("On Mondy").GetByRole(AriaRole.Button, new() { Name = "Undo" })).ToBeVisibleAsync();
        await screens.Line("sent, and not yet gone", [], [Says(kim.Thread, "On Mondy")]);
        await kim.Page.Keyboard.PressAsync("Control+z");
        await Expect(kim.Field).ToHaveValueAsync("On Mondy");
        await Expect(kim.Message("On Mondy")).ToHaveCountAsync(0);
        await kim.Field.FillAsync("On Monday");
        await kim.Field.PressAsync("Enter");
        await kim.Sees("On Monday");
        await Expect(kim.Message("On Monday").Locator(".tick")).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("(sent|delivered|read)"), new() { Timeout = 10_000 });
        await Expect(kim.Message("On Monday")).ToHaveCountAsync(1);
        (await Words(kim)).ShouldBe(["When is my sail ready?", "On Monday"]);
    }

    [BrowserFact, Trait("row", "PA7")]
    public async Task PA7_A_message_waits_for_its_time_in_the_thread_is_taken_back_and_sent_after_all()
    {
        var screens = new Screens("sent-later", output);
        var ana = await Customer();
        await ana.Visit();
        await ana.Begin("Can you remind me?");
        var kim = await AtTheConsole("Kim", "all");
        await kim.Open("Can you remind me?");
        await kim.Field.FillAsync("Your mast is due");
        await kim.Page.Keyboard.PressAsync("Control+Alt+Enter");
        await kim.Page.Keyboard.TypeAsync("3d");
        await kim.Page.Keyboard.PressAsync("Enter");
        var waiting = kim.Page.GetByRole(AriaRole.List, new() { Name = "To be sent later" });
        await Expect(waiting).ToContainTextAsync("Your mast is due");
        await Expect(kim.Field).ToHaveValueAsync("");
        await Axe.Audit(kim.Page.MainFrame, "a message that waits");

        // A colleague reads it too, and that Ana wrote meanwhile.
        var noor = await AtTheConsole("Noor", "all");
        await noor.Open("Can you remind me?");
        await Expect(noor.Page.GetByRole(AriaRole.List, new() { Name = "To be sent later" })).ToContainTextAsync("Kim sends this");
        await ana.Say("Are you there?");
        await Expect(waiting).ToContainTextAsync("has written since");
        await screens.Line("a message that waits, and a customer who wrote since", [], [Says(waiting, "has written since")]);

        await kim.Page.ReloadAsync();
        await Expect(waiting).ToContainTextAsync("Your mast is due");
        await kim.Page.Keyboard.PressAsync("Shift+Z");
        await kim.Page.Keyboard.PressAsync("Enter");
        await Expect(kim.Field).ToHaveValueAsync("Your mast is due");
        await Expect(waiting).ToBeHiddenAsync();
        await kim.Page.Keyboard.PressAsync("Control+Alt+Enter");
        await kim.Page.Keyboard.TypeAsync("2h");
        await kim.Page.Keyboard.PressAsync("Enter");
        await Expect(waiting).ToContainTextAsync("Your mast is due");
        await kim.Page.Keyboard.PressAsync("Escape");
        await kim.Page.Keyboard.PressAsync("Shift+X");
        await kim.Page.Keyboard.PressAsync("Enter");
        await kim.Arrived("Your mast is due");
        await Expect(waiting).ToBeHiddenAsync();
        await ana.Sees("Your mast is due");
    }

    private async Task<List<string>> Words(Agent _)
    {
        var thread = (await Kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK).Body.GetProperty("items")[0].GetProperty("id").GetString();
        return [.. (await Kim.Get($"/v1/conversations/{thread}/timeline")).Body.GetProperty("items").EnumerateArray()
            .Where(item => item.GetProperty("type").GetString() == "message").Select(item => item.GetProperty("content").GetProperty("text").GetString()!)];
    }
}
