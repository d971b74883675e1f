using System.Net;

namespace Parley.Browser.Stories;

/// <summary>Saved views: put together with the keys alone, seen by whom they are for, mended, deleted and brought back.</summary>
public class ViewsTests : Scene
{
    private static ILocator Builder(Agent who) => who.Page.GetByRole(AriaRole.Dialog);

    private static ILocator Rail(Agent who) => who.Page.GetByRole(AriaRole.List, new() { Name = "Saved views" });

    [BrowserFact, Trait("row", "PA9")]
    public async Task PA9_A_view_is_put_together_with_the_keys_and_tells_how_many_it_has()
    {
        var (urgent, _) = (await Written("The mast is broken"), await Written("A question about ropes"));
        (await Kim.Put($"/v1/conversations/{urgent}/priority", new { priority = "urgent" })).Expect(HttpStatusCode.OK);
        var noor = await AtTheConsole();
        await Expect(noor.Row("mast")).ToBeVisibleAsync();
        await noor.Page.Keyboard.PressAsync("Shift+V");
        await Expect(Builder(noor).GetByLabel("Name")).ToBeFocusedAsync();
        await noor.Page.Keyboard.TypeAsync("Burning");
        await Expect(Builder(noor).GetByRole(AriaRole.Status)).ToContainTextAsync("2 conversations match");
        await noor.TabTo(Builder(noor).GetByLabel("Field of condition 1"));
        await noor.Page.Keyboard.TypeAsync("Prior");
        await Expect(Builder(noor).GetByRole(AriaRole.Status)).ToContainTextAsync("Say in each condition");
        await noor.Page.Keyboard.PressAsync("Tab");
        await noor.Page.Keyboard.PressAsync("Tab");
        await noor.Page.Keyboard.TypeAsync("Urg");
        await Expect(Builder(noor).GetByRole(AriaRole.Status)).ToContainTextAsync("1 conversation matches");
        await Axe.Audit(noor.Page.MainFrame, "the builder of views", "dialog[open]");
        await noor.TabTo(Builder(noor).GetByRole(AriaRole.Button, new() { Name = "Save" }));
        await noor.Page.Keyboard.PressAsync("Enter");
        await Expect(Builder(noor)).ToHaveCountAsync(0);
        await Expect(noor.Page.GetByRole(AriaRole.Heading, new() { Name = "Burning 1" })).ToBeVisibleAsync();
        await Expect(noor.Rows).ToHaveCountAsync(1);
        await Expect(noor.Row("mast")).ToBeVisibleAsync();
        await Expect(Rail(noor).GetByRole(AriaRole.Link, new() { Name = "Burning, 1 conversation" })).ToHaveAttributeAsync("aria-current", "page");
        await Axe.Audit(noor.Page.MainFrame, "a saved view");

        // Live: one comes, one leaves.
        var late = await Written("The boom, too");
        (await Kim.Put($"/v1/conversations/{late}/priority", new { priority = "urgent" })).Expect(HttpStatusCode.OK);
        await Expect(noor.Rows).ToHaveCountAsync(2);
        (await Kim.Put($"/v1/conversations/{urgent}/priority", new { priority = "low" })).Expect(HttpStatusCode.OK);
        await Expect(noor.Rows).ToHaveCountAsync(1);
        await Expect(noor.Row("boom")).ToBeVisibleAsync();
        await Expect(noor.Page.GetByRole(AriaRole.Heading, new() { Name = "Burning 1" })).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task One_is_edited_duplicated_deleted_and_brought_back()
    {
        await Written("The mast is broken");
        await Saved("Everything", "open");
        var kim = await AtTheConsole("Kim");
        await Rail(kim).GetByRole(AriaRole.Link, new() { Name = "Everything" }).ClickAsync();
        await Do(kim, "Edit this view");
        await Builder(kim).GetByLabel("Name").FillAsync("All that is open");
        await Builder(kim).GetByLabel("Order", new() { Exact = true }).SelectOptionAsync("Longest waiting first");
        await Builder(kim).GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(kim.Page.GetByRole(AriaRole.Heading, new() { Name = "All that is open 1" })).ToBeVisibleAsync();
        await Expect(kim.Row("mast")).ToBeVisibleAsync();

        await Do(kim, "Duplicate this view");
        await Expect(Builder(kim).GetByLabel("Name")).ToHaveValueAsync("Copy of All that is open");
        await Builder(kim).GetByLabel("Value of condition 1").SelectOptionAsync("Pending");
        await Builder(kim).GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(Rail(kim).GetByRole(AriaRole.Link)).ToHaveCountAsync(2);

        await Do(kim, "Delete this view");
        await Expect(Rail(kim).GetByRole(AriaRole.Link)).ToHaveCountAsync(1);
        await kim.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(Rail(kim).GetByRole(AriaRole.Link)).ToHaveCountAsync(2);
        await Expect(kim.Page.GetByRole(AriaRole.Heading, new() { Name = "Copy of All that is open 1" })).ToBeVisibleAsync();
        await Expect(kim.Row("mast")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task What_names_something_that_is_gone_says_so_and_is_mended_at_390_pixels()
    {
        var team = (await Kim.Post("/v1/teams", new { name = "Wharf" })).Expect(HttpStatusCode.Created)["id"];
        (await Kim.Post("/v1/views", new { name = "Theirs", share = "all", filter = new { all = new[] { new { field = "team", op = "is", value = team } } } })).Expect(HttpStatusCode.Created);
        (await Kim.Delete($"/v1/teams/{team}")).Expect(HttpStatusCode.NoContent);
        var kim = await AtTheConsole("Kim");
        await kim.Page.SetViewportSizeAsync(390, 844);
        // The narrow screen stands before a key is pressed on it.
        await Expect(kim.Page.GetByRole(AriaRole.Link, new() { Name = "Mentions" })).ToHaveCountAsync(0);
        await Expect(kim.Page.GetByRole(AriaRole.Button, new() { Name = "Filter" })).ToBeVisibleAsync();
        await kim.Page.Keyboard.PressAsync("g");
        await kim.Page.Keyboard.PressAsync("v");
        await Expect(kim.Page.GetByRole(AriaRole.Combobox, new() { Name = "Go to a view" })).ToBeFocusedAsync();
        await kim.Page.Keyboard.TypeAsync("Theirs");
        await Expect(kim.Page.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await Expect(kim.Page.GetByRole(AriaRole.Option, new() { Name = "Theirs", Selected = true })).ToBeVisibleAsync();
        await kim.Page.Keyboard.PressAsync("Enter");
        await Expect(kim.Page.GetByText("This view names something that is gone.")).ToBeVisibleAsync();
        await Axe.Audit(kim.Page.MainFrame, "a view that is broken");
        // What it is tried with is refused, and the browser notes the answer.
        kim.Watch.Expect("status of 400");
        await kim.Page.GetByRole(AriaRole.Button, new() { Name = "Mend" }).ClickAsync();
        await Expect(Builder(kim).GetByText("There is no such thing any more.")).ToBeVisibleAsync();
        await Axe.Audit(kim.Page.MainFrame, "the builder of views at 390 pixels", "dialog[open]");
        await Builder(kim).GetByLabel("Field of condition 1").SelectOptionAsync("Status");
        await Builder(kim).GetByLabel("Value of condition 1").SelectOptionAsync("Open");
        await Builder(kim).GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(kim.Page.GetByText("This view names something that is gone.")).ToHaveCountAsync(0);
        await Expect(kim.Page.GetByRole(AriaRole.Heading, new() { Name = "Theirs" })).ToBeVisibleAsync();
    }

    /// <summary>By the palette, as everything can be done.</summary>
    private static async Task Do(Agent who, string name)
    {
        await Expect(who.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await who.Page.Keyboard.PressAsync("ControlOrMeta+k");
        await who.Page.GetByRole(AriaRole.Combobox).FillAsync(name);
        await who.Page.Keyboard.PressAsync("Enter");
    }

    private async Task Saved(string name, string status) =>
        (await Kim.Post("/v1/views", new { name, share = "all", filter = new { all = new[] { new { field = "status", op = "is", value = status } } } })).Expect(HttpStatusCode.Created);
}
