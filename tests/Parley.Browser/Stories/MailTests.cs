using System.Net;
using Parley.Tests.Counterparts;

namespace Parley.Browser.Stories;

/// <summary>A mailbox is set up and mends itself, a mail is read as it was made without anybody learning of it, and one is written by the keys alone.</summary>
public sealed class MailTests : Scene
{
    private const string Mail = """
        From: Ana Vermeer <ana@customers.example>
        To: support@lighthouse.test, Ben <ben@customers.example>
        Subject: The blue jacket
        Message-ID: <blue-jacket@customers.example>
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary="parts"

        --parts
        Content-Type: text/plain; charset=utf-8

        Does the blue jacket run small?

        On Monday you wrote:
        > We have it in blue.
        --parts
        Content-Type: text/html; charset=utf-8

        <html><body style="color: #222222"><h1>The blue jacket</h1><script>document.title = 'taken'</script><p>Does the blue jacket run small?</p>
        <img src="https://tracker.example/seen.gif" width="40" height="30" alt="a picture from elsewhere">
        <blockquote>We have it in blue.</blockquote><a href="https://customers.example/size">My size</a></body></html>
        --parts--
        """;

    protected override async Task<IServing> Choose(Theatre theatre) => await theatre.Mailboxes();

    [MailboxFact, Trait("row", "CH9")]
    public async Task CH9_A_mailbox_is_set_up_by_its_address_and_a_trial_says_what_does_not_hold_and_what_to_do()
    {
        await using var post = await Postfix.Start();
        await using var boxes = await Dovecot.Start(post.Mails);
        var server = post.To(Platform.Mail.MailSecurity.Tls).Server;
        var kim = await AtTheConsole("Kim", "settings/channels");
        await kim.Page.GetByRole(AriaRole.Button, new() { Name = "Add a channel" }).First.ClickAsync();
        var dialog = kim.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Kind").SelectOptionAsync(new SelectOptionValue { Label = "E-mail" });
        await dialog.GetByLabel("Name", new() { Exact = true }).FillAsync("Support");

        // Somebody known fills in the rest, and says how one signs in there.
        await dialog.GetByLabel("E-mail address").FillAsync("lighthouse@gmail.com");
        await Expect(dialog.GetByText("Gmail: the servers are filled in.")).ToBeVisibleAsync();
        await Expect(dialog.GetByText("Make a password for programs (app password) there")).ToBeVisibleAsync();
        await dialog.GetByText("Servers", new() { Exact = true }).ClickAsync();
        await Expect(dialog.GetByLabel("Server for receiving (IMAP)")).ToHaveValueAsync("imap.gmail.com");
        await Axe.Audit(kim.Page.MainFrame, "a mailbox is set up");

        // One's own: what was filled in makes way for it.
        await dialog.GetByLabel("E-mail address").FillAsync("ana@example.test");
        await Expect(dialog.GetByText("The servers are a guess")).ToBeVisibleAsync();
        foreach (var (label, value) in new[]
        {
            ("Server for receiving (IMAP)", "localhost"), ("Port for receiving", $"{boxes.Port}"), ("Server for sending (SMTP)", server.Host), ("Port for sending", $"{server.Port}"), ("User name", "ana"), ("Password", "not this one"),
        })
        {
            await dialog.GetByLabel(label, new() { Exact = true }).FillAsync(value);
        }

        // Each shows a certificate of its own making, and one file names one of them.
        await dialog.GetByLabel("Encryption for receiving").SelectOptionAsync("none");
        await dialog.GetByText("More", new() { Exact = true }).ClickAsync();
        await dialog.GetByLabel("Certificate (PEM)").FillAsync(await File.ReadAllTextAsync(post.Certificate));
        await dialog.GetByLabel("User name for sending").FillAsync(server.User!);
        await dialog.GetByLabel("Password for sending").FillAsync(server.Password!);
        var test = dialog.GetByRole(AriaRole.Button, new() { Name = "Test", Exact = true });
        await test.ClickAsync();
        await Expect(dialog.GetByText("Receiving: The name or the password is not taken")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(dialog.GetByText("Look at the user name and type the password once more.")).ToBeVisibleAsync();
        await Expect(dialog.GetByText("Sending: works")).ToBeVisibleAsync();
        await Axe.Audit(kim.Page.MainFrame, "a mailbox that does not work");

        await dialog.GetByLabel("Password", new() { Exact = true }).FillAsync(Dovecot.Password);
        await dialog.GetByLabel("Port for receiving").FillAsync($"{Ports.Free()}");
        await test.ClickAsync();
        await Expect(dialog.GetByText("Receiving: The port is wrong")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await dialog.GetByLabel("Port for receiving").FillAsync($"{boxes.Port}");
        await test.ClickAsync();
        await Expect(dialog.GetByText("It works: sent, received, and come back.")).ToBeVisibleAsync(new() { Timeout = 45_000 });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add a channel" }).ClickAsync();
        await Expect(kim.Page.GetByText("Channel added")).ToBeVisibleAsync();
    }

    [BrowserFact, Trait("row", "CH9")]
    public async Task CH9_A_mail_is_shown_as_it_was_made_and_nobody_learns_of_it_before_somebody_wants_its_pictures()
    {
        await using var sink = new MailSink();
        await (await Letters.Of(Kim, Server.Here, sink)).Came(Mail);
        var kim = await AtTheConsole("Kim", "all");
        await kim.Open("Does the blue jacket run small?");
        var message = kim.Messages.First;
        await Expect(message.Locator("strong")).ToContainTextAsync("The blue jacket");
        await Expect(message.GetByTitle("ben@customers.example")).ToHaveTextAsync("Ben");
        await Expect(message.GetByText("We have it in blue.")).ToBeHiddenAsync();
        await message.GetByRole(AriaRole.Button, new() { Name = "Quote and signature" }).ClickAsync();
        await Expect(message.GetByText("We have it in blue.")).ToBeVisibleAsync();

        await message.GetByRole(AriaRole.Button, new() { Name = "Show the original" }).ClickAsync();
        var element = message.Locator("iframe");
        (await element.GetAttributeAsync("sandbox")).ShouldBe("allow-popups allow-popups-to-escape-sandbox");
        var page = message.FrameLocator("iframe");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "The blue jacket" })).ToBeVisibleAsync();
        await Expect(page.Locator("script")).ToHaveCountAsync(0);
        await Expect(message.GetByText("1 picture from elsewhere is not shown")).ToBeVisibleAsync();
        await Axe.Audit(kim.Page.MainFrame, "a mail as it was made");
        var height = await element.EvaluateAsync<double>("frame => frame.getBoundingClientRect().height");
        height.ShouldBeGreaterThan(90);
        kim.Watch.Requests.ShouldAllBe(url => !url.Contains("tracker.example", StringComparison.Ordinal));

        // Asked for, of this mail alone.
        kim.Watch.Own(new Uri("https://tracker.example"));
        await kim.Context.RouteAsync("https://tracker.example/**", route => route.FulfillAsync(new() { ContentType = "image/gif", BodyBytes = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7") }));
        var fetched = kim.Page.WaitForRequestAsync("https://tracker.example/seen.gif");
        await message.GetByRole(AriaRole.Button, new() { Name = "Show pictures" }).ClickAsync();
        var request = await fetched;
        request.Headers.ShouldNotContainKey("referer");
        await Expect(message.GetByText("1 picture from elsewhere")).ToBeHiddenAsync();
    }

    [BrowserFact, Trait("row", "UC9")]
    public async Task UC9_A_mail_with_a_copy_is_written_by_the_keys_alone_and_what_was_begun_is_there_again()
    {
        await using var sink = new MailSink();
        await (await Letters.Of(Kim, Server.Here, sink)).Came(Mail);
        (await Kim.Put("/v1/me/signature", new { text = "Kim of the Lighthouse" })).Expect(HttpStatusCode.OK);
        var kim = await AtTheConsole("Kim", "all");
        await kim.Open("Does the blue jacket run small?");
        var keys = kim.Page.Keyboard;
        var fields = kim.Page.GetByRole(AriaRole.Group, new() { Name = "Subject and recipients" });
        // Who was named in the mail is named in the answer.
        await Expect(fields).ToContainTextAsync("Re: The blue jacket");
        await Expect(fields).ToContainTextAsync("Ben <ben@customers.example>");
        await kim.Field.ClickAsync();
        await keys.PressAsync("Shift+Tab");
        await keys.PressAsync("Enter");
        await Expect(fields.GetByRole(AriaRole.Combobox, new() { Name = "To" })).ToBeFocusedAsync();
        await fields.GetByRole(AriaRole.Combobox, new() { Name = "CC", Exact = true }).FocusAsync();
        await keys.TypeAsync("ravi@customers");
        await keys.PressAsync("Tab");
        await Expect(kim.Page.GetByText("“ravi@customers” is no address")).ToBeVisibleAsync();
        await Axe.Audit(kim.Page.MainFrame, "a mail is written");
        await keys.PressAsync("Shift+Tab");
        await keys.PressAsync("End");
        await keys.TypeAsync(".example,");
        await Expect(fields.GetByText("ravi@customers.example", new() { Exact = true }).First).ToBeVisibleAsync();
        await kim.Field.FocusAsync();
        await keys.TypeAsync("It runs ");
        await keys.PressAsync("Control+b");
        await keys.TypeAsync("true");
        await keys.PressAsync("Control+b");
        await Expect(kim.Field).ToHaveValueAsync("It runs **true**");
        await kim.Page.GetByRole(AriaRole.Button, new() { Name = "What goes with it" }).ClickAsync();
        await Expect(kim.Page.GetByText("Kim of the Lighthouse")).ToBeVisibleAsync();

        // On another device the mail goes on, with its people.
        await Ears.Eventually(async () =>
        {
            var begun = (await Kim.Get("/v1/drafts")).Expect(HttpStatusCode.OK).Body.GetProperty("conversations").EnumerateArray().Select(one => one.GetString()).FirstOrDefault();
            begun.ShouldNotBeNull();
            (await Kim.Get($"/v1/conversations/{begun}/draft")).Text.ShouldContain("ravi@customers.example");
        });
        await kim.Page.ReloadAsync();
        await Expect(fields.GetByText("ravi@customers.example", new() { Exact = true }).First).ToBeVisibleAsync();
        await Expect(kim.Field).ToHaveValueAsync("It runs **true**");
        await kim.Field.FocusAsync();
        await keys.PressAsync("Control+Enter");
        await Expect(kim.Field).ToHaveValueAsync("");
        var mail = await sink.To("ravi@customers.example");
        mail.ShouldContain("It runs **true**");
        mail.ShouldContain("Kim of the Lighthouse");
        sink.Said.Select(said => said.Line).Where(line => line.StartsWith("RCPT", StringComparison.Ordinal)).Select(line => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)]).Order()
            .ShouldBe(["ana@customers.example", "ben@customers.example", "ravi@customers.example"]);
        await Expect(kim.Messages.Last).ToContainTextAsync("ravi@customers.example");
    }

    [BrowserFact, Trait("row", "UC9")]
    public async Task UC9_A_new_mail_begins_by_a_key_and_its_conversation_is_open_then()
    {
        await using var sink = new MailSink();
        await Letters.Of(Kim, Server.Here, sink);
        var kim = await AtTheConsole("Kim", "all");
        await Expect(kim.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^New mail") })).ToBeVisibleAsync();
        await kim.Page.Keyboard.PressAsync("g");
        await kim.Page.Keyboard.PressAsync("e");
        var dialog = kim.Page.GetByRole(AriaRole.Dialog, new() { Name = "New mail" });
        await Expect(dialog.GetByRole(AriaRole.Combobox, new() { Name = "To" })).ToBeFocusedAsync();
        await kim.Page.Keyboard.TypeAsync("Ana Vermeer <ana@customers.example>,");
        await dialog.GetByLabel("Subject").FillAsync("Your order");
        await dialog.GetByLabel("Message").FillAsync("It is on its **way**.");
        await Axe.Audit(kim.Page.MainFrame, "a new mail");
        await kim.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(kim.Messages.Last).ToContainTextAsync("It is on its");
        (await sink.To("ana@customers.example")).ShouldContain("Your order");
    }
}
