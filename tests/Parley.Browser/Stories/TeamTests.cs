using System.Net;

namespace Parley.Browser.Stories;

/// <summary>What colleagues do together, with the keys alone: many conversations at once, a question beside the thread, who follows and who is called, and how much attention there was.</summary>
public sealed class TeamTests : Scene
{
    [BrowserFact, Trait("row", "PA8")]
    public async Task PA8_Many_are_picked_and_done_with_at_once_and_taken_back_but_for_what_a_colleague_did_meanwhile()
    {
        foreach (var text in new[] { "The first sail", "The second sail", "The third sail" })
        {
            await Written(text);
        }

        var (kim, noor) = (await AtTheConsole("Kim", "all"), await AtTheConsole("Noor", "all"));
        var keys = kim.Page.Keyboard;
        var bar = kim.Page.GetByRole(AriaRole.Region, new() { Name = "Picked conversations" });
        await kim.Reach("The third sail");
        await keys.PressAsync("x");
        await Expect(bar).ToContainTextAsync("1 picked");
        await keys.PressAsync("Shift+J");
        await keys.PressAsync("Shift+J");
        await Expect(bar).ToContainTextAsync("3 picked");
        await Axe.Audit(kim.Page.MainFrame, "many that are picked");

        // A colleague closes one of them: it alone cannot be had, and the bar says why.
        await noor.Reach("The second sail");
        await noor.Page.Keyboard.PressAsync("e");
        await Expect(kim.Rows).ToHaveCountAsync(2);
        await kim.Choose("Shift+B", "For an hour");
        await Expect(kim.Page.GetByText("2 done, 1 not")).ToBeVisibleAsync();
        await Expect(bar.GetByRole(AriaRole.Alert)).ToContainTextAsync("1: ");
        await Expect(bar).ToContainTextAsync("1 picked");
        await Axe.Audit(kim.Page.MainFrame, "one of many that could not be had");
        await Holds("snoozed", 2);
        await keys.PressAsync("z");
        await Expect(kim.Page.GetByText("Taken back in 2")).ToBeVisibleAsync();
        await Holds("snoozed", 0);

        // Given to herself; a colleague takes one of them, and it stays theirs.
        await keys.PressAsync("Escape");
        await Expect(bar).ToBeHiddenAsync();
        await kim.Do("Pick all that are listed");
        await Expect(bar).ToContainTextAsync("2 picked");
        await kim.Choose("Shift+B", "Kim (you)");
        await Expect(kim.Page.GetByText("Done with 2")).ToBeVisibleAsync();
        await noor.Reach("The first sail");
        await noor.Page.Keyboard.PressAsync("m");
        await Expect(noor.Page.GetByRole(AriaRole.Button, new() { Name = "Assigned to Me" })).ToBeVisibleAsync();
        await keys.PressAsync("z");
        await Expect(kim.Page.GetByText("Taken back in 1; in 1 something stays that was changed since")).ToBeVisibleAsync();
        var rows = (await Kim.Get("/v1/conversations?status=open&limit=100")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray();
        rows.Count(row => row.GetProperty("holder").GetProperty("kind").GetString() == "agent").ShouldBe(1);
    }

    [BrowserFact, Trait("row", "MS18"), Trait("row", "PA7")]
    public async Task MS18_PA7_A_colleague_is_asked_beside_the_thread_and_answers_live_follows_it_and_a_team_is_called()
    {
        var noor = await AtTheConsole("Noor", "all");
        var me = (await (await Call("Noor")).Get("/v1/me")).Expect(HttpStatusCode.OK)["id"];
        var riggers = (await Kim.Post("/v1/teams", new { name = "Riggers" })).Expect(HttpStatusCode.Created)["id"];
        (await Kim.Patch($"/v1/agents/{me}", new { teams = new[] { riggers } })).Expect(HttpStatusCode.OK);
        using var ana = new Tests.Cast.Browser(Server.Here, Inbox);
        (await ana.Begin()).Expect(HttpStatusCode.Created);
        var thread = await ana.Write("My mast is bent");
        var kim = await AtTheConsole("Kim", "all");
        var keys = kim.Page.Keyboard;
        await kim.Reach("My mast is bent");
        await kim.Choose("q", "Noor");
        await Expect(kim.Page.GetByLabel("Your question; the customer never sees it")).ToBeFocusedAsync();
        await keys.TypeAsync("Can that be bent back?");
        await Axe.Audit(kim.Page.MainFrame, "asking a colleague");
        await keys.PressAsync("Enter");
        var (asked, answers) = (Aside(kim), Aside(noor));
        await Expect(asked).ToContainTextAsync("Can that be bent back?");
        await Expect(kim.Page.GetByText("Waiting for somebody else").First).ToBeVisibleAsync();

        // Noor is called to it, reads it there and answers; Kim reads that as it comes.
        await Expect(noor.Page.GetByRole(AriaRole.Link, new() { Name = "Mentions, 1" })).ToBeVisibleAsync();
        await noor.Page.Keyboard.PressAsync("g");
        await noor.Page.Keyboard.PressAsync("n");
        await noor.Reach("My mast is bent");
        await Expect(answers).ToContainTextAsync("Can that be bent back?");
        await noor.Page.Keyboard.PressAsync("Shift+Q");
        await noor.Page.Keyboard.TypeAsync("Up to ten degrees, cold");
        await Axe.Audit(noor.Page.MainFrame, "a side conversation");
        await noor.Page.Keyboard.PressAsync("Enter");
        await Expect(asked).ToContainTextAsync("Up to ten degrees, cold");
        await noor.Page.Keyboard.PressAsync("Escape");
        await noor.Page.Keyboard.PressAsync("Shift+F");
        await Expect(noor.Page.Locator(".here").GetByText("You follow this")).ToBeVisibleAsync();
        await Expect(kim.Page.GetByText("Noor follows this").First).ToBeVisibleAsync();
        (await Kim.Get($"/v1/conversations/{thread}")).Expect(HttpStatusCode.OK)["status"].ShouldBe("pending");
        await kim.Do("Settle the side conversation");
        await Expect(asked).ToContainTextAsync("settled");
        await Ears.Eventually(async () => (await Kim.Get($"/v1/conversations/{thread}")).Expect(HttpStatusCode.OK)["status"].ShouldBe("open"));

        // What comes is news to whoever follows, and a team is called by its name.
        await noor.Page.Keyboard.PressAsync("g");
        await noor.Page.Keyboard.PressAsync("f");
        (await ana.Say(thread, "And the boom?")).Expect(HttpStatusCode.Created);
        await Expect(noor.Row("And the boom?")).ToContainTextAsync("Unread");
        (await ana.Read(thread)).Body.GetRawText().ShouldNotContain("ten degrees");
        await Written("My shroud is frayed");
        await kim.Reach("My shroud is frayed");
        await keys.PressAsync("n");
        await Expect(kim.Field).ToBeFocusedAsync();
        await keys.TypeAsync("@Rigg");
        await Expect(kim.Page.GetByRole(AriaRole.Listbox).GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await keys.PressAsync("Enter");
        await keys.TypeAsync("who has time on Friday?");
        await keys.PressAsync("Enter");
        await kim.Sees("who has time on Friday?");
        await Expect(noor.Page.GetByRole(AriaRole.Link, new() { Name = "Mentions, 2" })).ToBeVisibleAsync();
        await noor.Page.Keyboard.PressAsync("g");
        await noor.Page.Keyboard.PressAsync("n");
        await Expect(noor.Rows).ToHaveCountAsync(2);
    }

    [BrowserFact, Trait("row", "KP4")]
    public async Task KP4_Everybody_sees_their_own_attention_and_of_others_what_the_workspace_shows()
    {
        await Written("The first sail");
        var kim = await AtTheConsole("Kim", "all");
        await kim.Look(away: false);
        await kim.Reach("The first sail");
        // Less than a second is a glance.
        await kim.Page.WaitForTimeoutAsync(1_500);
        await kim.Page.Keyboard.PressAsync("g");
        await kim.Page.Keyboard.PressAsync("c");
        await Ears.Eventually(async () => (await Kim.Get("/v1/me/attention")).Expect(HttpStatusCode.OK).Body.GetProperty("attention").GetProperty("conversations").GetInt32().ShouldBe(1));
        await kim.Do("Settings: Attention");
        var (mine, team) = (kim.Page.GetByRole(AriaRole.Table, new() { Name = "Your own" }), kim.Page.GetByRole(AriaRole.Table, new() { Name = "The team" }));
        await Expect(mine.GetByRole(AriaRole.Row)).ToHaveCountAsync(3);
        await Expect(mine.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("Today");
        // One person's is no sum.
        await Expect(team).ToContainTextAsync("Fewer than three: not shown");
        await Axe.Audit(kim.Page.MainFrame, "attention");
        var shown = kim.Page.GetByLabel("What is shown of others");
        await kim.TabTo(shown);
        await kim.Page.Keyboard.TypeAsync("Each");
        await Ears.Eventually(async () => (await Kim.Get("/v1/figures/attention")).Expect(HttpStatusCode.OK)["shown"].ShouldBe("agents"));
        await Expect(team.GetByRole(AriaRole.Rowheader, new() { Name = "Kim" })).ToBeVisibleAsync();
        await kim.Page.Keyboard.PressAsync("Home");
        await Expect(team).ToBeHiddenAsync();
        await Expect(mine).ToBeVisibleAsync();

        // Who leads nobody sees their own alone.
        var noor = await AtTheConsole("Noor", "settings/attention");
        await Expect(noor.Page.GetByRole(AriaRole.Table, new() { Name = "Your own" })).ToBeVisibleAsync();
        await Expect(noor.Page.GetByRole(AriaRole.Heading, new() { Name = "The team" })).ToHaveCountAsync(0);
    }

    private static ILocator Aside(Agent who) => who.Page.Locator("details.aside");

    private async Task Holds(string status, int count) => await Ears.Eventually(async () =>
        (await Kim.Get($"/v1/conversations?status={status}&limit=100")).Expect(HttpStatusCode.OK).Body.GetProperty("items").GetArrayLength().ShouldBe(count));
}
