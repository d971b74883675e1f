using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Parley.Channels;
using Parley.Channels.Connections;
using Parley.Channels.Delivering;
using Parley.Platform.Store;
using Parley.Specs.Engines;
using Parley.Tests.Channels.Email;
using Shouldly;

namespace Parley.Tests.Channels.Delivering;

/// <summary>What follows from how an attempt ended, in the whole product.</summary>
public class SettlingTests
{
    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Whoever_is_not_there_any_more_stops_nobody_else_and_is_given_up(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await Shore.Of(engine.Url);
        var (ana, ben) = (await it.Said("ana", "Hello"), await it.Said("ben", "Hello too"));
        await it.Answer(ana, "One");
        await Shore.Until(async () => await it.State(ana) == "sent");
        it.Answers = (to, _) => to == "ben" ? 404 : 200;
        it.Clock.Advance(TimeSpan.FromSeconds(1));
        await it.Answer(ben, "Good morning");
        await Shore.Until(async () => await it.Code(ben) == "misconfigured");
        (await it.Standing()).ShouldBe("working");
        await it.Answer(ana, "Two");
        await Shore.Until(() => Task.FromResult(it.Took.Count == 2));
        it.Took.ShouldBe([("ana", "One"), ("ana", "Two")]);
        it.Clock.Advance(TimeSpan.FromDays(4));
        await Shore.Until(async () => await it.State(ben) == "failed");
        await Shore.Until(async () => (await it.Missed(ben)).SequenceEqual(["misconfigured"]));
        (await it.Standing()).ShouldBe("working");
    }

    [Fact]
    public async Task What_everybody_is_refused_is_the_channels_matter()
    {
        await using var it = await Shore.Of(null);
        var (ana, ben) = (await it.Said("ana", "Hello"), await it.Said("ben", "Hello too"));
        await it.Answer(ana, "One");
        await Shore.Until(async () => await it.State(ana) == "sent");
        it.Answers = (_, _) => 404;
        it.Clock.Advance(TimeSpan.FromSeconds(1));
        await it.Answer(ana, "Two");
        await Shore.Until(async () => await it.Code(ana) == "misconfigured");
        (await it.Standing()).ShouldBe("working");
        await it.Answer(ben, "Three");
        await Shore.Until(async () => await it.Standing() == "broken");
    }

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task What_waits_for_a_channel_is_not_touched_goes_when_it_is_on_and_none_of_its_time_has_passed(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await Shore.Of(engine.Url);
        var ana = await it.Said("ana", "Hello");
        (await it.Kim.Patch($"/v1/channels/{it.Inbox}", new { on = false })).Expect(HttpStatusCode.OK);
        await it.Answer(ana, "One");
        await Shore.Until(async () => await it.State(ana) == "queued");
        it.Clock.Advance(TimeSpan.FromDays(4));
        it.Answers = (_, _) => 503;
        // As another node would: nobody here is told of it, and no clock goes on.
        await it.House.Services.GetRequiredService<ConnectionStore>().Switch(InboxId.Parse(it.Inbox), on: true);
        await Shore.Until(async () => await it.Code(ana) == "unreachable");
        (await it.State(ana)).ShouldBe("queued");
        it.Answers = (_, _) => 200;
        it.Clock.Advance(TimeSpan.FromMinutes(1));
        await Shore.Until(async () => await it.State(ana) == "sent");
    }

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task What_was_settled_and_not_told_any_more_is_told_later_and_once(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await Shore.Of(engine.Url);
        var ana = await it.Said("ana", "Hello");
        it.Answers = (_, _) => 503;
        var seq = await it.Answer(ana, "One");
        await Shore.Until(async () => await it.Code(ana) == "unreachable" && await it.State(ana) == "queued");
        // Somebody wrote down how it ended, and died.
        var database = it.House.Services.GetRequiredService<Database>();
        var row = (await database.Read(session => DeliveryStore.Of(session, ConversationId.Parse(ana), seq)))!;
        var now = it.Clock.GetUtcNow();
        await database.Write(async session =>
        {
            (await DeliveryStore.Claim(session, row, now)).ShouldBeTrue();
            await DeliveryStore.Settle(session, row with { State = DeliveryState.Failed, Code = "rejected", Due = now }, now);
        });
        await Shore.Until(async () =>
        {
            it.Clock.Advance(TimeSpan.FromSeconds(1));
            return (await it.Missed(ana)).Count > 0;
        });
        it.Clock.Advance(TimeSpan.FromSeconds(5));
        await it.House.Services.GetRequiredService<Settling>().Report(row with { State = DeliveryState.Failed, Code = "rejected", Due = now });
        (await it.Missed(ana)).ShouldBe(["rejected"]);
    }

    [Fact]
    public async Task What_a_thread_is_owed_is_told_while_something_else_is_on_its_way()
    {
        await using var it = await Shore.Of(null);
        var (ana, ben) = (await it.Said("ana", "Hello"), await it.Said("ben", "Hello too"));
        it.Answers = (_, _) => 503;
        var seq = await it.Answer(ana, "One");
        await Shore.Until(async () => await it.Code(ana) == "unreachable" && await it.State(ana) == "queued");
        var (begun, held) = (new ManualResetEventSlim(), new ManualResetEventSlim());
        it.Answers = (to, _) =>
        {
            begun.Set();
            return to == "ben" && held.Wait(TimeSpan.FromMinutes(1)) ? 200 : 503;
        };
        try
        {
            await it.Answer(ben, "Two");
            await Shore.Until(() => Task.FromResult(begun.IsSet));
            var database = it.House.Services.GetRequiredService<Database>();
            var row = (await database.Read(session => DeliveryStore.Of(session, ConversationId.Parse(ana), seq)))!;
            var now = it.Clock.GetUtcNow();
            await database.Write(async session =>
            {
                (await DeliveryStore.Claim(session, row, now)).ShouldBeTrue();
                await DeliveryStore.Settle(session, row with { State = DeliveryState.Failed, Code = "rejected", Due = now }, now);
            });
            // Few enough that nobody gives up waiting for the other.
            var seconds = 8;
            await Shore.Until(async () =>
            {
                it.Clock.Advance(TimeSpan.FromSeconds(seconds-- > 0 ? 1 : 0));
                return (await it.Missed(ana)).Count > 0;
            });
            (await it.Missed(ana)).ShouldBe(["rejected"]);
            (await it.State(ben)).ShouldBe("sending");
        }
        finally
        {
            held.Set();
        }
    }

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Whoever_had_a_copy_and_did_not_get_it_is_named_once_however_often_it_is_told(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await Shore.Of(engine.Url);
        var ana = await it.Said("ana", "Hello");
        var seq = await it.Answer(ana, "One");
        await Shore.Until(async () => await it.State(ana) == "sent");
        var database = it.House.Services.GetRequiredService<Database>();
        foreach (var (who, said) in new[] { ("ben@x", "ben@x: 100% full"), ("kim@x", "kim@x: nobody"), ("n@x", "n@x: nobody"), ("ben@x", "ben@x: 100% full") })
        {
            await database.Write(session => DeliveryStore.Missed(session, ConversationId.Parse(ana), seq, who, said));
        }

        var row = (await database.Read(session => DeliveryStore.Of(session, ConversationId.Parse(ana), seq)))!;
        row.Said.ShouldBe("ben@x: 100% full\nkim@x: nobody\nn@x: nobody");
        row.Missing.ShouldBe(["ben@x", "kim@x", "n@x"]);
    }

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task What_comes_back_of_a_copy_before_its_letter_is_settled_is_kept_beside_what_the_sending_found(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await Harbour.Of(engine.Url);
        var database = it.House.Services.GetRequiredService<Database>();
        it.Sink.Answers = line => line.StartsWith("RCPT TO:<full", StringComparison.Ordinal) ? "552 5.2.2 full" : null;
        await it.Comes("ana@example.test", "Is it ready?", "Sail");
        var thread = await it.Thread("Is it ready?");
        var seq = 0L;
        await Meanwhile("late@example.test", async () => seq = await it.Answer(thread, "It is.", new { cc = new[] { "full@example.test", "ben@example.test", "late@example.test" }.Select(address => new { address }) }));
        var first = await Row();
        first.Missing.ShouldBe(["full@example.test", "late@example.test"]);
        first.Said.ShouldContain("late@example.test");

        // Sent again to those who lack it it reaches them; what came back meanwhile is of somebody to whom it did not go again.
        it.Sink.Answers = _ => null;
        (await database.Write(session => DeliveryStore.Failed(session, first.Conversation, seq, new Failure.RecipientGone(), part: 0))).ShouldBeTrue();
        var before = it.Recipients().Count();
        await Meanwhile("ben@example.test", async () => (await it.Kim.Post($"/v1/channels/letters/{first.Id}/retry", new { })).Expect(HttpStatusCode.NoContent));
        it.Recipients().Skip(before).ShouldBe(["ana@example.test", "full@example.test", "late@example.test"], ignoreOrder: true);
        (await Row()).Missing.ShouldBe(["ben@example.test"]);

        async Task<Outgoing> Row() => (await database.Read(session => DeliveryStore.Of(session, ConversationId.Parse(thread)))).Single();

        // The server has the letter and has not said so yet.
        async Task Meanwhile(string address, Func<Task> send)
        {
            using var begun = new ManualResetEventSlim();
            using var held = new ManualResetEventSlim();
            it.Sink.Takes = (_, _) =>
            {
                begun.Set();
                return held.Wait(TimeSpan.FromMinutes(1));
            };
            try
            {
                await send();
                await Harbour.Until(() => Task.FromResult(begun.IsSet));
                await database.Write(session => DeliveryStore.Missed(session, ConversationId.Parse(thread), seq, address, $"{address}: nobody"));
            }
            finally
            {
                held.Set();
            }

            await Harbour.Until(async () => await it.State(thread) is ("sent", "partly"));
        }
    }

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task What_came_back_of_a_copy_while_a_try_failed_is_there_at_the_next(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await Shore.Of(engine.Url);
        var (ana, seq, row, now) = await Claimed(it);
        var database = it.House.Services.GetRequiredService<Database>();
        await database.Write(session => DeliveryStore.Missed(session, row.Conversation, seq, "ben@x", "ben@x: nobody"));
        await database.Write(session => DeliveryStore.Settle(session, row with { State = DeliveryState.Queued, Code = "unreachable", Due = now + TimeSpan.FromHours(1) }, now));
        (await it.State(ana)).ShouldBe("queued");
        (await database.Read(session => DeliveryStore.Of(session, row.Conversation, seq)))!.Missing.ShouldBe(["ben@x"]);
    }

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task That_something_arrived_is_not_taken_while_it_is_sent_again_but_after(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await Shore.Of(engine.Url);
        var (ana, seq, row, now) = await Claimed(it);
        var database = it.House.Services.GetRequiredService<Database>();
        (await Arrived()).ShouldBeFalse();
        await database.Write(session => DeliveryStore.Settle(session, row with { State = DeliveryState.Failed, Code = "rejected", Due = now }, now));
        (await Arrived()).ShouldBeTrue();
        (await it.State(ana)).ShouldBe("delivered");
        (await Arrived()).ShouldBeTrue();

        Task<bool> Arrived() => database.Write(session => DeliveryStore.Forward(session, row.Conversation, seq, DeliveryState.Delivered));
    }

    /// <summary>An answer that somebody took to send it.</summary>
    private static async Task<(string Thread, long Seq, Outgoing Row, DateTimeOffset Until)> Claimed(Shore it)
    {
        var ana = await it.Said("ana", "Hello");
        it.Answers = (_, _) => 503;
        var seq = await it.Answer(ana, "One");
        await Shore.Until(async () => await it.Code(ana) == "unreachable" && await it.State(ana) == "queued");
        var database = it.House.Services.GetRequiredService<Database>();
        var row = (await database.Read(session => DeliveryStore.Of(session, ConversationId.Parse(ana), seq)))!;
        var until = it.Clock.GetUtcNow() + TimeSpan.FromHours(1);
        (await database.Write(session => DeliveryStore.Claim(session, row, until))).ShouldBeTrue();
        return (ana, seq, row, until);
    }

    [Fact]
    public async Task A_person_puts_away_what_waits()
    {
        await using var it = await Shore.Of(null);
        var ana = await it.Said("ana", "Hello");
        it.Answers = (_, _) => 401;
        await it.Answer(ana, "One");
        await Shore.Until(async () => await it.Standing() == "broken");
        var id = (await it.Channel(ana)).Body.GetProperty("deliveries")[0].GetProperty("id").GetString();
        (await it.Kim.Delete($"/v1/channels/letters/{id}")).Expect(HttpStatusCode.NoContent);
        (await it.State(ana)).ShouldBe("withdrawn");
    }
}
