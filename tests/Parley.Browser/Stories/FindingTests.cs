using System.Net;

namespace Parley.Browser.Stories;

/// <summary>Who looks for something narrows it as they type, and is told what makes no sense.</summary>
public class FindingTests : Scene
{
    [BrowserFact, Trait("row", "PA9")]
    public async Task PA9_A_search_is_narrowed_as_it_is_typed()
    {
        var (one, two) = (await Written("The mast is broken"), await Written("The mast is fine"));
        (await Kim.Put($"/v1/conversations/{one}/labels/Late%20refund")).Expect(HttpStatusCode.OK);
        (await Kim.Put($"/v1/conversations/{two}/closure")).Expect(HttpStatusCode.OK);
        var noor = await AtTheConsole();
        await Expect(noor.Row("broken")).ToBeVisibleAsync();
        await noor.Page.Keyboard.PressAsync("/");
        var box = noor.Page.GetByRole(AriaRole.Searchbox);
        await Expect(box).ToBeFocusedAsync();
        var hits = noor.Page.Locator(".search .hits a");
        await noor.Page.Keyboard.TypeAsync("mast");
        await Expect(hits).ToHaveCountAsync(2);

        // A key, then what can stand behind it: nothing has to be known by heart.
        await noor.Page.Keyboard.TypeAsync(" lab");
        await noor.Page.GetByRole(AriaRole.Button, new() { Name = "label:" }).ClickAsync();
        await Expect(box).ToBeFocusedAsync();
        await noor.Page.GetByRole(AriaRole.Button, new() { Name = "Late refund" }).ClickAsync();
        await Expect(box).ToHaveValueAsync("mast label:\"Late refund\" ");
        await Expect(hits).ToHaveCountAsync(1);
        await Expect(hits).ToContainTextAsync("The mast is broken");
        await Axe.Audit(noor.Page.MainFrame, "a narrowed search");

        await box.FillAsync("mast status:closed");
        await Expect(hits).ToHaveCountAsync(1);
        await Expect(hits).ToContainTextAsync("The mast is fine");

        noor.Watch.Expect("status of 400");
        await box.FillAsync("mast before:yesterday");
        await Expect(noor.Page.GetByText("A day is written as 2026-03-01")).ToBeVisibleAsync();
        await box.FillAsync("mast status:lost");
        await Expect(noor.Page.GetByText("A status is open, pending, snoozed or closed")).ToBeVisibleAsync();
        await box.FillAsync("mast after:2026 before:2025");
        await Expect(noor.Page.GetByText("has to come before")).ToBeVisibleAsync();

        // Right again at once, and the keys alone lead there.
        await box.FillAsync("mast before:2100");
        await Expect(hits).ToHaveCountAsync(2);
        await box.PressAsync("ArrowDown");
        await Expect(hits.First).ToBeFocusedAsync();
        await noor.Page.Keyboard.PressAsync("Enter");
        await noor.Sees("The mast is fine");
    }
}
