using Microsoft.Extensions.Logging.Abstractions;
using Parley.Conversations;
using Parley.Log;
using Shouldly;

namespace Parley.Tests.Log;

public class WakeUpsTests
{
    [Fact]
    public async Task What_is_due_is_woken_once()
    {
        await using var rig = await DeskRig.Start();
        var wakes = Wakes(rig);
        var it = await Snoozed(rig, hours: 2);

        (await wakes.Fire()).ShouldBe(0);
        rig.Time.Now += TimeSpan.FromHours(2);
        (await wakes.Fire()).ShouldBe(1);
        (await wakes.Fire()).ShouldBe(0);
        (await State(rig, it)).Status.ShouldBe(Status.Open);
        (await Rows(rig)).ShouldBe(0);
    }

    [Fact]
    public async Task A_conversation_has_one_row_and_it_only_moves_earlier()
    {
        await using var rig = await DeskRig.Start();
        var it = await Snoozed(rig, hours: 5);
        await rig.Desk.Handle(new Snooze(Origin(rig, "later"), it, rig.Time.Now.AddHours(9)));
        (await Due(rig)).ShouldBe(rig.Time.Now.AddHours(5));
        await rig.Desk.Handle(new Snooze(Origin(rig, "earlier"), it, rig.Time.Now.AddHours(1)));
        (await Due(rig)).ShouldBe(rig.Time.Now.AddHours(1));
        (await Rows(rig)).ShouldBe(1);
    }

    [Fact]
    public async Task A_wake_that_comes_before_its_time_arms_the_next()
    {
        await using var rig = await DeskRig.Start();
        var wakes = Wakes(rig);
        var it = await Snoozed(rig, hours: 1);
        await rig.Desk.Handle(new Snooze(Origin(rig, "later"), it, rig.Time.Now.AddHours(9)));

        rig.Time.Now += TimeSpan.FromHours(1);
        await wakes.Fire();
        (await State(rig, it)).Status.ShouldBe(Status.Snoozed);
        (await Due(rig)).ShouldBe(rig.Time.Now.AddHours(8));

        rig.Time.Now += TimeSpan.FromHours(8);
        await wakes.Fire();
        (await State(rig, it)).Status.ShouldBe(Status.Open);
    }

    [Fact]
    public async Task What_was_due_while_nobody_ran_is_woken_after_the_start()
    {
        await using var rig = await DeskRig.Start();
        var it = await Snoozed(rig, hours: 1);
        rig.Time.Now += TimeSpan.FromDays(30);
        await using var desk = rig.NewDesk(new DeskSettings());
        desk.Start();
        await new WakeUps(rig.Database, desk, DeskRig.Kinds, rig.Time, NullLogger<WakeUps>.Instance).Fire();
        ((Conversation)(await desk.Look(rig.Workspace, Conversation.Subject(it)))!.State).Status.ShouldBe(Status.Open);
    }

    /// <summary>Nobody waits for good because a clock was put right.</summary>
    [Fact]
    public async Task The_same_time_comes_twice_where_the_clock_is_put_back_and_what_is_due_is_done_both_times()
    {
        await using var rig = await DeskRig.Start();
        var wakes = Wakes(rig);
        var ten = rig.Time.Now.AddHours(1);
        var it = await Snoozed(rig, hours: 1);
        rig.Time.Now = ten;
        (await wakes.Fire()).ShouldBe(1);
        rig.Time.Now = ten.AddMinutes(-30);
        (await rig.Desk.Handle(new Snooze(Origin(rig, "again"), it, ten))).Accepted.ShouldBeTrue();
        (await wakes.Fire()).ShouldBe(0);
        rig.Time.Now = ten;
        (await wakes.Fire()).ShouldBe(1);
        (await State(rig, it)).Status.ShouldBe(Status.Open);
        (await Rows(rig)).ShouldBe(0);

        // And a leap forward does it once, as late as it is.
        (await rig.Desk.Handle(new Snooze(Origin(rig, "third"), it, ten.AddMinutes(5)))).Accepted.ShouldBeTrue();
        rig.Time.Now = ten.AddDays(1);
        (await wakes.Fire()).ShouldBe(1);
        rig.Time.Now = ten;
        (await wakes.Fire()).ShouldBe(0);
        (await rig.Reader.OfType(Conversation.Subject(it), "unsnoozed", 0)).Count.ShouldBe(3);
    }

    private static WakeUps Wakes(DeskRig rig) => new(rig.Database, rig.Desk, DeskRig.Kinds, rig.Time, NullLogger<WakeUps>.Instance);

    private static async Task<ConversationId> Snoozed(DeskRig rig, int hours)
    {
        var it = await rig.Opened(ContactId.New(rig.Time));
        (await rig.Desk.Handle(new Snooze(Origin(rig, "s"), it, rig.Time.Now.AddHours(hours)))).Accepted.ShouldBeTrue();
        return it;
    }

    private static Origin Origin(DeskRig rig, string clientId) => new(rig.Workspace, new Author(AuthorKind.Agent, Guid.Empty), clientId);

    private static async Task<Conversation> State(DeskRig rig, ConversationId it) => (Conversation)(await rig.Desk.Look(rig.Workspace, Conversation.Subject(it)))!.State;

    private static Task<long> Rows(DeskRig rig) => rig.Database.Read(session => session.One<long>("select count(*) from wakeups"));

    private static async Task<DateTimeOffset> Due(DeskRig rig) =>
        DateTimeOffset.FromUnixTimeMilliseconds(await rig.Database.Read(session => session.One<long>("select due from wakeups")));
}
