using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Fanout;
using Parley.Platform.Store;
using Parley.Specs.Engines;

namespace Parley.Specs.Log;

/// <summary>What was committed is told on every node, whichever wrote it: each position once and in order, also where a word was lost. One subclass per bus.</summary>
public abstract class FanoutSpec : IAsyncLifetime
{
    private static readonly EntryTypes Types = new(Product.Modules.SelectMany(module => module.Entries));
    private static readonly SubjectKinds Kinds = new(Product.Modules.SelectMany(module => module.Kinds));

    private readonly List<Node> _nodes = [];
    private readonly WorkspaceId _workspace = WorkspaceId.New(TimeProvider.System);
    private Engine? _engine;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        if (_engine is { } engine)
        {
            await engine.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task Every_node_is_told_every_position_once_and_in_order_whichever_wrote_it()
    {
        await Begin();
        var (one, two, three) = (await Join(), await Join(), await Join());
        var threads = new[] { await one.Open(_workspace), await two.Open(_workspace), await three.Open(_workspace) };
        await Task.WhenAll(Enumerable.Range(0, 150).Select(i => Task.Run(() => _nodes[i % 3].Post(_workspace, threads[i % 2], $"m{i}").AsTask())));
        var head = await Head();
        foreach (var node in _nodes)
        {
            await Until(() => node.Told.LastOrDefault() == head);
            node.Told.ShouldBe(Enumerable.Range(1, (int)head).Select(position => (long)position));
        }
    }

    [SkippableFact]
    public async Task One_word_tells_of_a_whole_batch()
    {
        await Begin();
        var (one, two) = (await Join(), await Join());
        var words = 0;
        two.Bus.Listen("log", _ => Interlocked.Increment(ref words));
        var it = await one.Open(_workspace);
        await Task.WhenAll(Enumerable.Range(0, 400).Select(i => one.Post(_workspace, it, $"m{i}").AsTask()));
        var head = await Head();
        await Until(() => two.Told.LastOrDefault() == head);
        await Until(() => words >= one.Batches);
        words.ShouldBe(one.Batches, "A batch is told in one word, however much it wrote.");
        words.ShouldBeLessThan(200, "Commands did not share batches: that proves nothing.");
    }

    [SkippableFact, Trait("row", "BX3")]
    public async Task BX3_A_node_that_hears_nothing_reads_it_from_the_log()
    {
        await Begin();
        var one = await Join();
        var deaf = await Join(bus => new Deaf(bus));
        var it = await one.Open(_workspace);
        for (var i = 0; i < 20; i++)
        {
            await one.Post(_workspace, it, $"m{i}");
        }

        // What it writes itself tells it that it missed something; and it looks for itself where it writes nothing.
        await deaf.Post(_workspace, it, "mine");
        await one.Post(_workspace, it, "last");
        var head = await Head();
        await Until(() => deaf.Told.LastOrDefault() == head);
        deaf.Told.ShouldBe(Enumerable.Range(1, (int)head).Select(position => (long)position));
    }

    protected abstract Task<Engine> Engine();

    /// <summary>The bus of another node on this store.</summary>
    protected abstract Bus Bus(Dialect dialect);

    private async Task Begin()
    {
        _engine = await Engine();
        await using var store = new Database(_engine.Open());
        await new Migrations(store, Product.Migrations, TimeProvider.System).Apply();
        await store.Write(session => Heads.Begin(session, _workspace));
    }

    private async Task<Node> Join(Func<Bus, Bus>? through = null)
    {
        var dialect = _engine!.Open();
        var bus = Bus(dialect);
        var node = new Node(new Database(dialect), through?.Invoke(bus) ?? bus);
        _nodes.Add(node);
        await node.Start();
        return node;
    }

    private async Task<long> Head() => await _nodes[0].Store.Read(session => session.One<long>("select position from heads where workspace = @workspace", new { workspace = _workspace.Bytes }));

    private static async Task Until(Func<bool> so)
    {
        for (var i = 0; i < 3_000 && !so(); i++)
        {
            await Task.Delay(10);
        }

        so().ShouldBeTrue();
    }

    /// <summary>Says what is said, and hears nothing.</summary>
    private sealed class Deaf(Bus inner) : Bus
    {
        public override bool Shared => true;

        public override Task Start() => inner.Start();

        public override void Post(string topic, string text) => inner.Post(topic, text);

        public override ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    private sealed class Node : IAsyncDisposable
    {
        private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        private readonly Desk _desk;
        private readonly Neighbours _neighbours;
        private readonly ContactId _who = ContactId.New(TimeProvider.System);
        private int _batches;

        public Node(Database store, Bus bus)
        {
            (Store, Bus) = (store, bus);
            var fanout = new Fanout();
            _desk = new Desk(store, Kinds, Types, fanout, TimeProvider.System, new DeskSettings(), new DeskMetrics(_services.GetRequiredService<IMeterFactory>()), NullLogger<Desk>.Instance);
            _neighbours = new Neighbours(bus, fanout, store, new LogReader(store, Types), NullLogger<Neighbours>.Instance);
            fanout.Listen(committed =>
            {
                foreach (var entry in committed.Entries)
                {
                    Told.Enqueue(entry.Position);
                }

                Interlocked.Increment(ref _batches);
            });
        }

        public Database Store { get; }

        public Bus Bus { get; }

        /// <summary>The positions of which its listeners were told, in that order.</summary>
        public ConcurrentQueue<long> Told { get; } = new();

        /// <summary>How often its listeners were told of something.</summary>
        public int Batches => _batches;

        public async Task Start()
        {
            await _neighbours.StartAsync(CancellationToken.None);
            _desk.Start();
        }

        public async Task<ConversationId> Open(WorkspaceId workspace)
        {
            var id = ConversationId.New(TimeProvider.System);
            var inbox = InboxId.New(TimeProvider.System);
            var outcome = await _desk.Handle(new Open(
                new Origin(workspace, new Author(AuthorKind.Contact, _who.Value), $"open-{id}"), id, inbox, BrandId.New(TimeProvider.System), "web", _who, new Terms("blended", 72),
                Introducing.Of(_who, "web", id, inbox, "device", null), Content.Of("Hello")));
            outcome.Accepted.ShouldBeTrue(outcome.Refusal?.Code);
            return id;
        }

        public async ValueTask<Outcome> Post(WorkspaceId workspace, ConversationId it, string clientId)
        {
            var outcome = await _desk.Handle(new Post(new Origin(workspace, new Author(AuthorKind.Contact, _who.Value), clientId), it, Content.Of(clientId), new Terms("blended", 72)));
            outcome.Accepted.ShouldBeTrue(outcome.Refusal?.Code);
            return outcome;
        }

        public async ValueTask DisposeAsync()
        {
            await _desk.DisposeAsync();
            await _neighbours.StopAsync(CancellationToken.None);
            _neighbours.Dispose();
            await Bus.DisposeAsync();
            await Store.DisposeAsync();
            await _services.DisposeAsync();
        }
    }
}

public sealed class LocalFanoutSpec : FanoutSpec
{
    private readonly LocalBus _first = new();

    protected override Task<Engine> Engine() => Task.FromResult<Engine>(new SqliteEngine());

    protected override Bus Bus(Dialect dialect) => _first.Join();
}

public sealed class PostgresFanoutSpec : FanoutSpec
{
    protected override Task<Engine> Engine() => PostgresEngine.Make();

    protected override Bus Bus(Dialect dialect) => dialect.Bus();
}
