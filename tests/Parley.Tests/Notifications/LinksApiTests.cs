using System.Net;
using System.Text.RegularExpressions;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Notifications;

public sealed class LinksApiTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(181);

    [Fact, Trait("row", "MS25")]
    public async Task MS25_The_link_of_a_mail_opens_one_thread_and_nothing_else()
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open(sink.Settings);
        var (ana, thread) = await AnswerMailTests.Wrote(it);
        var other = await ana.Write("Another matter.");
        await AnswerMailTests.Say(it, thread, "It is ready.");
        var secret = await Mailed(it, sink, 1);

        using var elsewhere = new Browser(it.Address, it.Inbox) { Resume = await Opened(it, secret, thread) };
        (await elsewhere.Begin()).Expect(HttpStatusCode.Created)["visitor.thread"].ShouldBe(thread);
        (await elsewhere.Threads()).ShouldBe([thread]);
        (await elsewhere.Read(thread)).Expect(HttpStatusCode.OK).Text.ShouldContain("It is ready.");
        (await elsewhere.Read(other)).Refused(HttpStatusCode.NotFound, "conversation.unknown");
        (await elsewhere.Say(thread, "I fetch it.")).Expect(HttpStatusCode.Created);
        (await ana.Read(thread)).Text.ShouldContain("I fetch it.");
        (await elsewhere.Post("/v1/widget/conversations", new { clientId = "x", content = new { type = "text", text = "New" } })).Refused(HttpStatusCode.Forbidden, "thread.only");
        (await elsewhere.Patch("/v1/widget/me", new { email = "eve@example.test" })).Refused(HttpStatusCode.Forbidden, "thread.only");

        // The same click again, and another session after the first ran out.
        await Opened(it, secret, thread);
        it.Clock.Advance(TimeSpan.FromHours(2));
        (await elsewhere.Read(thread)).Expect(HttpStatusCode.Unauthorized);
        (await elsewhere.Begin()).Expect(HttpStatusCode.Created)["visitor.thread"].ShouldBe(thread);
        it.Clock.Advance(TimeSpan.FromDays(15));
        (await it.Stranger().Post("/v1/links/open", new { token = secret })).Refused(HttpStatusCode.Gone, "link.gone");
        (await elsewhere.Begin()).Expect(HttpStatusCode.Created).Has("visitor.thread").ShouldBeFalse();
        (await elsewhere.Threads()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Links_are_taken_back_by_an_agent_by_signing_out_everywhere_and_by_being_forgotten()
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open(sink.Settings);
        var (ana, thread) = await AnswerMailTests.Wrote(it);
        await AnswerMailTests.Say(it, thread, "The first.");
        var secret = await Mailed(it, sink, 1);
        using var elsewhere = new Browser(it.Address, it.Inbox) { Resume = await Opened(it, secret, thread) };
        (await it.Kim.Delete($"/v1/conversations/{thread}/links")).Expect(HttpStatusCode.NoContent);
        (await it.Stranger().Post("/v1/links/open", new { token = secret })).Refused(HttpStatusCode.Gone, "link.gone");
        await elsewhere.Begin();
        (await elsewhere.Threads()).ShouldBeEmpty("What it had opened is shut too.");

        (await ana.Say(thread, "And?")).Expect(HttpStatusCode.Created);
        await AnswerMailTests.Say(it, thread, "The second.");
        secret = await Mailed(it, sink, 2);
        await Opened(it, secret, thread);
        (await it.Kim.Post($"/v1/contacts/{ana.Visitor}/erasure", new { })).Expect(HttpStatusCode.OK);
        (await it.Stranger().Post("/v1/links/open", new { token = secret })).Refused(HttpStatusCode.Gone, "link.gone");
        (await it.Stranger().Post("/v1/links/open", new { token = "nothing" })).Refused(HttpStatusCode.Gone, "link.gone");
    }

    private static async Task<string> Mailed(Lighthouse it, MailSink sink, int nth)
    {
        await AnswerMailTests.Read(it);
        it.Clock.Advance(Wait);
        var link = Regex.Match(await sink.To("ana@example.test", nth), @"/t#([\w-]+)\.(inb_\w+)\.en");
        link.Success.ShouldBeTrue();
        link.Groups[2].Value.ShouldBe(it.Inbox);
        return link.Groups[1].Value;
    }

    private static async Task<string> Opened(Lighthouse it, string secret, string thread)
    {
        var opened = (await it.Stranger().Post("/v1/links/open", new { token = secret })).Expect(HttpStatusCode.OK);
        (opened["inbox"], opened["conversation"]).ShouldBe((it.Inbox, thread));
        return opened["resume"];
    }
}
