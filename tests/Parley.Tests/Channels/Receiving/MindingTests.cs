using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parley.Channels;
using Parley.Channels.Delivering;
using Parley.Platform.Store;
using Parley.Specs.Engines;
using Parley.Tests.Channels.Email;
using Shouldly;

namespace Parley.Tests.Channels.Receiving;

public class MindingTests
{
    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_failure_that_was_told_later_reaches_its_thread_over_a_crash_and_once(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await Shore.Of(engine.Url);
        var ana = await it.Said("ana", "Hello");
        var seq = await it.Answer(ana, "One");
        await Shore.Until(async () => await it.State(ana) == "sent");
        var database = it.House.Services.GetRequiredService<Database>();
        await Shore.Until(async () => await database.Read(session => session.One<long?>("select count(*) from deliveries where owed = 1")) == 0);
        // Somebody took the receipt, wrote down what it says, and died.
        (await database.Write(session => DeliveryStore.Failed(session, ConversationId.Parse(ana), seq, new Failure.Rejected(), part: 0))).ShouldBeTrue();
        await Shore.Until(async () =>
        {
            it.Clock.Advance(TimeSpan.FromSeconds(1));
            return (await it.Missed(ana)).Count > 0;
        });
        // After the crash it is worked again, and changes nothing.
        await Tell(it, ana, "r1", "failed");
        (await it.Missed(ana)).ShouldBe(["rejected"]);
        (await it.State(ana)).ShouldBe("failed");
        // It arrived after all: the thread is told that, once, whoever dies meanwhile.
        await database.Write(session => DeliveryStore.Forward(session, ConversationId.Parse(ana), seq, DeliveryState.Delivered));
        await Shore.Until(async () =>
        {
            it.Clock.Advance(TimeSpan.FromSeconds(1));
            return await Reached(it, ana) > 0;
        });
        await Tell(it, ana, "r2", "delivered");
        (await Reached(it, ana)).ShouldBe(1);
    }

    [Fact]
    public async Task What_came_back_of_a_copy_or_of_another_mail_says_nothing_of_the_customers()
    {
        await using var it = await Letterbox.Of();
        await it.Hand("From: Ana <ana@example.test>\nTo: support@lighthouse.test\nCc: ben@example.test\nMessage-ID: <1@example.test>", "Where is my sail?");
        var thread = (await it.Threads(1))[0];
        await it.Answer(thread, "It is on its way.");
        var sent = await it.Sent(1);
        await Letterbox.Until(async () => (await it.State(thread)).State == "sent");
        await Back("ben@example.test", $"Message-ID: <{sent.MessageId}>");
        await Back("ana@example.test", $"Message-ID: <another.{sent.MessageId}>");
        await Back("ben@example.test", "Subject: It");
        (await it.State(thread)).State.ShouldBe("sent");
        await Back("Ana@Example.test", "Subject: It");
        await Letterbox.Until(async () => (await it.State(thread)).State == "failed");

        async Task Back(string recipient, string about)
        {
            await it.Hand($"From: MAILER-DAEMON@mx.test\nTo: {sent.ReplyTo[0].Address}\nMessage-ID: <{Guid.CreateVersion7():N}@mx.test>\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b",
                $"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.test\n\nFinal-Recipient: rfc822; {recipient}\nAction: failed\nStatus: 5.1.1\n\n--b\nContent-Type: text/rfc822-headers\n\n{about}\n\n--b--");
            await Letterbox.Until(async () => await it.House.Services.GetRequiredService<Database>().Read(session => session.One<long?>("select count(*) from arrivals where state = 0")) == 0);
        }
    }

    /// <summary>As long as a large letter takes, or what waits between two tries with a part of it out.</summary>
    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task What_is_told_of_a_message_that_is_on_its_way_is_taken_however_long_that_takes(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await Shore.Of(engine.Url);
        var ana = await it.Said("ana", "Hello");
        it.Answers = (_, _) => 503;
        var seq = await it.Answer(ana, "One");
        await Shore.Until(async () => await it.Code(ana) == "unreachable" && await it.State(ana) == "queued");
        var database = it.House.Services.GetRequiredService<Database>();
        var row = (await database.Read(session => DeliveryStore.Of(session, ConversationId.Parse(ana), seq)))!;
        var until = it.Clock.GetUtcNow() + TimeSpan.FromHours(2);
        (await database.Write(session => DeliveryStore.Claim(session, row, until))).ShouldBeTrue();
        await Say(it, ana, "r1", "delivered");
        for (var tries = 1; tries < 15; tries++)
        {
            await Shore.Until(async () => await Waits(database) is var (state, tried) && (state == 1 || tried >= tries));
            it.Clock.Advance(TimeSpan.FromMinutes(3));
        }

        (await it.State(ana)).ShouldBe("sending");
        await database.Write(session => DeliveryStore.Settle(session, row with { State = DeliveryState.Sent, Due = it.Clock.GetUtcNow() }, until));
        it.Clock.Advance(TimeSpan.FromMinutes(3));
        await Shore.Until(async () => (await Waits(database)).State == 1);
        (await it.State(ana)).ShouldBe("delivered");
    }

    /// <summary>What came last, and how often it was worked.</summary>
    private static Task<(long State, long Tries)> Waits(Database database) => database.Read(session => session.One<(long, long)>("select state, tries from arrivals order by id desc limit 1"));

    private static async Task Tell(Shore it, string thread, string id, string state)
    {
        await Say(it, thread, id, state);
        await Shore.Until(async () => await it.House.Services.GetRequiredService<Database>().Read(session => session.One<long?>("select count(*) from arrivals where state <> 1")) == 0);
    }

    private static async Task Say(Shore it, string thread, string id, string state)
    {
        var of = (await it.Channel(thread)).Body.GetProperty("deliveries")[0].GetProperty("id").GetString();
        var caller = it.House.Stranger();
        caller.Bearer = it.Token;
        (await caller.Raw(HttpMethod.Post, $"/v1/channels/{it.Inbox}/inbound", JsonSerializer.Serialize(new { id, type = "receipt", of, state }))).Expect(HttpStatusCode.OK);
    }

    private static async Task<int> Reached(Shore it, string thread) => (await it.Kim.Get($"/v1/conversations/{thread}/timeline?limit=500")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()
        .Count(entry => entry.GetProperty("type").GetString() == "reached");
}
