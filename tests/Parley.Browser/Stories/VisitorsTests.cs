using System.Net;

namespace Parley.Browser.Stories;

/// <summary>Who is on the site is seen, where they agreed, and written to first; with the keys alone.</summary>
public sealed class VisitorsTests : Scene
{
    [BrowserFact, Trait("row", "PA5"), Trait("row", "SN3")]
    public async Task SN3_A_visitor_who_agreed_is_seen_going_from_page_to_page_is_written_to_first_reads_it_and_answers()
    {
        await Policy(new { profile = "blended", hours = "always", graceSeconds = 600 });
        var noor = await AtTheConsole("Noor", "all");
        var keys = noor.Page.Keyboard;
        // Keys are heard once the screen stands.
        await Expect(noor.Page.GetByText("Keyboard shortcuts").First).ToBeVisibleAsync();
        await keys.PressAsync("g");
        await keys.PressAsync("o");
        var floor = noor.Page.GetByRole(AriaRole.Region, new() { Name = "Visitors" });
        await Expect(floor).ToContainTextAsync("Nobody who agreed to be seen is on the site.");
        var ana = await Customer();
        await ana.Visit();
        await ana.Page.EvaluateAsync("Parley.consent(true)");
        var row = floor.Locator("summary");
        await Expect(row).ToHaveCountAsync(1);
        // Two pages more, without loading any.
        await ana.Page.EvaluateAsync("(history.pushState({}, '', '/sails?secret=1'), document.title = 'Sails')");
        await Expect(row).ToContainTextAsync("Sails");
        await ana.Page.EvaluateAsync("(history.pushState({}, '', '/ropes'), document.title = 'Ropes')");
        await Expect(row).ToContainTextAsync("Ropes");
        await Expect(row).ToContainTextAsync("3 pages");

        await keys.PressAsync("j");
        await Expect(row).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(floor.GetByRole(AriaRole.List, new() { Name = "Pages" }).GetByRole(AriaRole.Link)).ToContainTextAsync(["Ropes", "Sails"]);
        (await floor.InnerHTMLAsync()).ShouldNotContain("secret");
        await Axe.Audit(noor.Page.MainFrame, "who is on the site");
        await keys.PressAsync("Tab");
        await Expect(floor.GetByRole(AriaRole.Button, new() { Name = "Start a conversation" })).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        var dialog = noor.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByLabel("Your first words")).ToBeFocusedAsync();
        await Axe.Audit(noor.Page.MainFrame, "the first word");
        await keys.TypeAsync("May I help with the ropes?");
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await noor.Sees("May I help with the ropes?");

        // Beside the launcher, without anything having been opened; then in the thread.
        await Expect(ana.Teaser).ToContainTextAsync("May I help with the ropes?");
        await Expect(ana.Badge).ToHaveTextAsync("1");
        await ana.Open();
        await ana.GoOn();
        await ana.Sees("May I help with the ropes?");
        await ana.Say("Yes, which one holds?");
        await noor.Sees("Yes, which one holds?");
        await Expect(row).ToContainTextAsync("talks with us");

        // Who has it already is told so, and goes there with one key.
        await keys.PressAsync("Escape");
        await noor.Do("Start a conversation");
        await Expect(dialog).ToContainTextAsync("You have an open conversation already.");
        await Axe.Audit(noor.Page.MainFrame, "a first word where one talks already");
        await keys.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);

        // A colleague is told who has it.
        var thread = (await Kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK).Body.GetProperty("items")[0];
        var standing = (await Kim.Get($"/v1/contacts/{thread.GetProperty("contact").GetProperty("id").GetString()}/standing")).Expect(HttpStatusCode.OK);
        (standing["standing"], standing["holder.name"]).ShouldBe(("other", "Noor"));
        var kim = await AtTheConsole("Kim", "all");
        await kim.Open("Yes, which one holds?");
        await kim.Do("Start a conversation");
        var theirs = kim.Page.GetByRole(AriaRole.Dialog);
        await Expect(theirs).ToContainTextAsync("Noor has an open conversation with them.");
        await Axe.Audit(kim.Page.MainFrame, "a first word where a colleague talks already");
        await Aloud.Reads("console-first-other", theirs);
    }
}
