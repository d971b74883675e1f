using System.Net;
using Xunit.Abstractions;
using static Parley.Browser.Stage.Screens;

namespace Parley.Browser.Stories;

/// <summary>Who gets it: passed on by keyboard and the customer told, why it came, five minutes of rest, and rules that are tried before they stand.</summary>
public sealed class WhoGetsItTests(ITestOutputHelper output) : Scene
{
    [BrowserFact, Trait("row", "LC7")]
    public async Task LC7_What_is_passed_on_says_why_to_who_has_it_then_and_tells_the_customer()
    {
        var screens = new Screens("transfer", output);
        var ravi = (await Kim.Post("/v1/agents", new { name = "Ravi", email = Email("Ravi"), password = Password, role = "agent" })).Expect(HttpStatusCode.Created)["id"];
        var ana = await Customer();
        await ana.Visit(identity: Vouch("ana", "Ana Sousa"));
        await ana.Begin("My mast is bent");
        var kim = await AtTheConsole("Kim", "all");
        var keys = kim.Page.Keyboard;
        await kim.Reach("My mast is bent");
        await keys.PressAsync("m");
        await Expect(kim.Page.GetByRole(AriaRole.Button, new() { Name = "Assigned to Me" })).ToBeVisibleAsync();
        await keys.PressAsync("Shift+A");
        var dialog = kim.Page.GetByRole(AriaRole.Dialog, new() { Name = "Pass on …" });
        // It begins in the first field: nobody needs more than the keys.
        await Expect(dialog.GetByLabel("To whom")).ToBeFocusedAsync();
        await keys.TypeAsync("Ravi");
        await Expect(dialog.GetByLabel("To whom")).ToHaveValueAsync($"agent {ravi}");
        await kim.TabTo(dialog.GetByLabel("Why", new() { Exact = true }));
        await keys.TypeAsync("He knows masts");
        await Axe.Audit(kim.Page.MainFrame, "passing on");
        await screens.Line("passing on", [], [Says(dialog, "Tell the customer")]);
        await kim.TabTo(dialog.GetByRole(AriaRole.Button, new() { Name = "Pass it on" }));
        await keys.PressAsync("Enter");
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(ana.Told.Last).ToContainTextAsync("Ravi takes over from here and can read everything above; no need to say it again.");
        await kim.Sees("He knows masts");

        // Why it came to whom it came, by one key.
        await keys.PressAsync("w");
        var why = kim.Page.GetByRole(AriaRole.Dialog, new() { Name = "Why did this come here?" });
        await Expect(why).ToContainTextAsync("passed it on to Ravi");
        await Expect(why.GetByRole(AriaRole.Heading)).ToBeFocusedAsync();
        await Axe.Audit(kim.Page.MainFrame, "why");
        await screens.Line("why it came here", [], [Says(why, "passed it on to Ravi")]);
        await keys.PressAsync("Escape");
        await Expect(why).ToBeHiddenAsync();
    }

    [BrowserFact, Trait("row", "MS23")]
    public async Task MS23_Five_minutes_are_one_press_count_down_and_can_be_given_back()
    {
        var kim = await AtTheConsole("Kim", "all");
        (await Kim.Put("/v1/me/presence", new { state = "online" })).Expect(HttpStatusCode.OK);
        await kim.Page.GetByRole(AriaRole.Button, new() { Name = "Kim," }).ClickAsync();
        await kim.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Give me five minutes" }).ClickAsync();
        var bar = kim.Page.GetByText("Nothing new for");
        await Expect(bar).ToContainTextAsync("Nothing new for 4:");
        await kim.Page.ReloadAsync();
        await Expect(bar).ToContainTextAsync("Nothing new for 4:");
        await Axe.Audit(kim.Page.MainFrame, "a pause");
        await kim.Page.GetByRole(AriaRole.Button, new() { Name = "I am back" }).ClickAsync();
        await Expect(bar).ToBeHiddenAsync();
        (await Kim.Get("/v1/me"))["state"].ShouldBe("online");
    }

    [BrowserFact, Trait("row", "HS1"), Trait("row", "OP1")]
    public async Task HS1_A_rule_is_made_tried_against_a_made_up_conversation_and_kept_with_its_example()
    {
        var screens = new Screens("routing", output);
        var kim = await AtTheConsole("Kim", "all");
        await kim.Page.GotoAsync($"{Server.Address}#/settings/inboxes/{Inbox}/sorting");
        await kim.Page.GetByRole(AriaRole.Button, new() { Name = "Add a rule" }).First.ClickAsync();
        var form = kim.Page.GetByRole(AriaRole.Dialog, new() { Name = "Add a rule" });
        await form.GetByLabel("Name", new() { Exact = true }).FillAsync("In need");
        await form.GetByLabel("Words, one a line").FillAsync("sinking");
        await form.GetByLabel("Talk or write").SelectOptionAsync("live");
        await form.GetByLabel("Only who knows").FillAsync("rescue 2");
        await Axe.Audit(kim.Page.MainFrame, "a rule that is made");
        await screens.Line("a rule that is made", [], [Says(form, "Only who knows")]);
        await form.GetByRole(AriaRole.Button, new() { Name = "Add a rule" }).ClickAsync();
        await Expect(form).ToBeHiddenAsync();

        var trial = kim.Page.GetByRole(AriaRole.Region, new() { Name = "Try it out" });
        await trial.GetByLabel("First message").FillAsync("We are sinking!");
        await trial.GetByRole(AriaRole.Button, new() { Name = "Try it out" }).ClickAsync();
        await Expect(trial).ToContainTextAsync("“In need” decides");
        await trial.GetByRole(AriaRole.Button, new() { Name = "Keep as an example" }).ClickAsync();
        await Expect(trial).ToContainTextAsync("In need · right");
        await Axe.Audit(kim.Page.MainFrame, "rules that are tried");
        await screens.Line("rules that are tried", [], [Says(trial, "“In need” decides")]);
        var inbox = (await Kim.Get($"/v1/inboxes/{Inbox}")).Expect(HttpStatusCode.OK).Body;
        inbox.GetProperty("sorting")[0].GetProperty("pace").GetString().ShouldBe("live");
        inbox.GetProperty("examples")[0].GetProperty("expects").GetString().ShouldBe("in-need");
    }
}
