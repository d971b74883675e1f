using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Parley.Channels.Delivering;
using Parley.Conversations;
using Parley.Platform.Store;
using Parley.Specs.Engines;
using Parley.Tests.Cast;
using Parley.Tests.Notifications;
using Shouldly;

namespace Parley.Tests.Channels.Email.Sending;

/// <summary>Mails out of the whole product, and conversations that go on in them.</summary>
public class EmailSendingTests
{
    private const string Ana = "ana@example.test";

    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=");

    /// <summary>failures.md 15: a customer leaves before the first reply, and has an address: the answer comes by mail, into the same thread, both ways.</summary>
    [SkippableTheory, Trait("row", "CH13"), Trait("row", "LV2"), Trait("row", "MS6"), Trait("row", "HS4"), Trait("failure", "15")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task CH13_LV2_MS6_HS4_Who_left_the_site_goes_on_by_mail_and_comes_back_to_the_same_thread(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await Harbour.Of(engine.Url);
        var (ana, thread) = await AnswerMailTests.Wrote(it.House);
        await it.Answer(thread, "Your sail is ready.");
        await AnswerMailTests.Read(it.House);
        it.Clock.Advance(AnswerMailTests.Wait);
        var told = (await it.Letters())[0];
        told.From.Single().Address.ShouldBe(Harbour.Address, "By the company's own mailbox, though the installation has none.");
        told.ReplyTo.Single().Address.ShouldStartWith("support+");
        told.Text!.ShouldContain("Your sail is ready.");

        // Said after the mail, and never read: it must not get lost when she answers what she has.
        await it.Answer(thread, "We are open until six.");
        await it.Comes($"Ana <{Ana}>", "Thank you! Shall I fetch it?\n\nOn Mon, 2 Mar 2026 at 10:00, Lighthouse <support@lighthouse.test> wrote:\n> Your sail is ready.", "Re: New message", to: told.ReplyTo.Single().Address, id: "a1@example.test", answers: told.MessageId);
        await Harbour.Until(async () => (await it.Said(thread)).Contains("Thank you! Shall I fetch it?"));
        await AnswerMailTests.Read(it.House);
        (await it.Letters(2))[1].Text!.ShouldContain("We are open until six.");

        // From now on at once, as a mail of its own.
        await it.Answer(thread, "Please do, until six.");
        var answer = (await it.Letters(3))[2];
        answer.Text!.ShouldStartWith("Please do, until six.");
        answer.From.Single().Name.ShouldBe("Kim via Lighthouse");
        (answer.Subject, answer.InReplyTo.Single()).ShouldBe(("Re: New message", "a1@example.test"));
        answer.References.ShouldContain(told.MessageId!);
        answer.ReplyTo.Single().Address.ShouldBe(told.ReplyTo.Single().Address);
        answer.Text!.ShouldContain("> Thank you! Shall I fetch it?");
        answer.Text!.ShouldNotContain("> > Your sail", customMessage: "No more of the thread than they wrote themselves.");
        await it.Comes(Ana, "I am on my way.", "Re: New message", to: answer.ReplyTo.Single().Address, answers: answer.MessageId);
        await Harbour.Until(async () => (await it.Said(thread)).Contains("I am on my way."));
        await AnswerMailTests.Read(it.House);
        it.Clock.Advance(AnswerMailTests.Wait);
        await AnswerMailTests.Quiet();
        it.Sink.Whole.Count.ShouldBe(3, "Nothing is mailed twice.");

        // She is back on the site, and reads all of it there.
        (await ana.Read(thread)).Text.ShouldContain("I am on my way.");
        (await ana.Say(thread, "I am at your door, with my telephone.")).Expect(HttpStatusCode.Created);
        await it.Answer(thread, "It is open.");
        await AnswerMailTests.Read(it.House);
        await AnswerMailTests.Quiet();
        it.Sink.Whole.Count.ShouldBe(3, "She is answered where she wrote.");
        it.Clock.Advance(AnswerMailTests.Wait);
        (await it.Letters(4))[3].Text!.ShouldContain("It is open.");
        (await it.Kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK).Body.GetProperty("items").GetArrayLength().ShouldBe(1, "It was one conversation all along.");
        (await it.Said(thread)).Count.ShouldBe(8);
    }

    [Fact, Trait("row", "CH9")]
    public async Task CH9_A_letter_brings_the_signatures_the_files_and_who_is_to_have_it()
    {
        await using var it = await Harbour.Of();
        (await it.Kim.Put("/v1/me/signature", new { text = "Kim\nSails and more" })).Expect(HttpStatusCode.OK);
        (await it.Kim.Get("/v1/me/signature"))["text"].ShouldBe("Kim\nSails and more");
        (await it.Kim.Patch($"/v1/channels/{it.Inbox}", new { settings = new { signature = "Lighthouse, at the quay", name = "The Lighthouse" } })).Expect(HttpStatusCode.OK);
        await it.Comes($"Ana <{Ana}>", "Is it ready?", "Sail", more: "Cc: Ben <ben@example.test>\r\n");
        var thread = await it.Thread("Is it ready?");
        var (picture, note) = (await it.Upload("sail.png", "image/png", Png), await it.Upload("Größe.txt", "text/plain", "ten feet"u8.ToArray()));
        await it.Answer(thread, "It **is**:", files: [picture, note], format: "markdown");
        var letter = (await it.Letters())[0];
        letter.Cc.Single().Address.ShouldBe("ben@example.test");
        letter.From.Single().Name.ShouldBe("Kim via The Lighthouse");
        letter.Text!.ReplaceLineEndings("\n").ShouldStartWith("It **is**:\n\n-- \nKim\nSails and more\nLighthouse, at the quay\n");
        letter.Page!.ShouldContain("<strong>is</strong>");
        letter.Page!.ShouldContain("src=\"cid:");
        letter.Body.All().Select(part => part.Name).OfType<string>().ShouldBe(["sail.png", "Größe.txt"], ignoreOrder: true);
        it.Recipients().ShouldBe([Ana, "ben@example.test"]);

        // To whom the agent says, once.
        await it.Answer(thread, "And Noor knows, too.", new { subject = "Sail, again", cc = new[] { new { address = "noor@example.test" } }, bcc = new[] { new { address = "boss@example.test" } } });
        var second = (await it.Letters(2))[1];
        (second.Subject, second.Cc.Single().Address, second.Headers["Bcc"]).ShouldBe(("Sail, again", "noor@example.test", null));
        it.Recipients().Skip(2).ShouldBe([Ana, "noor@example.test", "boss@example.test"]);
        await Harbour.Until(async () => await it.State(thread) is ("sent", null));
    }

    [Fact]
    public async Task A_server_that_wants_it_later_gets_it_once_and_a_lost_answer_is_repeated_under_the_same_name()
    {
        await using var it = await Harbour.Of(sink: new MailSink { Recipient = "451 4.7.1 come again" });
        await it.Comes(Ana, "Hello?", "Sail");
        var thread = await it.Thread("Hello?");
        await it.Answer(thread, "Yes.");
        await Harbour.Until(async () => await it.State(thread) is ("queued", not null));
        it.Sink.Recipient = "250 yes";
        it.Clock.Advance(TimeSpan.FromMinutes(10));
        await Harbour.Until(async () => (await it.State(thread)).State == "sent");
        (await it.Letters()).ShouldHaveSingleItem();

        // It was taken, and the line broke before anybody said so: once more, as the same mail.
        var said = 0;
        it.Sink.Answers = line => line.StartsWith("DATA", StringComparison.Ordinal) && Interlocked.Increment(ref said) == 1 ? "354 go on" : null;
        await it.Answer(thread, "And another.");
        (await it.Letters(2))[1].MessageId!.ShouldMatch(@"\.w\d+x[0-9a-f]{8}@lighthouse\.test$");
    }

    [SkippableTheory, Trait("row", "CH9")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task CH9_What_nobody_knows_the_outcome_of_goes_again_as_the_same_mail_says_so_and_is_one_word_of_its_thread(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await Harbour.Of(engine.Url);
        await it.Comes(Ana, "Hello?", "Sail");
        var thread = await it.Thread("Hello?");
        var taken = 0;
        // It has the first, and hangs up before it says so.
        it.Sink.Takes = (_, _) => Interlocked.Increment(ref taken) > 1;
        await it.Answer(thread, "Yes.");
        await Harbour.Until(async () => await it.State(thread) is ("queued", "outcomeUnknown"));
        it.Clock.Advance(TimeSpan.FromMinutes(10));
        await Harbour.Until(async () => await it.State(thread) is ("sent", "repeated"));
        var letters = await it.Letters(2);
        letters.Count.ShouldBe(2);
        letters[1].MessageId.ShouldBe(letters[0].MessageId);
        (letters[0].Headers["X-Parley-Repeat"], letters[1].Headers["X-Parley-Repeat"]).ShouldBe((null, "1"));
        (await it.Said(thread)).ShouldBe(["Hello?", "Yes."]);
        (await it.Entries(thread)).ShouldNotContain(entry => entry.GetProperty("type").GetString() == "undelivered", "It is not known to have failed.");
        // Whichever of them is answered, it is the same thread, and the next is no repeat.
        await it.Comes(Ana, "Thanks.", "Re: Sail", answers: letters[0].MessageId);
        await Harbour.Until(async () => (await it.Said(thread)).Contains("Thanks."));
        await it.Answer(thread, "Welcome.");
        (await it.Letters(3))[2].Headers["X-Parley-Repeat"].ShouldBeNull();
        await Harbour.Until(async () => await it.State(thread) is ("sent", null));
    }

    [Fact]
    public async Task What_a_server_says_of_one_recipient_stops_no_other_and_is_given_up_in_the_end()
    {
        await using var it = await Harbour.Of();
        await it.Comes(Ana, "Hello?", "Sail");
        var ana = await it.Thread("Hello?");
        await it.Answer(ana, "Yes.");
        await it.Letters();
        it.Sink.Answers = line => line.StartsWith("RCPT TO:<group", StringComparison.Ordinal) ? "550 5.7.133 sender not authenticated for group; authentication required" : null;
        await it.Comes("group@example.test", "And we?", "Oars");
        var group = await it.Thread("And we?");
        it.Clock.Advance(TimeSpan.FromSeconds(2));
        await it.Answer(group, "You, too.");
        await Harbour.Until(async () => await it.State(group) is ("queued", "misconfigured"));
        (await it.Kim.Get($"/v1/channels/{it.Inbox}"))["state"].ShouldBe("working");
        await it.Answer(ana, "And more.");
        (await it.Letters(2))[1].Text!.ShouldContain("And more.");
        it.Clock.Advance(TimeSpan.FromDays(4));
        await Harbour.Until(async () => await it.State(group) is ("failed", "misconfigured"));
        (await it.Kim.Get("/v1/channels/letters")).Text.ShouldContain("group@example.test");
    }

    [Fact]
    public async Task What_a_stranger_calls_their_mail_begins_no_line_of_ours()
    {
        await using var it = await Harbour.Of();
        await it.Comes(Ana, "Hello?", "Sail", id: "a@b\rBcc:victim@x.test\r\rhello");
        await it.Answer(await it.Thread("Hello?"), "Yes.");
        await it.Letters();
        it.Sink.Whole.Single().Replace("\r\n", "\n", StringComparison.Ordinal).ShouldNotContain('\r');
        it.Sink.Whole.Single().ShouldNotMatch(@"(?m)^Bcc:");
        (await it.Letters())[0].Text!.ShouldStartWith("Yes.");
    }

    [Fact]
    public async Task Other_words_are_the_same_mail_to_the_same_people()
    {
        await using var it = await Harbour.Of(sink: new MailSink { Recipient = "451 4.7.1 come again" });
        await it.Comes($"Ana <{Ana}>", "Is it ready?", "Sail", more: "Cc: Ben <ben@example.test>\r\n");
        var thread = await it.Thread("Is it ready?");
        var seq = await it.Answer(thread, "It is.", new { subject = "Your sail", cc = Array.Empty<object>() });
        await Harbour.Until(async () => await it.State(thread) is ("queued", not null));
        (await it.Kim.Patch($"/v1/conversations/{thread}/messages/{seq}", new { content = new { type = "text", text = "It is not." } })).Expect(HttpStatusCode.OK);
        (await it.Kim.Patch($"/v1/conversations/{thread}/messages/{seq}", new { content = new { type = "text", text = "It is.", mail = new { to = new[] { new { address = "ben@example.test" } } } } })).Refused(HttpStatusCode.Conflict, "content.fixed");
        it.Sink.Recipient = "250 yes";
        it.Clock.Advance(TimeSpan.FromMinutes(10));
        var letter = (await it.Letters())[0];
        (letter.Subject, letter.Cc.Count).ShouldBe(("Your sail", 0));
        letter.Text!.ShouldStartWith("It is not.");
    }

    [Fact, Trait("row", "CH9")]
    public async Task CH9_What_comes_back_of_a_copy_is_said_and_of_an_alias_it_is_the_customers()
    {
        await using var it = await Harbour.Of();
        await it.Comes(Ana, "Is it ready?", "Sail");
        var thread = await it.Thread("Is it ready?");
        await it.Answer(thread, "It is.", new { cc = new[] { new { address = "ben@bücher.example" } } });
        var letter = (await it.Letters())[0];
        await Harbour.Until(async () => (await it.State(thread)).State == "sent");
        await it.Comes("MAILER-DAEMON@example.test", Returned("failed", "5.1.1", letter.MessageId!, "ben@xn--bcher-kva.example"), "Undelivered", type: Report);
        await Harbour.Until(async () => await it.State(thread) is ("sent", "partly"));
        (await it.Kim.Get($"/v1/conversations/{thread}/channel")).Text.ShouldContain("ben@xn--bcher-kva.example");
        // Where her address leads nobody here knows.
        await it.Comes("MAILER-DAEMON@example.test", Returned("failed", "5.1.1", letter.MessageId!, "ana.private@mail.example"), "Undelivered", type: Report);
        await Harbour.Until(async () => await it.State(thread) is ("failed", "recipientGone"));
    }

    [Fact]
    public async Task Who_of_several_does_not_get_it_is_said_and_nobody_at_all_is_a_failure()
    {
        await using var it = await Harbour.Of();
        it.Sink.Answers = line => line.StartsWith("RCPT TO:<gone", StringComparison.Ordinal) ? "550 5.1.1 nobody" : null;
        await it.Comes(Ana, "Hello?", "Sail");
        var thread = await it.Thread("Hello?");
        await it.Answer(thread, "Yes.", new { cc = new[] { new { address = "gone@example.test" } } });
        await Harbour.Until(async () => await it.State(thread) is ("sent", "partly"));
        (await it.Kim.Get($"/v1/conversations/{thread}/channel")).Text.ShouldContain("gone@example.test");

        await it.Comes("gone@example.test", "Me, too?", "Oars");
        var other = await it.Thread("Me, too?");
        await it.Answer(other, "You, too.");
        await Harbour.Until(async () => await it.State(other) is ("failed", "recipientGone"));
        await Harbour.Until(async () => (await it.Entries(other)).Any(entry => entry.GetProperty("type").GetString() == "undelivered" && entry.GetProperty("cause").GetString() == "recipientGone"));
    }

    [Fact, Trait("row", "CH9")]
    public async Task CH9_Sent_again_after_it_came_back_it_goes_to_all_who_lack_it_and_to_nobody_else()
    {
        await using var it = await Harbour.Of();
        it.Sink.Answers = line => line.StartsWith("RCPT TO:<full", StringComparison.Ordinal) ? "552 5.2.2 full" : null;
        await it.Comes(Ana, "Is it ready?", "Sail");
        var thread = await it.Thread("Is it ready?");
        await it.Answer(thread, "It is.", new { cc = new[] { "full@example.test", "ben@example.test", "late@example.test" }.Select(address => new { address }) });
        var letter = (await it.Letters())[0];
        await Harbour.Until(async () => await it.State(thread) is ("sent", "partly"));
        // One comes back of a copy after the customer's has: that one is not forgotten either.
        await it.Comes("MAILER-DAEMON@example.test", Returned("failed", "5.1.1", letter.MessageId!), "Undelivered", type: Report);
        await Harbour.Until(async () => await it.State(thread) is ("failed", "recipientGone"));
        await it.Comes("MAILER-DAEMON@example.test", Returned("failed", "5.1.1", letter.MessageId!, "late@example.test"), "Undelivered", type: Report);
        var services = it.House.Services;
        await Harbour.Until(async () => (await services.GetRequiredService<Database>().Read(session => DeliveryStore.Of(session, ConversationId.Parse(thread)))).Any(row => row.Missing.Length == 2));

        var before = it.Recipients().Count();
        var id = (await it.Kim.Get($"/v1/conversations/{thread}/channel")).Expect(HttpStatusCode.OK).Body.GetProperty("deliveries").EnumerateArray().First().GetProperty("id").GetString();
        (await it.Kim.Post($"/v1/channels/letters/{id}/retry", new { })).Expect(HttpStatusCode.NoContent);
        await Harbour.Until(async () => await it.State(thread) is ("sent", "partly"));
        it.Recipients().Skip(before).ShouldBe(["ana@example.test", "full@example.test", "late@example.test"], ignoreOrder: true);
        var text = (await it.Kim.Get($"/v1/conversations/{thread}/channel")).Text;
        text.ShouldContain("full@example.test");
    }

    [Fact, Trait("row", "CH9")]
    public async Task CH9_A_program_answers_no_program()
    {
        await using var it = await Harbour.Of();
        await it.Comes(Ana, "I am away until Monday.", "Away", more: "Auto-Submitted: auto-replied\r\n");
        var thread = await it.Thread("I am away until Monday.");
        var program = it.House.Stranger();
        program.Bearer = (await it.Kim.Post("/v1/tokens", new { name = "Robot", scopes = new[] { "read", "write" } })).Expect(HttpStatusCode.Created)["token"];
        (await program.Post($"/v1/conversations/{thread}/messages", new { content = new { type = "text", text = "Thank you for your mail." } })).Expect(HttpStatusCode.Created);
        await Harbour.Until(async () => await it.State(thread) is ("failed", "rejected"));
        it.Sink.Whole.ShouldBeEmpty();
        // A person may.
        await it.Answer(thread, "Enjoy it!");
        (await it.Letters())[0].AutoSubmitted.ShouldBeNull();
        await it.Comes(Ana, "I am back.", "Re: Away");
        var next = await it.Thread("I am back.");
        (await program.Post($"/v1/conversations/{next}/messages", new { content = new { type = "text", text = "Welcome back." } })).Expect(HttpStatusCode.Created);
        (await it.Letters(2))[1].AutoSubmitted.ShouldBe("auto-replied");
    }

    [Fact, Trait("row", "CH9")]
    public async Task CH9_What_comes_back_is_told_in_its_thread_and_what_is_late_is_not_lost()
    {
        await using var it = await Harbour.Of();
        var (_, thread) = await AnswerMailTests.Wrote(it.House);
        await it.Answer(thread, "Your sail is ready.");
        await AnswerMailTests.Read(it.House);
        it.Clock.Advance(AnswerMailTests.Wait);
        var told = (await it.Letters())[0];
        await it.Comes("MAILER-DAEMON@example.test", Returned("failed", "5.1.1", told.MessageId!), "Undelivered", type: Report);
        await Harbour.Until(async () => (await it.Entries(thread)).Any(entry => entry.GetProperty("type").GetString() == "undelivered" && entry.GetProperty("by").GetString() == "mail" && entry.GetProperty("cause").GetString() == "refused"));

        await it.Comes(Ana, "Is it ready?", "Sail");
        var other = await it.Thread("Is it ready?");
        await it.Answer(other, "It is.");
        var answer = (await it.Letters(2))[1];
        await Harbour.Until(async () => (await it.State(other)).State == "sent");
        await it.Comes("MAILER-DAEMON@example.test", Returned("delayed", "4.4.1", answer.MessageId!), "Delayed", type: Report);
        await Harbour.Until(async () => await it.State(other) is ("sent", "delayed"));
        await it.Comes("MAILER-DAEMON@example.test", Returned("failed", "5.1.1", answer.MessageId!), "Undelivered", type: Report);
        await Harbour.Until(async () => await it.State(other) is ("failed", "recipientGone"));
    }

    [Fact, Trait("row", "CH9")]
    public async Task CH9_Where_nobody_is_is_noted_with_the_person_until_they_write_from_there_and_sent_again_it_goes_to_them_alone()
    {
        await using var it = await Harbour.Of();
        await it.Comes(Ana, "Is it ready?", "Sail");
        var thread = await it.Thread("Is it ready?");
        await it.Answer(thread, "It is.", new { cc = new[] { new { address = "ben@example.test" } }, bcc = new[] { new { address = "kim@example.test" } } });
        var letter = (await it.Letters())[0];
        await Harbour.Until(async () => (await it.State(thread)).State == "sent");
        await it.Comes("MAILER-DAEMON@example.test", Returned("failed", "5.1.1", letter.MessageId!), "Undelivered", type: Report);
        await Harbour.Until(async () => await it.State(thread) is ("failed", "recipientGone"));
        var contact = (await it.Kim.Get($"/v1/conversations/{thread}"))["contact.id"];
        await Harbour.Until(async () => (await Refused(it, contact)).SequenceEqual([true]));
        (await it.Kim.Post($"/v1/mailboxes/{it.Inbox}/conversations", new { contact, content = new { type = "text", text = "Hello", mail = new { subject = "Hello" } } })).Refused(HttpStatusCode.Conflict, "contact.unreachable");

        // Those who had a copy have it; whose it is they all read in it.
        it.Recipients().ShouldBe([Ana, "ben@example.test", "kim@example.test"]);
        var id = (await it.Kim.Get($"/v1/conversations/{thread}/channel")).Body.GetProperty("deliveries")[0].GetProperty("id").GetString();
        (await it.Kim.Post($"/v1/channels/letters/{id}/retry", new { })).Expect(HttpStatusCode.NoContent);
        var again = (await it.Letters(2))[1];
        it.Recipients().Skip(3).ShouldBe([Ana]);
        again.Cc.ShouldHaveSingleItem().Address.ShouldBe("ben@example.test");

        await it.Comes(Ana, "Here I am again.", "Re: Sail", answers: letter.MessageId);
        await Harbour.Until(async () => (await it.Said(thread)).Contains("Here I am again."));
        await Harbour.Until(async () => (await Refused(it, contact)).SequenceEqual([false]));
    }

    private static async Task<List<bool>> Refused(Harbour it, string contact) =>
        [.. (await it.Kim.Get($"/v1/contacts/{contact}")).Expect(HttpStatusCode.OK).Body.GetProperty("identities").EnumerateArray().Where(one => one.GetProperty("kind").GetString() == "email" && one.GetProperty("value").GetString() == Ana)
            .Select(one => one.TryGetProperty("refused", out var refused) && refused.GetBoolean()).Distinct()];

    private const string Report = "multipart/report; report-type=delivery-status; boundary=\"=_b\"";

    private static string Returned(string action, string status, string id, string whose = Ana) =>
        $"--=_b\nContent-Type: text/plain\n\nYour mail.\n\n--=_b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mail.example.test\n\nFinal-Recipient: rfc822; {whose}\nAction: {action}\nStatus: {status}\nDiagnostic-Code: smtp; 550 5.1.1 nobody of that name\n\n--=_b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{id}>\nSubject: Sail\n\n--=_b--\n";
}
