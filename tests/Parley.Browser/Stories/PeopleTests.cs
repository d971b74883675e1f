using System.Net;

namespace Parley.Browser.Stories;

/// <summary>People who come, forget and leave.</summary>
public class PeopleTests : Scene
{
    [BrowserFact, Trait("row", "OP3")]
    public async Task OP3_Invited_by_a_link_forgotten_a_password_and_gone()
    {
        var team = (await Kim.Post("/v1/teams", new { name = "Sails" })).Expect(HttpStatusCode.Created)["id"];
        var kim = await AtTheConsole("Kim", "settings/agents");
        await kim.Page.GetByRole(AriaRole.Button, new() { Name = "Invite somebody" }).ClickAsync();
        await kim.Page.GetByRole(AriaRole.Dialog).GetByLabel("Email").FillAsync(Email("Ravi"));
        await kim.Page.GetByRole(AriaRole.Dialog).GetByText("Sails", new() { Exact = true }).ClickAsync();
        await kim.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Invite somebody" }).ClickAsync();
        var link = await kim.Page.GetByRole(AriaRole.Dialog).GetByLabel("The invitation", new() { Exact = true }).Last.InnerTextAsync();
        await Reads("console-invited", kim.Page.GetByRole(AriaRole.Dialog, new() { Name = "The invitation" }));
        await kim.Page.Keyboard.PressAsync("Escape");
        await Expect(kim.Page.GetByText(Email("Ravi"))).ToBeVisibleAsync();

        // By the link Ravi chooses name and password, and sits at the desk.
        var first = await Customer();
        var ravi = first.Page;
        // Who is signed out is told so by the stream and by the next question.
        first.Watch.Expect("status of 401|Close received after close");
        await ravi.GotoAsync(link);
        await ravi.GetByLabel("Your name").FillAsync("Ravi");
        await Axe.Audit(ravi.MainFrame, "joining");
        await Reads("door-join", ravi.Locator("body"));
        await ravi.GetByLabel("Password").FillAsync(Password);
        await ravi.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        await Expect(ravi.GetByRole(AriaRole.Navigation).First).ToBeVisibleAsync();

        // He has forgotten the password; Kim makes a link, and what was open under the old one closes.
        await kim.Page.ReloadAsync();
        await kim.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("Ravi") }).First.ClickAsync();
        await kim.Page.GetByRole(AriaRole.Button, new() { Name = "Make a link for a new password" }).ClickAsync();
        var renew = await kim.Page.GetByLabel("Make a link for a new password").InnerTextAsync();
        var again = await Customer();
        await again.Page.GotoAsync(renew);
        await Expect(again.Page.GetByLabel("New password")).ToBeVisibleAsync();
        await Axe.Audit(again.Page.MainFrame, "a new password");
        await Reads("door-new-password", again.Page.Locator("body"));
        await again.Page.GetByLabel("New password").FillAsync("a fresh password");
        again.Watch.Expect("status of 401|Close received after close");
        await again.Page.GetByRole(AriaRole.Button, new() { Name = "Save and sign in" }).ClickAsync();
        await Expect(again.Page.GetByRole(AriaRole.Navigation).First).ToBeVisibleAsync();
        await Expect(ravi.GetByLabel("Email")).ToBeVisibleAsync();

        // He speaks Dutch, and one more that nobody had thought of; two at once are enough for him.
        var dialog = kim.Page.GetByRole(AriaRole.Dialog);
        await Reads("console-settings-agent", dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add a language" }).ClickAsync();
        await kim.Page.GetByRole(AriaRole.Combobox, new() { Name = "Add a language" }).FillAsync("norw");
        await kim.Page.Keyboard.PressAsync("Enter");
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Norsk bokmål" })).ToHaveAttributeAsync("aria-pressed", "true");
        await dialog.GetByLabel("Conversations at once").FillAsync("0");
        await Expect(dialog.GetByText("A capacity is 1 to 20 units.")).ToBeVisibleAsync();
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Save" })).ToBeDisabledAsync();
        await dialog.GetByLabel("Conversations at once").FillAsync("2");
        await dialog.GetByLabel("Experience").SelectOptionAsync("beginner");
        await Axe.Audit(kim.Page.MainFrame, "a person");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(kim.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("Ravi.*Sails · Norsk bokmål") })).ToBeVisibleAsync();
        var kept = (await Kim.Get("/v1/agents")).Body.GetProperty("items").EnumerateArray().Single(agent => agent.GetProperty("name").GetString() == "Ravi");
        (kept.GetProperty("capacity").GetInt32(), kept.GetProperty("languages").EnumerateArray().Single().GetString()).ShouldBe((2, "nb"));
        await kim.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("Ravi") }).First.ClickAsync();

        // A customer waits for him.
        var ana = await Customer();
        await ana.Visit();
        await ana.Begin("Is my sail ready?");
        var row = again.Page.Locator("a.row").Filter(new() { HasText = "Is my sail ready?" });
        await again.Page.GotoAsync($"{Server.Address}#/unassigned");
        await Expect(row).ToBeVisibleAsync();
        var id = (await Kim.Get("/v1/agents")).Body.GetProperty("items").EnumerateArray().Single(agent => agent.GetProperty("name").GetString() == "Ravi").GetProperty("id").GetString();
        var thread = (await Kim.Get("/v1/conversations")).Body.GetProperty("items")[0].GetProperty("id").GetString();
        (await Kim.Put($"/v1/conversations/{thread}/assignment", new { agent = id })).Expect(HttpStatusCode.OK);
        await again.Page.GotoAsync($"{Server.Address}#/mine");
        await Expect(row).ToBeVisibleAsync();

        // He leaves: his screen asks to sign in, at once, and whoever waited waits for his team.
        await kim.Page.GetByRole(AriaRole.Switch, new() { Name = "Active" }).ClickAsync();
        await kim.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(kim.Page.GetByText("Deactivated")).ToBeVisibleAsync();
        await Expect(again.Page.GetByLabel("Email")).ToBeVisibleAsync();
        await kim.Page.GotoAsync($"{Server.Address}#/team:{team}");
        await kim.Open("Is my sail ready?");
    }
}
