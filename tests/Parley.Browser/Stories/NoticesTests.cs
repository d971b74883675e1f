using System.Net;

namespace Parley.Browser.Stories;

/// <summary>Who does not look is told: by a number, a word, a sound, a notification. Who looks is left in peace.</summary>
public class NoticesTests : Scene
{
    protected override Task<Chromium> Browser(Theatre theatre) => theatre.Whole();

    [BrowserFact, Trait("row", "MS6")]
    public async Task MS6_An_answer_is_seen_and_heard_while_the_panel_is_closed()
    {
        var ana = await Customer();
        await Ears.Lend(ana.Context);
        await ana.Visit();
        await ana.Begin("Do you have brass lanterns?");
        var noor = await AtTheConsole();
        await noor.Open("brass lanterns");
        await noor.Say("One moment, I look.");
        await ana.Sees("One moment, I look.");
        (await Ears.Tones(ana.Page)).ShouldBe(0, "She looks at it.");

        await ana.Close();
        await noor.Say("We have two.");
        await Expect(ana.Badge).ToHaveTextAsync("1");
        await Expect(ana.Teaser).ToContainTextAsync("We have two.");
        await Ears.Eventually(async () => (await Ears.Tones(ana.Page)).ShouldBe(Ears.Sound));

        // What is said among colleagues, and what merely happens, calls nobody; the next word does.
        await noor.Page.GetByRole(AriaRole.Radio, new() { Name = "Note" }).ClickAsync();
        await noor.Write("She bought one before");
        await noor.Sees("She bought one before");
        await noor.Page.GetByRole(AriaRole.Radio, new() { Name = "Reply" }).ClickAsync();
        await noor.Say("Shall I keep one for you?");
        await Expect(ana.Badge).ToHaveTextAsync("2");
        await Expect(ana.Teaser).ToContainTextAsync("Shall I keep one for you?");
        await Ears.Eventually(async () => (await Ears.Tones(ana.Page)).ShouldBe(2 * Ears.Sound));

        // The teaser leads to what it says.
        await ana.Teaser.GetByRole(AriaRole.Button).First.ClickAsync();
        await ana.Sees("Shall I keep one for you?");
        await noor.IsMarked("Shall I keep one", "read");
        await ana.Close();
        await Expect(ana.Badge).ToBeHiddenAsync();
        await Expect(ana.Teaser).ToBeHiddenAsync();
    }

    [BrowserFact, Trait("row", "SN1")]
    public async Task SN1_An_agent_who_looks_elsewhere_is_called_by_sound_and_notification()
    {
        var noor = await Agent();
        await Ears.Lend(noor.Context);
        await noor.Context.GrantPermissionsAsync(["notifications"]);
        await noor.SitDown("settings/me");
        await noor.Page.GetByRole(AriaRole.Switch, new() { Name = "Notifications" }).ClickAsync();
        await Expect(noor.Page.GetByRole(AriaRole.Switch, new() { Name = "Notifications" })).ToBeCheckedAsync();
        await noor.Page.GotoAsync($"{Server.Address}#/unassigned");

        // She is at the list: a sound, and the row speaks for itself.
        var ana = await Customer();
        await ana.Visit("", Vouch("ana", "Ana"));
        await ana.Begin("Is anybody there?");
        await Expect(noor.Row("Is anybody there?")).ToBeVisibleAsync();
        await Ears.Eventually(async () => (await Ears.Tones(noor.Page)).ShouldBe(Ears.Sound));
        (await Ears.Notifications(noor.Page)).ShouldBeEmpty();

        // She has it before her eyes: nothing.
        await noor.Open("Is anybody there?");
        await ana.Say("About my order");
        await noor.Sees("About my order");
        (await Ears.Tones(noor.Page)).ShouldBe(Ears.Sound);

        // She is in another window: sound, notification, and the number in the title.
        await noor.Look(away: true);
        await Ears.Rested(noor.Page);
        await ana.Say("It is number 4711");
        await Ears.Eventually(async () => (await Ears.Notifications(noor.Page)).ShouldBe(["Ana: It is number 4711"]));
        await Ears.Eventually(async () => (await Ears.Tones(noor.Page)).ShouldBe(2 * Ears.Sound));
        await Expect(noor.Page).ToHaveTitleAsync("(1) Parley");

        // The notification leads there from wherever she was.
        await noor.Page.GotoAsync($"{Server.Address}#/settings/me");
        await noor.Look(away: false);
        await Expect(noor.Page).ToHaveTitleAsync("Parley");
        await Ears.Press(noor.Page);
        await noor.Sees("It is number 4711");
        await Expect(noor.Field).ToBeVisibleAsync();
    }

    [BrowserFact, Trait("row", "PA11")]
    public async Task An_agent_set_away_elsewhere_sees_so_at_the_open_console()
    {
        var noor = await AtTheConsole();
        var telephone = await Call("Noor");
        var bar = noor.Page.GetByText("You are away: new conversations go to others.");
        (await telephone.Put("/v1/me/state", new { state = "online" })).Expect(HttpStatusCode.OK);
        await Expect(noor.Page.GetByText("Everything has somebody who looks after it")).ToBeVisibleAsync();
        await Expect(bar).ToBeHiddenAsync();
        (await telephone.Put("/v1/me/state", new { state = "away" })).Expect(HttpStatusCode.OK);
        await Expect(bar).ToBeVisibleAsync();
        (await telephone.Put("/v1/me/state", new { state = "online" })).Expect(HttpStatusCode.OK);
        await Expect(bar).ToBeHiddenAsync();
    }
}
