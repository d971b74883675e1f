using System.Text.RegularExpressions;

namespace Parley.Browser.Stories;

/// <summary>What those who administer look after: what is left of the set-up, and the faces of their people.</summary>
public class CareTests : Scene
{
    [BrowserFact, Trait("row", "OP3")]
    public async Task OP3_What_is_left_of_the_set_up_stands_in_the_console_ticks_itself_and_is_put_away()
    {
        var kim = await AtTheConsole("Kim", "mine");
        var list = kim.Page.GetByRole(AriaRole.Region, new() { Name = "First steps" });
        await Expect(list.GetByRole(AriaRole.Status)).ToHaveTextAsync("1 of 5 done");
        await Expect(kim.Page.GetByRole(AriaRole.Link, new() { Name = "First steps: 4 left" })).ToBeVisibleAsync();
        await list.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Invite a colleague") }).ClickAsync();
        await Expect(kim.Page.GetByRole(AriaRole.Heading, new() { Name = "People" })).ToBeVisibleAsync();
        await kim.Page.GoBackAsync();

        // Somebody writes: the line ticks itself while one looks.
        var ana = await Customer();
        await ana.Visit();
        await ana.Begin("Is anybody there?");
        await Expect(list.GetByRole(AriaRole.Link, new() { Name = "Write to yourself (done)" })).ToBeVisibleAsync();
        await Axe.Audit(kim.Page.MainFrame, "the first steps");
        await Reads("console-first-steps", list);

        // Put away is put away, also after coming back; one press takes it back before that.
        await list.GetByRole(AriaRole.Button, new() { Name = "Put this list away" }).ClickAsync();
        await Expect(list).ToBeHiddenAsync();
        await kim.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(list).ToBeVisibleAsync();
        await list.GetByRole(AriaRole.Button, new() { Name = "Put this list away" }).ClickAsync();
        await Expect(list).ToBeHiddenAsync();
        await kim.Page.RunAndWaitForResponseAsync(() => kim.Page.ReloadAsync(), answer => answer.Url.EndsWith("/v1/checklist", StringComparison.Ordinal));
        await Expect(kim.Page.GetByText("Keyboard shortcuts").First).ToBeVisibleAsync();
        await Expect(list).ToBeHiddenAsync();
        await Expect(kim.Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("First steps") })).ToBeHiddenAsync();
    }

    [BrowserFact, Trait("row", "OP3")]
    public async Task OP3_A_face_is_chosen_cut_shown_to_customers_and_taken_away()
    {
        var kim = await AtTheConsole("Kim", "settings/me");
        await Kim.Put("/v1/me/state", new { state = "online" });
        await Choose(kim.Page, "notes.png", "not a picture"u8.ToArray());
        await Expect(kim.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not a picture that can be shown");

        // A wide picture, red at the left and blue at the right: what is dragged into the frame is what shows.
        var wide = await kim.Page.EvaluateAsync<string>("(() => { const c = document.createElement('canvas'); c.width = 600; c.height = 200; const p = c.getContext('2d'); p.fillStyle = '#f00'; p.fillRect(0, 0, 300, 200); p.fillStyle = '#00f'; p.fillRect(300, 0, 300, 200); return c.toDataURL('image/png'); })()");
        await Choose(kim.Page, "me.png", Convert.FromBase64String(wide[(wide.IndexOf(',') + 1)..]));
        var frame = kim.Page.GetByRole(AriaRole.Application, new() { Name = "Choose the part that shows" });
        await frame.FocusAsync();
        for (var press = 0; press < 12; press++)
        {
            await frame.PressAsync("Shift+ArrowLeft");
        }

        await Axe.Audit(kim.Page.MainFrame, "a picture being cut");
        await Reads("console-settings-picture", frame.Locator(".."));
        await kim.Page.GetByRole(AriaRole.Button, new() { Name = "Use this part" }).ClickAsync();
        await Expect(kim.Page.GetByRole(AriaRole.Button, new() { Name = "Change the picture" })).ToBeVisibleAsync();
        var seen = await kim.Page.Locator("main img").First.EvaluateAsync<int[]>("async (image) => { await image.decode(); const c = document.createElement('canvas'); c.width = c.height = 64; const p = c.getContext('2d'); p.drawImage(image, 0, 0, 64, 64); return [image.naturalWidth, image.naturalHeight, ...p.getImageData(8, 32, 1, 1).data, ...p.getImageData(56, 32, 1, 1).data]; }");
        seen[..2].ShouldBe([512, 512]);
        (seen[2], seen[6]).ShouldSatisfyAllConditions(red => red.Item1.ShouldBeGreaterThan(200), red => red.Item2.ShouldBeGreaterThan(200));

        // Who comes to the shop sees it.
        var picture = await kim.Page.Locator("main img").First.GetAttributeAsync("src");
        var ana = await Customer();
        await ana.Visit();
        await ana.Open();
        await Expect(ana.App.Locator($"img[src$='{picture}']").First).ToBeVisibleAsync();

        await kim.Page.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await Expect(kim.Page.GetByRole(AriaRole.Button, new() { Name = "Choose a picture" })).ToBeVisibleAsync();
        await Expect(kim.Page.Locator("main img")).ToHaveCountAsync(0);
    }

    private static Task Choose(IPage page, string name, byte[] bytes) =>
        page.Locator("main input[type=file]").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "image/png", Buffer = bytes });
}
