using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Parley.Channels.Connections;
using Parley.Channels.Delivering;
using Parley.Platform.Store;
using Parley.Specs.Engines;
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
