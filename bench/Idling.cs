using static Parley.Bench.Contender;

namespace Parley.Bench;

/// <summary>What a stream costs that says nothing: the server's memory, and the client is another process.</summary>
internal sealed class Idling(Options options, Action<string> say)
{
    /// <summary>The first ones pay for code, pools and tables that are there once.</summary>
    private const int First = 500;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(4);

    private readonly List<int> _sizes = options.Numbers("sizes", options.Quick ? "2000" : "10000,18000");
    private readonly int _rounds = options.Number("rounds", options.Quick ? 1 : 5);

    public async Task<Part> Measure(Part part)
    {
        var taken = new Dictionary<string, List<List<double>>> { [BareRelay] = [], [Embedded] = [], [Spoken] = [] };
        for (var round = 0; round < _rounds; round++)
        {
            foreach (var name in new[] { BareRelay, Embedded })
            {
                taken[name].Add(await Fill(name, _sizes, talk: false));
            }

            taken[Spoken].Add(await Fill(Embedded, [_sizes[0]], talk: true));
        }

        part.Line($"Streams opened beside {First} that were there before, from eight addresses; the server's resident memory then, less what it was before them, {Rest.TotalSeconds:0} s later. kB a stream, medians of {_rounds} rounds in turn.");
        double Of(string name, int size) => Load.Middle(taken[name].Where(round => round.Count > size).Select(round => round[size]));
        part.Table(["", BareRelay, Embedded, "×", "… each with a conversation of its own"], _sizes.Select((size, i) => (IReadOnlyList<string>)
            [$"{size:N0} streams", Part.Number(Of(BareRelay, i)), Part.Number(Of(Embedded, i)), Part.Number(Of(Embedded, i) / Of(BareRelay, i)), Part.Number(Of(Spoken, i))]));
        part.Line($"Estimated from that, and not measured: {string.Join("; ", new[] { 50_000, 100_000 }.Select(streams => $"{streams:N0} idle streams hold {streams * Of(Embedded, _sizes.Count - 1) / 1e6:0.0} GB"))}. A process here may have 20,000 sockets.");
        part.AtMost($"memory of an idle visitor's stream at {_sizes[0]:N0}", 1.5, Of(Embedded, 0) / Of(BareRelay, 0), "× the relay's");
        part.AtMost($"… of one who has a conversation of their own, at {_sizes[0]:N0}", 1.5, Of(Spoken, 0) / Of(BareRelay, 0), "× the relay's");
        part.Figures["kilobytes"] = System.Text.Json.JsonSerializer.SerializeToNode(taken, Report.Json);
        return part;
    }

    private const string Spoken = "spoken";

    /// <summary>Kilobytes a stream at each of the sizes.</summary>
    private async Task<List<double>> Fill(string name, List<int> sizes, bool talk)
    {
        await using var contender = await Start(name, stage: false);
        await Open(contender, First, talk);
        await Task.Delay(Rest);
        var (before, open, took) = (contender.Servers[0].Memory(), 0, new List<double>());
        foreach (var size in sizes)
        {
            await Open(contender, size - open, talk);
            open = size;
            await Task.Delay(Rest);
            took.Add((contender.Servers[0].Memory() - before) / 1024.0 / size);
        }

        say($"  {name}: {string.Join(", ", took.Select(Part.Number))} kB a stream");
        return took;
    }

    private static async Task Open(Contender contender, int count, bool talk)
    {
        var stage = contender.Stage;
        for (var opened = 0; opened < count; opened += 50)
        {
            await Task.WhenAll(Enumerable.Range(0, Math.Min(50, count - opened)).Select(async _ =>
            {
                var token = contender.Name == BareRelay ? null : await stage.Visit();
                await (talk ? stage.Post("/v1/widget/conversations", token, new { clientId = "open", content = new { type = "text", text = "Hello" } }) : Task.CompletedTask);
                await stage.Follow(token);
            }));
        }
    }
}
