using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using static Parley.Bench.Contender;

namespace Parley.Bench;

/// <summary>Thousands of customers whose streams come within seconds, as after a node has ended: until each is greeted.</summary>
internal sealed class Arriving(Options options, Action<string> say)
{
    private readonly int _rate = options.Number("rate", 2_000);
    private readonly int _seconds = options.Number("time", options.Quick ? 2 : 4);
    private readonly int _rounds = options.Number("rounds", options.Quick ? 1 : 5);

    /// <param name="Took">Seconds from the first to the last hello.</param>
    public sealed record Outcome(int Failed, double P50, double P99, double Took, Cost Cost);

    public async Task<Part> Measure(Part part)
    {
        string[] names = [BareRelay, Embedded];
        var (contenders, outcomes) = (new List<(Contender Server, string?[] Tokens)>(), names.ToDictionary(name => name, _ => new List<Outcome>()));
        try
        {
            foreach (var name in names)
            {
                var contender = await Start(name, stage: false);
                contenders.Add((contender, await Tokens(contender)));
                // Warm: what comes first is compiled.
                await Come(contender, contenders[^1].Tokens, _rate / 4);
            }

            for (var round = 0; round < _rounds; round++)
            {
                foreach (var (server, tokens) in contenders)
                {
                    outcomes[server.Name].Add(await Come(server, tokens, _rate));
                    say($"  {server.Name}: {outcomes[server.Name][^1]}");
                }
            }
        }
        finally
        {
            foreach (var (server, _) in contenders)
            {
                await server.DisposeAsync();
            }
        }

        Write(part, names, outcomes);
        return part;
    }

    private void Write(Part part, string[] names, Dictionary<string, List<Outcome>> outcomes)
    {
        part.Line($"{_rate:N0} streams a second begin, for {_seconds} s: a WebSocket, `hello` with the customer's token, until the first frame is here. They had their sessions before. Medians of {_rounds} rounds in turn; streams of a round are gone before the next.");
        double Of(string name, Func<Outcome, double> what) => Load.Middle(outcomes[name].Select(what));
        part.Table(["", .. names], new (string What, Func<Outcome, double> Of)[]
        {
            ("until hello, p50 ms", one => one.P50), ("p99 ms", one => one.P99), ("did not come", one => one.Failed), ("all were there after, s", one => one.Took), ("server, µs a stream", one => one.Cost.Server),
            ("client, µs a stream", one => one.Cost.Client), ("allocated by the server, bytes a stream", one => one.Cost.Bytes),
        }.Select(row => (IReadOnlyList<string>)[row.What, .. names.Select(name => Part.Number(Of(name, row.Of)))]));
        part.Goals.Add(new Goal($"{_rate:N0} streams arrive in a second", "all", $"{outcomes[Embedded].Sum(one => one.Failed)} failed, p99 {Part.Number(Of(Embedded, one => one.P99))} ms (relay {Part.Number(Of(BareRelay, one => one.P99))})", outcomes[Embedded].All(one => one.Failed == 0)));
        part.Figures["rounds"] = JsonSerializer.SerializeToNode(outcomes, Report.Json);
    }

    private async Task<string?[]> Tokens(Contender contender)
    {
        var tokens = new string?[_rate * _seconds];
        if (contender.Name != BareRelay)
        {
            await Parallel.ForAsync(0, tokens.Length, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) => tokens[i] = await contender.Stage.Visit());
        }

        return tokens;
    }

    private static async Task<Outcome> Come(Contender contender, string?[] tokens, int rate)
    {
        var (took, streams, failed) = (new ConcurrentBag<double>(), new ConcurrentBag<Receiver>(), 0);
        var (spent, started, coming) = (await contender.Meter.Read(), Stopwatch.GetTimestamp(), new List<Task>());
        while (coming.Count < tokens.Length)
        {
            for (var due = Math.Min(tokens.Length, (int)(Stopwatch.GetElapsedTime(started).TotalSeconds * rate)); coming.Count < due;)
            {
                coming.Add(One(tokens[coming.Count]));
            }

            await Task.Delay(1);
        }

        await Task.WhenAll(coming);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var cost = (await contender.Meter.Read()).Since(spent, tokens.Length);
        foreach (var stream in streams)
        {
            await stream.DisposeAsync();
        }

        await Task.Delay(TimeSpan.FromSeconds(2));
        var sorted = took.Order().ToList();
        return new(failed, Load.At(sorted, 0.5), Load.At(sorted, 0.99), seconds, cost);

        async Task One(string? token)
        {
            var began = Stopwatch.GetTimestamp();
            try
            {
                var receiver = await Receiver.Connect(contender.Servers[0].Address, null);
                streams.Add(receiver);
                await receiver.Send(new { type = "hello", token });
                took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
            catch (Exception error) when (error is System.Net.WebSockets.WebSocketException or TimeoutException or HttpRequestException)
            {
                Interlocked.Increment(ref failed);
            }
        }
    }
}
