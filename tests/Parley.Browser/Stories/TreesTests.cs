namespace Parley.Browser.Stories;

/// <summary>What is read out in the states that every day has; what is rarer is read where its story comes by (see <see cref="Aloud"/>).</summary>
public class TreesTests : Scene
{
    [BrowserFact, Trait("row", "PA22")]
    public async Task PA22_What_is_read_out_of_the_widget()
    {
        var ana = await Customer();
        await ana.Visit();
        await ana.Open();
        await Expect(ana.App.GetByRole(AriaRole.Button, new() { Name = "Start a conversation" })).ToBeVisibleAsync();
        await Reads("widget-home", ana.App.Locator("body"));
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Start a conversation" }).ClickAsync();
        await Reads("widget-new", ana.App.Locator("body"));
        await ana.Say("Do you mend sails?");
        var noor = await AtTheConsole();
        await noor.Open("mend sails");
        await noor.Say("We do");
        await ana.Sees("We do");
        await ana.IsMarked("Do you mend sails?", "read");
        await Reads("widget-thread", ana.App.Locator("body"));
        await ana.Message("We do").HoverAsync();
        await ana.Message("We do").GetByRole(AriaRole.Button, new() { Name = "What to do with this message" }).ClickAsync();
        await Expect(ana.App.GetByRole(AriaRole.Menu)).ToBeVisibleAsync();
        await Reads("widget-message-menu", ana.App.GetByRole(AriaRole.Menu));
        await ana.Page.Keyboard.PressAsync("Escape");
        await ana.Back();
        await Expect(ana.App.Locator("button.row")).ToBeVisibleAsync();
        await Reads("widget-home-again", ana.App.Locator("body"));
    }

    [BrowserFact, Trait("row", "PA22")]
    public async Task PA22_What_is_read_out_of_the_console()
    {
        var ana = await Customer();
        await ana.Visit("", Vouch("ana", "Ana"));
        await ana.Begin("Do you mend sails?");
        var noor = await Agent();
        await noor.SitDown(signedIn: false);
        await Expect(noor.Page.GetByLabel("Email")).ToBeVisibleAsync();
        await Reads("console-sign-in", noor.Page.Locator("body"));
        await noor.SignIn();
        await noor.Page.ReloadAsync();
        await Expect(noor.Row("mend sails")).ToBeVisibleAsync();
        await Reads("console-list", noor.Page.Locator("a.row").First);
        await noor.Open("mend sails");
        await noor.Sees("Do you mend sails?");
        await Expect(noor.Page.GetByText("your system vouches for who this is")).ToBeVisibleAsync();
        await Reads("console-thread", noor.Thread);
        await Reads("console-person", noor.Page.GetByRole(AriaRole.Complementary).Last);
        await noor.Page.Keyboard.PressAsync("ControlOrMeta+k");
        await Expect(noor.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Reads("console-palette", noor.Page.GetByRole(AriaRole.Dialog));
    }
}
