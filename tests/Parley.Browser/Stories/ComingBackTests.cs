namespace Parley.Browser.Stories;

/// <summary>Neither side has to stay: what was said waits for whoever comes.</summary>
public class ComingBackTests : Scene
{
    [BrowserFact, Trait("row", "MS3")]
    public async Task MS3_Neither_side_must_stay_online()
    {
        var ana = await Customer();
        await ana.Visit();
        await ana.Begin("Can I return a rope?");
        await ana.Page.CloseAsync();

        var noor = await AtTheConsole();
        await noor.Open("return a rope");
        await noor.Say("Within 30 days.");
        await noor.Page.CloseAsync();

        ana = await ana.Tab();
        await ana.Visit();
        await ana.GoOn();
        await ana.Sees("Within 30 days.");
        await ana.Say("Thank you!");
        await ana.Page.CloseAsync();

        noor = await noor.Tab();
        await noor.SitDown("mine");
        await noor.Open("Thank you!");
        await noor.Sees("Can I return a rope?");
        await noor.Sees("Thank you!");
    }

    [BrowserFact, Trait("row", "MS5")]
    public async Task MS5_Whoever_left_the_site_is_told_of_the_answer_when_back()
    {
        var ana = await Customer();
        await ana.Visit();
        await ana.Begin("Where is my order?");
        await ana.Page.GotoAsync("about:blank");

        var noor = await AtTheConsole();
        await noor.Open("Where is my order?");
        await noor.Say("It left the house today.");
        await noor.Say("You have it on Friday.");

        // The panel was open when she left; she closes it on another page and leaves again.
        await ana.Visit("anchors");
        await ana.Sees("You have it on Friday.");
        await ana.Close();
        await ana.Page.GotoAsync("about:blank");
        await noor.Say("Shall I send the number?");

        await ana.Visit("ropes");
        await Expect(ana.Badge).ToHaveTextAsync("1");
        await Expect(ana.Teaser).ToContainTextAsync("Shall I send the number?");
        await ana.Open();
        await ana.Sees("Shall I send the number?");
        await noor.IsMarked("Shall I send", "read");
        await ana.Close();
        await Expect(ana.Badge).ToBeHiddenAsync();
    }

    [BrowserFact, Trait("row", "LC5")]
    public async Task LC5_Going_to_another_page_loses_nothing()
    {
        var noor = await AtTheConsole();
        var ana = await Customer();
        await ana.Visit();
        await ana.Begin("Which anchor do I need?");
        await noor.Open("Which anchor");
        await noor.Say("How long is your boat?");
        await ana.Sees("How long is your boat?");

        await ana.Page.Locator("#other").ClickAsync();
        await Expect(ana.Page).ToHaveTitleAsync("anchors");
        await Expect(ana.Panel).ToBeVisibleAsync();
        await ana.Sees("How long is your boat?");
        await ana.Say("Nine metres.");
        await noor.Sees("Nine metres.");
        await noor.Say("Then the 15 kg one.");
        await ana.Sees("Then the 15 kg one.");
        (await Kim.Get("/v1/conversations")).Body.GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [BrowserFact, Trait("row", "MS10")]
    public async Task MS10_An_open_panel_is_open_again_on_the_next_page_with_its_draft()
    {
        var ana = await Customer();
        await ana.Visit();
        await ana.Begin("I am comparing two ropes.");
        await ana.Field.FillAsync("The blue one is");
        await ana.Page.Locator("#other").ClickAsync();
        await Expect(ana.Page).ToHaveTitleAsync("anchors");
        await Expect(ana.Panel).ToBeVisibleAsync();
        await Expect(ana.Field).ToHaveValueAsync("The blue one is");

        // A second tab takes part in the same conversation, at once.
        var other = await ana.Tab();
        await other.Visit("ropes");
        await other.GoOn();
        await other.Sees("I am comparing two ropes.");
        await other.Say("I mean the thick ones.");
        await ana.Sees("I mean the thick ones.");

        // What was closed stays closed.
        await ana.Close();
        await ana.Page.ReloadAsync();
        await Expect(ana.Launcher).ToBeVisibleAsync();
        await Expect(ana.Panel).ToBeHiddenAsync();
    }

    [BrowserFact, Trait("row", "IC2")]
    public async Task IC2_Customers_go_back_to_any_of_their_conversations()
    {
        var noor = await AtTheConsole();
        var ana = await Customer();
        await ana.Visit();
        await ana.Begin("About my first order");
        await noor.Open("first order");
        await noor.Say("It is on its way.");
        await ana.Sees("It is on its way.");
        await ana.Back();
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "New conversation" }).ClickAsync();
        await ana.Say("About a second thing");
        await ana.Back();

        // The newest first, and the other within reach with what was said last.
        await Expect(ana.App.GetByText("Go on with")).ToBeVisibleAsync();
        await Expect(ana.App.Locator("button.row")).ToHaveCountAsync(2);
        await Expect(ana.App.Locator("button.row").First).ToContainTextAsync("About a second thing");
        await ana.App.Locator("button.row").Filter(new() { HasText = "It is on its way." }).ClickAsync();
        await ana.Sees("About my first order");
        await Expect(ana.Message("About a second thing")).ToHaveCountAsync(0);
        await ana.Say("It has arrived.");
        await noor.Sees("It has arrived.");
    }

    [BrowserFact, Trait("row", "MS9")]
    public async Task MS9_One_conversation_on_two_devices_at_once()
    {
        var noor = await AtTheConsole();
        var desktop = await Customer();
        await desktop.Visit("", Vouch("ana", "Ana"));
        await desktop.Begin("Do you have yellow buoys?");
        var phone = await Customer(Telephone());
        await phone.Visit("", Vouch("ana", "Ana"));
        await phone.GoOn();
        await phone.Sees("yellow buoys");
        await phone.Say("Ten of them.");
        await desktop.Sees("Ten of them.");

        // Closed on both; what is read on one is read on the other.
        await desktop.Close();
        await phone.Close();
        await noor.Open("Ten of them.");
        await noor.Say("We have twelve.");
        await Expect(desktop.Badge).ToHaveTextAsync("1");
        await Expect(phone.Badge).ToHaveTextAsync("1");
        await phone.Open();
        await phone.Sees("We have twelve.");
        await Expect(desktop.Badge).ToBeHiddenAsync();
        await desktop.Open();
        await desktop.Sees("We have twelve.");
        await Expect(desktop.Messages).ToHaveCountAsync(3);
        await Expect(phone.Messages).ToHaveCountAsync(3);
    }
}
