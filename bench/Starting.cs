using System.Diagnostics;
using System.Text.Json;
using static Parley.Bench.Contender;

namespace Parley.Bench;

/// <summary>From nothing to the first answer, and how large the thing is that does it.</summary>
internal sealed class Starting(Options options, Action<string> say)
{
    private readonly int _rounds = options.Number("rounds", options.Quick ? 1 : 5);

    /// <param name="Ready">Seconds until it says that it listens.</param>
    /// <param name="Answered">… until a first request, for a page that asks the store, is answered.</param>
    /// <param name="Memory">Megabytes, five seconds later.</param>
    public sealed record Outcome(double Ready, double Answered, double Processor, double Memory);

    public async Task<Part> Measure(Part part)
    {
        var folder = Directory.CreateTempSubdirectory("parley-bench-");
        var outcomes = new Dictionary<string, List<Outcome>> { [BareRelay] = [], [Embedded] = [] };
        try
        {
            await Child.Hire(folder.FullName);
            await Once(() => Child.Parley(folder.FullName), "/health/ready");
            for (var round = 0; round < _rounds; round++)
            {
                outcomes[BareRelay].Add(await Once(Child.Relay, "/metrics"));
                outcomes[Embedded].Add(await Once(() => Child.Parley(folder.FullName), "/health/ready"));
                say($"  {outcomes[Embedded][^1]}");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Write(part, outcomes);
        return part;
    }

    private void Write(Part part, Dictionary<string, List<Outcome>> outcomes)
    {
        double Of(string name, Func<Outcome, double> what) => Load.Middle(outcomes[name].Select(what));
        part.Line($"`serve` on an embedded store that exists, {_rounds} times in turn with the relay (which is not compiled ahead of time); medians.");
        part.Table(["", BareRelay, Embedded], new (string What, Func<Outcome, double> Of)[]
        {
            ("until it listens, s", one => one.Ready), ("until a first request is answered, s", one => one.Answered), ("processor used by then, s", one => one.Processor), ("memory five seconds later, MB", one => one.Memory),
        }.Select(row => (IReadOnlyList<string>)[row.What, Part.Number(Of(BareRelay, row.Of)), Part.Number(Of(Embedded, row.Of))]));
        var (server, pages) = (Megabytes(Child.Published, "emulators", "wwwroot"), Megabytes(Path.Combine(Child.Published, "wwwroot")));
        part.Line($"Published: {server:0.0} MB of program (without the runtime, which is installed once), {pages:0.0} MB of pages.");
        part.Goals.Add(new Goal("serve until it listens, on a store that exists", "≤ 1.5 s", $"{Part.Number(Of(Embedded, one => one.Ready))} s", Of(Embedded, one => one.Ready) <= 1.5));
        part.Figures["rounds"] = JsonSerializer.SerializeToNode(outcomes, Report.Json);
        (part.Figures["programMegabytes"], part.Figures["pagesMegabytes"]) = (server, pages);
    }

    private static async Task<Outcome> Once(Func<Task<Child>> start, string path)
    {
        var started = Stopwatch.GetTimestamp();
        await using var server = await start();
        var ready = Stopwatch.GetElapsedTime(started).TotalSeconds;
        using var http = new HttpClient { BaseAddress = server.Address };
        await http.GetStringAsync(path);
        var (answered, processor) = (Stopwatch.GetElapsedTime(started).TotalSeconds, server.Processor());
        await Task.Delay(TimeSpan.FromSeconds(5));
        return new(ready, answered, processor, server.Memory() / 1e6);
    }

    private static double Megabytes(string folder, params string[] without) => !Directory.Exists(folder) ? 0 : Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(file => !without.Contains(Path.GetRelativePath(folder, file).Split('/')[0])).Sum(file => new FileInfo(file).Length) / 1e6;
}
