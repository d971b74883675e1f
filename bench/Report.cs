using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Parley.Bench;

/// <summary>Writes what was measured, how, on what, and where it falls short of the aim.</summary>
internal sealed class Report
{
    public required List<Saturation> Relay { get; init; }

    public required List<Saturation> Parley { get; init; }

    public required Latency RelayPaced { get; init; }

    public required Latency ParleyPaced { get; init; }

    public required int Streams { get; init; }

    public required double RelayIdle { get; init; }

    public required double ParleyIdle { get; init; }

    public required double Start { get; init; }

    public List<LongLists> Lists { get; } = [];

    /// <summary>How quickly what waits is given to somebody; none where that was not measured.</summary>
    public List<Given> Giving { get; } = [];

    public int Queued { get; init; }

    public int Staff { get; init; }

    private double Share => Middle(Parley) / Middle(Relay);

    public string Text()
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
        Line($"# Measured");
        Line($"");
        Line($"Written by `make bench` on {DateTime.UtcNow:yyyy-MM-dd}: {Environment.ProcessorCount} processors ({Processor()}), {RuntimeInformation.OSDescription.Trim()}, .NET {Environment.Version}.");
        Line($"Server and client share the processors, over loopback, without TLS; embedded store with every commit on disk. The bare relay takes the same posts by");
        Line($"the same client in the same run and hands them to the same number of streams; it stores nothing and asks nobody who they are. Take the figures as ratios:");
        Line($"another machine has others, and differences under 15 % are noise. Processes that wanted a processor on average (15 minutes): {Waiting()}; above 3, others were at");
        Line($"work on the machine and the figures say little: the runtime's own compiling then never comes to an end.");
        Line($"");
        Line($"## Messages");
        Line($"200 threads, each followed by its customer's stream and by one of 8 agents' streams, so every message is delivered twice. Counted where agents receive.");
        Line($"Saturated first, then paced, on both alike: what is paced is a server that is warm.");
        Line($"");
        Line($"| | relay | Parley | aim | |");
        Line($"| --- | --- | --- | --- | --- |");
        Line($"| saturated, messages a second (128 at once; median of {Parley.Count} rounds) | {Middle(Relay):N0} | {Middle(Parley):N0} | | |");
        Line($"| the rounds, in turn | {string.Join(", ", Relay.Select(round => round.Rate.ToString("N0", CultureInfo.InvariantCulture)))} | {string.Join(", ", Parley.Select(round => round.Rate.ToString("N0", CultureInfo.InvariantCulture)))} | | |");
        Line($"| share of the relay | 100 % | {Share:P0} | ≥ 55 % (65 %) | {Verdict(Share >= 0.55)} |");
        Line($"| processors the server used meanwhile | {Relay.Average(round => round.ProcessorShare):N2} | {Parley.Average(round => round.ProcessorShare):N2} | | |");
        Line($"| at 1,000 a second: post → other side, p50 ms | {RelayPaced.P50:N2} | {ParleyPaced.P50:N2} | | |");
        Line($"| p99 ms | {RelayPaced.P99:N2} | {ParleyPaced.P99:N2} | < 10 | {Verdict(ParleyPaced.P99 < 10)} |");
        Line($"| worst ms | {RelayPaced.Worst:N1} | {ParleyPaced.Worst:N1} | | |");
        Line($"| kB of memory an idle stream ({Streams:N0} opened beside 500) | {RelayIdle:N1} | {ParleyIdle:N1} | ≤ 1.5 × | {Verdict(ParleyIdle <= 1.5 * RelayIdle)} ({ParleyIdle / RelayIdle:N2} ×) |");
        Line($"| serve until ready, on a store that exists, seconds | | {Start:N2} | < 1.5 | {Verdict(Start < 1.5)} |");
        if (Giving.Count > 0)
        {
            Line($"");
            Line($"## Who gets what waits");
            Line($"{Queued:N0} customers wait and {Staff:N0} agents are at their consoles, all with as much as they can have. From one side's request to the other side's frame, over HTTP and WebSockets: what is");
            Line($"posted is on disk by then, and so is the offer. 100 times each, one after another, after 20 that are not counted.");
            Line($"");
            Line($"| | p50 ms | p95 ms | worst ms | |");
            Line($"| --- | --- | --- | --- | --- |");
            foreach (var given in Giving)
            {
                Line($"| {given.What} | {given.P50:N1} | {given.P95:N1} | {given.Worst:N1} | {Verdict(given.P95 < 20)} |");
            }
        }

        foreach (var lists in Lists)
        {
            text.AppendLine().Append(lists.Text());
        }

        return text.ToString();
    }

    private static double Middle(List<Saturation> rounds) => rounds.Select(round => round.Rate).Order().ElementAt(rounds.Count / 2);

    private static string Verdict(bool met) => met ? "met" : "**short**";

    private static string Waiting() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[2] : "unknown";

    private static string Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown"
        : "unknown";
}
