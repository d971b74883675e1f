using System.Net;

namespace Parley.Browser.Stories;

/// <summary>Who came with the same browser is perhaps the same person: wanted by an administrator, seen by agents, made one by an agent, and nothing of it by customers.</summary>
public sealed class AlikesTests : Scene
{
    [BrowserFact, Trait("row", "LC17")]
    public async Task LC17_It_is_switched_on_with_what_the_law_wants_said_and_then_earlier_chats_of_the_same_browser_stand_beside_the_thread()
    {
        var kim = await AtTheConsole("Kim", $"settings/inboxes/{Inbox}");
        var wish = kim.Page.GetByRole(AriaRole.Switch, new() { Name = "Say who is perhaps the same person" });
        await Expect(wish).ToHaveAttributeAsync("aria-checked", "false");
        await kim.Page.GetByLabel("It is noted").SelectOptionAsync("off");
        await Expect(wish).ToBeDisabledAsync();
        await kim.Page.GetByLabel("It is noted").SelectOptionAsync("afterConsent");
        await wish.ClickAsync();
        await Expect(kim.Page.GetByText("What agents see")).ToBeVisibleAsync();
        await Expect(kim.Page.GetByRole(AriaRole.Note, new() { Name = "What the law wants" })).ToContainTextAsync("If you agree, we keep for 30 days");
        await Axe.Audit(kim.Page.MainFrame, "what is noted of visitors");
        await kim.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).First.ClickAsync();
        await Expect(kim.Page.GetByText("Saved").First).ToBeVisibleAsync();
        (await Kim.Get($"/v1/inboxes/{Inbox}")).Expect(HttpStatusCode.OK)["alike"].ShouldBe("True");

        // Two names, one browser: a couple, or somebody with two accounts.
        var shared = await Customer();
        await shared.Visit(identity: Vouch("ana", "Ana"));
        await shared.Page.EvaluateAsync("Parley.consent(true)");
        await shared.Begin("Does the blue jacket run small?");
        await shared.Close();
        await shared.Visit(identity: Vouch("ana-work", "Anneke"));
        await shared.Page.EvaluateAsync("Parley.consent(true)");
        await shared.Begin("My order has not come");
        (await shared.App.Locator("body").InnerTextAsync()).ShouldNotContain("blue jacket");

        var people = (await Kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("contact").GetProperty("id").GetString()!).ToList();
        await Ears.Eventually(async () => (await Kim.Get($"/v1/contacts/{people[0]}/alike")).Text.ShouldContain(people[1], customMessage: string.Join("\n", await Task.WhenAll(people.Select(async one => (await Kim.Get($"/v1/contacts/{one}")).Text)))));
        await kim.Page.GotoAsync($"{Server.Address}#/all");
        await kim.Open("My order has not come");
        var alike = kim.Page.GetByRole(AriaRole.Region, new() { Name = "Perhaps the same person" });
        await Expect(alike).ToContainTextAsync("Ana");
        await Expect(alike.GetByRole(AriaRole.Link)).ToContainTextAsync("Does the blue jacket run small?");
        await Axe.Audit(kim.Page.MainFrame, "perhaps the same person");

        // An agent looks at what it would be, and makes them one.
        await alike.GetByRole(AriaRole.Button, new() { Name = "Make them one person …" }).ClickAsync();
        var dialog = kim.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByText("1 conversation comes along")).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Merge", Exact = true }).ClickAsync();
        await Expect(alike).ToBeHiddenAsync();
        await Expect(kim.Page.GetByRole(AriaRole.Complementary, new() { Name = "About the person" }).GetByText("Does the blue jacket run small?")).ToBeVisibleAsync();
    }
}
