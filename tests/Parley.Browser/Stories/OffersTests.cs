using System.Net;

namespace Parley.Browser.Stories;

/// <summary>One thread that is live and messaging in turn, as both sides read it.</summary>
public class OffersTests : Scene
{
    protected override async Task Prepare() =>
        (await Kim.Put($"/v1/inboxes/{Inbox}/policy", new { profile = "blended", hours = "always", graceSeconds = 2 })).Expect(HttpStatusCode.OK);

    [BrowserFact, Trait("row", "BX1")]
    public async Task BX1_What_is_offered_is_accepted_by_a_key_pauses_when_the_tab_is_closed_and_goes_on_with_a_promise()
    {
        var noor = await AtTheConsole();
        (await (await Call("Noor")).Put("/v1/me/presence", new { state = "online" })).Expect(HttpStatusCode.OK);
        var ana = await Customer();
        await ana.Visit("", Vouch("ana", "Ana"));
        await ana.Begin("My mainsail is torn");

        // The card says who and what, and a key takes it.
        var card = noor.Page.GetByRole(AriaRole.Region, new() { Name = "An offer" });
        await Expect(card).ToContainTextAsync("My mainsail is torn");
        await Expect(card.GetByText("Ana", new() { Exact = true })).ToBeVisibleAsync();
        await noor.Page.Keyboard.PressAsync("Shift+Y");
        await Expect(card).ToBeHiddenAsync();
        await noor.Sees("My mainsail is torn");
        await noor.Page.GotoAsync($"{Server.Address}#/mine");
        await Expect(noor.Row("My mainsail is torn").GetByText("Live")).ToBeVisibleAsync();
        await Expect(noor.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("1 of 4") })).ToBeVisibleAsync();

        // The tab is closed: paused, then messaging with a promise; her word is still owed.
        await ana.Page.CloseAsync();
        await Expect(noor.Row("My mainsail is torn").GetByText("dropped")).ToBeVisibleAsync();
        await Expect(noor.Row("My mainsail is torn").GetByText(new System.Text.RegularExpressions.Regex("^by "))).ToBeVisibleAsync();

        // She comes back on another page of the shop and reads what was promised, and the answer.
        await noor.Open("My mainsail is torn");
        await noor.Say("Send us a picture of it");
        var again = await ana.Tab();
        await again.Visit("", Vouch("ana", "Ana"));
        await again.Open();
        await again.GoOn();
        await again.Sees("Send us a picture of it");
        await again.Say("Here it is");
        await noor.Sees("Here it is");
    }
}
