using System.Net;
using Parley.Tests.Counterparts;

namespace Parley.Browser.Stories;

/// <summary>What agents and admins see of mail that does not go as it should: a mailbox that is cut off, a mail that is late, that came back, that nobody takes.</summary>
[Collection(Theatre.OneClock)]
public sealed class MailTroubleTests : Scene
{
    private Timed Timed => (Timed)Server;

    protected override async Task<IServing> Choose(Theatre theatre) => await theatre.Timed();

    [MailboxFact, Trait("row", "CH9")]
    public async Task CH9_A_mailbox_that_is_cut_off_is_a_bar_for_admins_that_leads_to_where_it_is_mended_and_goes_when_it_is()
    {
        await using var boxes = await Dovecot.Start();
        (await Kim.Post("/v1/channels", new { kind = "email", name = "Orders", settings = new { address = "support@lighthouse.test", receiveHost = "localhost", receivePort = boxes.Port, receiveSecurity = "none", user = "support", password = Dovecot.Password, oldMail = "7" } })).Expect(HttpStatusCode.Created);
        await Fetched("Which lanterns have you?", 1);
        var kim = await Agent("Kim");
        await kim.Page.Clock.InstallAsync();
        await kim.SitDown("all");
        var noor = await Agent();
        await noor.Page.Clock.InstallAsync();
        await noor.SitDown("all");
        var bar = kim.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Orders is cut off: mails to it wait until it is mended" });
        await Expect(kim.Row("Which lanterns have you?")).ToBeVisibleAsync();
        await Expect(noor.Row("Which lanterns have you?")).ToBeVisibleAsync();
        await Expect(bar).ToHaveCountAsync(0);

        await boxes.Fall();
        await Stands("broken");
        // Within five minutes of their own, without anybody asking.
        await kim.Page.Clock.FastForwardAsync("03:00");
        await noor.Page.Clock.FastForwardAsync("03:00");
        await Expect(bar).ToBeVisibleAsync();
        await Axe.Audit(kim.Page.MainFrame, "a mailbox is cut off");
        await Aloud.Reads("console-mailbox-cut-off", bar);
        await Expect(noor.Page.GetByText("Orders is cut off")).ToHaveCountAsync(0);
        noor.Watch.Requests.ShouldNotContain(url => url.EndsWith("/v1/channels", StringComparison.Ordinal), "What is not theirs is not asked.");

        // It leads to what is the matter, and where one mends it.
        await bar.GetByRole(AriaRole.Link, new() { Name = "Look" }).ClickAsync();
        await Expect(kim.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Orders does not work.");
        await Expect(kim.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("mails wait there until it can be read again");
        await Axe.Audit(kim.Page.MainFrame, "the channel of a mailbox that is cut off");
        await boxes.Raise();
        await Fetched("And of brass?", 2);
        await Stands("working");
        await kim.Page.Clock.FastForwardAsync("00:11");
        await Expect(kim.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await Expect(bar).ToHaveCountAsync(0);

        async Task Fetched(string text, int count)
        {
            await boxes.Deliver("support", System.Text.Encoding.UTF8.GetBytes($"From: Ana <ana{count}@customers.example>\r\nTo: support@lighthouse.test\r\nSubject: Lanterns\r\nMessage-ID: <{count}@customers.example>\r\n\r\n{text}\r\n"));
            await Ears.Eventually(async () =>
            {
                Timed.Clock.Advance(TimeSpan.FromSeconds(20));
                (await Kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK).Body.GetProperty("items").GetArrayLength().ShouldBe(count);
            });
        }

        // It is tried again and again, with longer and longer pauses: the clock is put over them.
        async Task Stands(string state) => await Ears.Eventually(async () =>
        {
            Timed.Clock.Advance(TimeSpan.FromSeconds(20));
            (await Kim.Get("/v1/channels")).Expect(HttpStatusCode.OK).Body.GetProperty("items")[0].GetProperty("state").GetString().ShouldBe(state);
        });
    }

    [BrowserFact, Trait("row", "CH9"), Trait("row", "MS6")]
    public async Task MS6_A_mail_that_is_late_and_then_comes_back_says_so_under_it_why_and_what_one_can_do()
    {
        await using var sink = new MailSink();
        var box = await Letters.Of(Kim, Server.Here, sink);
        var began = (await Kim.Post($"/v1/mailboxes/{box.Inbox}/conversations", new { to = new { address = "ruth@elsewhere.test", name = "Ruth" }, content = new { type = "text", text = "Your lanterns are ready.", mail = new { subject = "Lanterns" } } })).Expect(HttpStatusCode.Created);
        await sink.To("ruth@elsewhere.test");
        var noor = await Agent();
        await noor.Page.Clock.InstallAsync();
        await noor.SitDown("all");
        await noor.Open("Your lanterns are ready.");
        await noor.IsMarked("Your lanterns are ready.", "sent");
        var trouble = noor.Message("Your lanterns are ready.").GetByRole(AriaRole.Note);
        await Expect(trouble).ToHaveCountAsync(0);

        await box.Report(sink.Whole.First(), "ruth@elsewhere.test", late: true);
        // That nothing happened is told by nothing: it is asked every minute.
        await Ears.Eventually(async () => (await Kim.Get($"/v1/conversations/{began["conversation.id"]}/channel")).Text.ShouldContain("delayed"));
        await noor.Page.Clock.FastForwardAsync("01:05");
        await Expect(trouble).ToContainTextAsync("Not there yet: the other side is away, and it is tried again by itself.");
        await Expect(trouble.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await Axe.Audit(noor.Page.MainFrame, "a mail that is late");

        await box.Report(sink.Whole.First(), "ruth@elsewhere.test", late: false);
        await Expect(trouble).ToContainTextAsync("Came back: nobody is there any more.");
        await Expect(trouble).ToContainTextAsync("550 5.1.1 nobody of that name");
        await noor.IsMarked("Your lanterns are ready.", "failed");
        await Axe.Audit(noor.Page.MainFrame, "a mail that came back");
        await Aloud.Reads("console-mail-bounced", trouble);

        // Whoever may write there may have it sent again; or puts the address right and sends it once more.
        await Expect(trouble.GetByRole(AriaRole.Button, new() { Name = "Send again", Exact = true })).ToBeVisibleAsync();
        await trouble.GetByRole(AriaRole.Button, new() { Name = "Change and send again" }).ClickAsync();
        await Expect(noor.Field).ToHaveValueAsync("Your lanterns are ready.");
        var fields = noor.Page.GetByRole(AriaRole.Group, new() { Name = "Subject and recipients" });
        await Expect(fields.GetByLabel("Subject", new() { Exact = true })).ToHaveValueAsync("Lanterns");
        var to = fields.GetByRole(AriaRole.Combobox, new() { Name = "To" });
        await to.FocusAsync();
        await noor.Page.Keyboard.PressAsync("Backspace");
        await noor.Page.Keyboard.TypeAsync("ruth@right.test,");
        await noor.Field.FocusAsync();
        await noor.Page.Keyboard.PressAsync("Control+Enter");
        (await sink.To("ruth@right.test")).ShouldContain("Your lanterns are ready.");
    }

    [BrowserFact, Trait("row", "CH14"), Trait("row", "CH9")]
    public async Task CH14_A_mail_that_nobody_takes_is_sent_again_from_under_it_once_it_is_mended_there()
    {
        await using var sink = new MailSink();
        var box = await Letters.Of(Kim, Server.Here, sink);
        sink.Recipient = "450 4.2.0 come again";
        (await Kim.Post($"/v1/mailboxes/{box.Inbox}/conversations", new { to = new { address = "ruth@elsewhere.test" }, content = new { type = "text", text = "Your lanterns are ready.", mail = new { subject = "Lanterns" } } })).Expect(HttpStatusCode.Created);
        var kim = await AtTheConsole("Kim", "all");
        await kim.Open("Your lanterns are ready.");
        var trouble = kim.Message("Your lanterns are ready.").GetByRole(AriaRole.Note);
        await Expect(trouble).ToContainTextAsync("Not out yet: tried again");
        sink.Recipient = "550 5.7.1 not from here";
        await Ears.Eventually(async () =>
        {
            Timed.Clock.Advance(TimeSpan.FromMinutes(10));
            (await trouble.InnerTextAsync()).ShouldContain("Not sent: the other side does not take this message.");
        });
        await Expect(trouble).ToContainTextAsync("not from here");
        await Axe.Audit(kim.Page.MainFrame, "a mail that nobody takes");

        // It lies with the letters, with the same reason, and leads back.
        await kim.Page.GotoAsync($"{Server.Address}#/settings/channels");
        var letter = kim.Page.GetByRole(AriaRole.Listitem).Filter(new() { Has = kim.Page.GetByRole(AriaRole.Button, new() { Name = "Put away" }) });
        await Expect(letter).ToContainTextAsync("ruth@elsewhere.test");
        await Axe.Audit(kim.Page.MainFrame, "a dead letter of a mailbox");
        sink.Recipient = "250 yes";
        await letter.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await sink.To("ruth@elsewhere.test");
        await Expect(letter).ToHaveCountAsync(0);
        await kim.Page.GotoAsync($"{Server.Address}#/all");
        await kim.Open("Your lanterns are ready.");
        await kim.IsMarked("Your lanterns are ready.", "sent");
        await Expect(trouble).ToHaveCountAsync(0);

        // And one that came back goes once more with one press, by those who may.
        await box.Report(sink.Whole.Last(), "ruth@elsewhere.test", late: false);
        await Expect(trouble).ToContainTextAsync("Came back");
        await trouble.GetByRole(AriaRole.Button, new() { Name = "Send again", Exact = true }).ClickAsync();
        await sink.To("ruth@elsewhere.test", nth: 2);
        await Expect(trouble).ToHaveCountAsync(0);
    }
}
