using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Specs.Engines;
using Parley.Tests.Simulation;
using Shouldly;

namespace Parley.Tests.Log;

public class DeskTests
{
    [Fact]
    public async Task An_accepted_command_is_in_the_store_when_its_caller_is_answered()
    {
        await using var rig = await DeskRig.Start();
        var ana = ContactId.New(rig.Time);
        var outcome = await rig.Desk.Handle(rig.Open(ana, "1"));

        outcome.Accepted.ShouldBeTrue();
        outcome.Entries.Select(entry => entry.Type).ShouldBe(["opened", "episodeOpened", "message"]);
        var stored = await rig.Reader.Timeline(outcome.Subject, after: 0, null, 50, publicOnly: false);
        stored.Items.Select(entry => (entry.Seq, entry.Position, entry.Type)).ShouldBe([(1, 1, "opened"), (2, 2, "episodeOpened"), (3, 3, "message")]);
        stored.Items[2].Body.ShouldBe(new Message(Content.Of("Hello")));
    }

    [Fact, Trait("row", "BX3")]
    public async Task A_repeat_gets_the_first_answer_and_writes_nothing()
    {
        await using var rig = await DeskRig.Start();
        var ana = ContactId.New(rig.Time);
        var it = await rig.Opened(ana);
        var first = await rig.Desk.Handle(rig.Post(it, ana, "x"));
        var second = await rig.Desk.Handle(rig.Post(it, ana, "x"));

        second.Repeated.ShouldBeTrue();
        second.Entries.Select(entry => entry.Seq).ShouldBe(first.Entries.Select(entry => entry.Seq));
        (await rig.Reader.Head(rig.Workspace))!.Value.Position.ShouldBe(4);
    }

    [Fact]
    public async Task A_repeated_opening_names_the_first_conversation()
    {
        await using var rig = await DeskRig.Start();
        var ana = ContactId.New(rig.Time);
        var first = await rig.Desk.Handle(rig.Open(ana, "x"));
        var second = await rig.Desk.Handle(rig.Open(ana, "x"));
        second.Repeated.ShouldBeTrue();
        second.Subject.ShouldBe(first.Subject);
    }

    [Fact]
    public async Task Repeats_in_the_same_batch_are_found_too()
    {
        await using var rig = await DeskRig.Start(pumped: true);
        var ana = ContactId.New(rig.Time);
        var opening = rig.Open(ana, "1");
        var answers = new[] { rig.Desk.Handle(opening), rig.Desk.Handle(rig.Open(ana, "1")), rig.Desk.Handle(rig.Post(opening.Conversation, ana, "2")), rig.Desk.Handle(rig.Post(opening.Conversation, ana, "2")) };
        (await rig.Desk.Pump()).ShouldBe(4);
        var outcomes = new List<Outcome>();
        foreach (var answer in answers)
        {
            outcomes.Add(await answer);
        }

        outcomes.Select(outcome => outcome.Repeated).ShouldBe([false, true, false, true]);
        outcomes[3].Entries.Single().ShouldBe(outcomes[2].Entries.Single());
    }

    [Fact]
    public async Task The_same_id_with_another_body_is_refused()
    {
        await using var rig = await DeskRig.Start();
        var ana = ContactId.New(rig.Time);
        var it = await rig.Opened(ana);
        await rig.Desk.Handle(rig.Post(it, ana, "x", "one"));
        var outcome = await rig.Desk.Handle(rig.Post(it, ana, "x", "two"));
        outcome.Refusal!.Code.ShouldBe("clientId.reused");
        outcome.Refusal.Status.ShouldBe(409);
    }

    [Fact]
    public async Task The_same_id_for_another_wish_is_refused_though_both_say_nothing_more()
    {
        await using var rig = await DeskRig.Start();
        var ana = ContactId.New(rig.Time);
        var it = await rig.Opened(ana);
        var origin = new Origin(rig.Workspace, Author.System, "x");
        (await rig.Desk.Handle(new Close(origin, it))).Accepted.ShouldBeTrue();
        (await rig.Desk.Handle(new Reopen(origin, it))).Refusal!.Code.ShouldBe("clientId.reused");
    }

    [Fact]
    public async Task Anothers_id_finds_nothing()
    {
        await using var rig = await DeskRig.Start();
        var (ana, ben) = (ContactId.New(rig.Time), ContactId.New(rig.Time));
        var it = await rig.Opened(ana);
        await rig.Desk.Handle(rig.Post(it, ana, "x", "mine"));
        var outcome = await rig.Desk.Handle(rig.Post(it, ben, "x", "guessed"));
        outcome.Repeated.ShouldBeFalse();
        outcome.Entries.Single().Body.ShouldBe(new Message(Content.Of("guessed")));
    }

    [Fact]
    public async Task A_bad_command_never_harms_its_batch()
    {
        await using var rig = await DeskRig.Start(pumped: true);
        var ana = ContactId.New(rig.Time);
        var good = rig.Open(ana, "1");
        var answers = new[] { rig.Desk.Handle(rig.Open(ana, "0", "")), rig.Desk.Handle(good), rig.Desk.Handle(rig.Post(ConversationId.New(rig.Time), ana, "2")) };
        await rig.Desk.Pump();
        (await answers[0]).Refusal!.Code.ShouldBe("content.empty");
        (await answers[1]).Accepted.ShouldBeTrue();
        (await answers[2]).Refusal!.Code.ShouldBe("conversation.unknown");
    }

    [Fact]
    public async Task A_command_that_breaks_is_answered_alone_and_the_others_are_written()
    {
        await using var rig = await DeskRig.Start(pumped: true);
        var ana = ContactId.New(rig.Time);
        var good = rig.Open(ana, "1");
        var broken = new Foreign(new Origin(rig.Workspace, Author.System, "f"), good.Conversation);
        var answers = new[] { rig.Desk.Handle(good), rig.Desk.Handle(broken) };
        await rig.Desk.Pump();
        (await answers[0]).Accepted.ShouldBeTrue();
        (await answers[1]).Refusal!.Code.ShouldBe("server.fault");
        (await rig.Reader.Timeline(Conversation.Subject(good.Conversation), 0, null, 10, false)).Items.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Another_workspaces_conversation_looks_like_none()
    {
        await using var rig = await DeskRig.Start();
        var ana = ContactId.New(rig.Time);
        var it = await rig.Opened(ana);
        var elsewhere = await rig.AddWorkspace();
        var post = rig.Post(it, ana, "x");
        var outcome = await rig.Desk.Handle(post with { Origin = post.Origin with { Workspace = elsewhere } });
        outcome.Refusal!.Code.ShouldBe("conversation.unknown");
        outcome.Refusal.Status.ShouldBe(404);
    }

    [Fact]
    public async Task Each_workspace_counts_its_own_positions()
    {
        await using var rig = await DeskRig.Start(pumped: true);
        var other = await rig.AddWorkspace();
        var answers = new List<Task<Outcome>>();
        for (var i = 0; i < 6; i++)
        {
            answers.Add(rig.Desk.Handle(rig.Open(ContactId.New(rig.Time), "x", workspace: i % 2 == 0 ? rig.Workspace : other)).AsTask());
        }

        await rig.Desk.Pump();
        await Task.WhenAll(answers);
        foreach (var workspace in new[] { rig.Workspace, other })
        {
            (await rig.Reader.After(workspace, 0, 100)).Select(entry => entry.Position).ShouldBe(Enumerable.Range(1, 9).Select(i => (long)i));
        }
    }

    [Fact]
    public async Task A_full_queue_refuses_with_503_and_loses_nothing_it_took()
    {
        await using var rig = await DeskRig.Start();
        await using var desk = rig.NewDesk(new DeskSettings(QueueLimit: 3));
        var answers = Enumerable.Range(0, 5).Select(i => desk.Handle(rig.Open(ContactId.New(rig.Time), "x")).AsTask()).ToList();
        (await answers[3]).Refusal!.Status.ShouldBe(503);
        (await answers[4]).Refusal!.Code.ShouldBe("server.busy");
        await desk.Pump();
        (await Task.WhenAll(answers.Take(3))).ShouldAllBe(outcome => outcome.Accepted);
    }

    [Fact]
    public async Task Public_entries_name_the_public_one_before_them()
    {
        await using var rig = await DeskRig.Start();
        var ana = ContactId.New(rig.Time);
        var it = await rig.Opened(ana);
        await rig.Desk.Handle(new WriteNote(new Origin(rig.Workspace, new Author(AuthorKind.Agent, Guid.Empty), "n"), it, "between us"));
        await rig.Desk.Handle(rig.Post(it, ana, "x"));
        var shown = await rig.Reader.Timeline(Conversation.Subject(it), 0, null, 50, publicOnly: true);
        shown.Items.Select(entry => (entry.Seq, entry.Prev)).ShouldBe([(3, 0L), (5, 3L)]);
    }

    [Fact]
    public async Task Time_never_goes_back_within_a_subject()
    {
        await using var rig = await DeskRig.Start();
        var ana = ContactId.New(rig.Time);
        var it = await rig.Opened(ana);
        rig.Time.Now -= TimeSpan.FromHours(1);
        var outcome = await rig.Desk.Handle(rig.Post(it, ana, "x"));
        outcome.Entries.Single().At.ShouldBe(rig.Time.Now + TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task What_is_deleted_is_gone_from_the_store()
    {
        await using var rig = await DeskRig.Start();
        var ana = ContactId.New(rig.Time);
        var it = await rig.Opened(ana);
        var target = Target.Of(await rig.Reader.One(Conversation.Subject(it), 3));
        await rig.Desk.Handle(new Delete(new Origin(rig.Workspace, new Author(AuthorKind.Contact, ana.Value), "d"), it, 3, target));
        (await rig.Reader.One(Conversation.Subject(it), 3))!.Body.ShouldBe(new RedactedBody("deleted"));
        (await rig.Database.Read(session => session.One<long>("select count(*) from entries where body like '%Hello%'"))).ShouldBe(0);
    }

    [Fact]
    public async Task The_edits_of_a_deleted_message_are_gone_with_it_and_those_of_others_stay()
    {
        await using var rig = await DeskRig.Start();
        var ana = ContactId.New(rig.Time);
        var it = await rig.Opened(ana);
        var by = new Origin(rig.Workspace, new Author(AuthorKind.Contact, ana.Value), "e1");
        var target = Target.Of(await rig.Reader.One(Conversation.Subject(it), 3));
        await rig.Desk.Handle(new Edit(by, it, 3, Content.Of("a better secret"), target));
        var other = (await rig.Desk.Handle(rig.Post(it, ana, "x"))).Entries.Single();
        await rig.Desk.Handle(new Edit(by with { ClientId = "e2" }, it, other.Seq, Content.Of("stays"), Target.Of(other)));
        await rig.Desk.Handle(new Delete(by with { ClientId = "d" }, it, 3, target));

        var bodies = (await rig.Reader.Timeline(Conversation.Subject(it), 0, null, 50, false)).Items.Where(entry => entry.Type == "edited").Select(entry => entry.Body).ToList();
        bodies.ShouldBe([new RedactedBody("deleted"), new Edited(other.Seq, Content.Of("stays"))]);
    }

    [Fact]
    public async Task An_erasure_takes_every_word_and_leaves_the_facts()
    {
        await using var rig = await DeskRig.Start();
        var ana = ContactId.New(rig.Time);
        var it = await rig.Opened(ana);
        await rig.Desk.Handle(rig.Post(it, ana, "x", "My secret"));
        await rig.Desk.Handle(new Erase(new Origin(rig.Workspace, Author.System, "e"), it, "asked"));
        var all = await rig.Reader.Timeline(Conversation.Subject(it), 0, null, 50, false);
        all.Items.Where(entry => entry.Type == "message").ShouldAllBe(entry => entry.Body == new RedactedBody("erased"));
        all.Items[0].Body.ShouldBeOfType<Opened>();
    }

    [Fact]
    public async Task A_state_of_other_code_is_folded_anew()
    {
        await using var rig = await DeskRig.Start();
        var ana = ContactId.New(rig.Time);
        var it = await rig.Opened(ana);
        await rig.Desk.Handle(new Close(new Origin(rig.Workspace, Author.System, "c"), it));
        await rig.Database.Write(session => session.Execute("update states set fold = 0, json = '{\"nonsense\":1}'"));
        await using var restarted = rig.NewDesk(new DeskSettings());
        var state = await restarted.Look(rig.Workspace, Conversation.Subject(it));
        ((Conversation)state!.State).Status.ShouldBe(Status.Closed);
        state.Seq.ShouldBe(5);
        state.LastPublic.ShouldBe(4);
    }

    [Fact]
    public async Task A_stale_state_in_memory_is_not_trusted()
    {
        await using var rig = await DeskRig.Start();
        var ana = ContactId.New(rig.Time);
        var it = await rig.Opened(ana);
        await using var other = rig.NewDesk(new DeskSettings());
        other.Start();
        await other.Handle(new Close(new Origin(rig.Workspace, Author.System, "c"), it));
        var outcome = await rig.Desk.Handle(new Close(new Origin(rig.Workspace, Author.System, "c2"), it));
        outcome.Entries.ShouldBeEmpty();
        (await rig.Desk.Handle(rig.Post(it, ana, "x"))).Entries.Select(entry => entry.Seq).ShouldBe([6L, 7L, 8L]);
    }

    [Fact, Trait("row", "BX3")]
    public async Task What_was_written_although_its_commit_seemed_to_fail_is_told_and_answered_once()
    {
        await using var rig = await DeskRig.Start(pumped: true);
        var faults = new Queue<Fault>([Fault.AfterCommit, Fault.AfterCommit]);
        var path = ((SqliteDialect)rig.Database.Dialect).Path;
        await using var database = new Database(new FaultyDialect(path, () => faults.TryDequeue(out var fault) ? fault : Fault.None, () => { }));
        var told = new List<Entry>();
        using var listening = rig.Fanout.Listen(committed => told.AddRange(committed.Entries));
        await using var desk = rig.NewDesk(new DeskSettings(), database);
        var opening = rig.Open(ContactId.New(rig.Time), "1");
        var answers = new[] { desk.Handle(opening), desk.Handle(rig.Open(ContactId.New(rig.Time), "1")) };
        await desk.Pump();

        (await answers[0]).Accepted.ShouldBeTrue();
        (await answers[1]).Accepted.ShouldBeTrue();
        told.Select(entry => entry.Position).Distinct().Count().ShouldBe(told.Count);
        told.Count(entry => entry.Type == "message").ShouldBe(2);
        (await rig.Reader.Head(rig.Workspace))!.Value.Position.ShouldBe(told.Count);
    }

    /// <summary>A disk (or a line) that failed around the COMMIT: whoever asked hears that nobody knows, and by saying the same again that it was done.</summary>
    [Theory, Trait("row", "BX3")]
    [InlineData(nameof(Fault.AfterCommit), nameof(Fault.AfterCommit), "store.unanswered", true)]
    [InlineData(nameof(Fault.AfterCommit), nameof(Fault.DuringWrites), "store.unanswered", true)]
    [InlineData(nameof(Fault.BeforeCommit), nameof(Fault.DuringWrites), "store.unanswered", false)]
    [InlineData(nameof(Fault.DuringWrites), nameof(Fault.DuringWrites), "store.unavailable", false)]
    public async Task Only_what_surely_was_not_done_is_said_to_have_changed_nothing(string first, string second, string code, bool done)
    {
        await using var rig = await DeskRig.Start(pumped: true);
        var faults = new Queue<Fault>([Enum.Parse<Fault>(first), Enum.Parse<Fault>(second)]);
        var path = ((SqliteDialect)rig.Database.Dialect).Path;
        await using var database = new Database(new FaultyDialect(path, () => faults.TryDequeue(out var fault) ? fault : Fault.None, () => { }));
        await using var desk = rig.NewDesk(new DeskSettings(), database);
        var opening = rig.Open(ContactId.New(rig.Time), "1");
        var answer = desk.Handle(opening);
        await desk.Pump();

        var refusal = (await answer).Refusal!;
        (refusal.Code, refusal.Status).ShouldBe((code, 503));
        refusal.Detail.Contains("Nothing was changed", StringComparison.Ordinal).ShouldBe(code == "store.unavailable");
        ((await rig.Reader.Head(rig.Workspace))!.Value.Position > 0).ShouldBe(done);

        var again = desk.Handle(opening);
        await desk.Pump();
        (await again).Accepted.ShouldBeTrue();
        var log = await rig.Database.Read(session => session.One<long>("select count(*) from entries where type = 'message'"));
        log.ShouldBe(1);
    }

    [SkippableFact]
    public async Task What_comes_while_another_node_has_the_lock_goes_along_up_to_what_needs_another_lock()
    {
        await using var engine = await PostgresEngine.Make();
        await using var rig = await DeskRig.Start(pumped: true, engine.Open());
        var ana = ContactId.New(rig.Time);
        var it = await rig.Warm(rig.Desk, ana);
        var elsewhere = rig.Open(ContactId.New(rig.Time), "elsewhere", workspace: await rig.AddWorkspace());
        var answers = new List<Task<Outcome>> { rig.Desk.Handle(rig.Post(it, ana, "0")).AsTask() };

        (await rig.Crowd(rig.Desk, answers, rig.Post(it, ana, "1"))).ShouldBe(1, "Nobody had been kept waiting before: locks and all else are asked for at once.");
        (await rig.Crowd(rig.Desk, answers, rig.Post(it, ana, "2"), rig.Post(it, ana, "3"), elsewhere, rig.Post(it, ana, "5"))).ShouldBe(3);
        answers.Select(answer => answer.IsCompleted).ShouldBe([true, true, true, true, false, false]);
        (await rig.Desk.Pump()).ShouldBe(2);

        var transactions = new List<string>();
        foreach (var outcome in await Task.WhenAll(answers))
        {
            var place = new { subject = outcome.Subject.Bytes, seq = outcome.Entries[0].Seq };
            transactions.Add((await rig.Database.Read(session => session.One<string>("select xmin::text from entries where subject = @subject and seq = @seq", place)))!);
        }

        transactions.Select(transaction => transactions.IndexOf(transaction)).ShouldBe([0, 1, 1, 1, 4, 4]);
    }

    [SkippableFact]
    public async Task No_more_go_along_than_a_batch_holds()
    {
        await using var engine = await PostgresEngine.Make();
        await using var rig = await DeskRig.Start(pumped: true, engine.Open());
        await using var desk = rig.NewDesk(new DeskSettings(BatchLimit: 3));
        var ana = ContactId.New(rig.Time);
        var it = await rig.Warm(desk, ana);
        var answers = new List<Task<Outcome>> { desk.Handle(rig.Post(it, ana, "0")).AsTask() };

        (await rig.Crowd(desk, answers, rig.Post(it, ana, "1"))).ShouldBe(1);
        (await rig.Crowd(desk, answers, [.. Enumerable.Range(2, 6).Select(i => rig.Post(it, ana, $"{i}"))])).ShouldBe(3);
        (await desk.Pump()).ShouldBe(3);
        (await desk.Pump()).ShouldBe(1);
        (await Task.WhenAll(answers)).ShouldAllBe(outcome => outcome.Accepted && !outcome.Repeated);
    }

    private sealed record Foreign(Origin Origin, ConversationId Conversation) : ConversationCommand(Origin, Conversation);
}
