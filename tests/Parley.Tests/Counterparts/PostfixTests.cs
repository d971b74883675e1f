using System.Net;
using System.Text.Json;
using Parley.Platform.Mail;
using Parley.Tests.Cast;
using Parley.Tests.Channels.Email;
using Parley.Tests.Notifications;
using Shouldly;

namespace Parley.Tests.Counterparts;

[Trait("takes", "long")]
public sealed class PostfixTests(PostfixTests.Raised raised) : IClassFixture<PostfixTests.Raised>
{
    private Postfix It => raised.It!;

    [SkippableFact]
    public async Task What_was_written_is_what_is_read_whichever_way_it_went()
    {
        Skip.If(Postfix.Missing is not null, Postfix.Missing);
        var letter = new Letter("ben+sails@example.test", "Grüße aus dem Hafen: Ihre Öljacke, größer als gedacht, ist da ⚓ und wartet auf Sie", "Guten Tag Änne,\n\n.\n.. zwei Punkte\nFrom here on: ünïcödé 🧥\n" + new string('x', 2_000))
        {
            From = "Ölzeug & Söhne, \"Lighthouse\"", ReplyTo = "parley+c_abc.0123456789@example.test", Thread = "cnv_01abc",
            Page = "<!doctype html><p>Guten Tag Änne 🧥 <img src=\"cid:logo\"></p>\n", Picture = new Inline("logo", "image/png", [.. Enumerable.Range(0, 5_000).Select(n => (byte)n)]),
        };
        var ways = new[] { MailSecurity.None, MailSecurity.StartTls, MailSecurity.Tls };
        foreach (var way in ways)
        {
            await new Smtp(It.To(way), TimeProvider.System).Send(letter, Guid.CreateVersion7());
        }

        var mails = await It.Mailbox("ben", ways.Length);
        mails.Count.ShouldBe(ways.Length);
        foreach (var mail in mails)
        {
            mail.GetProperty("defects").GetArrayLength().ShouldBe(0, mail.ToString());
            Header(mail, "subject").ShouldBe(letter.Subject);
            Header(mail, "from").ShouldContain("parley@example.test");
            Header(mail, "to").ShouldContain("ben+sails@example.test");
            Header(mail, "delivered-to").ShouldBe("ben+sails@example.test", "The plus-address arrives with what stands behind the +.");
            Header(mail, "reply-to").ShouldContain("parley+c_abc.0123456789@example.test");
            (Header(mail, "references"), Header(mail, "in-reply-to")).ShouldBe(("<cnv_01abc@example.test>", "<cnv_01abc@example.test>"));
            Header(mail, "auto-submitted").ShouldBe("auto-generated");
            mail.GetProperty("text").GetString()!.ReplaceLineEndings("\n").TrimEnd('\n').ShouldBe(letter.Text);
            mail.GetProperty("html").GetString().ShouldBe(letter.Page);
            var picture = mail.GetProperty("pictures").EnumerateArray().ShouldHaveSingleItem();
            (picture.GetProperty("type").GetString(), picture.GetProperty("id").GetString(), picture.GetProperty("size").GetInt32()).ShouldBe(("image/png", "<logo>", 5_000));
        }

        mails.Select(mail => Header(mail, "message-id")).Distinct().Count().ShouldBe(ways.Length);
    }

    [SkippableFact]
    public async Task Who_is_not_let_in_or_not_believed_says_so_and_a_no_is_understood()
    {
        Skip.If(Postfix.Missing is not null, Postfix.Missing);
        var letter = new Letter("ben@example.test", "Hello", "Come in.");
        var wrong = await Failed(It.To(MailSecurity.StartTls) with { Password = "another" }, letter);
        wrong.Final.ShouldBeFalse();
        wrong.Message.ShouldContain("535");
        wrong.Message.ShouldNotContain("another");
        (await Failed(It.To(MailSecurity.Tls) with { Certificate = null }, letter)).Message.ShouldContain("localhost");
        // Signed in or not: nobody of that name, or nobody of ours.
        var nobody = await Failed(It.To(MailSecurity.StartTls), letter with { To = "nobody@example.test" });
        (nobody.Final, nobody.Address).ShouldBe((true, true), nobody.Message);
        var relay = await Failed(It.To(MailSecurity.None), letter with { To = "ben@elsewhere.test" });
        (relay.Final, relay.Address).ShouldBe((true, false), relay.Message);
        await It.Say("ben@example.test", "450 4.2.0 come again");
        var later = await Failed(It.To(MailSecurity.Tls), letter);
        await It.Say("ben@example.test", null);
        (later.Final, later.Address).ShouldBe((false, false), later.Message);
    }

    [SkippableFact, Trait("row", "SN1")]
    public async Task SN1_A_mail_waits_for_a_server_that_is_down_or_wants_it_later_and_arrives_once()
    {
        Skip.If(Postfix.Missing is not null, Postfix.Missing);
        await using var it = await Lighthouse.Open(Settings(It));
        await It.Say("ana@example.test", "450 4.2.0 come again");
        var (ana, thread) = await AnswerMailTests.Wrote(it);
        await AnswerMailTests.Say(it, thread, "Ihr Segel ist fertig: grüße!");
        await AnswerMailTests.Read(it);
        it.Clock.Advance(AnswerMailTests.Wait);
        await Held(it, "450 4.2.0");
        await It.Say("ana@example.test", null);
        await It.Fall();
        it.Clock.Advance(TimeSpan.FromMinutes(2));
        await Held(it, $"localhost:{It.Submission}");
        await It.Raise();
        it.Clock.Advance(TimeSpan.FromMinutes(6));
        var mail = (await It.Mailbox("ana")).ShouldHaveSingleItem();
        mail.GetProperty("text").GetString()!.ShouldContain("Ihr Segel ist fertig: grüße!");
        Header(mail, "subject").ShouldBe("New message from Lighthouse");
        Header(mail, "references").ShouldContain(thread);
        Header(mail, "reply-to").ShouldMatch(@"parley\+\S+@example\.test");
        await AnswerMailTests.Until(async () => (await it.Kim.Get("/v1/mails")).Body.GetProperty("items").GetArrayLength() == 0);

        // And who is not there is marked, by what a real server says.
        var ben = await it.Ben();
        await ben.Begin(it.Vouch("ben-9", "Ben", "ben.nobody@example.test"));
        var other = await ben.Write("Hello?");
        await AnswerMailTests.Say(it, other, "Yes?");
        await AnswerMailTests.Read(it);
        it.Clock.Advance(AnswerMailTests.Wait);
        await AnswerMailTests.Until(async () => (await it.Kim.Get($"/v1/contacts/{ben.Visitor}")).Text.Contains("\"refused\":true", StringComparison.Ordinal));
        (await It.Mailbox("ana")).Count.ShouldBe(1);
        ana.Visitor.ShouldNotBeNull();
    }

    [SkippableFact, Trait("row", "CH9")]
    public async Task CH9_An_answer_from_a_mailbox_waits_for_a_server_that_wants_it_later_and_arrives_once_and_whole()
    {
        Skip.If(Postfix.Missing is not null, Postfix.Missing);
        await using var it = await Harbour.Of();
        await it.Connect(new { address = Postfix.User, sendHost = "localhost", sendPort = It.Submission, sendSecurity = "startTls", sendUser = Postfix.User, sendPassword = Postfix.Password, certificate = await File.ReadAllTextAsync(It.Certificate) });
        await It.Say("noor@example.test", "450 4.2.0 come again");
        await it.Comes("Noor <noor@example.test>", "Which size?", "Size of the jacket", to: Postfix.User, id: "n1@example.test");
        var thread = await it.Thread("Which size?");
        var file = await it.Upload("Größen.txt", "text/plain", "XL ⚓"u8.ToArray());
        await it.Answer(thread, "XL, größer als gedacht ⚓", files: [file]);
        await Harbour.Until(async () => await it.State(thread) is ("queued", not null));
        await It.Say("noor@example.test", null);
        it.Clock.Advance(TimeSpan.FromMinutes(10));
        await Harbour.Until(async () => (await it.State(thread)).State == "sent");
        var mail = (await It.Mailbox("noor")).ShouldHaveSingleItem();
        mail.GetProperty("defects").GetArrayLength().ShouldBe(0, mail.ToString());
        (Header(mail, "subject"), Header(mail, "in-reply-to")).ShouldBe(("Re: Size of the jacket", "<n1@example.test>"));
        Header(mail, "from").ShouldBe($"Kim via Lighthouse <{Postfix.User}>");
        Header(mail, "reply-to").ShouldMatch(@"parley\+\S+@example\.test");
        mail.GetProperty("html").GetString()!.ShouldContain("XL, größer als gedacht ⚓");
    }

    private static (string Key, string Value)[] Settings(Postfix postfix)
    {
        var to = postfix.To(MailSecurity.StartTls);
        return
        [
            ("mail.host", to.Host!), ("mail.port", $"{to.Port}"), ("mail.security", "startTls"), ("mail.user", to.User!), ("mail.password", to.Password!), ("mail.from", to.From!), ("mail.certificate", to.Certificate!),
        ];
    }

    /// <summary>It waits, and whoever administers sees why.</summary>
    private static Task Held(Lighthouse it, string why) => AnswerMailTests.Until(async () => (await it.Kim.Get("/v1/mails")) is var mails && mails["waiting"] == "1" && mails.Text.Contains(why, StringComparison.Ordinal));

    private static Task<MailFailed> Failed(MailSettings settings, Letter letter) => new Smtp(settings, TimeProvider.System).Send(letter, Guid.CreateVersion7()).ShouldThrowAsync<MailFailed>();

    private static string Header(JsonElement mail, string name) => mail.GetProperty("headers").GetProperty(name).GetString()!;

    /// <summary>One for all of them; where there can be none, none.</summary>
    public sealed class Raised : IAsyncLifetime
    {
        public Postfix? It { get; private set; }

        public async Task InitializeAsync() => It = Postfix.Missing is null ? await Postfix.Start() : null;

        public async Task DisposeAsync()
        {
            if (It is not null)
            {
                await It.DisposeAsync();
            }
        }
    }
}
