using System.Diagnostics;
using Shouldly;

namespace Parley.Tests.Cast;

/// <summary>The program itself, as a process: one that serves, or one that says something and ends.</summary>
public sealed class Running : IAsyncDisposable
{
    private const string Code = "Set-up code: ";

    private readonly Process _process;

    private Running(Process process, string address) => (_process, Address) = (process, address);

    public string Address { get; }

    /// <summary>What it said before it listened; null where there was nothing to set up.</summary>
    public string? SetupCode { get; private init; }

    public static Task<(int Exit, string Output, string Error)> Run(params string[] arguments) => Run([], arguments);

    public static async Task<(int Exit, string Output, string Error)> Run((string Name, string Value)[] environment, params string[] arguments)
    {
        using var process = Begin(arguments, environment);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, (await output).Trim(), (await error).Trim());
    }

    public static async Task<Running> Start(string folder)
    {
        var process = Begin(["serve", "--data", folder, "--urls", "http://127.0.0.1:0"]);
        var line = await process.StandardOutput.ReadLineAsync();
        var code = line?.StartsWith(Code, StringComparison.Ordinal) == true ? line[Code.Length..] : null;
        line = code is null ? line : await process.StandardOutput.ReadLineAsync();
        line.ShouldNotBeNull(await Ended(process));
        line.ShouldStartWith("Parley listens on http://127.0.0.1:");
        return new Running(process, line["Parley listens on ".Length..]) { SetupCode = code };
    }

    /// <summary>As systemd and containers do.</summary>
    public async Task<int> Stop()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static Process Begin(string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Built.Parley, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static async Task<string> Ended(Process process) => process.HasExited ? await process.StandardError.ReadToEndAsync() : "";
}
