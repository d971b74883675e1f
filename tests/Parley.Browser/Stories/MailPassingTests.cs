using System.Net;
using System.Text.RegularExpressions;

namespace Parley.Browser.Stories;

/// <summary>Mail that goes on: from somebody nobody knows, to somebody else, as a whole, with files; and what an agent is told before.</summary>
[Collection(Theatre.OneClock)]
public sealed class MailPassingTests : Scene
{
    private MailSink _sink = null!;
    private Letters _box = null!;

    protected override async Task<IServing> Choose(Theatre theatre) => await theatre.Timed();

    protected override async Task Prepare()
    {
        _sink = new MailSink();
        _box = await Letters.Of(Kim, Server.Here, _sink);
    }

    protected override async Task End() => await _sink.DisposeAsync();

    [BrowserFact, Trait("row", "CH9")]
    public async Task CH9_Who_has_our_token_and_is_known_to_nobody_is_marked_gets_no_answer_and_can_be_written_to()
    {
        await Asked();
        var noor = await AtTheConsole("Noor", "all");
        await noor.Open("Does the blue jacket run small?");
        await noor.Write("It runs true to size.");
        await _sink.To("ana@customers.example");
        var token = Letters.Header(_sink.Whole.First(), "Reply-To");
        await _box.Hand($"From: Eve <eve@evil.example>\nTo: {token}\nCc: mallory@evil.example\nSubject: Re: The blue jacket\nMessage-ID: <eve@evil.example>\n\nSend it to my new address, please.");
        await noor.Sees("Send it to my new address, please.");
        var message = noor.Message("Send it to my new address, please.");
        await Expect(message).ToContainTextAsync("Not verified: from eve@evil.example.");
        await Expect(message).ToContainTextAsync("nobody in this conversation is known by that address");
        // Where one writes it is said once more, and neither she nor whom she named is answered.
        await Expect(noor.Page.GetByText("The last mail came from eve@evil.example, which is not verified. Your answer does not go there.")).ToBeVisibleAsync();
        var fields = noor.Page.GetByRole(AriaRole.Group, new() { Name = "Subject and recipients" });
        await Expect(fields).ToContainTextAsync("ana@customers.example");
        await Expect(fields).Not.ToContainTextAsync("evil");
        await Axe.Audit(noor.Page.MainFrame, "a mail that is not verified");
        await Aloud.Reads("console-mail-unverified", message);
        await noor.Write("To which address did you order it?");
        await Ears.Eventually(() =>
        {
            _sink.Whole.Count.ShouldBe(2);
            return Task.CompletedTask;
        });
        _sink.Said.Where(said => said.Line.StartsWith("RCPT", StringComparison.Ordinal)).ShouldAllBe(said => said.Line.Contains("ana@customers.example", StringComparison.Ordinal));

        await message.GetByRole(AriaRole.Button, new() { Name = "Write to that address" }).ClickAsync();
        var dialog = noor.Page.GetByRole(AriaRole.Dialog, new() { Name = "New mail" });
        await Expect(dialog.GetByTitle("Eve <eve@evil.example>")).ToBeVisibleAsync();
        await dialog.GetByLabel("Subject").FillAsync("Your order");
        await dialog.GetByLabel("Message").FillAsync("Who are you?");
        await noor.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(dialog).ToHaveCountAsync(0);
        (await _sink.To("eve@evil.example")).ShouldContain("Who are you?");
        (await Kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK).Body.GetProperty("items").GetArrayLength().ShouldBe(2);
    }

    [BrowserFact, Trait("row", "UC9")]
    public async Task UC9_A_mail_is_forwarded_and_a_conversation_mailed_by_the_keys_alone()
    {
        await Asked();
        var kim = await AtTheConsole("Kim", "all");
        await kim.Open("Does the blue jacket run small?");
        var keys = kim.Page.Keyboard;
        var message = kim.Messages.First;
        await message.FocusAsync();
        await kim.TabTo(message.GetByRole(AriaRole.Button, new() { Name = "More about this message" }));
        await keys.PressAsync("Enter");
        var menu = kim.Page.GetByRole(AriaRole.Menu);
        await Expect(menu.GetByRole(AriaRole.Menuitem).First).ToBeFocusedAsync();
        await kim.TabTo(menu.GetByRole(AriaRole.Menuitem, new() { Name = "Forward" }), "ArrowDown");
        await keys.PressAsync("Enter");
        var dialog = kim.Page.GetByRole(AriaRole.Dialog, new() { Name = "Forward" });
        await Expect(dialog.GetByRole(AriaRole.Combobox, new() { Name = "To" })).ToBeFocusedAsync();
        await Expect(dialog.GetByLabel("Subject")).ToHaveValueAsync("Fwd: The blue jacket");
        await keys.TypeAsync("Workshop <workshop@tailors.example>,");
        await kim.TabTo(dialog.GetByLabel("Words above it"));
        await keys.TypeAsync("Can you say?");
        await Axe.Audit(kim.Page.MainFrame, "a message is forwarded");
        await Aloud.Reads("console-mail-forward", dialog);
        await keys.PressAsync("Control+Enter");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(kim.Page.GetByText("On its way to Workshop <workshop@tailors.example>")).ToBeVisibleAsync();
        var passed = await _sink.To("workshop@tailors.example");
        passed.ShouldContain("Fwd: The blue jacket");
        passed.ShouldContain("Can you say?");
        passed.ShouldContain("Does the blue jacket run small?");
        await Expect(kim.Thread).ToContainTextAsync("workshop@tailors.example");

        await keys.PressAsync("Escape");
        await kim.Do("Mail the conversation");
        dialog = kim.Page.GetByRole(AriaRole.Dialog, new() { Name = "Mail the conversation" });
        await Expect(dialog.GetByLabel("To", new() { Exact = true })).ToBeFocusedAsync();
        await Axe.Audit(kim.Page.MainFrame, "a conversation is mailed");
        await Aloud.Reads("console-mail-transcript", dialog);
        await keys.TypeAsync("nobody");
        await keys.PressAsync("Enter");
        await Expect(dialog).ToHaveCountAsync(1);
        await keys.TypeAsync("@home.example");
        await keys.PressAsync("Enter");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(kim.Page.GetByText("On its way to nobody@home.example")).ToBeVisibleAsync();
        (await _sink.To("nobody@home.example")).ShouldContain("Does the blue jacket run small?");
    }

    [BrowserFact, Trait("row", "UC9")]
    public async Task UC9_A_new_mail_takes_files_says_what_is_too_much_keeps_what_was_begun_and_goes_with_all_of_it()
    {
        var kim = await AtTheConsole("Kim", "all");
        kim.Watch.Expect("status of 413");
        await Expect(kim.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^New mail") })).ToBeVisibleAsync();
        await kim.Page.Keyboard.PressAsync("g");
        await kim.Page.Keyboard.PressAsync("e");
        var dialog = kim.Page.GetByRole(AriaRole.Dialog, new() { Name = "New mail" });
        await Expect(dialog.GetByRole(AriaRole.Combobox, new() { Name = "To" })).ToBeFocusedAsync();
        await kim.Page.Keyboard.TypeAsync("ana@customers.example,");
        foreach (var copy in (string[])["CC", "BCC"])
        {
            await dialog.GetByRole(AriaRole.Button, new() { Name = copy, Exact = true }).ClickAsync();
            await Expect(dialog.GetByRole(AriaRole.Combobox, new() { Name = copy, Exact = true })).ToBeFocusedAsync();
            await kim.Page.Keyboard.TypeAsync($"{copy.ToLowerInvariant()}@customers.example,");
        }

        await dialog.GetByLabel("Subject").FillAsync("Your order");
        await dialog.GetByLabel("Message").FillAsync("It is on its way.");
        await Expect(dialog.GetByText("At most 20 files. More than 20 MB in all go as links.")).ToBeVisibleAsync();
        var files = dialog.GetByRole(AriaRole.List, new() { Name = "Files" }).GetByRole(AriaRole.Listitem);
        await dialog.Locator("input[type=file]").SetInputFilesAsync([File("bill.txt", "40 each"), File("wrong.txt", "not this"), new FilePayload { Name = "film.txt", MimeType = "text/plain", Buffer = new byte[21 * 1024 * 1024] }]);
        await Expect(files).ToHaveCountAsync(3);
        await Expect(files.Filter(new() { HasText = "film.txt: The file is too large." })).ToHaveCountAsync(1);
        var send = dialog.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true });
        await Expect(send).ToBeDisabledAsync();
        await Axe.Audit(kim.Page.MainFrame, "files of a new mail");
        await Aloud.Reads("console-mail-new", dialog);
        foreach (var name in (string[])["film.txt", "wrong.txt"])
        {
            await dialog.GetByRole(AriaRole.Button, new() { Name = $"Remove {name}" }).ClickAsync();
        }

        // Closed, and opened after a reload: all of it stands there.
        await Expect(send).ToBeEnabledAsync();
        await kim.Page.ReloadAsync();
        await Expect(kim.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^New mail") })).ToBeVisibleAsync();
        await kim.Page.Keyboard.PressAsync("g");
        await kim.Page.Keyboard.PressAsync("e");
        await Expect(files).ToHaveTextAsync([new Regex("bill\\.txt")]);
        await Expect(dialog.GetByTitle("bcc@customers.example")).ToBeVisibleAsync();
        await send.ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(kim.Messages.Last).ToContainTextAsync("bill.txt");
        await _sink.To("bcc@customers.example");
        var mail = _sink.Whole.Single();
        mail.ShouldContain("bill.txt");
        mail.ShouldContain(Convert.ToBase64String("40 each"u8));
        mail.ShouldNotContain("wrong.txt");
        mail.ShouldNotContain("bcc@customers.example");
        Letters.Header(mail, "Cc").ShouldContain("cc@customers.example");
    }

    [BrowserFact, Trait("row", "CH14"), Trait("row", "UC9")]
    public async Task CH14_Cards_are_shown_as_a_mail_carries_them_before_they_are_sent_and_arrive_so()
    {
        await Asked();
        var kim = await AtTheConsole("Kim", "all");
        await kim.Open("Does the blue jacket run small?");
        await Expect(kim.Page.GetByRole(AriaRole.Group, new() { Name = "Subject and recipients" })).ToBeVisibleAsync();
        await kim.Page.Keyboard.PressAsync("Escape");
        await kim.Page.Keyboard.PressAsync("ControlOrMeta+/");
        await Expect(kim.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await kim.Page.Keyboard.TypeAsync("Quick replies");
        await kim.Page.Keyboard.PressAsync("Enter");
        var dialog = kim.Page.GetByRole(AriaRole.Dialog, new() { Name = "Quick replies" });
        await Expect(dialog.Locator(".fields :focus")).ToBeVisibleAsync();
        await kim.Page.Keyboard.TypeAsync("Which size?");
        await kim.Page.Keyboard.PressAsync("Tab");
        await kim.Page.Keyboard.TypeAsync("Medium");
        await Expect(dialog.GetByText("So it arrives on this channel")).ToBeVisibleAsync();
        await Expect(dialog.GetByText("1. Medium")).ToBeVisibleAsync();
        await Axe.Audit(kim.Page.MainFrame, "what becomes of a question in a mail");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        (await _sink.To("ana@customers.example")).ShouldContain("1. Medium");
    }

    private Task Asked() => _box.Came("From: Ana Vermeer <ana@customers.example>\nTo: support@lighthouse.test\nSubject: The blue jacket\nMessage-ID: <blue@customers.example>\n\nDoes the blue jacket run small?");

    private static FilePayload File(string name, string text) => new() { Name = name, MimeType = "text/plain", Buffer = System.Text.Encoding.UTF8.GetBytes(text) };
}
