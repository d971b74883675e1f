using System.Net;
using System.Text.RegularExpressions;

namespace Parley.Browser.Stories;

/// <summary>The reference of the interface at <c>/docs</c>: for everybody who writes programs, and tried where it is read.</summary>
public class ReferenceTests : Scene
{
    [BrowserFact, Trait("row", "OP3"), Trait("row", "PA22")]
    public async Task The_reference_is_searched_tried_with_a_token_and_within_everybodys_reach()
    {
        var token = (await Kim.Post("/v1/tokens", new { name = "Echo", scopes = new[] { "read" } })).Expect(HttpStatusCode.Created)["token"];
        var page = (await Customer()).Page;
        await page.GotoAsync($"{Server.Address}docs");
        // By the keys alone: to the search, to what was found, and there to what tries it.
        await Expect(page.Locator("article").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("/");
        await Expect(page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("assignment");
        var called = page.GetByRole(AriaRole.Article).Filter(new() { HasText = "PUT" }).First;
        await Expect(page.GetByRole(AriaRole.Article).Filter(new() { HasText = "/v1/inboxes" })).ToHaveCountAsync(0);
        await called.GetByRole(AriaRole.Button, new() { Name = "Try it" }).PressAsync("Enter");
        await Expect(called.GetByRole(AriaRole.Form, new() { Name = "Try it" })).ToBeVisibleAsync();
        await Axe.Audit(page.MainFrame, "the reference");
        await Reads("docs-operation", called);

        await page.GetByRole(AriaRole.Searchbox).FillAsync("GET /v1/directory");
        await page.GetByLabel("Token", new() { Exact = true }).FillAsync(token);
        await Reads("docs-head", page.Locator("#start"));
        var directory = page.GetByRole(AriaRole.Article).Filter(new() { HasText = "/v1/directory" });
        await directory.GetByRole(AriaRole.Button, new() { Name = "Try it" }).PressAsync("Enter");
        await directory.GetByRole(AriaRole.Button, new() { Name = "Send" }).PressAsync("Enter");
        await Expect(directory.GetByRole(AriaRole.Status)).ToContainTextAsync(new Regex("200 .*Lighthouse", RegexOptions.Singleline));
    }
}
