using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Conversations.Streaming;
using Parley.Inbox.Lists;
using Parley.Inbox.Searching;
using Parley.Inbox.Views;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Tests.Log;
using Parley.Workspaces;

namespace Parley.Tests.Simulation;

/// <summary>A server as the others see it: its own clock, its own memory, the same store. It can die and come back with nothing but the store.</summary>
internal sealed class Node(string path, Air air, Func<Fault> fault, Action meanwhile, TimeSpan skew, DateTimeOffset start) : IAsyncDisposable
{
    private readonly ServiceProvider _metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private Air.Ears? _ears;
    private IDisposable[] _parts = [];

    public FaultyDialect Disk { get; } = new(path, fault, meanwhile);

    public StandingTime Time { get; } = new(start + skew);

    public Database Database { get; private set; } = null!;

    public Fanout Fanout { get; private set; } = null!;

    public Desk Desk { get; private set; } = null!;

    public LogReader Reader { get; private set; } = null!;

    public WakeUps WakeUps { get; private set; } = null!;

    public Following Following { get; private set; } = null!;

    public Neighbours Neighbours { get; private set; } = null!;

    public SearchIndex Index { get; private set; } = null!;

    public Streams Streams { get; private set; } = null!;

    public People People { get; private set; } = null!;

    public async Task Start()
    {
        Database = new Database(Disk);
        Fanout = new Fanout();
        Reader = new LogReader(Database, DeskRig.Types);
        _ears = air.Join(_ears);
        var meters = _metrics.GetRequiredService<IMeterFactory>();
        Desk = new Desk(Database, DeskRig.Kinds, DeskRig.Types, Fanout, Time, new DeskSettings(QueueLimit: 40, BatchLimit: 8, CachedStates: 100), new DeskMetrics(meters), NullLogger<Desk>.Instance);
        WakeUps = new WakeUps(Database, Desk, DeskRig.Kinds, Time, NullLogger<WakeUps>.Instance);
        Index = new SearchIndex(Database, Time);
        Following = new Following(
            [new Tally(Database), new SummaryReader(Database, Desk, Reader, new ViewKeeping(Time, new People(Database, Desk, DeskRig.Types, Fanout)), new SummaryChanges(_ears)), new SearchReader(Index, Reader)], Database, Reader, Fanout, new ReaderSettings(), Time, meters, NullLogger<Following>.Instance);
        Neighbours = new Neighbours(_ears, Fanout, Database, Reader, NullLogger<Neighbours>.Instance);
        Streams = MakeStreams();
        await Neighbours.Begin();
    }

    /// <summary>One batch through the door. What it wrote goes through the order of all nodes before it is answered.</summary>
    public async Task<int> Pump()
    {
        await Neighbours.Step();
        var pumping = Desk.Pump();
        while (!pumping.IsCompleted)
        {
            await Neighbours.Step();
            await Task.Yield();
        }

        return await pumping;
    }

    /// <summary>What waited in memory is gone, unanswered.</summary>
    public async Task Crash()
    {
        await Stop();
        await Start();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await _metrics.DisposeAsync();
    }

    private Streams MakeStreams()
    {
        var (people, rosters) = (People = new People(Database, Desk, DeskRig.Types, Fanout), new Rosters(Database, Desk, Fanout));
        var grants = new Grants(rosters, Fanout);
        Streams streams = null!;
        var publishing = new StreamPublishing(new Lazy<Streams>(() => streams), new EntryWire((_, _) => null, (_, _) => ""), new Delivering(Desk, Time, NullLogger<Delivering>.Instance), Fanout);
        streams = new Streams([new EntryPart(publishing, new Threads(Desk, Reader, rosters), Desk, Reader)], Reader, new StreamSettings(), grants, (_, _) => null);
        _parts = [people, rosters, grants, streams];
        return streams;
    }

    private async Task Stop()
    {
        Array.ForEach(_parts, part => part.Dispose());
        Following.Dispose();
        Neighbours.Dispose();
        await Index.DisposeAsync();
        await Database.DisposeAsync();
    }
}

/// <summary>A reader that would show every entry that it missed or worked in twice: it adds up, and what is added twice is wrong for ever.</summary>
internal sealed class Tally(Database store) : IReader
{
    public const string Ddl = "create table tally (workspace bytea primary key, entries bigint not null, positions bigint not null)";

    public string Name => "tally";

    public Database Store { get; } = store;

    public Task<IReadOnlyList<Func<Session, Task>>> Read(WorkspaceId workspace, IReadOnlyList<Entry> entries, int rows) => Task.FromResult<IReadOnlyList<Func<Session, Task>>>(
    [
        session => session.Execute(
            """
            insert into tally (workspace, entries, positions) values (@workspace, @count, @sum)
            on conflict (workspace) do update set entries = tally.entries + excluded.entries, positions = tally.positions + excluded.positions
            """,
            new { workspace = workspace.Bytes, count = (long)entries.Count, sum = entries.Sum(entry => entry.Position) }),
    ]);

    public void Reached(WorkspaceId workspace, long position)
    {
    }

    public Task<int> Clear(Session session, WorkspaceId workspace, int limit) => session.Execute("delete from tally where workspace = @workspace", new { workspace = workspace.Bytes });
}
