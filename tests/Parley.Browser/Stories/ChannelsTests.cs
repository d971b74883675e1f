using System.Net;
using Parley.Emulators;
using Parley.Emulators.Generic;
using Xunit.Abstractions;
using static Parley.Browser.Stage.Screens;

namespace Parley.Browser.Stories;

/// <summary>A way to reach people besides the widget: set up in the settings by a form that nobody drew for it, and then one list and one composer with the web. The other side is played by the emulators.</summary>
[Collection(Theatre.OneClock)]
public sealed class ChannelsTests(ITestOutputHelper output) : Scene
{
    private Emulator _emulator = null!;

    private Timed Timed => (Timed)Server;

    protected override async Task<IServing> Choose(Theatre theatre) => await theatre.Timed();

    protected override async Task Prepare() => _emulator = await Emulator.Start(time: Timed.Clock);

    protected override async Task End() => await _emulator.DisposeAsync();

    [BrowserFact, Trait("row", "OP5"), Trait("row", "CH12"), Trait("row", "CH14"), Trait("row", "UC9"), Trait("row", "BX13")]
    public async Task OP5_CH12_BX13_A_system_is_connected_in_the_settings_and_its_customer_is_answered_with_the_composer_that_says_what_will_be()
    {
        var screens = new Screens("channels", output);
        var kim = await AtTheConsole("Kim", "all");
        await kim.Page.GotoAsync($"{Server.Address}#/settings/channels");
        await kim.Page.GetByRole(AriaRole.Button, new() { Name = "Add a channel" }).First.ClickAsync();
        var form = kim.Page.GetByRole(AriaRole.Dialog, new() { Name = "Add a channel" });
        // A shop wants its mailbox first.
        await Expect(form.GetByLabel("Kind")).ToHaveValueAsync("email");
        await form.GetByLabel("Kind").SelectOptionAsync(new SelectOptionValue { Label = "Your own system" });
        await form.GetByLabel("Name", new() { Exact = true }).FillAsync("App");
        await form.GetByLabel("Address of your system").FillAsync($"{_emulator.Address}generic/hook");
        await form.GetByLabel("Longest text").FillAsync("60");
        await form.GetByLabel("Hours in which one may answer").FillAsync("24");
        await Axe.Audit(kim.Page.MainFrame, "a channel is set up");
        await screens.Line("a channel is set up", [], [Says(form, "Hours in which one may answer")]);
        await form.GetByRole(AriaRole.Button, new() { Name = "Add a channel" }).ClickAsync();
        await Expect(form).ToBeHiddenAsync();
        var row = kim.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^App") });
        await Expect(row).ToContainTextAsync("Working");
        var secret = (await kim.Page.GetByLabel("Signing secret").First.InnerTextAsync()).Trim();
        var address = (await Kim.Get("/v1/channels")).Expect(HttpStatusCode.OK).Body.GetProperty("items")[0].GetProperty("address").GetString()!;

        // The customer's telephone: connected by what the console shows.
        var customer = await Telephone(new Uri(Server.Here, address), secret);
        await row.ClickAsync();
        var dialog = kim.Page.GetByRole(AriaRole.Dialog, new() { Name = "App" });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Test", Exact = true }).ClickAsync();
        await Expect(dialog.GetByText("It works: the other side answered.")).ToBeVisibleAsync();
        await Axe.Audit(kim.Page.MainFrame, "a channel that was tested");
        await kim.Page.Keyboard.PressAsync("Escape");

        await Write(customer, "Which sails have you?");
        await kim.Page.GotoAsync($"{Server.Address}#/all");
        await kim.Open("Which sails have you?");
        await Expect(kim.Page.GetByText("Goes by Your own system to ana")).ToBeVisibleAsync();
        await Expect(kim.Page.GetByText("may be written to until")).ToBeVisibleAsync();
        // Before one sends: on this channel it is more than one message.
        const string Long = "We have three kinds: for wind from ahead, from the side, and from behind.";
        await kim.Field.FillAsync(Long);
        await Expect(kim.Page.GetByText("goes as 2 messages")).ToBeVisibleAsync();
        await Axe.Audit(kim.Page.MainFrame, "what a message will be on a channel");
        await screens.Line("what a message will be on a channel", [], [Says(kim.Page.Locator("section.conversation"), "goes as 2 messages")]);
        await kim.Field.PressAsync("Enter");
        await kim.IsMarked(Long, "sent");
        var lines = Thread(customer).GetByRole(AriaRole.Listitem);
        await Expect(lines).ToHaveCountAsync(3);
        await Expect(lines.Nth(2)).ToContainTextAsync("from behind");
        foreach (var n in (int[])[0, 0])
        {
            await customer.GetByRole(AriaRole.Button, new() { Name = "I read it" }).Nth(n).ClickAsync();
        }

        await kim.IsMarked(Long, "read");
        await Write(customer, "The first, please.");
        await kim.Sees("The first, please.");

        // A day later nobody may write there before she does: the field says so, and what is sent says it too.
        Timed.Clock.Advance(TimeSpan.FromHours(25));
        await kim.Page.ReloadAsync();
        await Expect(kim.Page.GetByText("On this channel the customer must write again first.")).ToBeVisibleAsync();
        await kim.Write("Shall we send it?");
        await kim.IsMarked("Shall we send it?", "failed");
        await Write(customer, "Send it!");
        await Expect(kim.Page.GetByText("may be written to until")).ToBeVisibleAsync();
    }

    [BrowserFact, Trait("row", "CH14")]
    public async Task CH14_What_did_not_go_out_and_what_nobody_could_read_waits_is_looked_at_and_goes_once_more()
    {
        var screens = new Screens("letters", output);
        var made = (await Kim.Post("/v1/channels", new { kind = "generic", name = "App", settings = new { url = $"{_emulator.Address}generic/hook" } })).Expect(HttpStatusCode.Created);
        var customer = await Telephone(new Uri(Server.Here, made["address"]), made.Body.GetProperty("made").GetProperty("secret").GetString()!);
        var system = _emulator.Of<GenericSystem>();
        system.Faults.Add(new Fault(FaultKind.Mangled, Times: 1));
        await Write(customer, "Which sails have you?");
        var kim = await AtTheConsole("Kim", "all");
        await kim.Open("Which sails have you?");
        system.Faults.Add(new Fault(FaultKind.Refused));
        foreach (var word in (string[])["Three kinds.", "All of them white."])
        {
            await kim.Write(word);
            await kim.IsMarked(word, "failed");
        }

        await kim.Page.GotoAsync($"{Server.Address}#/settings/channels");
        var letters = kim.Page.GetByRole(AriaRole.Listitem).Filter(new() { Has = kim.Page.GetByRole(AriaRole.Button, new() { Name = "Put away" }) });
        await Expect(letters).ToHaveCountAsync(3);
        await Expect(letters.Filter(new() { HasText = "The other side does not take this message" })).ToHaveCountAsync(2);
        await Axe.Audit(kim.Page.MainFrame, "letters");
        await screens.Line("letters", [], [Says(kim.Page.Locator(".inner"), "Came in, and could not be read")]);

        // It is mended over there: one goes once more, then all that are left; what nobody can read stays so, and is put away.
        system.Faults.Clear();
        await letters.Filter(new() { HasText = "The other side does not take this message" }).Last.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(letters).ToHaveCountAsync(2);
        await Expect(Thread(customer).GetByText("Three kinds.")).ToBeVisibleAsync();
        await kim.Page.GetByRole(AriaRole.Button, new() { Name = "Try all again" }).ClickAsync();
        await Expect(Thread(customer).GetByText("All of them white.")).ToBeVisibleAsync();
        await Expect(letters).ToHaveCountAsync(1);
        await Expect(letters).ToContainTextAsync("Came in, and could not be read");
        await letters.GetByRole(AriaRole.Button, new() { Name = "Put away" }).ClickAsync();
        await Expect(letters).ToHaveCountAsync(0);
        await kim.Page.GotoAsync($"{Server.Address}#/all");
        await kim.Open("All of them white.");
        await kim.IsMarked("All of them white.", "(sent|delivered)");
    }

    [BrowserFact, Trait("row", "CH12"), Trait("row", "CH14")]
    public async Task CH12_Where_one_may_not_write_any_more_a_template_is_chosen_filled_in_and_looked_at_before_it_goes()
    {
        var made = (await Kim.Post("/v1/channels", new { kind = "generic", name = "App", settings = new { url = $"{_emulator.Address}generic/hook", windowHours = 24 } })).Expect(HttpStatusCode.Created);
        var customer = await Telephone(new Uri(Server.Here, made["address"]), made.Body.GetProperty("made").GetProperty("secret").GetString()!);
        await Write(customer, "Which sails have you?");
        var kim = await AtTheConsole("Kim", "all");
        (await Kim.Put($"/v1/channels/{made["inbox"]}/templates", new
        {
            templates = new[] { new { name = "ready", language = "en", text = "Hello {{1}}, your {{2}} is ready." }, new { name = "open", language = "de", text = "Wir haben wieder offen." } },
        })).Expect(HttpStatusCode.OK);
        await kim.Open("Which sails have you?");
        await Expect(kim.Page.GetByText("may be written to until")).ToBeVisibleAsync();
        await Expect(kim.Page.GetByRole(AriaRole.Button, new() { Name = "Choose a template" })).ToHaveCountAsync(0);
        Timed.Clock.Advance(TimeSpan.FromHours(25));
        await kim.Page.ReloadAsync();
        await Expect(kim.Page.GetByText("On this channel the customer must write again first. A template goes all the same.")).ToBeVisibleAsync();
        await kim.Page.GetByRole(AriaRole.Button, new() { Name = "Choose a template" }).ClickAsync();
        var dialog = kim.Page.GetByRole(AriaRole.Dialog, new() { Name = "Write with a template" });
        var preview = dialog.GetByRole(AriaRole.Group, new() { Name = "So the customer reads it" });
        await Expect(preview).ToHaveTextAsync("Hello {{1}}, your {{2}} is ready.");
        var send = dialog.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true });
        await Expect(send).ToBeDisabledAsync();
        await dialog.GetByLabel("What stands for 1").FillAsync("Ana");
        await Axe.Audit(kim.Page.MainFrame, "a template is filled in");
        await Aloud.Reads("console-template", dialog);
        await dialog.GetByLabel("What stands for 2").FillAsync("mainsail");
        await Expect(preview).ToHaveTextAsync("Hello Ana, your mainsail is ready.");
        await dialog.GetByLabel("Template").SelectOptionAsync(new SelectOptionValue { Label = "open · German" });
        await Expect(preview).ToHaveTextAsync("Wir haben wieder offen.");
        await dialog.GetByLabel("Template").SelectOptionAsync(new SelectOptionValue { Label = "ready · English" });
        await dialog.GetByLabel("What stands for 1").FillAsync("Ana");
        await dialog.GetByLabel("What stands for 2").FillAsync("mainsail");
        await kim.Page.Keyboard.PressAsync("Enter");
        await Expect(dialog).ToHaveCountAsync(0);
        await kim.Arrived("Hello Ana, your mainsail is ready.");
        await Expect(Thread(customer).GetByText("Hello Ana, your mainsail is ready.")).ToBeVisibleAsync();
    }

    private static ILocator Thread(IPage customer) => customer.GetByRole(AriaRole.List, new() { Name = "Messages" });

    private static async Task Write(IPage customer, string text)
    {
        await customer.GetByRole(AriaRole.Textbox, new() { Name = "Message" }).FillAsync(text);
        await customer.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(Thread(customer).GetByText(text)).ToBeVisibleAsync();
    }

    /// <summary>The page on which one plays the customer, connected by hand, on a telephone.</summary>
    private async Task<IPage> Telephone(Uri address, string secret)
    {
        var ana = await Customer(Telephone());
        ana.Watch.Own(_emulator.Address);
        await ana.Page.GotoAsync(_emulator.Address.ToString());
        await Axe.Audit(ana.Page.MainFrame, "the customers' page");
        await ana.Page.GetByLabel("Address that is called with what customers say").FillAsync(address.ToString());
        await ana.Page.GetByLabel("Signing secret").FillAsync(secret);
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Connect" }).ClickAsync();
        await Expect(ana.Page.GetByText("connected", new() { Exact = true })).ToBeVisibleAsync();
        (await ana.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390);
        return ana.Page;
    }
}
