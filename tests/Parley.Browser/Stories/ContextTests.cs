using System.Net;

namespace Parley.Browser.Stories;

/// <summary>What an agent has before the first word: whatever comes in one list, in the order in which it matters, with who it is and what was before.</summary>
public sealed class ContextTests : Scene
{
    [BrowserFact, Trait("row", "IC3"), Trait("row", "FC3"), Trait("row", "ZD3")]
    public async Task FC3_IC3_ZD3_What_comes_by_any_inbox_stands_in_order_of_priority_and_the_person_with_their_history_beside_it()
    {
        var (loft, key) = await AddInbox("Loft");
        using var before = new Tests.Cast.Browser(Server.Here, Inbox);
        (await before.Begin(Vouch("ana", "Ana"))).Expect(HttpStatusCode.Created);
        var earlier = await before.Write("My halyard is frayed");
        (await Kim.Put($"/v1/conversations/{earlier}/closure")).Expect(HttpStatusCode.OK);
        using var now = new Tests.Cast.Browser(Server.Here, loft);
        (await now.Begin(Vouch("ana", "Ana", key, loft))).Expect(HttpStatusCode.Created);
        var bent = await now.Write("And my mast is bent");
        (await Kim.Put($"/v1/conversations/{bent}/priority", new { priority = "urgent" })).Expect(HttpStatusCode.OK);
        await Written("Which rope for a mooring?");
        var view = (await Kim.Post("/v1/views", new { name = "What matters", share = "all", order = "priority", filter = new { all = new[] { new { field = "status", op = "is", value = "open" } } } })).Expect(HttpStatusCode.Created)["id"];

        // The newest is not the first: the urgent one is, and it came by another inbox.
        var noor = await AtTheConsole("Noor", view!);
        await Expect(noor.Rows).ToHaveCountAsync(2);
        await Expect(noor.Rows.First).ToContainTextAsync("And my mast is bent");
        await Expect(noor.Page.GetByText("Keyboard shortcuts").First).ToBeVisibleAsync();
        await noor.Page.Keyboard.PressAsync("j");
        await noor.Sees("And my mast is bent");

        // Nobody has answered yet, and all that is known stands there.
        var aside = noor.Page.GetByRole(AriaRole.Complementary, new() { Name = "About the person" });
        await Expect(aside.GetByText("your system vouches for who this is", new() { Exact = false })).ToBeVisibleAsync();
        await Expect(aside.GetByText("ana@example.test", new() { Exact = false })).ToBeVisibleAsync();
        await Expect(aside.GetByRole(AriaRole.Link, new() { NameRegex = new("My halyard is frayed") })).ToContainTextAsync("Closed");
        await Axe.Audit(noor.Page.MainFrame, "a person with a history");
        await noor.TabTo(aside.GetByRole(AriaRole.Link, new() { NameRegex = new("My halyard is frayed") }), "Shift+Tab");
        await noor.Page.Keyboard.PressAsync("Enter");
        await noor.Sees("My halyard is frayed");
        await noor.Reach("And my mast is bent");
        await noor.Page.Keyboard.PressAsync("r");
        await noor.Page.Keyboard.TypeAsync("Like the halyard, then: bring both");
        await noor.Page.Keyboard.PressAsync("Enter");
        await noor.Arrived("Like the halyard, then: bring both");
    }
}
