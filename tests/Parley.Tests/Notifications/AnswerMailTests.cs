using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Parley.Log;
using Parley.Platform.Mail;
using Parley.Platform.Store;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Notifications;

public sealed class AnswerMailTests
{
    internal const string Ana = "ana@example.test";
    internal static readonly TimeSpan Wait = TimeSpan.FromSeconds(181);

    [Fact, Trait("row", "SN1"), Trait("row", "MS25")]
    public async Task SN1_MS25_Words_that_were_not_seen_come_by_mail_once_a_turn_and_grouped()
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open(sink.Settings);
        var (ana, thread) = await Wrote(it);
        (await ana.Read(thread)).Text.ShouldContain("; if you are not, it comes by mail.");
        await Say(it, thread, "Your sail is ready.");
        await Say(it, thread, "Shall we send it?");
        (await it.Kim.Post($"/v1/conversations/{thread}/notes", new { clientId = "n", text = "she is in a hurry" })).Expect(HttpStatusCode.Created);
        await Read(it);
        it.Clock.Advance(TimeSpan.FromSeconds(60));
        await Quiet();
        sink.Mails.ShouldBeEmpty("Three minutes are not over.");
        it.Clock.Advance(Wait);
        var mail = await sink.To(Ana);
        mail.ReplaceLineEndings("\n").ShouldContain("Kim wrote:\n\n    Your sail is ready.\n\n    Shall we send it?\n");
        mail.ShouldNotContain("hurry");
        mail.ShouldContain("Hello Ana,");
        Header(mail, "From").ShouldContain("<parley@lighthouse.test>");
        Decoded(Header(mail, "From")).ShouldBe("Lighthouse");
        Decoded(Header(mail, "Subject")).ShouldBe("New message from Lighthouse");

        // More of the same turn: she has not read what was mailed.
        await Say(it, thread, "Or do you fetch it?");
        await Read(it);
        it.Clock.Advance(Wait);
        await Quiet();
        sink.Mails.Count.ShouldBe(1, "One mail a turn.");

        // She writes: a new turn.
        (await ana.Say(thread, "Please send it.")).Expect(HttpStatusCode.Created);
        await Say(it, thread, "It is on its way.");
        await Read(it);
        it.Clock.Advance(Wait);
        var second = await sink.To(Ana, 2);
        second.ShouldContain("It is on its way.");
        second.ShouldNotContain("Your sail");
        var told = (await it.Kim.Get($"/v1/conversations/{thread}/timeline")).Body.GetProperty("items").EnumerateArray().Where(entry => entry.GetProperty("type").GetString() == "notified").ToList();
        told.Count.ShouldBe(2);
        told.ShouldAllBe(entry => entry.GetProperty("visibility").GetString() == "internal");
    }

    [Fact, Trait("row", "SN1")]
    public async Task SN1_What_was_seen_is_not_mailed_and_what_was_read_after_a_mail_begins_anew()
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open(sink.Settings);
        var (ana, thread) = await Wrote(it);
        var seq = await Say(it, thread, "Read at once.");
        (await ana.Put($"/v1/widget/conversations/{thread}/seen", new { seq })).Expect(HttpStatusCode.NoContent);
        await Read(it);
        it.Clock.Advance(Wait);
        await Quiet();
        sink.Mails.ShouldBeEmpty();

        seq = await Say(it, thread, "Not read.");
        await Read(it);
        it.Clock.Advance(Wait);
        var mail = await sink.To(Ana);
        mail.ShouldContain("Not read.");
        mail.ShouldNotContain("Read at once.");
        (await ana.Put($"/v1/widget/conversations/{thread}/seen", new { seq })).Expect(HttpStatusCode.NoContent);
        await Say(it, thread, "The next.");
        await Read(it);
        it.Clock.Advance(Wait);
        (await sink.To(Ana, 2)).ShouldContain("The next.");
    }

    [Fact, Trait("row", "SN1")]
    public async Task SN1_A_mail_server_that_is_down_delays_and_what_was_seen_or_taken_back_meanwhile_is_not_sent()
    {
        await using var sink = new MailSink { Recipient = "451 later" };
        await using var it = await Lighthouse.Open(sink.Settings);
        var (ana, thread) = await Wrote(it);
        await Say(it, thread, "The first, which she reads.");
        await Read(it);
        it.Clock.Advance(Wait);
        await Until(async () => (await it.Kim.Get("/v1/mails"))["waiting"] == "1");
        (await it.Kim.Get("/v1/mails")).Body.GetProperty("items")[0].GetProperty("kind").GetString().ShouldBe("answer");
        await Say(it, thread, "The second, which she does not.");
        var third = await Say(it, thread, "My password is sail.");
        (await it.Kim.Post($"/v1/conversations/{thread}/redactions", new { of = third, reason = "password" })).Expect(HttpStatusCode.OK);
        sink.Recipient = "250 yes";
        it.Clock.Advance(TimeSpan.FromMinutes(2));
        var mail = await sink.To(Ana);
        mail.ShouldContain("which she does not");
        mail.ShouldNotContain("password");

        // She reads on her telephone while the next waits for a server that is down: nothing goes out.
        (await ana.Say(thread, "Thank you")).Expect(HttpStatusCode.Created);
        sink.Recipient = "451 later";
        var seq = await Say(it, thread, "Read on the telephone.");
        await Read(it);
        it.Clock.Advance(Wait);
        await Until(async () => (await it.Kim.Get("/v1/mails"))["waiting"] == "1");
        (await ana.Put($"/v1/widget/conversations/{thread}/seen", new { seq })).Expect(HttpStatusCode.NoContent);
        sink.Recipient = "250 yes";
        it.Clock.Advance(TimeSpan.FromMinutes(2));
        await Until(async () => (await it.Kim.Get("/v1/mails"))["waiting"] == "0");
        sink.Mails.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_address_at_which_nobody_is_is_marked_and_written_to_no_more_until_there_is_another()
    {
        await using var sink = new MailSink { Recipient = "550 5.1.1 nobody of that name" };
        await using var it = await Lighthouse.Open(sink.Settings);
        var (ana, thread) = await Wrote(it);
        await Say(it, thread, "Hello?");
        await Read(it);
        it.Clock.Advance(Wait);
        await Until(async () => (await it.Kim.Get($"/v1/contacts/{ana.Visitor}")).Text.Contains("\"refused\":true", StringComparison.Ordinal));
        (await it.Kim.Get("/v1/mails"))["givenUp"].ShouldBe("0", "It stands with the person; nobody need look after it.");
        await ShouldReadThatItDidNotCome(it, ana, thread, "refused");
        sink.Recipient = "250 yes";
        (await ana.Say(thread, "Yes?")).Expect(HttpStatusCode.Created);
        await Say(it, thread, "Again.");
        await Read(it);
        it.Clock.Advance(Wait);
        await Quiet();
        sink.Mails.ShouldBeEmpty();
        (await it.Kim.Patch($"/v1/contacts/{ana.Visitor}", new { email = "ana@lighthouse.test" })).Expect(HttpStatusCode.OK);
        (await ana.Say(thread, "And now?")).Expect(HttpStatusCode.Created);
        await Say(it, thread, "Now it works.");
        await Read(it);
        it.Clock.Advance(Wait);
        (await sink.To("ana@lighthouse.test")).ShouldContain("Now it works.");
    }

    [Fact]
    public async Task Once_the_address_is_right_the_next_word_brings_all_that_was_not_seen_and_the_same_address_said_again_is_tried_again()
    {
        await using var sink = new MailSink { Recipient = "550 5.1.1 nobody of that name" };
        await using var it = await Lighthouse.Open(sink.Settings);
        var (ana, thread) = await Wrote(it);
        await Say(it, thread, "The first word.");
        await Read(it);
        it.Clock.Advance(Wait);
        await Refused(it, ana);
        (await it.Kim.Patch($"/v1/contacts/{ana.Visitor}", new { email = Ana })).Expect(HttpStatusCode.OK);
        (await it.Kim.Get($"/v1/contacts/{ana.Visitor}")).Text.ShouldNotContain("\"refused\":true");
        await Say(it, thread, "The second word.");
        await Read(it);
        it.Clock.Advance(Wait);
        await Refused(it, ana);
        sink.Recipient = "250 yes";
        (await it.Kim.Patch($"/v1/contacts/{ana.Visitor}", new { email = "ana@lighthouse.test" })).Expect(HttpStatusCode.OK);
        await Say(it, thread, "The third word.");
        await Read(it);
        it.Clock.Advance(Wait);
        var mail = await sink.To("ana@lighthouse.test");
        foreach (var word in new[] { "The first word.", "The second word.", "The third word." })
        {
            mail.ShouldContain(word);
        }

        await Say(it, thread, "Of the same turn.");
        await Read(it);
        it.Clock.Advance(Wait);
        await Quiet();
        sink.Mails.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Nobody_looks_after_mails_for_what_is_none()
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open(sink.Settings);
        var (ana, thread) = await Wrote(it);
        await Read(it);
        var told = 0;
        it.Services.GetRequiredService<Outbox>().Listen(() => Interlocked.Increment(ref told));
        for (var word = 0; word < 5; word++)
        {
            (await ana.Say(thread, $"word {word}")).Expect(HttpStatusCode.Created);
            await Read(it);
        }

        told.ShouldBe(0);
        await Say(it, thread, "An answer.");
        await Read(it);
        it.Clock.Advance(Wait);
        await sink.To(Ana);
        told.ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_lets_us_mail_nobody_says_nothing_of_the_address()
    {
        await using var sink = new MailSink { Recipient = "554 5.7.1 relay access denied" };
        await using var it = await Lighthouse.Open(sink.Settings);
        var (ana, thread) = await Wrote(it);
        await Say(it, thread, "Hello?");
        await Read(it);
        it.Clock.Advance(Wait);
        await Until(async () => (await it.Kim.Get("/v1/mails"))["givenUp"] == "1");
        (await it.Kim.Get($"/v1/contacts/{ana.Visitor}")).Text.ShouldNotContain("refused");
        await ShouldReadThatItDidNotCome(it, ana, thread, "givenUp");
    }

    /// <summary>The agent reads that she was mailed, and then that she was not; she reads neither.</summary>
    private static async Task ShouldReadThatItDidNotCome(Lighthouse it, Browser ana, string thread, string cause)
    {
        await Until(async () => (await it.Kim.Get($"/v1/conversations/{thread}/timeline")).Body.GetProperty("items").EnumerateArray().Any(entry =>
            entry.GetProperty("type").GetString() == "undelivered" && entry.GetProperty("visibility").GetString() == "internal" && entry.GetProperty("cause").GetString() == cause));
        (await ana.Read(thread)).Text.ShouldNotContain("delivered");
    }

    [Fact]
    public async Task Who_was_forgotten_is_written_to_no_more_and_no_address_stays()
    {
        await using var sink = new MailSink { Recipient = "451 later" };
        await using var it = await Lighthouse.Open(sink.Settings);
        var (ana, thread) = await Wrote(it);
        await Say(it, thread, "Hello?");
        await Read(it);
        it.Clock.Advance(Wait);
        await Until(async () => (await it.Kim.Get("/v1/mails"))["waiting"] == "1");
        (await it.Kim.Post($"/v1/contacts/{ana.Visitor}/erasure", new { })).Expect(HttpStatusCode.OK);
        await Until(async () => (await it.Kim.Get("/v1/mails"))["waiting"] == "0");
        (await it.Services.GetRequiredService<Database>().Read(session => session.One<long>("select count(*) from mails"))).ShouldBe(0);
        sink.Recipient = "250 yes";
        it.Clock.Advance(TimeSpan.FromHours(1));
        await Quiet();
        sink.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_restart_loses_and_doubles_nothing_nor_does_reading_the_log_anew()
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open(sink.Settings);
        var (_, thread) = await Wrote(it);
        await Say(it, thread, "Before the restart.");
        await it.Restart(() => it.Clock.Advance(Wait));
        (await sink.To(Ana)).ShouldContain("Before the restart.");
        await it.Restart();
        await it.Services.GetRequiredService<Following>().Rebuild("unseen");
        await Read(it);
        it.Clock.Advance(Wait);
        await Quiet();
        sink.Mails.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_closed_is_mailed_too_and_who_turned_out_to_be_somebody_is_written_to_there()
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open(sink.Settings);
        var ana = await it.Ana();
        var thread = await ana.Write("Hello?");
        (await ana.Begin(it.Vouch("ana-1", "Ana", Ana))).Expect(HttpStatusCode.Created);
        await Say(it, thread, "It is done.");
        (await it.Kim.Put($"/v1/conversations/{thread}/closure")).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NoContent);
        await Read(it);
        it.Clock.Advance(Wait);
        (await sink.To(Ana)).ShouldContain("It is done.");
    }

    [Fact]
    public async Task A_mail_that_waits_beyond_its_turn_is_not_sent_and_the_next_has_only_what_is_new()
    {
        await using var sink = new MailSink { Recipient = "451 later" };
        await using var it = await Lighthouse.Open(sink.Settings);
        var (ana, thread) = await Wrote(it);
        await Say(it, thread, "The old turn.");
        await Read(it);
        it.Clock.Advance(Wait);
        await Until(async () => (await it.Kim.Get("/v1/mails"))["waiting"] == "1");
        // Her program sets no mark of what she has seen.
        (await ana.Say(thread, "I have read it.")).Expect(HttpStatusCode.Created);
        await Say(it, thread, "The new turn.");
        await Read(it);
        sink.Recipient = "250 yes";
        it.Clock.Advance(Wait);
        (await sink.To(Ana)).ShouldContain("The new turn.");
        await Until(async () => (await it.Services.GetRequiredService<Database>().Read(session => session.One<long>("select count(*) from mails"))) == 0);
        sink.Mails.ShouldHaveSingleItem().Text.ShouldNotContain("The old turn.");
    }

    [Theory, Trait("row", "LC24")]
    [InlineData("strictLive")]
    [InlineData("messaging")]
    [InlineData("blended")]
    public async Task LC24_A_form_that_was_filled_in_outside_the_hours_has_a_promise_and_is_answered_by_mail_or_telephone(string profile)
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open(sink.Settings);
        object[] fields = [new { name = "email", label = "Your address", type = "email" }, new { name = "phone", label = "Or your number, and we call you", type = "phone" }, new { name = "text", label = "Message", type = "longText", required = true }];
        (await it.Kim.Patch($"/v1/inboxes/{it.Inbox}", new { forms = new[] { new { id = "offline", name = "Offline", title = "Write to us", fields } }, offline = "offline" })).Expect(HttpStatusCode.OK);
        // It is Monday; the shop opens on Tuesday.
        var hours = new { zone = "UTC", week = new[] { new { day = "tue", from = "09:00", to = "17:00" } } };
        (await it.Kim.Put($"/v1/inboxes/{it.Inbox}/policy", new { profile, whenClosed = "form", hours })).Expect(HttpStatusCode.OK);
        var (ana, ben) = (await it.Ana(), await it.Ben());
        (await ben.Post("/v1/widget/conversations", new { clientId = "w", content = new { type = "text", text = "Hello?" } })).Refused(HttpStatusCode.Conflict, "inbox.closed");
        var byMail = await Filled(ben, new { email = "ben@example.test", text = "Do you mend sails?" });
        var byTelephone = await Filled(ana, new { phone = "+31 20 123 4567", text = "Please call me." });
        foreach (var (who, thread) in new[] { (ben, byMail), (ana, byTelephone) })
        {
            var seen = await it.Kim.Get($"/v1/conversations/{thread}");
            (seen["mode"], seen["promise.ground"]).ShouldBe(("messaging", "openingHours"));
            (await who.Read(thread)).Text.ShouldContain("Thank you for your message. Our answer will be here by");
            ((await who.Read(thread)).Text.Contains("; if you are not, it comes by mail.", StringComparison.Ordinal), thread).ShouldBe((thread == byMail, thread), "Where it comes is told to whom it comes.");
        }

        await Say(it, byMail, "We do.");
        await Read(it);
        it.Clock.Advance(Wait);
        (await sink.To("ben@example.test")).ShouldContain("We do.");

        // Kim sees the number, calls, and closes: the promise is kept by that, not broken, and nothing is mailed.
        (await it.Kim.Get($"/v1/contacts/{ana.Visitor}"))["phone"].ShouldBe("+31 20 123 4567");
        (await it.Kim.Post($"/v1/conversations/{byTelephone}/notes", new { clientId = "n", text = "Called her: she comes by." })).Expect(HttpStatusCode.Created);
        (await it.Kim.Put($"/v1/conversations/{byTelephone}/closure")).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NoContent);
        it.Clock.Advance(TimeSpan.FromDays(3));
        await Quiet();
        var types = (await it.Kim.Get($"/v1/conversations/{byTelephone}/timeline")).Body.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("type").GetString()).ToList();
        types.ShouldNotContain("promiseBroken");
        (await it.Kim.Get($"/v1/conversations/{byTelephone}"))["status"].ShouldBe("closed");
        sink.Mails.Count.ShouldBe(1);

        static async Task<string> Filled(Browser who, object values) =>
            (await who.Post("/v1/widget/conversations", new { clientId = "f", form = new { id = "offline", values } })).Expect(HttpStatusCode.Created)["conversation.id"];
    }

    [Fact]
    public async Task An_inbox_has_a_time_of_its_own_and_may_mail_nothing()
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open(sink.Settings);
        (await it.Kim.Patch($"/v1/inboxes/{it.Inbox}", new { mailAfterSeconds = -1 })).Refused(HttpStatusCode.BadRequest, "mailAfter.invalid");
        (await it.Kim.Patch($"/v1/inboxes/{it.Inbox}", new { mailAfterSeconds = 0 })).Expect(HttpStatusCode.OK)["mailAfterSeconds"].ShouldBe("0");
        var (ana, thread) = await Wrote(it);
        await Say(it, thread, "Hello?");
        await Read(it);
        it.Clock.Advance(Wait);
        await Quiet();
        sink.Mails.ShouldBeEmpty();
        (await it.Kim.Patch($"/v1/inboxes/{it.Inbox}", new { mailAfterSeconds = 10 })).Expect(HttpStatusCode.OK);
        await Say(it, thread, "Still there?");
        await Read(it);
        it.Clock.Advance(TimeSpan.FromSeconds(11));
        (await sink.To(Ana)).ShouldContain("Still there?");
    }

    /// <summary>Ana, whose shop vouches for her and her address, has written.</summary>
    internal static async Task<(Browser Ana, string Thread)> Wrote(Lighthouse it)
    {
        var ana = await it.Ana("ana-1");
        return (ana, await ana.Write("Is my sail ready?"));
    }

    internal static async Task<long> Say(Lighthouse it, string thread, string text) =>
        (await it.Kim.Post($"/v1/conversations/{thread}/messages", new { clientId = $"k{text.GetHashCode(StringComparison.Ordinal)}", content = new { type = "text", text } })).Expect(HttpStatusCode.Created).Body.GetProperty("seq").GetInt64();

    /// <summary>The reader has come to all that was said.</summary>
    internal static async Task Read(Lighthouse it)
    {
        var head = (await it.Services.GetRequiredService<LogReader>().Head(it.Workspace))!.Value.Position;
        (await it.Services.GetRequiredService<Following>().Reached("unseen", it.Workspace, head, TimeSpan.FromSeconds(10))).ShouldBeTrue();
    }

    /// <summary>The address is marked, and the mail is done with.</summary>
    private static Task Refused(Lighthouse it, Browser ana) => Until(async () =>
        (await it.Kim.Get($"/v1/contacts/{ana.Visitor}")).Text.Contains("\"refused\":true", StringComparison.Ordinal)
        && await it.Services.GetRequiredService<Database>().Read(session => session.One<long>("select count(*) from mails")) == 0);

    /// <summary>Long enough for what must not happen.</summary>
    internal static Task Quiet() => Task.Delay(400);

    internal static async Task Until(Func<Task<bool>> holds)
    {
        for (var tries = 0; !await holds(); tries++)
        {
            tries.ShouldBeLessThan(400);
            await Task.Delay(25);
        }
    }

    internal static string Header(string mail, string name) => Regex.Match(mail, $"^{name}: (.*)$", RegexOptions.Multiline).Groups[1].Value.Trim();

    internal static string Decoded(string header) => Parley.Platform.Mail.Reading.EncodedWords.Decode(header).Split(" <")[0].Trim('"');
}
