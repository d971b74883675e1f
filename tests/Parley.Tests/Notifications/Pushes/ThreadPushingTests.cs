using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Parley.Log;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Notifications.Pushes;

public sealed class ThreadPushingTests
{
    private static readonly TimeSpan Ten = TimeSpan.FromSeconds(11);

    /// <summary>Who is told of what, and how: the whole table. In strict live it is what was written while the shop was closed.</summary>
    [Theory, Trait("row", "SN1"), Trait("row", "MS25")]
    [InlineData("strictLive")]
    [InlineData("messaging")]
    [InlineData("blended")]
    public async Task SN1_MS25_An_answer_is_pushed_after_ten_seconds_and_mailed_after_three_minutes_unless_it_was_seen(string profile)
    {
        await using var sink = new PushSink();
        await using var mails = new MailSink();
        await using var it = await Lighthouse.Open([.. PushSink.Settings, .. mails.Settings]);
        var hours = new { zone = "UTC", week = new[] { new { day = "tue", from = "09:00", to = "17:00" } } };
        (await it.Kim.Put($"/v1/inboxes/{it.Inbox}/policy", new { profile, whenClosed = "messaging", hours })).Expect(HttpStatusCode.OK);
        var ana = await it.Ana("ana-1");
        var thread = await ana.Write("Is my sail ready?");
        var browser = await Subscribed(ana, thread, sink);
        var seq = await AnswerMailTests.Say(it, thread, "It is.");
        await Read(it);
        it.Clock.Advance(Ten);
        var push = await sink.To(browser);
        push.Said.GetProperty("kind").GetString().ShouldBe("answer");
        (push.Said.GetProperty("name").GetString(), push.Said.GetProperty("text").GetString(), push.Said.GetProperty("inbox").GetString()).ShouldBe(("Kim", "It is.", it.Inbox));
        mails.Mails.ShouldBeEmpty();
        (await ana.Put($"/v1/widget/conversations/{thread}/seen", new { seq })).Expect(HttpStatusCode.NoContent);
        it.Clock.Advance(TimeSpan.FromMinutes(4));
        await AnswerMailTests.Quiet();
        mails.Mails.ShouldBeEmpty("She opened what was pushed.");

        // Seen within the ten seconds: neither.
        seq = await AnswerMailTests.Say(it, thread, "Seen at once.");
        (await ana.Put($"/v1/widget/conversations/{thread}/seen", new { seq })).Expect(HttpStatusCode.NoContent);
        await Read(it);
        it.Clock.Advance(TimeSpan.FromMinutes(4));
        await AnswerMailTests.Quiet();
        (sink.Pushes.Count, mails.Mails.Count).ShouldBe((1, 0));

        // Not seen at all: both, the mail after three minutes.
        await AnswerMailTests.Say(it, thread, "Not seen.");
        await Read(it);
        it.Clock.Advance(Ten);
        await sink.To(browser, 2);
        mails.Mails.ShouldBeEmpty();
        it.Clock.Advance(AnswerMailTests.Wait);
        (await mails.To(AnswerMailTests.Ana)).ShouldContain("Not seen.");

        // Nothing that the system does is told: no note, no closing.
        (await it.Kim.Post($"/v1/conversations/{thread}/notes", new { clientId = "n", text = "hm" })).Expect(HttpStatusCode.Created);
        await it.Kim.Put($"/v1/conversations/{thread}/closure");
        await Read(it);
        it.Clock.Advance(TimeSpan.FromMinutes(4));
        await AnswerMailTests.Quiet();
        (sink.Pushes.Count, mails.Mails.Count).ShouldBe((2, 1));
    }

    [Fact]
    public async Task Only_ones_own_thread_is_told_of_and_what_is_taken_back_or_forgotten_ends_it()
    {
        await using var sink = new PushSink();
        await using var it = await Lighthouse.Open(PushSink.Settings);
        var (ana, ben) = (await it.Ana(), await it.Ben());
        var thread = await ana.Write("Hello?");
        await ben.Write("Me too");
        var (_, device) = sink.Subscribe();
        (await ben.Post($"/v1/widget/conversations/{thread}/push", device)).Refused(HttpStatusCode.NotFound, "conversation.unknown");
        await Subscribed(ana, thread, sink);
        (await it.Kim.Delete($"/v1/conversations/{thread}/links")).Expect(HttpStatusCode.NoContent);
        await AnswerMailTests.Say(it, thread, "Nobody hears this.");
        await Read(it);
        it.Clock.Advance(Ten);
        await AnswerMailTests.Quiet();
        sink.Pushes.ShouldBeEmpty();

        (await ana.Post($"/v1/widget/conversations/{thread}/link?language=de")).Expect(HttpStatusCode.OK)["url"].ShouldMatch(@"/t#[\w-]+\.inb_\w+\.de$");
        await Subscribed(ana, thread, sink);
        (await it.Kim.Post($"/v1/contacts/{ana.Visitor}/erasure", new { })).Expect(HttpStatusCode.OK);
        await Read(it);
        (await it.Services.GetRequiredService<Parley.Platform.Store.Database>().Read(session => session.One<long>("select count(*) from push_threads"))).ShouldBe(0);
    }

    private static async Task<string> Subscribed(Browser who, string thread, PushSink sink)
    {
        var (name, device) = sink.Subscribe();
        (await who.Get("/v1/widget/push")).Expect(HttpStatusCode.OK)["publicKey"].Length.ShouldBe(87);
        (await who.Post($"/v1/widget/conversations/{thread}/push", device)).Expect(HttpStatusCode.NoContent);
        return name;
    }

    private static async Task Read(Lighthouse it)
    {
        var head = (await it.Services.GetRequiredService<LogReader>().Head(it.Workspace))!.Value.Position;
        (await it.Services.GetRequiredService<Following>().Reached("pushes", it.Workspace, head, TimeSpan.FromSeconds(10))).ShouldBeTrue();
        await AnswerMailTests.Read(it);
    }
}
