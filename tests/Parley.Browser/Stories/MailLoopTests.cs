using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Parley.Platform.Mail;
using Parley.Tests.Counterparts;

namespace Parley.Browser.Stories;

/// <summary>One conversation, live and by mail, with a mail server, mailboxes, a mail program and browsers as they are out there; and nothing of it is lost or doubled whatever falls.</summary>
[Trait("takes", "long")]
public sealed class MailLoopTests : Scene
{
    private const string Us = "support@example.test";

    /// <summary>Answers the newest mail of a mailbox as mail programs do: to where answers are wanted, with its id, and all of it quoted below.</summary>
    private const string Program = """
        import email, email.policy, email.utils, pathlib, smtplib, sys
        folder, port, text = sys.argv[1], int(sys.argv[2]), sys.argv[3]
        newest = max(pathlib.Path(folder).glob('new/*'), key=lambda path: path.stat().st_mtime_ns)
        mail = email.message_from_bytes(newest.read_bytes(), policy=email.policy.default)
        quoted = '\n'.join('> ' + line for line in mail.get_body(('plain',)).get_content().splitlines())
        answer = email.message.EmailMessage()
        answer['From'] = 'Ben <ben@example.test>'
        answer['To'] = str(mail['Reply-To'] or mail['From'])
        answer['Subject'] = 'Re: ' + str(mail['Subject'])
        answer['Date'] = email.utils.localtime()
        answer['Message-ID'] = email.utils.make_msgid(domain='example.test')
        answer['In-Reply-To'] = str(mail['Message-ID'])
        answer['References'] = (str(mail['References'] or '') + ' ' + str(mail['Message-ID'])).strip()
        answer.set_content(text + '\n\nOn Mon, 23 Nov 2026 at 10:15, Lighthouse <support@example.test> wrote:\n' + quoted + '\n')
        smtplib.SMTP('127.0.0.1', port).send_message(answer)
        """;

    protected override async Task<IServing> Choose(Theatre theatre) => await theatre.Posting();

    [MailboxFact, Trait("row", "CH9"), Trait("row", "CH13"), Trait("row", "LV2"), Trait("row", "HS4"), Trait("row", "MS6")]
    public async Task LV2_Who_leaves_the_chat_goes_on_by_mail_and_comes_back_to_the_same_thread_whatever_falls_meanwhile()
    {
        await using var post = await Postfix.Start();
        await using var boxes = await Dovecot.Start(post.Mails);
        await Mailbox(post, boxes);
        await Policy(new { profile = "blended", hours = "always", graceSeconds = 1 });
        var noor = await AtTheConsole("Noor", "all");
        var ben = await Customer();
        await ben.Visit("", Vouch("ben", "Ben"));
        await ben.Begin("Do you have brass lanterns?");
        await noor.Open("brass lanterns");
        await noor.Say("One moment, I look.");
        await ben.Sees("One moment, I look.");

        // The customer leaves: what is said then is mailed, and answered from a mail program.
        await ben.Page.GotoAsync("about:blank");
        await noor.Say("We have two, for 40 each.");
        var first = (await post.Mailbox("ben"))[0];
        first.GetProperty("text").GetString()!.ShouldContain("We have two, for 40 each.");
        first.GetProperty("text").GetString()!.ShouldNotContain("One moment, I look.", Case.Sensitive, "That was seen.");
        await Answer(post, "I take both.");
        await noor.Sees("I take both.");
        await Expect(noor.Message("I take both.")).Not.ToContainTextAsync("wrote:");

        // Now the answer goes there at once.
        await noor.Say("They are on their way.");
        var second = (await post.Mailbox("ben", 2))[^1];
        second.GetProperty("text").GetString()!.ShouldContain("They are on their way.");
        second.GetProperty("headers").GetProperty("in-reply-to").GetString().ShouldNotBeNull();

        // Our mailboxes are away while one comes.
        await boxes.Fall();
        await Answer(post, "Thank you, until Friday!");
        await boxes.Raise();
        await Expect(noor.Message("Thank you, until Friday!")).ToBeVisibleAsync(new() { Timeout = 60_000 });

        // The mail server will not take ours for a while.
        await post.Say("ben@example.test", "450 4.2.0 come again");
        // A call that is still open goes on with what was true when it began.
        await post.Fall();
        await post.Raise();
        // It waits, and so it says.
        await noor.Write("Friday at ten, then.");
        await Ears.Eventually(async () => (await Deliveries()).ShouldContain(("queued", true)));
        await post.Say("ben@example.test", null);
        (await post.Mailbox("ben", 3))[^1].GetProperty("text").GetString()!.ShouldContain("Friday at ten, then.");

        // Back in the chat it is the same thread, and an answer that is seen is mailed to nobody.
        await ben.Visit("", Vouch("ben", "Ben"));
        await ben.GoOn();
        await ben.Sees("Friday at ten, then.");
        await ben.Say("I am here again.");
        await noor.Sees("I am here again.");
        await noor.Say("Welcome back.");
        await ben.Sees("Welcome back.");
        string[] said =
        [
            "Do you have brass lanterns?", "One moment, I look.", "We have two, for 40 each.", "I take both.", "They are on their way.", "Thank you, until Friday!", "Friday at ten, then.", "I am here again.", "Welcome back.",
        ];
        await Expect(noor.Messages).ToHaveCountAsync(said.Length);
        await Expect(ben.Messages).ToHaveCountAsync(said.Length);
        (await Said()).ShouldBe(said);
        await Axe.Audit(noor.Page.MainFrame, "a thread by chat and by mail");

        // What was seen has no mail, and nothing was mailed twice: as many as were due, once the time for one more is over.
        await ben.Page.GotoAsync("about:blank");
        await noor.Say("One last word.");
        (await post.Mailbox("ben", 4))[^1].GetProperty("text").GetString()!.ShouldContain("One last word.");
        (await post.Mailbox("ben", 4)).Count.ShouldBe(4);
    }

    [MailboxFact, Trait("row", "CH9")]
    public async Task CH9_A_mail_that_comes_back_is_said_in_its_thread()
    {
        await using var post = await Postfix.Start();
        await using var boxes = await Dovecot.Start(post.Mails);
        var inbox = await Mailbox(post, boxes);
        var noor = await AtTheConsole("Noor", "all");
        (await Kim.Post($"/v1/mailboxes/{inbox}/conversations", new { to = new { address = "ruth@elsewhere.test" }, content = new { type = "text", text = "Your lanterns are ready.", mail = new { subject = "Lanterns" } } })).Expect(HttpStatusCode.Created);
        await noor.Open("Your lanterns are ready.");
        await Expect(noor.Thread).ToContainTextAsync("A message did not go out: nobody is there any more", new() { Timeout = 60_000 });
    }

    [MailboxFact, Trait("row", "PA18")]
    public async Task PA18_A_customer_has_the_conversation_mailed_from_a_messages_menu_and_where_the_link_of_a_mail_leads()
    {
        await using var post = await Postfix.Start();
        await using var boxes = await Dovecot.Start(post.Mails);
        await Mailbox(post, boxes);
        await Policy(new { profile = "blended", hours = "always", graceSeconds = 1 });
        var noor = await AtTheConsole("Noor", "all");
        var ben = await Customer();
        await ben.Visit("", Vouch("ben", "Ben"));
        await ben.Begin("Do you have brass lanterns?");
        await noor.Open("brass lanterns");
        await noor.Say("We have two.");
        await ben.Sees("We have two.");
        await ben.Message("We have two.").HoverAsync();
        await ben.Message("We have two.").GetByRole(AriaRole.Button, new() { Name = "What to do with this message" }).ClickAsync();
        await ben.App.GetByRole(AriaRole.Menuitem, new() { Name = "Mail this conversation" }).ClickAsync();
        await Expect(ben.App.GetByRole(AriaRole.Menuitem, new() { Name = "On its way to ben@example.test" })).ToBeVisibleAsync();
        (await post.Mailbox("ben"))[0].GetProperty("text").GetString()!.ShouldContain("Do you have brass lanterns?");
        await ben.Page.Keyboard.PressAsync("Escape");

        await ben.Page.GotoAsync("about:blank");
        await noor.Say("For 40 each.");
        var told = (await post.Mailbox("ben", 2))[^1].GetProperty("text").GetString()!;
        await ben.Page.GotoAsync(System.Text.RegularExpressions.Regex.Match(told, @"https?://\S+/t#\S+").Value);
        await ben.Page.GetByRole(AriaRole.Button, new() { Name = "Mail it to me instead" }).ClickAsync();
        await Expect(ben.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("On its way to ben@example.test");
        (await post.Mailbox("ben", 3))[^1].GetProperty("text").GetString()!.ShouldContain("For 40 each.");
        await Axe.Audit(ben.Page.MainFrame, "where the link of a mail leads");
    }

    /// <summary>Each shows a certificate of its own making, and the settings name one.</summary>
    private async Task<string> Mailbox(Postfix post, Dovecot boxes)
    {
        var server = post.To(MailSecurity.Tls).Server;
        return (await Kim.Post("/v1/channels", new
        {
            kind = "email",
            name = "Mail",
            settings = new
            {
                address = Us, name = "Lighthouse", receiveHost = "localhost", receivePort = boxes.Port, receiveSecurity = "none", user = "support", password = Dovecot.Password,
                sendHost = server.Host, sendPort = server.Port, sendSecurity = "tls", sendUser = server.User, sendPassword = server.Password, certificate = await File.ReadAllTextAsync(post.Certificate),
            },
        })).Expect(HttpStatusCode.Created)["inbox"];
    }

    /// <summary>How far the messages of the newest thread have got, and whether they are tried once more.</summary>
    private async Task<List<(string? State, bool Again)>> Deliveries() =>
        [.. (await Kim.Get($"/v1/conversations/{await Newest()}/channel")).Expect(HttpStatusCode.OK).Body.GetProperty("deliveries").EnumerateArray().Select(one => (one.GetProperty("state").GetString(), one.TryGetProperty("next", out _)))];

    private async Task<List<string?>> Said() =>
        [.. (await Kim.Get($"/v1/conversations/{await Newest()}/timeline?limit=500")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()
            .Where(entry => entry.GetProperty("type").GetString() == "message").Select(entry => entry.GetProperty("content").GetProperty("text").GetString())];

    private async Task<string?> Newest() => (await Kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK).Body.GetProperty("items")[0].GetProperty("id").GetString();

    private static async Task Answer(Postfix post, string text)
    {
        using var program = Process.Start(new ProcessStartInfo("python3") { ArgumentList = { "-c", Program, Path.Combine(post.Mails, "ben"), $"{post.Port}", text } })!;
        await program.WaitForExitAsync();
        program.ExitCode.ShouldBe(0);
    }
}
