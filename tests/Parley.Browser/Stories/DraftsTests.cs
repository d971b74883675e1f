using System.Net;

namespace Parley.Browser.Stories;

/// <summary>What was begun and not sent is there wherever its agent sits down, and no words are lost to another window.</summary>
public sealed class DraftsTests : Scene
{
    [BrowserFact, Trait("row", "PA7")]
    public async Task PA7_What_was_begun_at_the_desk_goes_on_on_another_device_and_is_gone_once_it_is_sent()
    {
        var ana = await Customer();
        await ana.Visit();
        await ana.Begin("Is my mast ready?");
        var desk = await AtTheConsole("Kim", "all");
        await desk.Open("Is my mast ready?");
        await desk.Field.FillAsync("Dear Ana, almost");
        await Expect(desk.Row("Is my mast ready?")).ToContainTextAsync("Draft");
        await Kept("Dear Ana, almost");
        // What was typed last and not saved yet survives a reload as well.
        await desk.Page.ReloadAsync();
        await Expect(desk.Field).ToHaveValueAsync("Dear Ana, almost");

        var other = await AtTheConsole("Kim", "all");
        await Expect(other.Row("Is my mast ready?")).ToContainTextAsync("Draft");
        await other.Open("Is my mast ready?");
        await Expect(other.Field).ToHaveValueAsync("Dear Ana, almost");
        await other.Field.FillAsync("Dear Ana, tomorrow");
        await Kept("Dear Ana, tomorrow");

        // Back at the desk, where other words are begun before anybody looked: both are shown, and one chooses.
        desk.Watch.Expect("status of 409");
        await desk.Field.FillAsync("Dear Ana, on Friday");
        var asked = desk.Page.Locator("[role=status]").Filter(new() { HasText = "another window" });
        await Expect(asked).ToContainTextAsync("Dear Ana, tomorrow");
        await Axe.Audit(desk.Page.MainFrame, "two windows' words");
        await Kept("Dear Ana, tomorrow");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Go on with that" }).ClickAsync();
        await Expect(desk.Field).ToHaveValueAsync("Dear Ana, tomorrow");
        await Expect(asked).ToBeHiddenAsync();

        await desk.Field.PressAsync("Enter");
        await desk.Arrived("Dear Ana, tomorrow");
        await Expect(desk.Rows.First).Not.ToContainTextAsync("Draft");
        await Kept("");
        await other.Look(away: true);
        await other.Look(away: false);
        await Expect(other.Field).ToHaveValueAsync("");
    }

    /// <summary>What the server has of Kim's draft.</summary>
    private Task Kept(string words) => Ears.Eventually(async () =>
    {
        var thread = (await Kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK).Body.GetProperty("items")[0].GetProperty("id").GetString();
        (await Kim.Get($"/v1/conversations/{thread}/draft")).Expect(HttpStatusCode.OK)["reply"].ShouldBe(words);
    });
}
