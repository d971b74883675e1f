using Microsoft.Extensions.Logging.Abstractions;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;
using Shouldly;

namespace Parley.Tests.Log;

public class StateRowsTests
{
    [Fact]
    public async Task Where_one_process_writes_rows_follow_and_the_newest_state_is_known_all_the_same()
    {
        await using var rig = await DeskRig.Start(pumped: true);
        var rows = await rig.Desk.LetFollow();
        var (ana, it) = await Talk(rig, rig.Desk, words: 5);

        (await Row(rig, it)).ShouldBe(3);
        rows.Owes.ShouldBeTrue();
        (await rig.Desk.Look(rig.Workspace, Conversation.Subject(it)))!.Seq.ShouldBe(8);
        (await rig.Desk.Look([Conversation.Subject(it)], anew: true))[Conversation.Subject(it)].Seq.ShouldBe(8);

        await rows.Follow(rig.Database);
        (await Row(rig, it)).ShouldBe(8);
        rows.Owes.ShouldBeFalse();
        (await Say(rig, rig.Desk, it, ana, "after")).Entries.Single().Seq.ShouldBe(9);
        (await Row(rig, it)).ShouldBe(8);
    }

    [Fact, Trait("row", "BX3")]
    public async Task What_a_crash_left_behind_is_folded_from_the_log_before_anything_else_is_done()
    {
        await using var rig = await DeskRig.Start(pumped: true);
        await rig.Desk.LetFollow();
        var (ana, it) = await Talk(rig, rig.Desk, words: 5);
        var known = (await rig.Desk.Look(rig.Workspace, Conversation.Subject(it)))!;

        await using var next = rig.NewDesk(new DeskSettings());
        await next.LetFollow();

        (await Row(rig, it)).ShouldBe(8);
        var found = (await next.Look(rig.Workspace, Conversation.Subject(it)))!;
        (found.Seq, found.At, found.LastPublic, found.State.ToString()).ShouldBe((known.Seq, known.At, known.LastPublic, known.State.ToString()));
        var said = (await Say(rig, next, it, ana, "after")).Entries.Single();
        (said.Seq, said.Prev, said.Position).ShouldBe((9, 8, 9));
        (await Say(rig, next, it, ana, "w3")).Repeated.ShouldBeTrue();
    }

    /// <summary>The row that wakes is written with the word; that it is armed, the state no longer knows after a crash.</summary>
    [Fact, Trait("row", "BX3")]
    public async Task What_was_to_be_woken_before_a_crash_is_woken_after_it_once_and_not_later()
    {
        await using var rig = await DeskRig.Start(pumped: true);
        await rig.Desk.LetFollow();
        var (_, it) = await Talk(rig, rig.Desk, words: 1);
        var start = rig.Time.Now;
        var snoozed = rig.Desk.Handle(new Snooze(new Origin(rig.Workspace, Author.System, "five"), it, start.AddHours(5)));
        await rig.Desk.Pump();
        (await snoozed).Accepted.ShouldBeTrue();
        // What wakes is in the row at once; the word after it is not.
        var urgent = rig.Desk.Handle(new SetPriority(new Origin(rig.Workspace, Author.System, "high"), it, Priority.High));
        await rig.Desk.Pump();
        (await urgent).Accepted.ShouldBeTrue();
        (await rig.Desk.Look(rig.Workspace, Conversation.Subject(it)))!.Armed.ShouldBe(start.AddHours(5));

        await using var next = rig.NewDesk(new DeskSettings());
        await next.LetFollow();
        next.Start();
        var wakes = new WakeUps(rig.Database, next, DeskRig.Kinds, rig.Time, NullLogger<WakeUps>.Instance);
        (await next.Look(rig.Workspace, Conversation.Subject(it)))!.Armed.ShouldBeNull();
        (await Due(rig)).ShouldBe(start.AddHours(5));
        (await next.Handle(new Snooze(new Origin(rig.Workspace, Author.System, "nine"), it, start.AddHours(9)))).Accepted.ShouldBeTrue();
        (await Due(rig)).ShouldBe(start.AddHours(5), "What was armed stays where it was earlier.");

        rig.Time.Now = start.AddHours(5);
        (await wakes.Fire()).ShouldBe(1);
        ((Conversation)(await next.Look(rig.Workspace, Conversation.Subject(it)))!.State).Status.ShouldBe(Status.Snoozed);
        (await Due(rig)).ShouldBe(start.AddHours(9));
        rig.Time.Now = start.AddHours(9);
        (await wakes.Fire()).ShouldBe(1);
        (await wakes.Fire()).ShouldBe(0);
        ((Conversation)(await next.Look(rig.Workspace, Conversation.Subject(it)))!.State).Status.ShouldBe(Status.Open);
        (await Due(rig)).ShouldBeNull();
    }

    [Fact]
    public async Task A_crash_in_the_middle_of_following_is_made_good_too()
    {
        await using var rig = await DeskRig.Start(pumped: true);
        var rows = await rig.Desk.LetFollow();
        var (ana, it) = await Talk(rig, rig.Desk, words: 2);
        await rows.Follow(rig.Database);
        await Say(rig, rig.Desk, it, ana, "behind");
        var (bo, other) = await Talk(rig, rig.Desk, words: 3);
        // What was written of the last time is there for one of them, and how far it goes is not.
        var written = rows.Find(Conversation.Subject(other))!;
        await rig.Database.Write(session => session.Write(LogStore.StatesBehind, [StateRows.Row(DeskRig.Kinds[Conversation.Kind], Conversation.Subject(other), written)]));
        (await Row(rig, other)).ShouldBe(6);
        (await Row(rig, it)).ShouldBe(5);

        await using var next = rig.NewDesk(new DeskSettings());
        (await (await next.LetFollow()).Recover(rig.Database)).ShouldBe(0);
        (await Row(rig, it)).ShouldBe(6);
        (await Row(rig, other)).ShouldBe(6);
        (await Say(rig, next, other, bo, "on")).Entries.Single().Seq.ShouldBe(7);
    }

    [Fact]
    public async Task An_older_state_never_takes_the_place_of_a_newer_row()
    {
        await using var rig = await DeskRig.Start(pumped: true);
        var rows = await rig.Desk.LetFollow();
        var (ana, it) = await Talk(rig, rig.Desk, words: 1);
        // Somebody else's turn came between what was read and what was written.
        await rig.Database.Write(session => session.Execute("update states set seq = 99 where subject = @it", new { it = it.Value.ToByteArray(bigEndian: true) }));
        await rows.Follow(rig.Database);
        (await Row(rig, it)).ShouldBe(99);
        ana.ShouldNotBe(default);
    }

    [Fact]
    public async Task A_row_behind_that_other_code_folded_is_written_anew()
    {
        await using var rig = await DeskRig.Start(pumped: true);
        await rig.Desk.LetFollow();
        var (_, it) = await Talk(rig, rig.Desk, words: 4);
        await rig.Database.Write(session => session.Execute("update states set fold = fold - 1, json = '{}' where subject = @it", new { it = it.Value.ToByteArray(bigEndian: true) }));
        await (await rig.NewDesk(new DeskSettings()).LetFollow()).Recover(rig.Database);
        (await rig.Database.Read(session => session.One<(long Seq, long Fold)>("select seq, fold from states where subject = @it", new { it = it.Value.ToByteArray(bigEndian: true) })))
            .ShouldBe((7L, (long)DeskRig.Kinds[Conversation.Kind].Fold));
    }

    [Fact]
    public async Task What_was_committed_unknown_to_the_desk_is_folded_before_the_next_word()
    {
        await using var rig = await DeskRig.Start(pumped: true);
        await rig.Desk.LetFollow();
        var (ana, it) = await Talk(rig, rig.Desk, words: 1);
        var before = (await rig.Reader.Timeline(Conversation.Subject(it), after: 0, null, 50, publicOnly: false)).Items[^1];
        var rows = new StateRows(DeskRig.Kinds, DeskRig.Types);
        // The entry of a commit that seemed to fail: in the log, and no row knows of it.
        await rig.Database.Write(async session =>
        {
            var lost = before with { Seq = before.Seq + 1, Position = before.Position + 1, Prev = before.Seq, Command = "lost" };
            await session.Write(LogStore.Entries, [LogStore.Row(lost)]);
            await session.Execute("update heads set position = position + 1");
            await rows.Missed(session, [lost]);
        });
        rows.Find(Conversation.Subject(it))!.Seq.ShouldBe(5);

        await using var next = rig.NewDesk(new DeskSettings());
        await next.LetFollow();
        (await Say(rig, next, it, ana, "after")).Entries.Single().Seq.ShouldBe(6);
    }

    [Fact]
    public async Task Who_ends_in_order_leaves_nothing_behind()
    {
        await using var rig = await DeskRig.Start(pumped: true);
        ConversationId it;
        await using (var desk = rig.NewDesk(new DeskSettings()))
        {
            await desk.StartAlone();
            var ana = ContactId.New(rig.Time);
            it = new ConversationId((await desk.Handle(rig.Open(ana, "o"))).Subject.Id);
            (await desk.Handle(rig.Post(it, ana, "p"))).Accepted.ShouldBeTrue();
        }

        (await Row(rig, it)).ShouldBe(4);
        (await rig.Database.Read(session => session.One<long>("select position from folded where workspace = @id", new { id = rig.Workspace.Bytes }))).ShouldBe(4);
    }

    [Fact]
    public async Task Where_many_write_no_row_is_left_behind_by_a_store_that_came_from_one()
    {
        await using var rig = await DeskRig.Start(pumped: true);
        await rig.Desk.LetFollow();
        var (_, it) = await Talk(rig, rig.Desk, words: 4);
        (await StatesBehind.Recover(rig.Database, DeskRig.Kinds, DeskRig.Types)).ShouldBe(7);
        (await Row(rig, it)).ShouldBe(7);
    }

    private static async Task<(ContactId, ConversationId)> Talk(DeskRig rig, Desk desk, int words)
    {
        var ana = ContactId.New(rig.Time);
        var opening = rig.Open(ana, Guid.CreateVersion7().ToString());
        var opened = desk.Handle(opening);
        await desk.Pump();
        (await opened).Accepted.ShouldBeTrue();
        for (var i = 0; i < words; i++)
        {
            await Say(rig, desk, opening.Conversation, ana, $"w{i}");
        }

        return (ana, opening.Conversation);
    }

    private static async Task<Outcome> Say(DeskRig rig, Desk desk, ConversationId it, ContactId who, string id)
    {
        var said = desk.Handle(rig.Post(it, who, id));
        await desk.Pump();
        var outcome = await said;
        outcome.Accepted.ShouldBeTrue();
        return outcome;
    }

    private static async Task<DateTimeOffset?> Due(DeskRig rig) =>
        await rig.Database.Read(session => session.One<long?>("select due from wakeups")) is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null;

    private static Task<long> Row(DeskRig rig, ConversationId it) =>
        rig.Database.Read(session => session.One<long>("select seq from states where subject = @it", new { it = it.Value.ToByteArray(bigEndian: true) }));
}
