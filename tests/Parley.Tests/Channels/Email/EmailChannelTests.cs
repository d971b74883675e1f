using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parley.Platform.Keys;
using Parley.Platform.Mail.Threads;
using Parley.Platform.Store;
using Parley.Specs.Engines;
using Parley.Tests.Platform.Mail.Reading;
using Shouldly;

namespace Parley.Tests.Channels.Email;

/// <summary>Mails that come in, in the whole product.</summary>
public class EmailChannelTests
{
    private const string Ana = "From: Ana <ana@example.test>\nTo: support@lighthouse.test\nSubject: The sail";

    [SkippableTheory, Trait("row", "CH9")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task CH9_An_answer_finds_its_thread_by_what_of_ours_is_in_it_and_what_is_quoted_is_folded(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await Letterbox.Of(engine.Url);
        await it.Hand($"{Ana}\nMessage-ID: <1@example.test>", "Where is my sail?\n\n-- \nAna\nSail street 1");
        var thread = (await it.Threads(1))[0];
        var first = (await it.Words(thread, 1))[0];
        first.GetProperty("text").GetString().ShouldBe("Where is my sail?");
        first.GetProperty("mail").GetProperty("subject").GetString().ShouldBe("The sail");
        first.GetProperty("mail").GetProperty("folded").GetString()!.ShouldContain("Sail street 1");
        await it.Answer(thread, "It is on its way.");
        var sent = await it.Sent(1);
        // By the id of our mail, from her, whatever the subject is.
        await it.Hand($"From: ana@example.test\nTo: support@lighthouse.test\nSubject: Something else\nMessage-ID: <2@example.test>\nIn-Reply-To: <{sent.MessageId}>", "Thank you!\n\nOn Mon, Nov 23, 2026 at 9:00 AM Support <support@lighthouse.test> wrote:\n> It is on its way.");
        var second = (await it.Words(thread, 3))[2];
        second.GetProperty("text").GetString().ShouldBe("Thank you!");
        second.GetProperty("mail").GetProperty("folded").GetString()!.ShouldContain("> It is on its way.");
        second.GetProperty("mail").TryGetProperty("unverified", out _).ShouldBeFalse();
        // By the address alone.
        await it.Hand($"From: ana@example.test\nTo: {sent.ReplyTo[0].Address}\nMessage-ID: <3@example.test>", "Once more.");
        await it.Words(thread, 4);
        // By her own mail, which it names.
        await it.Hand("From: ana@example.test\nTo: support@lighthouse.test\nMessage-ID: <4@example.test>\nReferences: <1@example.test>", "And again.");
        await it.Words(thread, 5);
        // The same again, by another way: it is there already.
        await it.Hand("From: ana@example.test\nTo: support@lighthouse.test\nMessage-ID: <4@example.test>\nReferences: <1@example.test>\nReceived: by another", "And again.");
        // A subject proves nothing, and what others name of hers neither.
        await it.Hand("From: ben@example.test\nTo: support@lighthouse.test\nSubject: Re: The sail\nMessage-ID: <5@example.test>\nReferences: <1@example.test>", "Me too.");
        await it.Threads(2);
        await it.Words(thread, 5);
    }

    [SkippableTheory, Trait("row", "CH9")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task CH9_Our_token_from_an_address_that_nobody_knows_is_shown_as_from_there_and_the_answer_goes_to_the_customer(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await Letterbox.Of(engine.Url);
        await it.Hand($"{Ana}\nCc: ben@example.test\nMessage-ID: <1@example.test>", "Where is my sail?");
        var thread = (await it.Threads(1))[0];
        await it.Answer(thread, "It is on its way.");
        var sent = await it.Sent(1);
        await it.Hand($"From: Eve <eve@evil.test>\nTo: {sent.ReplyTo[0].Address}\nMessage-ID: <2@evil.test>", "Send it to me.");
        var said = (await it.Words(thread, 3))[2].GetProperty("mail");
        said.GetProperty("unverified").GetBoolean().ShouldBeTrue();
        said.GetProperty("from").GetProperty("address").GetString().ShouldBe("eve@evil.test");
        // Who was in the mails openly is known, and named.
        await it.Hand($"From: Ben <ben@example.test>\nTo: {sent.ReplyTo[0].Address}\nMessage-ID: <3@example.test>", "Thanks from me, too.");
        var bens = (await it.Words(thread, 4))[3].GetProperty("mail");
        bens.TryGetProperty("unverified", out _).ShouldBeFalse();
        bens.GetProperty("from").GetProperty("name").GetString().ShouldBe("Ben");
        await it.Answer(thread, "To Ana.");
        (await it.Sent(2)).To.Select(one => one.Address).ShouldBe(["ana@example.test"]);
    }

    [Fact, Trait("row", "HS4")]
    public async Task HS4_A_conversation_of_the_widget_goes_on_by_mail_and_its_customer_reads_no_more_of_the_mail_than_its_subject()
    {
        await using var it = await Letterbox.Of();
        var ana = await it.House.Ana("u1");
        var thread = await ana.Write("Hello from the web");
        var token = ThreadNames.Address(it.House.Services.GetRequiredService<KeyRing>(), Letterbox.Address, ConversationId.Parse(thread).Value);
        await it.Hand($"From: Ana <ana@example.test>\nTo: {token}\nCc: ben@example.test\nSubject: Re: Hello\nMessage-ID: <1@example.test>", "I had to leave.\n\n> Hello");
        var said = (await it.Words(thread, 2))[1];
        said.GetProperty("mail").TryGetProperty("unverified", out _).ShouldBeFalse();
        await it.Answer(thread, "Here you go.");
        (await it.Sent(1)).To.Select(one => one.Address).ShouldBe(["ana@example.test"]);
        var read = (await ana.Read(thread)).Expect(HttpStatusCode.OK);
        var own = read.Body.GetProperty("items").EnumerateArray().Single(entry => entry.GetProperty("type").GetString() == "message" && entry.GetProperty("content").TryGetProperty("mail", out _));
        own.GetProperty("content").GetProperty("mail").EnumerateObject().Select(field => field.Name).ShouldBe(["subject"]);
        read.Text.ShouldNotContain("ben@example.test");
    }

    [Fact, Trait("row", "CH9")]
    public async Task CH9_Bounces_and_delays_set_the_state_of_what_they_are_about()
    {
        await using var it = await Letterbox.Of();
        await it.Hand($"{Ana}\nMessage-ID: <1@example.test>", "Where is my sail?");
        var thread = (await it.Threads(1))[0];
        await it.Answer(thread, "It is on its way.");
        var sent = await it.Sent(1);
        await Letterbox.Until(async () => (await it.State(thread)).State == "sent");
        await it.Hand(Report("<d1@mx.test>", sent.MessageId!, "delayed", "4.4.1"), "");
        await Letterbox.Until(async () => await it.State(thread) is ("sent", "delayed"));
        await it.Hand(Report("<d2@mx.test>", sent.MessageId!, "failed", "5.1.1"), "");
        await Letterbox.Until(async () => await it.State(thread) is ("failed", "recipientGone"));
        await Letterbox.Until(async () => (await it.Entries(thread)).Exists(entry => entry.GetProperty("type").GetString() == "undelivered"));
        await it.Threads(1);
    }

    [Fact]
    public async Task What_a_program_wrote_is_marked_so_and_what_we_wrote_ourselves_is_nothing_new()
    {
        await using var it = await Letterbox.Of();
        await it.Hand($"{Ana}\nMessage-ID: <1@example.test>", "Where is my sail?");
        var thread = (await it.Threads(1))[0];
        await it.Answer(thread, "It is on its way.");
        var sent = await it.Sent(1);
        await it.Hand($"From: ana@example.test\nTo: {sent.ReplyTo[0].Address}\nAuto-Submitted: auto-replied\nMessage-ID: <2@example.test>", "I am away.");
        (await it.Words(thread, 3))[2].GetProperty("mail").GetProperty("automatic").GetString().ShouldBe("reply");
        await it.Hand("From: support@lighthouse.test\nTo: support@lighthouse.test\nMessage-ID: <3@lighthouse.test>", "A copy.");
        await it.Hand($"From: list@example.test\nTo: support@lighthouse.test\nMessage-ID: <{sent.MessageId}>", "Came back by a list.");
        await it.Hand("From: shop@lighthouse.test\nReply-To: Cleo <cleo@example.test>\nTo: support@lighthouse.test\nFrom: support@lighthouse.test\nMessage-ID: <4@lighthouse.test>", "By the form on our page.");
        (await it.Threads(2)).Count.ShouldBe(2);
        (await it.Letters()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Files_are_what_they_are_and_the_page_is_kept_clean()
    {
        await using var it = await Letterbox.Of();
        await it.Hand($"{Ana}\nMessage-ID: <1@example.test>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b", string.Join('\n',
            "--b", "Content-Type: text/html; charset=utf-8", "", "<p onclick=x>See <img src=\"cid:one\"> and <img src=\"https://tracker.test/x.png\"><script>alert(1)</script></p>",
            "--b", "Content-Type: image/png; name=one.png", "Content-ID: <one>", "Content-Transfer-Encoding: base64", "", "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
            "--b", "Content-Type: image/png; name=boat.png", "Content-Transfer-Encoding: base64", "", Convert.ToBase64String([.. "PK\u0003\u0004"u8, .. new byte[60]]),
            "--b", "Content-Type: image/jpeg; name=boat.jpg", "Content-Transfer-Encoding: base64", "", Convert.ToBase64String([.. "MZ"u8, .. new byte[60]]),
            "--b", "Content-Type: application/x-strange; name=plan.xyz", "Content-Transfer-Encoding: base64", "", Convert.ToBase64String([1, 2, 3]),
            "--b--"));
        var word = (await it.Words((await it.Threads(1))[0], 1))[0];
        var files = word.GetProperty("files").EnumerateArray().ToList();
        files.Select(file => (file.GetProperty("name").GetString(), file.GetProperty("mime").GetString())).ShouldBe([("one.png", "image/png"), ("boat.png.zip", "application/zip"), ("plan.xyz", "application/octet-stream")]);
        word.GetProperty("text").GetString()!.ShouldContain("📎 boat.jpg ✗");
        var page = word.GetProperty("mail").GetProperty("page");
        using var reader = it.House.Stranger();
        var html = (await reader.Get(page.GetProperty("url").GetString()!)).Expect(HttpStatusCode.OK).Text;
        html.ShouldContain($"cid:{files[0].GetProperty("id").GetString()}");
        html.ShouldNotContain("script");
        html.ShouldNotContain("onclick");
        html.ShouldNotContain(" src=\"https://tracker.test");
    }

    [Fact]
    public async Task Nobody_hands_a_mail_in_who_does_not_know_the_secret_and_nothing_is_taken_for_a_mail_that_is_none()
    {
        await using var it = await Letterbox.Of();
        var mail = Encoding.UTF8.GetBytes($"{Ana}\n\nHello");
        (await it.Hand(mail, hook: "guessed")).Refused(HttpStatusCode.Unauthorized, "token.wrong");
        (await it.Hand([], null)).Refused(HttpStatusCode.BadRequest, "request.malformed");
        (await it.Hand("{\"x\":1}"u8.ToArray(), null, "inbound/postmark")).Refused(HttpStatusCode.BadRequest, "request.malformed");
        var posted = JsonSerializer.SerializeToUtf8Bytes(new
        {
            FromFull = new { Email = "ana@example.test" }, From = "Ana <ana@example.test>", To = "support@lighthouse.test", OriginalRecipient = "support@lighthouse.test", Subject = "By Postmark", MessageID = "22c74902",
            Date = "Mon, 23 Nov 2026 09:00:00 +0000", TextBody = "Hello from Postmark", HtmlBody = "<p>Hello from Postmark</p>", Headers = new[] { new { Name = "Message-ID", Value = "<p1@example.test>" } },
            Attachments = new[] { new { Name = "a.txt", Content = Convert.ToBase64String("Hello"u8), ContentType = "text/plain", ContentLength = 5 } },
        });
        (await it.Hand(posted, null, "inbound/postmark")).Expect(HttpStatusCode.OK);
        (await it.Hand(posted, null, "inbound/postmark")).Expect(HttpStatusCode.OK);
        var word = (await it.Words((await it.Threads(1))[0], 1))[0];
        word.GetProperty("text").GetString().ShouldBe("Hello from Postmark");
        word.GetProperty("files").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task What_an_agent_says_of_a_mail_is_refused_where_none_goes()
    {
        await using var it = await Letterbox.Of();
        var thread = await (await it.House.Ana()).Write("Hello");
        (await it.House.Kim.Post($"/v1/conversations/{thread}/messages", new { content = new { text = "Hi", mail = new { subject = "Hi" } } })).Refused(HttpStatusCode.BadRequest, "mail.notHere");
        await it.Hand($"{Ana}\nMessage-ID: <1@example.test>", "Where is my sail?");
        var mailed = (await it.Threads(2)).Single(id => id != thread);
        await it.Answer(mailed, "Here", new { subject = "Your sail", cc = new[] { new { address = "ben@example.test" } } });
        (await it.House.Kim.Post($"/v1/conversations/{mailed}/messages", new { content = new { text = "Hi", mail = new { cc = new[] { new { address = "nobody" } } } } })).Refused(HttpStatusCode.BadRequest, "mail.invalid");
    }

    [SkippableFact]
    public async Task Every_mail_that_others_wrote_goes_through_and_what_has_no_sender_is_kept_for_a_person()
    {
        MailFixtures.Need();
        await using var it = await Letterbox.Of(null, ("loopPerMinutes", 1_000));
        var store = it.House.Services.GetRequiredService<Database>();
        foreach (var path in MailFixtures.Whole)
        {
            var mail = MailFixtures.Open(path);
            (await it.Hand(mail)).Status.ShouldBeOneOf([HttpStatusCode.OK, HttpStatusCode.BadRequest], path);
            // Many of them are of one sender, and nobody floods.
            it.House.Clock.Advance(TimeSpan.FromMinutes(11));
        }

        await Letterbox.Until(async () => await store.Read(session => session.One<long>("select count(*) from arrivals where state = 0")) == 0);
        (await store.Read(session => session.Query<string>("select outcome from arrivals where state = 2 and outcome not like '%: address.invalid'"))).ShouldBeEmpty();
        (await store.Read(session => session.One<long>("select count(*) from entries where type = 'message'"))).ShouldBeGreaterThan(MailFixtures.Whole.Count / 2);
    }

    private static string Report(string id, string about, string action, string status) =>
        $"From: MAILER-DAEMON@mx.test\nTo: support@lighthouse.test\nSubject: Report\nMessage-ID: {id}\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n"
        + $"Reporting-MTA: dns; mx.test\n\nFinal-Recipient: rfc822; ana@example.test\nAction: {action}\nStatus: {status}\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{about}>\n\n--b--";
}
