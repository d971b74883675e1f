using System.Text.Json;

namespace Parley.Bench;

/// <summary>
/// The heart of it: a message is posted, is on the disk, is acknowledged, and is on two screens. All contenders stand side by side and take turns, so that a machine which has
/// other things to do slows all of them.
/// </summary>
internal sealed class Messages(Options options, Action<string> say)
{
    private const int Posters = 128;

    private readonly List<int> _rates = options.Numbers("rates", options.Quick ? "1000" : "100,1000,5000");
    private readonly int _rounds = options.Number("rounds", options.Quick ? 1 : 5);
    private readonly TimeSpan _time = options.Seconds("time", options.Quick ? 4 : 5);
    private readonly TimeSpan _pace = options.Seconds("pace", 4);
    private readonly TimeSpan _warm = options.Seconds("warm", options.Quick ? 10 : 30);

    /// <param name="Paced">By the rates that were asked for.</param>
    public sealed record Outcome(List<Saturation> Saturated, List<List<Latency>> Paced)
    {
        public double Rate => Load.Middle(Saturated.Select(round => round.Rate));

        public Cost Cost => Cost.Middle(Saturated.Select(round => round.Cost));

        public double Middle(int rate, Func<Latency, double> what) => Load.Middle(Paced.SelectMany(round => round).Where(pace => pace.Asked == rate).Select(what));
    }

    /// <summary>What a message costs, and nothing else: as quickly as that can be said.</summary>
    public static Options Brief(string[] args) => new([.. args, "rates=", "rounds=2", "time=4", "warm=13", "quick"]);

    /// <param name="goals">Adds what was aimed at.</param>
    public async Task<Part> Measure(Part part, IReadOnlyList<string> names, Action<Part, Dictionary<string, Outcome>>? goals = null)
    {
        var contenders = new List<Contender>();
        try
        {
            foreach (var name in names)
            {
                say($"  {name}: starts, and is warmed");
                contenders.Add(await Contender.Start(name));
                await Load.Saturate(contenders[^1].Stage, contenders[^1].Meter, Posters, _warm, TimeSpan.Zero);
            }

            var outcomes = names.ToDictionary(name => name, _ => new Outcome([], []));
            for (var round = 1; round <= _rounds; round++)
            {
                foreach (var contender in contenders)
                {
                    await Turn(contender, outcomes[contender.Name], round);
                }
            }

            Write(part, names, outcomes);
            foreach (var contender in contenders)
            {
                if (await contender.Connections() is { } connections)
                {
                    part.Line($"{contender.Name}: {connections} connections to the database at the end, of all nodes together.");
                }
            }

            goals?.Invoke(part, outcomes);
            return part;
        }
        finally
        {
            foreach (var contender in contenders)
            {
                await contender.DisposeAsync();
            }
        }
    }

    private async Task Turn(Contender contender, Outcome outcome, int round)
    {
        var (stage, meter) = (contender.Stage, contender.Meter);
        outcome.Saturated.Add(await Load.Saturate(stage, meter, Posters, TimeSpan.FromSeconds(1), _time));
        var paced = new List<Latency>();
        foreach (var rate in _rates)
        {
            paced.Add(await Load.Pace(stage, rate, TimeSpan.FromSeconds(1), _pace, meter));
        }

        outcome.Paced.Add(paced);
        var last = outcome.Saturated[^1];
        say($"  round {round}, {contender.Name}: {last.Rate:N0} a second, {last.Cost.Server:N0} µs server, {last.Cost.Client:N0} µs client, {last.Cost.Database:N0} µs database, {last.Cost.Bytes:N0} bytes; {string.Join(", ", paced.Select(one => $"{one.Asked}: {one.P50:N2} / {one.P99:N1} ms"))}");
    }

    private void Write(Part part, IReadOnlyList<string> names, Dictionary<string, Outcome> outcomes)
    {
        part.Line($"{Contender.Threads} threads, each followed by its customer's stream and by one of {Contender.Agents} agents' streams, so every message is delivered twice; counted where agents receive. {Posters} at once saturate. Medians of {_rounds} rounds of {_time.TotalSeconds:0} s, {string.Join(" → ", names)} in turn, all standing side by side, each warmed for {_warm.TotalSeconds:0} s before; {_pace.TotalSeconds:0} s at each rate.");
        part.Line($"µs are of processor, for a message, until the last reader of the log was done with it.");
        var rows = new List<IReadOnlyList<string>>();
        void Row(string what, Func<Outcome, string> cell) => rows.Add([what, .. names.Select(name => cell(outcomes[name]))]);
        var relay = outcomes[names[0]];
        Row("saturated, messages a second", one => Part.Number(one.Rate));
        Row("the rounds, in turn", one => string.Join(", ", one.Saturated.Select(round => Part.Number(round.Rate))));
        Row("share of the relay", one => $"{100 * one.Rate / relay.Rate:0} %");
        Row("server, µs", one => $"**{Part.Number(one.Cost.Server)}**");
        Row("× the relay's", one => Part.Number(one.Cost.Server / relay.Cost.Server));
        Row("client, µs", one => Part.Number(one.Cost.Client));
        Row("database, µs", one => one.Cost.Database > 0 ? Part.Number(one.Cost.Database) : "");
        Row("allocated by the server, bytes", one => Part.Number(one.Cost.Bytes));
        Row("readers done after the last answer, s", one => Part.Number(Load.Middle(one.Saturated.Select(round => round.Behind))));
        foreach (var rate in _rates)
        {
            Row($"{rate:N0} a second: p50 · p99 · worst ms", one => $"{Part.Number(one.Middle(rate, pace => pace.P50))} · {Part.Number(one.Middle(rate, pace => pace.P99))} · {Part.Number(one.Middle(rate, pace => pace.Worst))}{Missed(one, rate)}");
            Row($"{rate:N0} a second: server · client µs", one => $"{Part.Number(one.Middle(rate, pace => pace.Cost!.Server))} · {Part.Number(one.Middle(rate, pace => pace.Cost!.Client))}");
        }

        part.Table(["", .. names], rows);
        part.Figures["rounds"] = JsonSerializer.SerializeToNode(outcomes, Report.Json);
    }

    private static string Missed(Outcome one, int rate) => one.Middle(rate, pace => pace.Rate) is var came && came < 0.95 * rate ? $" (cannot: {came:N0} came)" : "";
}
