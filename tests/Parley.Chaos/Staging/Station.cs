using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Npgsql;
using Parley.Server;
using Parley.Specs.Buses;
using Parley.Specs.Killing;

namespace Parley.Chaos.Staging;

/// <summary>One node with what lies around it: its folder, its clock, its network, its way to the store and to whom it calls.</summary>
internal sealed class Station(int number, string folder, Net? net) : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>
    /// An address of this machine that nobody else uses: while a node is down, whoever asks for any free port could be given its own at 127.0.0.1, and would be asked by its clients.
    /// </summary>
    private static readonly IPAddress Alone = OperatingSystem.IsLinux() ? new IPAddress([127, 77, (byte)(Environment.ProcessId >> 8), (byte)(1 + (Environment.ProcessId % 254))]) : IPAddress.Loopback;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly List<Way> _ways = [];
    private readonly ConcurrentQueue<string> _said = new();
    private readonly string _clock = Path.Combine(Path.GetTempPath(), $"{Path.GetFileName(Path.GetDirectoryName(folder))}-{Path.GetFileName(folder)}-{Environment.ProcessId}-clock");
    private ParleyProcess? _process;
    private volatile Placed? _placed;
    private Way? _store;
    private string[] _settings = [];

    public int Number { get; } = number;

    public string Folder { get; private set; } = folder;

    public Uri Address => Door.Address;

    /// <summary>What its node said last of what went wrong.</summary>
    public IReadOnlyCollection<string> Said => _said;

    /// <summary>Where it is asked, and which store answers there: another store is served at another door.</summary>
    public (Uri Address, int Era) Door => _placed is { } it ? (it.Address, it.Era) : throw new InvalidOperationException("It is nowhere yet.");

    public bool Runs => _process?.Runs == true;

    /// <summary>Starts that were refused, as where the disk was full or the store away.</summary>
    public int Refused { get; private set; }

    /// <summary>Where it is from now on, and on which store; it does not run.</summary>
    /// <param name="era">The how many-th store of the installation it is, from 0.</param>
    public void Move(int era, string folder, string? store, params string[] settings)
    {
        Directory.CreateDirectory(folder);
        (Folder, _settings) = (folder, settings);
        if (store is not null)
        {
            _store ??= Way.To(new NpgsqlConnectionStringBuilder(store), net?.Outside ?? IPAddress.Loopback);
        }

        _process = new ParleyProcess(folder, store is null ? null : _store!.UrlOf(store))
        {
            Host = (net?.Inside ?? Alone).ToString(),
            Under = net?.Under ?? [],
            Surroundings = { [TurnedClock.Variable] = _clock },
            Wrote = Keep,
        };
        _placed = new Placed(_process.Address, era);
    }

    /// <summary>Somebody on this machine is reached under its loopback by the node too.</summary>
    public void Reach(int port)
    {
        if (net is not null)
        {
            _ways.Add(net.Loopback(port));
        }
    }

    public Task Run(params string[] arguments) => _process!.Run(arguments);

    public Task<(int Exit, string Output, string Error)> Try(params string[] arguments) => _process!.Try(arguments);

    /// <summary>Serves, as what keeps a service running does: again until it goes.</summary>
    public async Task Serve()
    {
        using var patience = new CancellationTokenSource(Longest);
        while (true)
        {
            try
            {
                await _process!.Serve(_settings);
                return;
            }
            catch (ShouldAssertException) when (!patience.IsCancellationRequested)
            {
                Refused++;
                await _process!.Kill();
                await Task.Delay(300, CancellationToken.None);
            }
        }
    }

    public Task KillAndServe(Action begun) => Hold(async () =>
    {
        begun();
        await _process!.Kill();
        await Serve();
    });

    /// <summary>Who does not end when told to is killed after a while, as what keeps a service running does.</summary>
    public Task StopAndServe(Action begun) => Hold(async () =>
    {
        begun();
        try
        {
            await _process!.Stop();
        }
        catch (OperationCanceledException)
        {
            await _process!.Kill();
        }

        await Serve();
    });

    public Task Kill() => _process!.Kill();

    public Task Freeze() => _process!.Freeze();

    public Task Thaw() => _process!.Thaw();

    /// <summary>Off the network; where there is none of its own, off the store alone.</summary>
    public async Task Cut()
    {
        _ways.ForEach(way => way.Cut());
        if (net is not null)
        {
            await net.Cut();
        }
        else
        {
            _store?.Cut();
        }
    }

    public async Task Mend()
    {
        _ways.ForEach(way => way.Mend());
        if (net is not null)
        {
            await net.Mend();
        }
        else
        {
            _store?.Mend();
        }
    }

    public void Turn(double seconds)
    {
        File.WriteAllText($"{_clock}~", seconds.ToString(CultureInfo.InvariantCulture));
        File.Move($"{_clock}~", _clock, overwrite: true);
    }

    public async ValueTask DisposeAsync()
    {
        await (_process?.DisposeAsync() ?? ValueTask.CompletedTask);
        foreach (var way in _ways)
        {
            await way.DisposeAsync();
        }

        await (_store?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (net?.DisposeAsync() ?? ValueTask.CompletedTask);
        File.Delete(_clock);
        _gate.Dispose();
    }

    /// <summary>Nobody else ends or starts it meanwhile.</summary>
    public async Task Hold(Func<Task> what)
    {
        await _gate.WaitAsync();
        try
        {
            await what();
        }
        finally
        {
            _gate.Release();
        }
    }

    private void Keep(string line)
    {
        if (line.Length > 0)
        {
            _said.Enqueue(line);
        }

        while (_said.Count > 60)
        {
            _said.TryDequeue(out _);
        }
    }

    private sealed record Placed(Uri Address, int Era);
}
