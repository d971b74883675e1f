using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Parley.Bench;

/// <summary>A server in a process of its own, ended with this one.</summary>
internal sealed class Child : IAsyncDisposable
{
    private static readonly ConcurrentBag<Process> Started = [];

    /// <summary>No limits for whoever writes, for one machine plays all customers; and signing in, of which no figure tells, is quick.</summary>
    public static readonly string[] Unlimited =
        ["people.hashRounds=1000", "rate.visitorPerSecond=1000000", "rate.visitorBurst=1000000", "rate.addressPerSecond=1000000", "rate.addressBurst=1000000", "rate.startsPerHour=1000000"];

    private readonly Process _process;

    /// <summary>The product as it is given away, compiled ahead of time: <c>eng/bench</c> publishes it beside.</summary>
    private static readonly string Product = Path.Combine(AppContext.BaseDirectory, "product", "parley.dll");

    static Child() => AppDomain.CurrentDomain.ProcessExit += (_, _) => End();

    private Child(Process process, Uri address) => (_process, Address) = (process, address);

    /// <summary>Where the product was published to.</summary>
    public static string Published => Path.GetDirectoryName(Product)!;

    public Uri Address { get; }

    /// <summary>Whether it has figures of its own, under <c>/metrics</c>.</summary>
    public bool Tells { get; private init; } = true;

    public static Task<Child> Relay()
    {
        var address = Free();
        return Start(address, "Relay listens", "dotnet", Path.Combine(AppContext.BaseDirectory, "Parley.Bench.dll"), "relay", address.ToString());
    }

    /// <summary>The chat that anybody would write with Node; its packages are installed by <c>eng/bench</c>.</summary>
    public static async Task<Child> Yardstick(string file)
    {
        var address = Free();
        var started = await Start(address, "Yardstick listens", "node", Path.Combine(Here(), "yardstick", "server.mjs"), address.Port.ToString(CultureInfo.InvariantCulture), file);
        return new Child(started._process, address) { Tells = false };
    }

    public static Task<Child> Parley(string folder, params string[] settings)
    {
        var address = Free();
        return Start(address, "Parley listens", "dotnet",
            [Product, "serve", .. settings.Any(setting => setting.StartsWith("store.url=", StringComparison.Ordinal)) ? new[] { "--migrate" } : [], "--data", folder, "--urls", address.ToString().TrimEnd('/'), .. settings.SelectMany(setting => new[] { "--set", setting })]);
    }

    /// <summary>Makes the workspace's first agent, and with them a new store.</summary>
    public static Task Hire(string folder, string? store = null) =>
        Run(["agent", "add", "--data", folder, .. store is null ? Array.Empty<string>() : ["--set", store], "--name", "Kim", "--email", Stage.Email, "--password", Stage.Password, "--role", "owner"]);

    public static async Task Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Product, .. arguments]) { RedirectStandardOutput = true })!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"parley {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }

    /// <summary>Ends whatever was started and still runs.</summary>
    public static void End()
    {
        foreach (var process in Started.Where(process => !process.HasExited))
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    /// <summary>Bytes of memory that are really held (resident).</summary>
    public long Memory() => File.ReadLines($"/proc/{_process.Id}/status").Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
        .Select(line => long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024).First();

    /// <summary>Seconds of processor that it has used.</summary>
    public double Processor()
    {
        _process.Refresh();
        return _process.TotalProcessorTime.TotalSeconds;
    }

    /// <summary>Ends as in a power cut: <c>kill -9</c>.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    private static async Task<Child> Start(Uri address, string ready, string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        Started.Add(process);
        var listens = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.StartsWith(ready, StringComparison.Ordinal) == true)
            {
                listens.TrySetResult();
            }
        };
        process.BeginOutputReadLine();
        await Task.WhenAny(listens.Task, process.WaitForExitAsync(), Task.Delay(TimeSpan.FromSeconds(60)));
        return listens.Task.IsCompleted ? new Child(process, address) : throw new InvalidOperationException($"{program} {arguments[0]} was not ready.");
    }

    /// <summary>This folder, in the tree it was built from.</summary>
    public static string Here([System.Runtime.CompilerServices.CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    private static Uri Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
