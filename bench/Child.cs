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

    private readonly Process _process;

    /// <summary>The product as it is given away, compiled ahead of time: <c>eng/bench</c> publishes it beside.</summary>
    private static readonly string Product = Path.Combine(AppContext.BaseDirectory, "product", "parley.dll");

    static Child() => AppDomain.CurrentDomain.ProcessExit += (_, _) => End();

    private Child(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static Task<Child> Relay()
    {
        var address = Free();
        return Start(address, "Relay listens", Path.Combine(AppContext.BaseDirectory, "Parley.Bench.dll"), "relay", address.ToString());
    }

    public static Task<Child> Parley(string folder, params string[] settings)
    {
        var address = Free();
        return Start(address, "Parley listens", Product,
            ["serve", .. settings.Any(setting => setting.StartsWith("store.url=", StringComparison.Ordinal)) ? new[] { "--migrate" } : [], "--data", folder, "--urls", address.ToString().TrimEnd('/'), .. settings.SelectMany(setting => new[] { "--set", setting })]);
    }

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

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    private static async Task<Child> Start(Uri address, string ready, string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true })!;
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
        return listens.Task.IsCompleted ? new Child(process, address) : throw new InvalidOperationException($"{program} was not ready.");
    }

    private static Uri Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
