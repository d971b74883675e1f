using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Inbox.Lists;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Tests.Log;

namespace Parley.Tests.Simulation;

/// <summary>A server as the others see it: its own clock, its own memory, the same store. It can die and come back with nothing but the store.</summary>
internal sealed class Node(string path, Func<Fault> fault, Action meanwhile, TimeSpan skew, DateTimeOffset start) : IAsyncDisposable
{
    private readonly ServiceProvider _metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public FaultyDialect Disk { get; } = new(path, fault, meanwhile);

    public StandingTime Time { get; } = new(start + skew);

    public Database Database { get; private set; } = null!;

    public Fanout Fanout { get; private set; } = null!;

    public Desk Desk { get; private set; } = null!;

    public LogReader Reader { get; private set; } = null!;

    public WakeUps WakeUps { get; private set; } = null!;

    public Following Following { get; private set; } = null!;

    public void Start()
    {
        Database = new Database(Disk);
        Fanout = new Fanout();
        Reader = new LogReader(Database, DeskRig.Types);
        var meters = _metrics.GetRequiredService<IMeterFactory>();
        Desk = new Desk(Database, DeskRig.Kinds, DeskRig.Types, Fanout, Time, new DeskSettings(QueueLimit: 40, BatchLimit: 8, CachedStates: 100), new DeskMetrics(meters), NullLogger<Desk>.Instance);
        WakeUps = new WakeUps(Database, Desk, DeskRig.Kinds, Time, NullLogger<WakeUps>.Instance);
        Following = new Following([new Tally(Database), new SummaryReader(Database, Desk, Reader, new SummaryChanges(new Parley.Platform.Fanout.LocalBus()))], Database, Reader, Fanout, new ReaderSettings(), Time, meters, NullLogger<Following>.Instance);
    }

    /// <summary>What waited in memory is gone, unanswered.</summary>
    public async Task Crash()
    {
        Following.Dispose();
        await Database.DisposeAsync();
        Start();
    }

    public async ValueTask DisposeAsync()
    {
        Following.Dispose();
        await Database.DisposeAsync();
        await _metrics.DisposeAsync();
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
