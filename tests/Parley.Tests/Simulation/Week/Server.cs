using System.Data.Common;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Conversations;
using Parley.Figures.Promises;
using Parley.Live;
using Parley.Log;
using Parley.Platform.Realtime;
using Parley.Platform.Hosting;
using Parley.Platform.Store;
using Parley.Routing;
using Parley.Workspaces;

namespace Parley.Tests.Simulation.Week;

/// <summary>SQLite that does not wait for the disk: the power never fails here.</summary>
internal sealed class QuickDialect(string path) : SqliteDialect(path)
{
    public override async ValueTask<DbConnection> Open(CancellationToken cancel = default)
    {
        var connection = await base.Open(cancel);
        await using var pragma = connection.CreateCommand();
        pragma.CommandText = "pragma synchronous = off; pragma secure_delete = off;";
        await pragma.ExecuteNonQueryAsync(cancel);
        return connection;
    }

    public override void Outlast(Session session, bool powerCut)
    {
        // Nothing has to.
    }
}

/// <summary>The product as it runs in one process, its own parts on a store: the door, who is here, who is given what, wake-ups, the score. Nothing of it is replaced but the clock.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly ServiceProvider _provider;
    private readonly OneThread _thread;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _loops = [];
    private readonly List<IDisposable> _parts = [];
    private readonly StreamRoom _room;
    private readonly LivingTime _time;
    private long _clients;

    private Server(ServiceProvider provider, OneThread thread, WorkspaceId workspace, LivingTime time)
    {
        (_provider, _thread, _room, _time) = (provider, thread, new StreamRoom(workspace), time);
        Desk = provider.GetRequiredService<Desk>();
        Rosters = provider.GetRequiredService<Rosters>();
        Moments = provider.GetRequiredService<Moments>();
        Fanout = provider.GetRequiredService<Fanout>();
        Halls = provider.GetRequiredService<Halls>();
        Learning = provider.GetRequiredService<Learning>();
        WakeUps = provider.GetRequiredService<WakeUps>();
        Following = provider.GetRequiredService<Following>();
        Database = provider.GetRequiredService<Database>();
    }

    public Desk Desk { get; }

    public Rosters Rosters { get; }

    public Moments Moments { get; }

    public Fanout Fanout { get; }

    public Halls Halls { get; }

    public Learning Learning { get; }

    public WakeUps WakeUps { get; }

    public Following Following { get; }

    public Database Database { get; }

    public static Server Start(string path, LivingTime time, OneThread thread, WorkspaceId workspace)
    {
        var services = new ServiceCollection();
        services.AddSingleton(new Database(new QuickDialect(path)));
        services.AddSingleton<TimeProvider>(time);
        services.AddSingleton(PublicAddress.Of(null));
        services.AddLogging();
        services.AddParley();
        // Nobody looks at a screen here.
        services.AddSingleton(provider => new Lazy<Streams>(() => new Streams([], provider.GetRequiredService<LogReader>(), new StreamSettings(), provider.GetRequiredService<Grants>(), (_, _) => null)));
        services.AddSingleton(provider => new Following(
            [ActivatorUtilities.CreateInstance<OngoingReader>(provider), ActivatorUtilities.CreateInstance<LedgerReader>(provider)],
            provider.GetRequiredService<Database>(), provider.GetRequiredService<LogReader>(), provider.GetRequiredService<Fanout>(), new ReaderSettings(), time,
            provider.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), NullLogger<Following>.Instance));
        return new Server(services.BuildServiceProvider(), thread, workspace, time);
    }

    /// <summary>Begins what goes on by itself, in the order in which the product does.</summary>
    public void Begin()
    {
        var missing = ActivatorUtilities.CreateInstance<Parley.Routing.Missing>(_provider);
        _parts.Add(missing);
        _loops.Add(missing.StartAsync(_stop.Token));
        foreach (var service in new BackgroundService[]
        {
            _provider.GetRequiredService<Ongoing>(), Learning, ActivatorUtilities.CreateInstance<Whereabouts>(_provider), ActivatorUtilities.CreateInstance<Router>(_provider),
        })
        {
            _parts.Add(service);
            _loops.Add(Execute(service));
        }

        _ = Wait(Rosters.Of(_room.Workspace).AsTask());
        Settle();
    }

    /// <summary>Somebody opens a stream; closing it is what is given back.</summary>
    public Action Connect(Principal who)
    {
        var client = new StreamClient(++_clients, who, _room, new Silent());
        _provider.GetRequiredService<Comings>().Enter(client);
        _provider.GetRequiredService<Presence>().Enter(client);
        return () =>
        {
            _provider.GetRequiredService<Comings>().End(client);
            _provider.GetRequiredService<Presence>().End(client);
        };
    }

    /// <summary>Until nothing is to be done any more before time goes on.</summary>
    public void Settle()
    {
        for (var idle = false; !idle;)
        {
            var ran = _thread.Run();
            var pumping = Desk.Pump();
            while (!pumping.IsCompleted)
            {
                _thread.Run();
            }

            idle = pumping.GetAwaiter().GetResult() == 0 && !ran;
        }

        if (_loops.Find(loop => loop.IsFaulted) is { } broken)
        {
            throw broken.Exception!;
        }
    }

    public T Wait<T>(Task<T> task)
    {
        for (var tries = 0; !task.IsCompleted; tries++)
        {
            Settle();
            if (tries > 1_000_000)
            {
                throw new InvalidOperationException("It waits for something that does not come.");
            }
        }

        return task.GetAwaiter().GetResult();
    }

    /// <summary>The process ends, whatever it is doing: nothing is said to anybody, and what was in memory is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        _time.Alive = false;
        _stop.Cancel();
        _thread.Run();
        _parts.ForEach(part => part.Dispose());
        await _provider.DisposeAsync();
        _stop.Dispose();
    }

    /// <summary>Not by StartAsync, which would hand it to another thread.</summary>
    private Task Execute(BackgroundService service) =>
        (Task)typeof(BackgroundService).GetMethod("ExecuteAsync", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(service, [_stop.Token])!;

    private sealed class Silent() : Line(new LineLimits(10, 10))
    {
        protected override ReadOnlyMemory<byte> TooSlow => default;

        protected override ValueTask Write(ReadOnlyMemory<byte> frame) => ValueTask.CompletedTask;

        protected override ValueTask Close() => ValueTask.CompletedTask;

        protected override void Abort()
        {
        }
    }
}
