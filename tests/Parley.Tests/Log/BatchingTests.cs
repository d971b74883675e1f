using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Shouldly;

namespace Parley.Tests.Log;

public sealed class BatchingTests
{
    [Fact]
    public async Task What_is_known_goes_on_by_the_entries_of_others_to_what_the_store_has()
    {
        await using var rig = await DeskRig.Start();
        var contact = ContactId.New(rig.Time);
        var conversation = await rig.Opened(contact);
        var subject = Conversation.Subject(conversation);
        var (cache, before) = (new StateCache(10), await Known(rig, subject));
        var batching = new Batching(DeskRig.Kinds, DeskRig.Types, rig.Time, cache);
        cache.Keep(subject, before);
        await rig.Desk.Handle(rig.Post(conversation, contact, "a"));
        await rig.Desk.Handle(rig.Post(conversation, contact, "b"));
        var after = await Known(rig, subject);
        var entries = (await rig.Reader.After(rig.Workspace, 0, 100)).Where(entry => entry.Subject == subject && entry.Seq > before.Seq).ToList();
        entries.Count.ShouldBeGreaterThan(1);

        batching.Hear(new Committed(rig.Workspace, [.. entries.Skip(1)], [], entries[^1].Position));
        batching.Kept(subject).ShouldBe(before, "There is a hole: the store is asked.");
        batching.Hear(new Committed(rig.Workspace, [entries[0] with { Workspace = await rig.AddWorkspace() }], [], 1));
        batching.Kept(subject).ShouldBe(before, "It is somebody else's.");

        batching.Hear(new Committed(rig.Workspace, [.. entries], [], entries[^1].Position));
        var heard = batching.Kept(subject)!;
        (heard with { Armed = null }).Json(DeskRig.Kinds[subject.Kind]).ToString().ShouldBe((after with { Armed = null }).Json(DeskRig.Kinds[subject.Kind]).ToString());
        heard.Seq.ShouldBe(after.Seq);
        batching.Hear(new Committed(rig.Workspace, [.. entries], [], entries[^1].Position));
        batching.Kept(subject).ShouldBe(heard, "It is heard once.");
    }

    /// <summary>Held for earlier than it is, a wake-up would not be written where it must be; held for unknown, it is written once too often.</summary>
    [Fact]
    public async Task When_it_is_to_be_woken_is_known_only_where_nothing_of_that_changed()
    {
        await using var rig = await DeskRig.Start();
        var contact = ContactId.New(rig.Time);
        var conversation = await rig.Opened(contact);
        var subject = Conversation.Subject(conversation);
        (await rig.Desk.Handle(new Snooze(new Origin(rig.Workspace, Author.System, "five"), conversation, rig.Time.Now.AddHours(5)))).Accepted.ShouldBeTrue();
        var (cache, before) = (new StateCache(10), await Known(rig, subject));
        var batching = new Batching(DeskRig.Kinds, DeskRig.Types, rig.Time, cache);
        (await rig.Desk.Handle(new SetPriority(new Origin(rig.Workspace, Author.System, "high"), conversation, Priority.High))).Accepted.ShouldBeTrue();
        var entry = (await rig.Reader.After(rig.Workspace, 0, 100)).Single(one => one.Subject == subject && one.Seq == before.Seq + 1);
        var due = DeskRig.Kinds[subject.Kind].Due(before.With(DeskRig.Kinds[subject.Kind], entry).State).ShouldNotBeNull();

        cache.Keep(subject, before with { Armed = due });
        batching.Hear(new Committed(rig.Workspace, [entry], [], entry.Position));
        batching.Kept(subject)!.Armed.ShouldBe(due);

        cache.Keep(subject, before with { Armed = rig.Time.Now });
        batching.Hear(new Committed(rig.Workspace, [entry], [], entry.Position));
        batching.Kept(subject)!.Armed.ShouldBeNull();
    }

    [Fact]
    public async Task What_comes_while_locks_are_waited_for_is_taken_along_and_is_done_once()
    {
        await using var rig = await DeskRig.Start(pumped: true);
        var contact = ContactId.New(rig.Time);
        var opening = rig.Open(contact, "1");
        var batching = new Batching(DeskRig.Kinds, DeskRig.Types, rig.Time, new StateCache(10));
        var late = new Queue<Desk.Pending>([new(rig.Post(opening.Conversation, contact, "2")), new(rig.Post(opening.Conversation, contact, "2"))]);
        var pendings = new List<Desk.Pending> { new(opening) };
        IReadOnlySet<WorkspaceId>? held = null;
        var written = await rig.Database.Write(session => batching.Run(session, pendings, locked =>
        {
            held = locked;
            return late.TryDequeue(out var next) ? next : null;
        }));
        held.ShouldBe([rig.Workspace]);
        pendings.Count.ShouldBe(3);
        written.Outcomes.Select(outcome => (outcome.Accepted, outcome.Repeated)).ShouldBe([(true, false), (true, false), (true, true)]);
        (await rig.Reader.Head(rig.Workspace))!.Value.Position.ShouldBe(4);
    }

    [Fact]
    public async Task What_is_newer_is_never_replaced_by_what_is_older_however_many_look_while_pages_turn()
    {
        var cache = new StateCache(3);
        var empty = Versioned.New(default, DeskRig.Kinds[Conversation.Kind]);
        Subject Of(int number) => new(Conversation.Kind, new Guid(number, 0, 0, new byte[8]));
        using var stop = new CancellationTokenSource();
        var looking = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                cache.Find(Of(0));
            }
        });
        for (var seq = 1; seq <= 20_000; seq++)
        {
            cache.Keep(Of(0), empty with { Seq = seq });
            cache.Keep(Of(1 + (seq % 7)), empty);
            (cache.Find(Of(0))?.Seq ?? seq).ShouldBe(seq);
        }

        await stop.CancelAsync();
        await looking;
    }

    [Fact]
    public void What_is_heard_late_replaces_nothing()
    {
        var cache = new StateCache(2);
        var kind = DeskRig.Kinds[Conversation.Kind];
        Subject Of(int number) => new(Conversation.Kind, new Guid(number, 0, 0, new byte[8]));
        var first = Versioned.New(default, kind);
        cache.Keep(Of(1), first with { Seq = 5 });
        cache.Advance(Of(1), first with { Seq = 4 });
        cache.Find(Of(1))!.Seq.ShouldBe(5);
        for (var i = 2; i < 5; i++)
        {
            cache.Keep(Of(i), first);
        }

        cache.Advance(Of(1), first with { Seq = 6 });
        cache.Find(Of(1))!.Seq.ShouldBe(6);
    }

    private static async Task<Versioned> Known(DeskRig rig, Subject subject) => (await rig.Desk.Look(rig.Workspace, subject))!;
}
