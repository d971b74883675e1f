using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Specs.Engines;
using Parley.Specs.Restarting;

namespace Parley.Specs.Log;

/// <summary>The door on every engine, with two Desks (two nodes) on one store: whatever they do at once, there is one log.</summary>
public abstract class DeskSpec
{
    protected abstract Task<Engine> Engine();

    [SkippableFact]
    public async Task Two_nodes_at_once_leave_no_gap_and_no_doubled_number()
    {
        await using var rig = await Rig.Start(Engine());
        var threads = new List<ConversationId>();
        for (var i = 0; i < 5; i++)
        {
            threads.Add(await rig.Open(rig.One, ContactId.New(TimeProvider.System)));
        }

        var author = ContactId.New(TimeProvider.System);
        var work = Enumerable.Range(0, 400).Select(i => Task.Run(() => rig.Post(i % 2 == 0 ? rig.One : rig.Other, threads[i % 5], author, $"m{i}")));
        (await Task.WhenAll(work)).ShouldAllBe(outcome => outcome.Accepted && !outcome.Repeated);

        var log = await rig.Reader.After(rig.Workspace, 0, 10_000);
        log.Select(entry => entry.Position).ShouldBe(Enumerable.Range(1, log.Count).Select(i => (long)i));
        foreach (var thread in log.GroupBy(entry => entry.Subject))
        {
            thread.Select(entry => entry.Seq).ShouldBe(Enumerable.Range(1, thread.Count()).Select(i => (long)i));
        }

        log.Count(entry => entry.Type == "message").ShouldBe(405);
    }

    [SkippableFact, Trait("row", "BX3")]
    public async Task A_command_handed_to_both_nodes_at_once_is_written_once()
    {
        await using var rig = await Rig.Start(Engine());
        var ana = ContactId.New(TimeProvider.System);
        var it = await rig.Open(rig.One, ana);
        for (var i = 0; i < 40; i++)
        {
            var id = $"same-{i}";
            var outcomes = await Task.WhenAll(Task.Run(() => rig.Post(rig.One, it, ana, id)), Task.Run(() => rig.Post(rig.Other, it, ana, id)));
            outcomes.Count(outcome => outcome.Repeated).ShouldBe(1);
            outcomes[0].Entries.Single().Seq.ShouldBe(outcomes[1].Entries.Single().Seq);
        }

        (await rig.Reader.After(rig.Workspace, 0, 10_000)).Count(entry => entry.Type == "message").ShouldBe(41);
    }

    [SkippableFact]
    public async Task Two_agents_who_answer_at_once_do_not_both_get_the_conversation()
    {
        await using var rig = await Rig.Start(Engine());
        for (var i = 0; i < 20; i++)
        {
            var it = await rig.Open(rig.One, ContactId.New(TimeProvider.System));
            var answers = await Task.WhenAll(Task.Run(() => rig.Answer(rig.One, it, "kim")), Task.Run(() => rig.Answer(rig.Other, it, "noor")));
            answers.SelectMany(outcome => outcome.Entries).Count(entry => entry.Body is Accepted).ShouldBe(1);
        }
    }

    [SkippableFact]
    public async Task A_node_decides_on_what_the_other_wrote()
    {
        await using var rig = await Rig.Start(Engine());
        var ana = ContactId.New(TimeProvider.System);
        var it = await rig.Open(rig.One, ana);
        var system = new Origin(rig.Workspace, Author.System, "close");
        (await rig.Other.Handle(new Close(system, it))).Entries.Select(entry => entry.Type).ShouldBe(["closed", "episodeClosed"]);
        (await rig.One.Handle(new Close(system with { ClientId = "again" }, it))).Entries.ShouldBeEmpty();
        (await rig.Post(rig.One, it, ana, "back")).Entries.Select(entry => entry.Type).ShouldBe(["reopened", "episodeReopened", "message"]);
    }

    [SkippableFact]
    public async Task A_key_that_two_wish_for_at_once_is_held_by_one()
    {
        await using var rig = await Rig.Start(Engine());
        var wishes = Enumerable.Range(0, 2).Select(i => new Recognise(
            new Origin(rig.Workspace, Author.System, $"r{i}"), ContactId.New(TimeProvider.System), "shop", "ana-1", null)).ToList();
        var outcomes = await Task.WhenAll(Task.Run(async () => await rig.One.Handle(wishes[0])), Task.Run(async () => await rig.Other.Handle(wishes[1])));
        outcomes.Count(outcome => outcome.Accepted).ShouldBe(1);
        outcomes.Single(outcome => !outcome.Accepted).Refusal!.Code.ShouldBe("key.taken");
    }

    [SkippableFact]
    public async Task What_was_erased_is_nowhere_in_the_store()
    {
        await using var rig = await Rig.Start(Engine());
        var ana = ContactId.New(TimeProvider.System);
        var it = await rig.Open(rig.One, ana);
        await rig.Post(rig.One, it, ana, "secret", "a secret harbour");
        (await rig.Other.Handle(new Erase(new Origin(rig.Workspace, Author.System, "e"), it, "asked"))).Accepted.ShouldBeTrue();
        (await rig.Store.Read(session => session.One<long>("select count(*) from entries where body like '%harbour%'"))).ShouldBe(0);
        (await rig.Reader.Timeline(Conversation.Subject(it), 0, null, 50, publicOnly: true)).Items.Where(entry => entry.Type == "message").ShouldAllBe(entry => entry.Body is RedactedBody);
    }

    [SkippableFact]
    public async Task A_deleted_message_goes_with_its_edits()
    {
        await using var rig = await Rig.Start(Engine());
        var ana = ContactId.New(TimeProvider.System);
        var it = await rig.Open(rig.One, ana);
        var said = (await rig.Post(rig.One, it, ana, "m", "a harbour")).Entries.Single();
        var by = new Origin(rig.Workspace, new Author(AuthorKind.Contact, ana.Value), "edit");
        (await rig.One.Handle(new Edit(by, it, said.Seq, Content.Of("another harbour"), Target.Of(said)))).Accepted.ShouldBeTrue();
        (await rig.One.Handle(new Delete(by with { ClientId = "delete" }, it, said.Seq, Target.Of(said)))).Accepted.ShouldBeTrue();
        (await rig.Store.Read(session => session.One<long>("select count(*) from entries where body like '%harbour%'"))).ShouldBe(0);
    }

    [SkippableFact]
    public async Task A_wake_up_is_done_once_by_whichever_node_is_first()
    {
        await using var rig = await Rig.Start(Engine());
        var it = await rig.Open(rig.One, ContactId.New(TimeProvider.System));
        var due = TimeProvider.System.GetUtcNow().AddMilliseconds(100);
        await rig.One.Handle(new Snooze(new Origin(rig.Workspace, Author.System, "s"), it, due));
        await Task.Delay(150);
        var nodes = new[] { rig.One, rig.Other }.Select(desk => new WakeUps(rig.Store, desk, Rig.Kinds, TimeProvider.System, NullLogger<WakeUps>.Instance)).ToList();
        await Task.WhenAll(nodes.Select(node => Task.Run(node.Fire)));
        (await rig.Reader.After(rig.Workspace, 0, 100)).Count(entry => entry.Type == "unsnoozed").ShouldBe(1);
        (await rig.Store.Read(session => session.One<long>("select count(*) from wakeups"))).ShouldBe(0);
    }

    /// <summary>A backup of an embedded store may be a second behind in its rows, whichever engine it is put back into.</summary>
    [SkippableFact, Trait("row", "BX3")]
    public async Task Rows_of_states_that_came_behind_the_log_are_brought_up_to_it_once()
    {
        await using var rig = await Rig.Start(Engine());
        var ana = ContactId.New(TimeProvider.System);
        var it = await rig.Open(rig.One, ana);
        var before = await rig.Reader.Head(rig.Workspace);
        await rig.Store.Write(session => session.Execute("create table kept as select * from states"));
        for (var n = 0; n < 5; n++)
        {
            (await rig.Post(rig.One, it, ana, $"w{n}")).Accepted.ShouldBeTrue();
        }

        var known = (await rig.One.Look([Conversation.Subject(it)], anew: true))[Conversation.Subject(it)];
        await rig.Store.Write(async session =>
        {
            await session.Execute("delete from states");
            await session.Execute("insert into states select * from kept");
            await session.Execute("delete from folded");
            await session.Execute("insert into folded (workspace, position) values (@id, @position)", new { id = rig.Workspace.Bytes, position = before!.Value.Position });
        });

        (await StatesBehind.Recover(rig.Second, Rig.Kinds, Rig.Types)).ShouldBe(5);
        var found = (await rig.Other.Look([Conversation.Subject(it)], anew: true))[Conversation.Subject(it)];
        (found.Seq, found.State.ToString()).ShouldBe((known.Seq, known.State.ToString()));
        // Where many write no row is ever behind, so that nothing is kept of how far they hold: it would be taken for true at the next start.
        (await rig.Store.Read(session => session.Query<long>("select position from folded"))).ShouldBe(rig.Store.Dialect.OneWriter ? [before!.Value.Position + 5] : []);
        (await StatesBehind.Recover(rig.Second, Rig.Kinds, Rig.Types)).ShouldBe(0);
        (await rig.Post(rig.Other, it, ana, "after")).Entries.Single().Seq.ShouldBe(known.Seq + 1);
    }

    [SkippableFact]
    public async Task Who_lost_the_right_to_give_work_out_gives_out_nothing_more()
    {
        await using var rig = await Rig.Start(Engine());
        var (clock, agent) = (new HandClock { Now = TimeProvider.System.GetUtcNow() }, AgentId.New(TimeProvider.System));
        var (before, next) = (rig.Lease(rig.Store, clock), rig.Lease(rig.Second, clock));
        (await before.Hold()).ShouldBeTrue();
        OfferTo Offer(ConversationId it, Lease by) => new(new Origin(rig.Workspace, Author.System, $"{it}:{by.Number}"), it, OfferId.New(TimeProvider.System), agent) { Fence = by.Fence };
        var first = Offer(await rig.Wait(rig.One), before);
        (await rig.One.Handle(first)).Entries.Single().Type.ShouldBe("offered");

        // It slept through the end of its lease, and does not know.
        clock.Now = clock.Now.AddSeconds(60);
        (await next.Hold()).ShouldBe(true);
        var (second, third) = (await rig.Wait(rig.One), await rig.Wait(rig.Other));
        (await rig.One.Handle(Offer(second, before))).Refusal!.Code.ShouldBe("lease.lost");
        (await rig.Other.Handle(Offer(second, next))).Accepted.ShouldBeTrue();
        (await rig.One.Handle(first)).Repeated.ShouldBeTrue("What it did while it had the right stands.");

        // Of many in one batch those alone are refused that come from it.
        var both = await Task.WhenAll(Task.Run(async () => await rig.One.Handle(Offer(third, before))), Task.Run(async () => await rig.One.Handle(Offer(third, next))));
        both.Count(outcome => outcome.Refusal?.Code == "lease.lost").ShouldBe(1);
        both.Count(outcome => outcome.Accepted).ShouldBe(1);
    }

    [SkippableFact]
    public async Task A_clock_that_is_put_back_keeps_nobody_from_the_work()
    {
        await using var rig = await Rig.Start(Engine());
        var clock = new HandClock { Now = TimeProvider.System.GetUtcNow() };
        var (before, next) = (rig.Lease(rig.Store, clock), rig.Lease(rig.Second, clock));
        (await before.Hold()).ShouldBeTrue();
        // An hour back, and whoever held it is gone: what it wrote lasts longer than any lease.
        clock.Now = clock.Now.AddHours(-1);
        (await next.Hold()).ShouldBeTrue();
        next.Number.ShouldBe(2);
        // It was not gone after all: it asks again, and hears.
        (await before.Hold()).ShouldBe(rig.Store.Dialect.OneWriter);
    }

    [SkippableFact]
    public async Task The_right_does_not_change_hands_while_something_is_done_by_it()
    {
        await using var rig = await Rig.Start(Engine());
        var clock = new HandClock { Now = TimeProvider.System.GetUtcNow() };
        var (before, next) = (rig.Lease(rig.Store, clock), rig.Lease(rig.Second, clock));
        (await before.Hold()).ShouldBeTrue();
        clock.Now = clock.Now.AddSeconds(60);
        Task<bool>? taking = null;
        await rig.Store.Write(async session =>
        {
            (await Lease.Stands(session, before.Fence)).ShouldBeTrue();
            taking = Task.Run(next.Hold);
            await Task.Delay(300);
            taking.IsCompleted.ShouldBeFalse("Whoever comes next knows of all that was done before.");
            return true;
        });
        (await taking!).ShouldBeTrue();
        next.Number.ShouldBe(before.Number + 1);
    }

    private sealed class Rig : IAsyncDisposable
    {
        public static readonly EntryTypes Types = new(Product.Modules.SelectMany(module => module.Entries));
        private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        private readonly Engine _engine;

        private Rig(Engine engine)
        {
            _engine = engine;
            (Store, Second) = (new Database(engine.Open()), new Database(engine.Open()));
            (One, Other) = (Desk(Store), Desk(Second));
            Reader = new LogReader(Store, Types);
        }

        public static SubjectKinds Kinds { get; } = new(Product.Modules.SelectMany(module => module.Kinds));

        public Database Store { get; }

        /// <summary>The same store, as the other node opened it.</summary>
        public Database Second { get; }

        public Desk One { get; }

        public Desk Other { get; }

        public LogReader Reader { get; }

        public WorkspaceId Workspace { get; } = WorkspaceId.New(TimeProvider.System);

        public static async Task<Rig> Start(Task<Engine> making)
        {
            var rig = new Rig(await making);
            await new Migrations(rig.Store, Product.Migrations, TimeProvider.System).Apply();
            await rig.Store.Write(session => Heads.Begin(session, rig.Workspace));
            rig.One.Start();
            rig.Other.Start();
            return rig;
        }

        public Lease Lease(Database store, TimeProvider time) => new(store, "router", TimeSpan.FromSeconds(30), time);

        /// <summary>Somebody waits for an agent.</summary>
        public async Task<ConversationId> Wait(Desk desk)
        {
            var (id, inbox, contact) = (ConversationId.New(TimeProvider.System), InboxId.New(TimeProvider.System), ContactId.New(TimeProvider.System));
            var outcome = await desk.Handle(new Open(
                new Origin(Workspace, new Author(AuthorKind.Contact, contact.Value), "open"), id, inbox, BrandId.New(TimeProvider.System), "web", contact, new Terms("blended", 72),
                Introducing.Of(contact, "web", id, inbox, "device", null), Content.Of("Hello"))
            {
                Moment = new Moment { Floor = new Floor(1, 1, 0), Contact = new Here(true, 1) },
            });
            outcome.Entries.ShouldContain(entry => entry.Body is Queued);
            return id;
        }

        public async Task<ConversationId> Open(Desk desk, ContactId contact)
        {
            var id = ConversationId.New(TimeProvider.System);
            var inbox = InboxId.New(TimeProvider.System);
            var outcome = await desk.Handle(new Open(
                new Origin(Workspace, new Author(AuthorKind.Contact, contact.Value), "open"), id, inbox, BrandId.New(TimeProvider.System), "web", contact, new Terms("blended", 72),
                Introducing.Of(contact, "web", id, inbox, "device", null), Content.Of("Hello")));
            outcome.Accepted.ShouldBeTrue(outcome.Refusal?.Code);
            return id;
        }

        public async Task<Outcome> Post(Desk desk, ConversationId it, ContactId who, string clientId, string text = "More") =>
            await desk.Handle(new Post(new Origin(Workspace, new Author(AuthorKind.Contact, who.Value), clientId), it, Content.Of(text), new Terms("blended", 72)));

        public async Task<Outcome> Answer(Desk desk, ConversationId it, string clientId) =>
            await desk.Handle(new Post(new Origin(Workspace, new Author(AuthorKind.Agent, AgentId.New(TimeProvider.System).Value), clientId), it, Content.Of("Hi"), new Terms("blended", 72)));

        public async ValueTask DisposeAsync()
        {
            await One.DisposeAsync();
            await Other.DisposeAsync();
            await Second.DisposeAsync();
            await Store.DisposeAsync();
            await _engine.DisposeAsync();
            await _services.DisposeAsync();
        }

        private Desk Desk(Database database) =>
            new(database, Kinds, Types, new Fanout(), TimeProvider.System, new DeskSettings(), new DeskMetrics(_services.GetRequiredService<IMeterFactory>()), NullLogger<Desk>.Instance);
    }
}

public sealed class SqliteDeskSpec : DeskSpec
{
    protected override Task<Engine> Engine() => Task.FromResult<Engine>(new SqliteEngine());
}

public sealed class PostgresDeskSpec : DeskSpec
{
    protected override Task<Engine> Engine() => PostgresEngine.Make();
}
