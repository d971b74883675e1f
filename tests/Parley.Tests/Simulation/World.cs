using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Parley.Conversations;
using Parley.Inbox.Lists;
using Parley.Inbox.Views;
using Parley.Inbox.Searching;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Tests.Log;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Simulation;

/// <summary>
/// Two nodes on one store, clients that ask until they are answered, a disk that fails, a bus that lies, a clock that jumps; one thread, one seed.
/// The same seed is the same story.
/// </summary>
internal sealed class World : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("parley-sim-").FullName;
    private readonly Random _random;
    private readonly List<Wish> _ledger = [];
    private readonly Node[] _nodes;
    private readonly Air _air;
    private readonly Viewer[] _viewers;
    private readonly Database _eyes;
    private readonly Audit _audit;
    private readonly Cast _cast;
    private readonly WorkspaceId _workspace;
    private bool _calm;

    public World(int seed)
    {
        _random = new Random(seed);
        var path = Path.Combine(_folder, "parley.db");
        _workspace = new WorkspaceId(Cast.Fresh(_random));
        _air = new Air(_random);
        _nodes = [new Node(path, _air, Fault, Meanwhile, TimeSpan.Zero, Noon), new Node(path, _air, Fault, Meanwhile, TimeSpan.FromMilliseconds(_random.Next(-1_500, 1_500)), Noon)];
        _eyes = new Database(new SqliteDialect(path));
        _audit = new Audit(_eyes, new LogReader(_eyes, DeskRig.Types), _workspace);
        _cast = new Cast(_random, _workspace);
        _viewers =
        [
            new Viewer(new AgentPrincipal(_workspace, _cast.Agents[0], Role.Agent, null, Stranger(_cast.Agents[0]))),
            new Viewer(new AgentPrincipal(_workspace, _cast.Agents[1], Role.Agent, [_cast.Inboxes[0]], Stranger(_cast.Agents[1]))),
            .. _cast.Customers.Select(customer => new Viewer(new VisitorPrincipal(_workspace, customer, customer, _cast.Inboxes[0], "laptop", false, 0) { Contacts = [customer] })),
        ];
    }

    public int Faults => _nodes.Sum(node => node.Disk.AllFaults);

    public int Entries => _audit.Entries;

    /// <summary>What was found of answers, ratings and noted claims when all was over.</summary>
    public int Answers { get; private set; }

    public int Ratings { get; private set; }

    public int Claims { get; private set; }

    public IReadOnlyList<Wish> Ledger => _ledger;

    /// <summary>All that stands in the log when all is over.</summary>
    public IEnumerable<Entry> Log => _audit.Folds.Keys.SelectMany(_audit.Of);

    public IReadOnlyList<Viewer> Viewers => _viewers;

    public async Task Run(int steps)
    {
        await new Migrations(_eyes, LogMigrations.All, _nodes[0].Time).Apply();
        await _eyes.Write(async session =>
        {
            await Heads.Begin(session, _workspace);
            await session.Execute(Tally.Ddl);
            await session.Execute(SummaryStore.Ddl);
            await session.Execute(SummaryStore.FollowersDdl);
            await session.Execute(ViewStore.Ddl);
        });
        foreach (var node in _nodes)
        {
            await node.Start();
        }

        foreach (var viewer in _viewers)
        {
            await viewer.Connect(Pick(_nodes));
        }

        for (var step = 0; step < steps; step++)
        {
            await Step();
            await Look();
        }

        await Settle();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        await _eyes.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Step()
    {
        var node = Pick(_nodes);
        switch (_random.Next(24))
        {
            case < 7: await Wish(node); break;
            case < 12: await node.Pump(); break;
            case 12: Again(); break;
            case 13: Reuse(node); break;
            case 14: Jump(TimeSpan.FromSeconds(_random.Next(1, 90))); break;
            case 15 when _random.Next(8) == 0: await Crash(node); break;
            case 15 or 16: await Wake(node); break;
            case 17: _air.Deliver(); break;
            case 18 or 19: await node.Neighbours.Step(); break;
            case 20: await Glance(node); break;
            case 21: await Watch(); break;
            default: await Follow(node); break;
        }
    }

    private async Task Wish(Node node)
    {
        var wish = new Wish(await _cast.Wish(node));
        _ledger.Add(wish);
        wish.Ask(node.Desk);
    }

    /// <summary>A client that was not answered, or lost its connection, asks another node, or the same.</summary>
    private void Again()
    {
        if (_ledger.Where(wish => !wish.Settled).ToList() is { Count: > 0 } open)
        {
            var wish = Pick(open);
            if (_random.Next(2) == 0)
            {
                wish.LosePatience();
            }

            wish.Ask(Pick(_nodes).Desk);
        }
    }

    /// <summary>The id of a message that was acknowledged, for other words: refused, and nothing is written.</summary>
    private void Reuse(Node node)
    {
        if (_ledger.Where(wish => wish.Told is { Accepted: true, Entries.Length: > 0 } && wish.Command is Post).ToList() is { Count: > 0 } done)
        {
            var post = (Post)Pick(done).Command;
            _ledger.Add(new Reused(post with { Content = Content.Of("Something else") }));
            _ledger[^1].Ask(node.Desk);
        }
    }

    private void Jump(TimeSpan time)
    {
        foreach (var node in _nodes)
        {
            node.Time.Now += time;
        }
    }

    private async Task Crash(Node node)
    {
        foreach (var wish in _ledger.Where(wish => !wish.Settled))
        {
            await wish.Listen();
            wish.LosePatience();
        }

        foreach (var viewer in _viewers.Where(viewer => viewer.At == node))
        {
            viewer.Lose();
        }

        await node.Crash();
    }

    /// <summary>
    /// Wakes are handed to the door at once and, like everybody, wait until it has time. They are answered when the door has nothing left; who awaits the answers goes on
    /// somewhere else, some time after that, and may not decide how often the door looks.
    /// </summary>
    private static async Task Wake(Node node)
    {
        var waking = node.WakeUps.Fire();
        while (await node.Pump() > 0)
        {
        }

        await waking.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>What was lost under way is looked up.</summary>
    private static async Task Glance(Node node)
    {
        node.Neighbours.Look();
        await node.Neighbours.Step();
    }

    /// <summary>Somebody comes, goes, or opens a conversation, their own or not.</summary>
    private async Task Watch()
    {
        var viewer = Pick(_viewers);
        if (viewer.At is null)
        {
            await viewer.Connect(Pick(_nodes));
        }
        else if (_random.Next(3) == 0)
        {
            viewer.Lose();
        }
        else if (_audit.Folds.Keys.Where(subject => subject.Kind == Conversation.Kind).ToList() is { Count: > 0 } threads)
        {
            await viewer.Open(new ConversationId(Pick(threads).Id));
        }
    }

    private static async Task Follow(Node node)
    {
        try
        {
            await node.Following.Step();
        }
        catch (System.Data.Common.DbException)
        {
            // As in its loop: the disk failed, it tries again later.
        }
    }

    private async Task Look()
    {
        foreach (var wish in _ledger.Where(wish => wish.Waiting))
        {
            await wish.Listen();
        }

        await _audit.Check(_ledger);
        Array.ForEach(_viewers, viewer => viewer.Check(_audit));
        _ledger.OfType<Reused>().Where(wish => wish.Settled).ShouldAllBe(wish => wish.Told!.Refusal!.Code == "clientId.reused");
    }

    private Task<long> WakeUpsLeft() => _eyes.Read(session => session.One<long>("select count(*) from wakeups"));

    /// <summary>The disk is well again, every client asks until it is told, all that is due is done, every reader reaches the end.</summary>
    private async Task Settle()
    {
        _calm = _air.Honest = true;
        Array.ForEach(_nodes, node => node.Disk.Healthy = true);
        for (var round = 0; round < 50 && _ledger.Any(wish => !wish.Settled); round++)
        {
            foreach (var wish in _ledger.Where(wish => !wish.Settled).ToList())
            {
                wish.Ask(Pick(_nodes).Desk);
                await _nodes[0].Pump();
                await _nodes[1].Pump();
                await wish.Listen();
            }
        }

        _ledger.ShouldAllBe(wish => wish.Settled, "With a healthy disk everybody is answered.");
        _ledger.ShouldAllBe(wish => wish.Told!.Accepted || wish.Told.Refusal!.Status < 500);
        // Days pass until nothing is due any more: sessions end, promises are renewed and break, what is quiet rests. A wake-up for what was called off since
        // rings all the same, once.
        for (var day = 0; day < 20 && (_audit.Folds.Any(pair => DeskRig.Kinds[pair.Key.Kind].Due(pair.Value.State) is not null) || await WakeUpsLeft() > 0); day++)
        {
            Jump(TimeSpan.FromHours(day == 0 ? 1 : 24));
            await Wake(_nodes[0]);
            await Wake(_nodes[1]);
            await Look();
        }

        _audit.Folds.ShouldAllBe(pair => DeskRig.Kinds[pair.Key.Kind].Due(pair.Value.State) == null, "What was due is done.");
        (await WakeUpsLeft()).ShouldBe(0);
        _air.Deliver(all: true);
        await Gather();
        await Finish();
        (Answers, Ratings) = Replied.Check(_audit);
        await _audit.CheckAnew();
        Claims = Replied.CheckClaims(_audit);
        await _audit.CheckTally();
        await _audit.CheckLists();
        var kept = await _audit.Lists();
        await _nodes[0].Following.Rebuild(SummaryReader.ReaderName);
        await Finish();
        string.Join('\n', await _audit.Lists()).ShouldBe(string.Join('\n', kept), "Lists and counts made anew from the log are those that were kept.");
        await CheckSearch();
    }

    private async Task CheckSearch()
    {
        var index = _nodes[0].Index;
        var expected = Searched.Expected(_audit);
        (await Searched.Kept(index)).ShouldBe(expected, "What is found is what is there.");
        (await Searched.Order(index)).ShouldBeInOrder();
        await _nodes[0].Following.Rebuild(SearchReader.ReaderName);
        await Finish();
        (await Searched.Kept(index)).ShouldBe(expected, "The index made anew is the one that was kept.");
        (await Searched.Order(index)).ShouldBeInOrder();
    }

    /// <summary>Everybody is connected, both nodes know all, and so does everybody who looks.</summary>
    private async Task Gather()
    {
        foreach (var node in _nodes)
        {
            await Glance(node);
            node.Streams.Room(_workspace)?.Position.Entries.ShouldBe(_audit.Entries);
        }

        foreach (var viewer in _viewers.Where(viewer => viewer.At is null))
        {
            await viewer.Connect(Pick(_nodes));
        }

        await Look();
    }

    /// <summary>The lease of a dead holder runs out, and whoever is left reads to the end.</summary>
    private async Task Finish()
    {
        for (var round = 0; round < 12; round++)
        {
            Jump(TimeSpan.FromSeconds(10));
            foreach (var node in _nodes)
            {
                node.Following.LookAgain();
                await node.Following.Step();
            }
        }
    }

    /// <summary>The rights of agents whom no workspace has hired: what counts here is that they stay the same.</summary>
    private long Stranger(AgentId agent) =>
        new Roster(_workspace, WorkspaceState.Empty, ImmutableDictionary<AgentId, AgentState>.Empty, ImmutableDictionary<InboxId, InboxState>.Empty).Grant(agent);

    private Fault Fault() => _random.Next(8) == 0 ? (Fault)_random.Next(1, 4) : Simulation.Fault.None;

    /// <summary>COMMIT takes a while; other clients do not wait.</summary>
    private void Meanwhile()
    {
        if (!_calm && _random.Next(4) == 0)
        {
            Jump(TimeSpan.FromMilliseconds(_random.Next(0, 3_000)));
            Again();
        }
    }

    private T Pick<T>(IReadOnlyList<T> all) => all[_random.Next(all.Count)];

    private sealed class Reused(Command command) : Wish(command);
}
