using System.Data.Common;
using System.Diagnostics;
using Npgsql;
using Parley.Chaos.Faults;
using Parley.Chaos.Proof;
using Parley.Platform.Store;
using Parley.Specs.Engines;
using Parley.Specs.Operating;
using Parley.Tests.Cast;

namespace Parley.Chaos.Staging;

/// <summary>When the store was put back to a backup: what the store before it confirmed after it was begun may be gone, and everything else may not. They stand in their order.</summary>
public sealed record Restored(long Begun, long Back);

/// <summary>A whole installation, on either engine, with what can be broken of it: one node with a folder, or three on a PostgreSQL of their own.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private string[] Settings =>
    [
        // Whoever follows the log for a dead node does so soon, and nobody is held up by being one of few who ask much.
        "readers.leaseSeconds=2", "rate.visitorPerSecond=100000", "rate.visitorBurst=100000", "rate.startsPerHour=1000000", "rate.addressPerSecond=1000000", "rate.addressBurst=1000000",
        "rate.refusedPerSecond=100000", "rate.refusedBurst=100000", "streams.visitorBeatSeconds=2", "streams.agentBeatSeconds=2",
        "channels.allowLoopback=true", "channels.retrySeconds=1", "channels.longestRetrySeconds=3", "channels.mendSeconds=1", "people.hashRounds=1000",
        "notifications.mailAfterSeconds=2", "notifications.pushAfterSeconds=1", .. PushSink.Settings.Select(setting => $"{setting.Key}={setting.Value}"), .. Post.Settings.Select(setting => $"{setting.Key}={setting.Value}"),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("parley-chaos-").FullName;
    private readonly Dictionary<FaultKind, string> _skipped = [];
    private readonly List<Restored> _restored = [];
    private string? _database;
    private int _moves;

    private Stage(string engine) => Engine = engine;

    public string Engine { get; }

    public List<Station> Stations { get; } = [];

    public List<House> Houses { get; } = [];

    /// <summary>Where mails of the installation go; at times it takes one and its answer is lost.</summary>
    public MailSink Post { get; } = new();

    /// <summary>The push service, and the browsers behind it of agents who have closed their console.</summary>
    public PushSink Browsers { get; } = new();

    public PostgresServer? Postgres { get; private set; }

    public Tmpfs? Disk { get; private set; }

    /// <summary>How a node is cut off here, in words.</summary>
    public string Cutting { get; private set; } = "";

    /// <summary>What cannot be done on this machine, and why.</summary>
    public IReadOnlyDictionary<FaultKind, string> Skipped => _skipped;

    /// <summary>Rises when the store becomes another.</summary>
    public int Era => Volatile.Read(ref _moves);

    public IReadOnlyList<Restored> Restores
    {
        get
        {
            lock (_restored)
            {
                return [.. _restored];
            }
        }
    }

    public IReadOnlyList<FaultKind> Kinds => [.. Possible.Where(kind => !_skipped.ContainsKey(kind))];

    private FaultKind[] Possible => Engine == "sqlite"
        ? [FaultKind.Kill, FaultKind.Freeze, FaultKind.Restart, FaultKind.DiskFull, FaultKind.Clock, FaultKind.Receiver, FaultKind.Restore]
        : [FaultKind.Kill, FaultKind.Freeze, FaultKind.Restart, FaultKind.Cut, FaultKind.StoreRestart, FaultKind.StoreFreeze, FaultKind.StoreFull, FaultKind.Clock, FaultKind.Receiver, FaultKind.Restore];

    /// <summary>Skips the test, by name, where the engine is not installed.</summary>
    public static async Task<Stage> Set(string engine, bool roomy)
    {
        var stage = new Stage(engine);
        try
        {
            await stage.Place(roomy);
            var first = stage.Stations[0];
            await first.Run("migrate");
            stage.Houses.Add(await House.Found(first, 'l', "Lighthouse", first: true));
            stage.Houses.Add(await House.Found(first, 'b', "Boathouse", first: false));
            foreach (var station in stage.Stations)
            {
                stage.Houses.ForEach(house => station.Reach(house.Emulator.Address.Port));
                station.Reach(stage.Post.Port);
                station.Reach(stage.Browsers.Port);
            }

            await Task.WhenAll(stage.Stations.Select(station => station.Serve()));
            foreach (var house in stage.Houses)
            {
                await house.SetUp(first, stage.Browsers);
            }

            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>What lies in the store itself, read beside all nodes: again where it is looked after in this very moment.</summary>
    public async Task<Truth> Read()
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await Truth.Read(Open());
            }
            catch (DbException) when (tries < 100)
            {
                await Task.Delay(200);
            }
        }
    }

    private Dialect Open() => _database is { } url ? new PostgresDialect(url) : new SqliteDialect(Path.Combine(Stations[0].Folder, "parley.db"));

    /// <summary>Backs up what is served and written to, lets it go on for a moment, and puts the backup in its place.</summary>
    /// <param name="begun">Called when nobody is served any more.</param>
    public async Task Restore(Action begun)
    {
        var (from, archive) = (Stopwatch.GetTimestamp(), Path.Combine(_folder, $"backup{_moves}.tar.gz"));
        for (var tries = 0; (await Stations[tries % Stations.Count].Try("backup", archive)).Exit != 0; tries++)
        {
            File.Delete(archive);
            tries.ShouldBeLessThan(100, "No backup can be had.");
            from = Stopwatch.GetTimestamp();
            await Task.Delay(300);
        }

        await Task.Delay(700);
        await Everybody(Stations, async () =>
        {
            begun();
            foreach (var station in Stations)
            {
                await station.Kill();
            }

            await PutBack(archive);
            lock (_restored)
            {
                _restored.Add(new Restored(from, Stopwatch.GetTimestamp()));
            }

            Interlocked.Increment(ref _moves);
            await Task.WhenAll(Stations.Select(station => station.Serve()));
        });
        File.Delete(archive);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var station in Stations)
        {
            await station.Thaw();
            await station.DisposeAsync();
        }

        foreach (var house in Houses)
        {
            await house.DisposeAsync();
        }

        await Post.DisposeAsync();
        await Browsers.DisposeAsync();
        await (Postgres?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (Disk?.DisposeAsync() ?? ValueTask.CompletedTask);
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Place(bool roomy)
    {
        if (Engine == "sqlite")
        {
            await Disked(FaultKind.DiskFull, roomy ? 1_500 : 200);
            Stations.Add(new Station(1, Folder("node1-0"), null));
            Stations[0].Move(0, Folder("node1-0"), null, Settings);
            return;
        }

        Skip.If(PostgresServer.Missing is not null, PostgresServer.Missing);
        await Disked(FaultKind.StoreFull, roomy ? 2_000 : 500);
        // It keeps little of its journal, so that a disk that is full is full for that too.
        Postgres = Disk is { } disk ? await PostgresServer.StartIn(Directory.CreateDirectory(Path.Combine(disk.Path, "postgres")).FullName, "max_wal_size=64MB", "min_wal_size=32MB") : await PostgresServer.Start();
        _database = await Postgres.NewDatabase();
        var missings = new List<string>();
        for (var number = 1; number <= 3; number++)
        {
            var (net, missing) = await Net.Make(number);
            missings.AddRange(missing is null ? [] : [missing]);
            Stations.Add(new Station(number, Folder($"node{number}-0"), net));
            Stations[^1].Move(0, Folder($"node{number}-0"), _database, Settings);
        }

        Cutting = missings.Count == 0
            ? "the cable of the node's own network namespace was pulled: no way to its clients, to the store, to receivers"
            : $"a line in between swallowed what went to the store and to receivers; clients still reached the node. Network namespaces: skipped ({missings[0]})";
    }

    /// <summary>A small disk where that is possible, for what is meant to meet its end.</summary>
    private async Task Disked(FaultKind kind, int megabytes)
    {
        try
        {
            Disk = await Tmpfs.Mount(megabytes);
        }
        catch (SkipException missing)
        {
            _skipped[kind] = missing.Message;
        }
    }

    /// <summary>A node's own; of the cluster nothing that counts lies there.</summary>
    private string Folder(string name) => Path.Combine(Engine == "sqlite" && Disk is { } disk ? disk.Path : _folder, name);

    /// <summary>Into a folder, or a database, of its own, with the list of what was erased; again until it goes.</summary>
    private async Task PutBack(string archive)
    {
        var left = Stations.ConvertAll(station => Path.Combine(station.Folder, "erasures.ndjson"));
        for (var tries = 0; ; tries++)
        {
            tries.ShouldBeLessThan(100, "The backup cannot be restored.");
            var number = _moves + 1;
            try
            {
                _database = Postgres is null ? null : await Postgres.NewDatabase();
            }
            catch (NpgsqlException)
            {
                // It is away or stands still at the moment.
                await Task.Delay(500);
                continue;
            }

            try
            {
                Move(number, $"{number}-{tries}", left);
                if ((await Stations[0].Try("restore", archive)).Exit == 0)
                {
                    return;
                }
            }
            catch (IOException)
            {
                // The disk is full at the moment.
            }

            await Task.Delay(300);
        }
    }

    /// <summary>Each into a folder that is empty but for the list of what was erased.</summary>
    private void Move(int era, string name, List<string> left)
    {
        foreach (var (station, list) in Stations.Zip(left))
        {
            var folder = Folder($"node{station.Number}-{name}");
            station.Move(era, folder, _database, Settings);
            if (File.Exists(list))
            {
                File.Copy(list, Path.Combine(folder, "erasures.ndjson"), overwrite: true);
            }
        }
    }

    private static Task Everybody(IEnumerable<Station> stations, Func<Task> what) =>
        stations.FirstOrDefault() is { } first ? first.Hold(() => Everybody(stations.Skip(1), what)) : what();
}
