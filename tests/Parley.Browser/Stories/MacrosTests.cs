using System.Net;
using Xunit.Abstractions;
using static Parley.Browser.Stage.Screens;

namespace Parley.Browser.Stories;

/// <summary>Several things at once: made in the settings, looked at before they are done, done by keyboard.</summary>
public sealed class MacrosTests(ITestOutputHelper output) : Scene
{
    [BrowserFact, Trait("row", "PA8")]
    public async Task PA8_A_macro_says_what_it_will_do_and_does_it_by_three_keys()
    {
        var screens = new Screens("macros", output);
        (await Kim.Patch("/v1/workspace", new { labels = new[] { "sails" } })).Expect(HttpStatusCode.OK);
        (await Kim.Post("/v1/replies", new { name = "Thanks", texts = "Thank you, {{contact.firstName|friend}}!" })).Expect(HttpStatusCode.Created);
        var ana = await Customer();
        await ana.Visit(identity: Vouch("ana", "Ana Sousa"));
        await ana.Begin("The sail fits");
        var kim = await AtTheConsole("Kim", "all");
        await kim.Page.GotoAsync($"{Server.Address}#/settings/replies");
        await kim.Page.GetByRole(AriaRole.Button, new() { Name = "Add a macro" }).First.ClickAsync();
        var form = kim.Page.GetByRole(AriaRole.Dialog, new() { Name = "Add a macro" });
        await form.GetByLabel("Name", new() { Exact = true }).FillAsync("Thank and close");
        await form.GetByRole(AriaRole.Button, new() { Name = "Another action" }).ClickAsync();
        await form.GetByLabel("Action 2", new() { Exact = true }).SelectOptionAsync("label");
        await form.GetByRole(AriaRole.Button, new() { Name = "Another action" }).ClickAsync();
        await form.GetByLabel("Action 3", new() { Exact = true }).SelectOptionAsync("close");
        await Axe.Audit(kim.Page.MainFrame, "a macro that is made");
        await form.GetByRole(AriaRole.Button, new() { Name = "Add a macro" }).ClickAsync();
        await Expect(form).ToBeHiddenAsync();
        await Expect(kim.Page.GetByText("Sends “Thanks” · Adds the label sails · Closes it")).ToBeVisibleAsync();

        await kim.Page.GotoAsync($"{Server.Address}#/all");
        await kim.Open("The sail fits");
        await kim.Page.Keyboard.PressAsync("Escape");
        await kim.Page.Keyboard.PressAsync("Shift+M");
        await kim.Page.Keyboard.PressAsync("Enter");
        var look = kim.Page.GetByRole(AriaRole.Dialog, new() { Name = "Thank and close" });
        await Expect(look).ToContainTextAsync("Thank you, Ana!");
        await Axe.Audit(kim.Page.MainFrame, "what a macro will do");
        await screens.Line("what a macro will do", [], [Says(look, "Thank you, Ana!")]);
        await Expect(look.GetByRole(AriaRole.Button, new() { Name = "Do it" })).ToBeFocusedAsync();
        await kim.Page.Keyboard.PressAsync("Enter");
        await Expect(look).ToBeHiddenAsync();
        await kim.Sees("Thank you, Ana!");
        await ana.Sees("Thank you, Ana!");
        var row = (await Kim.Get("/v1/conversations?view=closed")).Expect(HttpStatusCode.OK).Body.GetProperty("items")[0];
        (row.GetProperty("status").GetString(), row.GetProperty("labels")[0].GetString()).ShouldBe(("closed", "sails"));

        // What it names is gone: it says so, and does nothing.
        (await Kim.Patch("/v1/workspace", new { labels = Array.Empty<string>() })).Expect(HttpStatusCode.OK);
        await kim.Page.Keyboard.PressAsync("Escape");
        await kim.Page.Keyboard.PressAsync("Shift+M");
        await kim.Page.Keyboard.PressAsync("Enter");
        await Expect(look).ToContainTextAsync("This is not there any more");
        await Expect(look.GetByRole(AriaRole.Button, new() { Name = "Do it" })).ToBeDisabledAsync();
    }
}
