using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Parley.Contacts;
using Parley.Log;
using Parley.Notifications;
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
        // Whoever has the link has it mailed, as its page does: to the address that is known of them.
        (await elsewhere.Post($"/v1/widget/conversations/{thread}/transcript", new { })).Expect(HttpStatusCode.Accepted)["to"].ShouldBe("ana@example.test");
        (await sink.To("ana@example.test", 2)).ShouldContain("It is ready.");

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
    public async Task Links_are_taken_back_by_an_agent_and_with_them_what_they_opened_for_good()
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open(sink.Settings);
        var (ana, thread) = await AnswerMailTests.Wrote(it);
        await AnswerMailTests.Say(it, thread, "The first.");
        var secret = await Mailed(it, sink, 1);
        var resume = await Opened(it, secret, thread);
        using var elsewhere = new Browser(it.Address, it.Inbox) { Resume = resume };
        (await elsewhere.Begin()).Expect(HttpStatusCode.Created);
        (await elsewhere.Threads()).ShouldBe([thread]);
        await using var stream = await Ear.Of(elsewhere);
        (await it.Kim.Delete($"/v1/conversations/{thread}/links")).Expect(HttpStatusCode.NoContent);
        (await it.Stranger().Post("/v1/links/open", new { token = secret })).Refused(HttpStatusCode.Gone, "link.gone");
        (await stream.Next("bye")).GetProperty("reason").GetString().ShouldBe("access");
        (await elsewhere.Read(thread)).Refused(HttpStatusCode.Unauthorized, "auth.invalid");
        await elsewhere.Begin();
        (await elsewhere.Threads()).ShouldBeEmpty("What it had opened is shut too.");

        // The next mail has a link of its own: the one that was taken back is not good again by it.
        (await ana.Say(thread, "And?")).Expect(HttpStatusCode.Created);
        await AnswerMailTests.Say(it, thread, "The second.");
        await Opened(it, await Mailed(it, sink, 2), thread);
        elsewhere.Resume = resume;
        (await elsewhere.Begin()).Expect(HttpStatusCode.Created).Has("visitor.thread").ShouldBeFalse();
        (await elsewhere.Threads()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Links_end_when_everything_handed_out_is_taken_back_and_when_the_customer_is_forgotten()
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open(sink.Settings);
        var (ana, thread) = await AnswerMailTests.Wrote(it);
        await AnswerMailTests.Say(it, thread, "The first.");
        var first = await Mailed(it, sink, 1);
        var raise = new RaiseGeneration(new Origin(it.Workspace, Author.System, "out"), ContactId.Parse(ana.Visitor!), "everywhere");
        (await it.Services.GetRequiredService<Desk>().Handle(raise)).Accepted.ShouldBeTrue();
        await AnswerMailTests.Read(it);
        (await it.Stranger().Post("/v1/links/open", new { token = first })).Refused(HttpStatusCode.Gone, "link.gone");

        (await ana.Begin(it.Vouch("ana-1", "Ana", "ana@example.test"))).Expect(HttpStatusCode.Created);
        (await ana.Say(thread, "And?")).Expect(HttpStatusCode.Created);
        await AnswerMailTests.Say(it, thread, "The second.");
        var second = await Mailed(it, sink, 2);
        await Opened(it, second, thread);
        (await it.Kim.Post($"/v1/contacts/{ana.Visitor}/erasure", new { })).Expect(HttpStatusCode.OK);
        (await it.Stranger().Post("/v1/links/open", new { token = second })).Refused(HttpStatusCode.Gone, "link.gone");
        (await it.Stranger().Post("/v1/links/open", new { token = "nothing" })).Refused(HttpStatusCode.Gone, "link.gone");
    }

    [Fact]
    public async Task What_a_link_opened_late_ends_with_the_link()
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open(sink.Settings);
        var (_, thread) = await AnswerMailTests.Wrote(it);
        await AnswerMailTests.Say(it, thread, "Hello?");
        var secret = await Mailed(it, sink, 1);
        it.Clock.Advance(MailLinks.Life - TimeSpan.FromMinutes(10));
        using var elsewhere = new Browser(it.Address, it.Inbox) { Resume = await Opened(it, secret, thread) };
        var session = (await elsewhere.Begin()).Expect(HttpStatusCode.Created);
        session.Body.GetProperty("expiresAt").GetDateTimeOffset().ShouldBeLessThanOrEqualTo(it.Clock.GetUtcNow() + TimeSpan.FromMinutes(10));
        (await elsewhere.Threads()).ShouldBe([thread]);
        it.Clock.Advance(TimeSpan.FromMinutes(11));
        (await elsewhere.Begin()).Expect(HttpStatusCode.Created).Has("visitor.thread").ShouldBeFalse();
    }

    /// <summary>Every node hears entries: what was opened by a link ends with the entry, wherever the links were taken back.</summary>
    [Fact]
    public async Task The_entry_alone_ends_the_streams_that_links_opened_and_no_others()
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open(sink.Settings);
        var (ana, thread) = await AnswerMailTests.Wrote(it);
        await AnswerMailTests.Say(it, thread, "Hello?");
        using var elsewhere = new Browser(it.Address, it.Inbox) { Resume = await Opened(it, await Mailed(it, sink, 1), thread) };
        (await elsewhere.Begin()).Expect(HttpStatusCode.Created);
        (await ana.Begin(it.Vouch("ana-1", "Ana", "ana@example.test"))).Expect(HttpStatusCode.Created);
        await using var linked = await Ear.Of(elsewhere);
        await using var hers = await Ear.Of(ana);
        var end = new EndLinks(new Origin(it.Workspace, Author.System, "end"), ContactId.Parse(ana.Visitor!), ConversationId.Parse(thread));
        (await it.Services.GetRequiredService<Desk>().Handle(end)).Accepted.ShouldBeTrue();
        (await linked.Next("bye")).GetProperty("reason").GetString().ShouldBe("access");
        hers.Open.ShouldBeTrue();
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
