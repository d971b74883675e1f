using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Parley.Conversations;
using Parley.Log;
using Parley.Notifications.Transcripts;
using Parley.Platform.Mail;
using Parley.Platform.Store;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Notifications.Transcripts;

public class TranscriptApiTests
{
    [Fact, Trait("row", "PA18")]
    public async Task PA18_A_conversation_is_mailed_as_it_stands_to_whom_an_agent_says_or_to_the_customer()
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open(sink.Settings);
        var (ana, thread) = await AnswerMailTests.Wrote(it);
        await AnswerMailTests.Say(it, thread, "It is <ready>.");
        var wrong = await AnswerMailTests.Say(it, thread, "My password is sail.");
        var late = await AnswerMailTests.Say(it, thread, "Open until five.");
        (await it.Kim.Post($"/v1/conversations/{thread}/notes", new { clientId = "n", text = "she is in a hurry" })).Expect(HttpStatusCode.Created);
        (await it.Kim.Patch($"/v1/conversations/{thread}/messages/{late}", new { content = new { type = "text", text = "Open until six." } })).Expect(HttpStatusCode.OK);
        (await it.Kim.Post($"/v1/conversations/{thread}/redactions", new { of = wrong, reason = "password" })).Expect(HttpStatusCode.OK);
        (await it.Kim.Post($"/v1/conversations/{thread}/transcript", new { clientId = "t" })).Expect(HttpStatusCode.Accepted)["to"].ShouldBe(AnswerMailTests.Ana);
        var text = await sink.To(AnswerMailTests.Ana);
        var lines = text.ReplaceLineEndings("\n");
        lines.ShouldContain("Subject: Transcript of the conversation with Lighthouse");
        lines.ShouldMatch(@"Ana, [-0-9]+ [0-9:]+\n    Is my sail ready\?\n\nKim, [-0-9]+ [0-9:]+\n    It is <ready>\.\n\nKim, [-0-9]+ [0-9:]+\n    Open until six\.\n");
        foreach (var gone in new[] { "password", "hurry", "five" })
        {
            sink.Whole.Last().ShouldNotContain(gone);
        }

        MailSink.Page(sink.Whole.Last()).ShouldContain("It is &lt;ready&gt;.");
        // Said again it goes once; to whom else an agent names it goes, too.
        (await it.Kim.Post($"/v1/conversations/{thread}/transcript", new { clientId = "t" })).Expect(HttpStatusCode.Accepted);
        (await it.Kim.Post($"/v1/conversations/{thread}/transcript", new { to = "lawyer@example.test" })).Expect(HttpStatusCode.Accepted);
        await sink.To("lawyer@example.test");
        sink.Mails.Count(mail => mail.To == AnswerMailTests.Ana).ShouldBe(1);
        (await it.Kim.Post($"/v1/conversations/{thread}/transcript", new { to = "nobody" })).Refused(HttpStatusCode.BadRequest, "email.invalid");
        (await it.Kim.Get($"/v1/conversations/{thread}/timeline")).Body.GetProperty("items").EnumerateArray()
            .Count(entry => entry.GetProperty("type").GetString() == "notified" && entry.GetProperty("by").GetString() == "transcript").ShouldBe(2);
        (await ana.Read(thread)).Text.ShouldNotContain("transcript");
    }

    [Fact, Trait("row", "PA18")]
    public async Task PA18_A_customer_has_their_own_mailed_to_their_own_address_a_few_times_an_hour()
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open(sink.Settings);
        var (ana, thread) = await AnswerMailTests.Wrote(it);
        (await ana.Post($"/v1/widget/conversations/{thread}/transcript", new { })).Refused(HttpStatusCode.Conflict, "transcript.empty");
        await AnswerMailTests.Say(it, thread, "It is ready.");
        (await ana.Post($"/v1/widget/conversations/{thread}/transcript", new { to = "somebody@else.test" })).Expect(HttpStatusCode.Accepted)["to"].ShouldBe(AnswerMailTests.Ana);
        (await sink.To(AnswerMailTests.Ana)).ShouldContain("It is ready.");
        sink.Mails.ShouldAllBe(mail => mail.To == AnswerMailTests.Ana);
        (await ana.Post($"/v1/widget/conversations/{thread}/transcript", new { })).Expect(HttpStatusCode.Accepted);
        // Said again it is one, and costs nothing; nor does what cannot be.
        var last = new { clientId = "last" };
        for (var more = 0; more < 3; more++)
        {
            (await ana.Post($"/v1/widget/conversations/{thread}/transcript", last)).Expect(HttpStatusCode.Accepted);
        }

        (await ana.Post($"/v1/widget/conversations/{thread}/transcript", new { })).Refused(HttpStatusCode.TooManyRequests, "rate.limited");
        (await ana.Post($"/v1/widget/conversations/{thread}/transcript", last)).Expect(HttpStatusCode.Accepted);
        var ben = await it.Ben();
        await ben.Write("Hello?");
        (await ben.Post($"/v1/widget/conversations/{thread}/transcript", new { })).Refused(HttpStatusCode.NotFound, "conversation.unknown");
        var other = await ben.Write("And me?");
        await AnswerMailTests.Say(it, other, "Yes?");
        (await ben.Post($"/v1/widget/conversations/{other}/transcript", new { })).Refused(HttpStatusCode.Conflict, "transcript.noAddress");
        (await it.Kim.Post($"/v1/conversations/{other}/transcript", new { })).Refused(HttpStatusCode.Conflict, "transcript.noAddress");
    }

    /// <summary>Who dies between the mail and the note leaves either both or neither.</summary>
    [Fact, Trait("row", "PA18")]
    public async Task PA18_What_the_thread_says_is_mailed_and_what_it_does_not_say_is_not()
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open(sink.Settings);
        var (_, thread) = await AnswerMailTests.Wrote(it);
        var said = await AnswerMailTests.Say(it, thread, "It is ready.");
        var (outbox, desk, id) = (it.Services.GetRequiredService<Outbox>(), it.Services.GetRequiredService<Desk>(), ConversationId.Parse(thread));
        var detail = TranscriptMail.Detail(id, said);
        await outbox.Prepare(TranscriptMail.Name, "lawyer@example.test", "en", detail, it.Workspace.Value);
        it.Clock.Advance(TimeSpan.FromMinutes(2));
        await AnswerMailTests.Until(async () => await outbox.Next() is null);
        sink.Mails.ShouldBeEmpty();

        await outbox.Prepare(TranscriptMail.Name, "lawyer@example.test", "en", detail, it.Workspace.Value);
        (await desk.Handle(new Notify(new Origin(it.Workspace, Author.System, "t"), id, TranscriptMail.Name, 1, said))).Accepted.ShouldBeTrue();
        it.Clock.Advance(TimeSpan.FromMinutes(2));
        (await sink.To("lawyer@example.test")).ShouldContain("It is ready.");
    }

    /// <summary>A COMMIT that nobody answered leaves a mail behind, whether or not the thread says that it goes.</summary>
    [Theory, Trait("row", "PA18")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PA18_Asked_again_where_nobody_said_whether_it_was_done_it_is_mailed_once(bool done)
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open(sink.Settings);
        var (_, thread) = await AnswerMailTests.Wrote(it);
        var said = await AnswerMailTests.Say(it, thread, "It is ready.");
        var (outbox, desk, id) = (it.Services.GetRequiredService<Outbox>(), it.Services.GetRequiredService<Desk>(), ConversationId.Parse(thread));
        var held = await outbox.Prepare(TranscriptMail.Name, AnswerMailTests.Ana, "en", TranscriptMail.Detail(id, said), it.Workspace.Value);
        if (done)
        {
            (await desk.Handle(new Notify(new Origin(it.Workspace, new Author(AuthorKind.Agent, AgentId.Parse(it.Kim.Id).Value), "t"), id, TranscriptMail.Name, 1, said) { Sent = "", Mail = held })).Accepted.ShouldBeTrue();
        }

        (await it.Kim.Post($"/v1/conversations/{thread}/transcript", new { clientId = "t" })).Expect(HttpStatusCode.Accepted);
        it.Clock.Advance(TimeSpan.FromMinutes(2));
        await AnswerMailTests.Until(async () => await outbox.Next() is null);
        sink.Mails.Count(mail => mail.To == AnswerMailTests.Ana).ShouldBe(1);
    }

    [Fact, Trait("row", "PA18")]
    public async Task PA18_Asked_again_it_is_the_same_though_more_was_said_and_to_somebody_else_it_is_not()
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open(sink.Settings);
        var (ana, thread) = await AnswerMailTests.Wrote(it);
        await AnswerMailTests.Say(it, thread, "It is ready.");
        (await it.Kim.Post($"/v1/conversations/{thread}/transcript", new { clientId = "t" })).Expect(HttpStatusCode.Accepted);
        (await ana.Post($"/v1/widget/conversations/{thread}/transcript", new { clientId = "own" })).Expect(HttpStatusCode.Accepted);
        await AnswerMailTests.Say(it, thread, "We are open until six.");
        (await it.Kim.Post($"/v1/conversations/{thread}/transcript", new { clientId = "t" })).Expect(HttpStatusCode.Accepted);
        (await ana.Post($"/v1/widget/conversations/{thread}/transcript", new { clientId = "own" })).Expect(HttpStatusCode.Accepted);
        (await it.Kim.Post($"/v1/conversations/{thread}/transcript", new { clientId = "t", to = "lawyer@example.test" })).Refused(HttpStatusCode.Conflict, "clientId.reused");
        it.Clock.Advance(TimeSpan.FromMinutes(2));
        await AnswerMailTests.Until(async () => await it.Services.GetRequiredService<Outbox>().Next() is null);
        sink.Mails.Count.ShouldBe(2);
    }

    [Fact, Trait("row", "PA18")]
    public async Task PA18_What_the_store_would_not_take_costs_a_customer_none_of_their_few()
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open(sink.Settings);
        var (ana, thread) = await AnswerMailTests.Wrote(it);
        await AnswerMailTests.Say(it, thread, "It is ready.");
        var database = it.Services.GetRequiredService<Database>();
        await database.Write(session => session.Execute("alter table mails rename to mails_away"));
        for (var tries = 0; tries < 3; tries++)
        {
            ((int)(await ana.Post($"/v1/widget/conversations/{thread}/transcript", new { clientId = "t" })).Status).ShouldBeGreaterThanOrEqualTo(500);
        }

        await database.Write(session => session.Execute("alter table mails_away rename to mails"));
        (await ana.Post($"/v1/widget/conversations/{thread}/transcript", new { clientId = "t" })).Expect(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Without_a_mail_server_none_is_promised_and_of_what_was_erased_none_goes()
    {
        await using (var none = await Lighthouse.Open())
        {
            var (_, thread) = await AnswerMailTests.Wrote(none);
            (await none.Kim.Post($"/v1/conversations/{thread}/transcript", new { })).Refused(HttpStatusCode.Conflict, "mail.none");
        }

        await using var sink = new MailSink { Recipient = "451 later" };
        await using var it = await Lighthouse.Open(sink.Settings);
        var (ana, hers) = await AnswerMailTests.Wrote(it);
        await AnswerMailTests.Say(it, hers, "It is ready.");
        (await it.Kim.Post($"/v1/conversations/{hers}/transcript", new { })).Expect(HttpStatusCode.Accepted);
        await AnswerMailTests.Until(async () => (await it.Kim.Get("/v1/mails"))["waiting"] == "1");
        (await it.Kim.Post($"/v1/contacts/{ana.Visitor}/erasure", new { })).Expect(HttpStatusCode.OK);
        await AnswerMailTests.Until(async () => (await it.Kim.Get("/v1/mails"))["waiting"] == "0");
        sink.Recipient = "250 yes";
        it.Clock.Advance(TimeSpan.FromHours(1));
        await AnswerMailTests.Quiet();
        sink.Mails.ShouldBeEmpty();
    }
}
