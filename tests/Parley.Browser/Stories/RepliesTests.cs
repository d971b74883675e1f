using System.Net;
using Xunit.Abstractions;
using static Parley.Browser.Stage.Screens;

namespace Parley.Browser.Stories;

/// <summary>What is written once and said again and again: made in the settings, found by a slash, said by keyboard alone.</summary>
public sealed class RepliesTests(ITestOutputHelper output) : Scene
{
    [BrowserFact, Trait("row", "PA8")]
    public async Task PA8_A_reply_is_written_once_and_found_by_a_slash_ever_after()
    {
        var screens = new Screens("canned-replies", output);
        var ana = await Customer();
        await ana.Visit(identity: Vouch("ana", "Ana Sousa"));
        await ana.Begin("Thank you for the sail!");
        var kim = await AtTheConsole("Kim", "all");
        await kim.Page.GotoAsync($"{Server.Address}#/settings/replies");
        await kim.Page.GetByRole(AriaRole.Button, new() { Name = "Add a reply" }).First.ClickAsync();
        var form = kim.Page.GetByRole(AriaRole.Dialog, new() { Name = "Add a reply" });
        await form.GetByLabel("Name", new() { Exact = true }).FillAsync("You are welcome");
        await form.GetByLabel("Shortcut").FillAsync("welcome");
        await form.GetByRole(AriaRole.Textbox, new() { Name = "Text (en)" }).FillAsync("You are welcome, {{contact.firstNmae|friend}}!");
        kim.Watch.Expect("status of 400");
        await form.GetByRole(AriaRole.Button, new() { Name = "Add a reply" }).ClickAsync();
        await Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no placeholder contact.firstNmae");
        await form.GetByRole(AriaRole.Textbox, new() { Name = "Text (en)" }).FillAsync("You are welcome, {{contact.firstName|friend}}! {{agent.name}}");
        await Expect(form.Locator("figure")).ToContainTextAsync("You are welcome, Ana! Kim");
        await Axe.Audit(kim.Page.MainFrame, "a reply that is written");
        await screens.Line("a reply is written", [], [Says(form.Locator("figure"), "You are welcome, Ana!")]);
        await form.GetByRole(AriaRole.Button, new() { Name = "Add a reply" }).ClickAsync();
        await Expect(form).ToBeHiddenAsync();
        await Expect(kim.Page.GetByText("/welcome")).ToBeVisibleAsync();
        (await Kim.Post("/v1/replies", new { name = "Opening hours", shortcut = "hours", texts = "We are here from nine to five." })).Expect(HttpStatusCode.Created);

        // From here on by keyboard alone.
        await kim.Page.GotoAsync($"{Server.Address}#/all");
        await kim.Page.ReloadAsync();
        await kim.Open("Thank you for the sail!");
        await kim.Field.FocusAsync();
        await kim.Page.Keyboard.TypeAsync("/");
        var list = kim.Page.GetByRole(AriaRole.Listbox, new() { Name = "Canned replies" });
        await Expect(list.GetByRole(AriaRole.Option)).ToHaveCountAsync(2);
        await kim.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(list.GetByRole(AriaRole.Option, new() { Selected = true })).ToContainTextAsync("You are welcome");
        await Axe.Audit(kim.Page.MainFrame, "replies to choose from");
        await screens.Line("replies to choose from", [], [Says(list, "You are welcome")]);
        await kim.Page.Keyboard.PressAsync("Escape");
        await Expect(list).ToBeHiddenAsync();
        await kim.Page.Keyboard.PressAsync("Backspace");
        await kim.Page.Keyboard.TypeAsync("/welc");
        await Expect(list.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await kim.Page.Keyboard.PressAsync("Enter");
        await Expect(kim.Field).ToHaveValueAsync("You are welcome, Ana! Kim");
        await kim.Page.Keyboard.TypeAsync(" ");
        await kim.Page.Keyboard.PressAsync("Control+j");
        await kim.Page.Keyboard.TypeAsync("hours");
        await kim.Page.Keyboard.PressAsync("Enter");
        await Expect(kim.Field).ToHaveValueAsync("You are welcome, Ana! Kim We are here from nine to five.");
        await kim.Field.PressAsync("Enter");
        await kim.Arrived("We are here from nine to five.");
        await ana.Sees("You are welcome, Ana! Kim We are here");
    }
}
