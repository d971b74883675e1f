using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Parley.Tests.Cast;

namespace Parley.Specs.Killing;

/// <summary>The real program, as an operator starts it, on a store of its own. It is killed as a power cut would: no handler runs, nothing is flushed.</summary>
public sealed class ParleyProcess(string folder, string? store) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>A start is much work, and many may start at once.</summary>
    private static readonly TimeSpan Starting = TimeSpan.FromMinutes(3);

    private readonly int _port = FreePort();
    private Process? _process;

    /// <summary>Where it listens: another address than this machine's own where it runs in a network of its own.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>What runs the program, before its name: <c>ip netns exec NAME</c>. It must become the program, so that signals reach that.</summary>
    public string[] Under { get; init; } = [];

    /// <summary>Variables of its environment.</summary>
    public Dictionary<string, string> Surroundings { get; init; } = [];

    /// <summary>Shown every line that it writes.</summary>
    public Action<string>? Wrote { get; init; }

    public Uri Address => new($"http://{Host}:{_port}");

    /// <summary>It was served and has neither ended nor been ended.</summary>
    public bool Runs => _process is { HasExited: false };

    /// <summary>Runs a command to its end, and fails unless it went well.</summary>
    public async Task Run(params string[] arguments)
    {
        var (exit, output, error) = await Try(arguments);
        exit.ShouldBe(0, output + error);
    }

    /// <summary>Runs a command to its end, however it ends.</summary>
    public async Task<(int Exit, string Output, string Error)> Try(params string[] arguments)
    {
        using var process = Launch([.. arguments, .. Where()]);
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output.Trim(), (await error).Trim());
    }

    /// <summary>Serves; comes back when requests are answered.</summary>
    public async Task Serve(params string[] settings)
    {
        _process = Launch(["serve", .. Where(), "--urls", Address.GetLeftPart(UriPartial.Authority), .. store is null ? Array.Empty<string>() : ["--migrate"],
            .. settings.SelectMany(setting => new[] { "--set", setting })]);
        var error = new List<string>();
        _process.ErrorDataReceived += (_, line) =>
        {
            Wrote?.Invoke(line.Data ?? "");
            lock (error)
            {
                error.Add(line.Data ?? "");
            }
        };
        _process.BeginErrorReadLine();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.OutputDataReceived += (_, line) =>
        {
            Wrote?.Invoke(line.Data ?? "");
            if (line.Data?.StartsWith("Parley listens", StringComparison.Ordinal) == true)
            {
                ready.TrySetResult();
            }
        };
        _process.BeginOutputReadLine();
        var first = await Task.WhenAny(ready.Task, _process.WaitForExitAsync(), Task.Delay(Starting));
        string said;
        lock (error)
        {
            said = string.Join('\n', error);
        }

        first.ShouldBe(ready.Task, said);
    }

    /// <summary><c>kill -9</c>.</summary>
    public async Task Kill()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Told to end, as systemd and containers do: what it ended with, and how long it took.</summary>
    public async Task<(int Exit, TimeSpan Took)> Stop()
    {
        var started = Stopwatch.GetTimestamp();
        await Signal("-TERM");
        using var patience = new CancellationTokenSource(Patience);
        await _process!.WaitForExitAsync(patience.Token);
        var exit = _process.ExitCode;
        _process.Dispose();
        _process = null;
        return (exit, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Stands still, as a machine that is moved or pages, and knows nothing of it afterwards.</summary>
    public async Task Sleep(TimeSpan time)
    {
        await Freeze();
        await Task.Delay(time);
        await Thaw();
    }

    public Task Freeze() => Signal("-STOP");

    public Task Thaw() => Signal("-CONT");

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await Kill();
        }
    }

    private async Task Signal(string signal)
    {
        try
        {
            if (_process is { HasExited: false } process)
            {
                using var kill = Process.Start("kill", [signal, $"{process.Id}"]);
                await kill.WaitForExitAsync();
            }
        }
        catch (InvalidOperationException)
        {
            // Whoever ended meanwhile, and was put away by another, hears nothing.
        }
    }

    private string[] Where() => ["--data", folder, .. store is null ? Array.Empty<string>() : ["--store", store]];

    private Process Launch(string[] arguments)
    {
        string[] line = [.. Under, Built.Parley, .. arguments];
        var start = new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // The test runner's own settings are not the program's.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in Surroundings)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
