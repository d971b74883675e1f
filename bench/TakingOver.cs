using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace Parley.Bench;

/// <summary>Three nodes; one is killed while customers write. Until each of its customers has said something at another, and has it on the screen.</summary>
internal sealed class TakingOver(Options options, Action<string> say)
{
    private readonly int _rounds = options.Number("rounds", options.Quick ? 1 : 5);

    public async Task<Part> Measure(Part part)
    {
        var (worst, middle, customers) = (new List<double>(), new List<double>(), 0);
        for (var round = 0; round < _rounds; round++)
        {
            await using var three = await Contender.Start(Contender.ThreeNodes);
            await Load.Pace(three.Stage, 200, TimeSpan.Zero, TimeSpan.FromSeconds(5));
            var took = await Kill(three);
            say($"  {took.Count} customers: {Part.Number(took.Max())} s at most");
            worst.Add(took.Max());
            middle.Add(Load.Middle(took));
            customers = took.Count;
        }

        part.Line($"Three nodes on one PostgreSQL, one gets `kill -9`; its {customers} customers go to the others at once, resume, write, and see what they wrote. {_rounds} times. From the kill, seconds: median {string.Join(", ", middle.Select(Part.Number))}; the last of them {string.Join(", ", worst.Select(Part.Number))}.");
        part.AtMost("after kill -9 of a node its clients are served by another", 5, worst.Max(), "s");
        part.Figures["worst"] = JsonSerializer.SerializeToNode(worst, Report.Json);
        return part;
    }

    /// <summary>Seconds from the kill, for each customer whose messages went to the node.</summary>
    private static async Task<List<double>> Kill(Contender three)
    {
        var dead = three.Servers[0].Address.Authority;
        var lines = three.Stage.Lines.Where(line => new Uri(line.Path).Authority == dead).ToList();
        var (took, killed) = (new ConcurrentBag<double>(), Stopwatch.GetTimestamp());
        await three.Servers[0].DisposeAsync();
        await Task.WhenAll(lines.Select((line, i) => Task.Run(async () =>
        {
            var (node, there) = (three.Servers[1 + (i % 2)].Address, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            await using var stream = await Receiver.Connect(node, null);
            stream.Arrived = _ => there.TrySetResult();
            await stream.Send(new { type = "hello", token = line.Token });
            var moved = line with { Path = new Uri(node, new Uri(line.Path).AbsolutePath).ToString() };
            var status = await three.Stage.Say(moved, new { clientId = "after", content = new { type = "text", text = $"t:{Stopwatch.GetTimestamp()} is anybody there?" } });
            await there.Task.WaitAsync(TimeSpan.FromSeconds(60));
            took.Add((int)status == 201 ? Stopwatch.GetElapsedTime(killed).TotalSeconds : double.PositiveInfinity);
        })));
        return [.. took];
    }
}
