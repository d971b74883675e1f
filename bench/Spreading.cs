using System.Text.Json;
using static Parley.Bench.Contender;

namespace Parley.Bench;

/// <summary>One entry that two hundred streams want: what each of them costs.</summary>
internal sealed class Spreading(Options options, Action<string> say)
{
    private const int Streams = 200;

    private readonly int _rounds = options.Number("rounds", options.Quick ? 1 : 5);
    private readonly int _rate = options.Number("rate", 100);
    private readonly TimeSpan _time = options.Seconds("time", options.Quick ? 4 : 5);

    /// <param name="All">A message to all of them, by delivery.</param>
    /// <param name="One">A message to one stream alone.</param>
    public sealed record Outcome(List<Latency> All, List<Latency> One)
    {
        public double Delivered => Load.Middle(All.Select(pace => pace.Cost!.Server));

        /// <summary>What one more stream adds: less what the message costs in any case.</summary>
        public double More => ((Streams * Delivered) - Load.Middle(One.Select(pace => pace.Cost!.Server))) / (Streams - 1);
    }

    public async Task<Part> Measure(Part part)
    {
        string[] names = [BareRelay, Embedded];
        var (contenders, outcomes) = (new List<(Contender Server, Stage Few)>(), names.ToDictionary(name => name, _ => new Outcome([], [])));
        try
        {
            foreach (var name in names)
            {
                var contender = await Start(name, stage: false);
                contenders.Add((contender, await Stage.Empty(contender.Servers[0].Address, parley: false)));
                await (name == BareRelay ? Relayed(contender.Stage, contenders[^1].Few) : Hired(contender.Stage, contenders[^1].Few));
                // Until the runtime has compiled what it will.
                await Load.Pace(contenders[^1].Few, _rate * 10, TimeSpan.Zero, options.Seconds("warm", options.Quick ? 5 : 15));
                await Load.Pace(contender.Stage, _rate, TimeSpan.Zero, TimeSpan.FromSeconds(5));
            }

            for (var round = 0; round < _rounds; round++)
            {
                foreach (var (server, few) in contenders)
                {
                    outcomes[server.Name].All.Add(await Load.Pace(server.Stage, _rate, TimeSpan.FromSeconds(1), _time, server.Meter));
                    outcomes[server.Name].One.Add(await Load.Pace(few, _rate, TimeSpan.FromSeconds(1), _time, server.Meter));
                    say($"  {server.Name}: {outcomes[server.Name].All[^1].Cost!.Server:N1} µs a delivery, {outcomes[server.Name].One[^1].Cost!.Server:N0} µs a message to one");
                }
            }
        }
        finally
        {
            foreach (var (server, few) in contenders)
            {
                await few.DisposeAsync();
                await server.DisposeAsync();
            }
        }

        Write(part, names, outcomes);
        return part;
    }

    private void Write(Part part, string[] names, Dictionary<string, Outcome> outcomes)
    {
        part.Line($"{_rate} messages a second into one conversation that {Streams} streams follow (with Parley {Streams} agents who have it open), so {_rate * Streams:N0} deliveries a second; beside it as many messages into one that a single stream follows. Medians of {_rounds} rounds of {_time.TotalSeconds:0} s in turn.");
        var rows = new List<IReadOnlyList<string>>();
        void Row(string what, Func<Outcome, double> of) => rows.Add([what, .. names.Select(name => Part.Number(of(outcomes[name]))), Part.Number(of(outcomes[Embedded]) / of(outcomes[BareRelay]))]);
        Row("server, µs a delivery, with all that the message costs", one => one.Delivered);
        Row("… each stream more than the first", one => one.More);
        Row("server, µs a message to one stream", one => Load.Middle(one.One.Select(pace => pace.Cost!.Server)));
        Row("client, µs a delivery", one => Load.Middle(one.All.Select(pace => pace.Cost!.Client)));
        Row("allocated by the server, bytes a delivery", one => Load.Middle(one.All.Select(pace => pace.Cost!.Bytes)));
        Row("p50 ms, any of them", one => Load.Middle(one.All.Select(pace => pace.P50)));
        Row("p99 ms", one => Load.Middle(one.All.Select(pace => pace.P99)));
        part.Table(["", .. names, "×"], rows);
        part.AtMost($"CPU per delivered event, one entry to {Streams} streams", 1.25, outcomes[Embedded].Delivered / outcomes[BareRelay].Delivered, "× the relay's");
        part.Figures["rounds"] = JsonSerializer.SerializeToNode(outcomes, Report.Json);
    }

    private static async Task Relayed(Stage stage, Stage few)
    {
        foreach (var (on, id, streams) in new[] { (stage, "cnv_all", Streams), (few, "cnv_one", 1) })
        {
            for (var i = 0; i < streams; i++)
            {
                on.Agents.Add(await on.Follow(null));
                await on.Agents[^1].Send(new { type = "open", conversation = id });
            }

            on.Lines.Add(new Line($"/v1/widget/conversations/{id}/messages", null));
        }
    }

    private static async Task Hired(Stage stage, Stage few)
    {
        var hired = await stage.Hire(Streams + 1);
        foreach (var (on, cookies) in new[] { (stage, hired[1..]), (few, hired[..1]) })
        {
            var token = await stage.Visit();
            var opened = await stage.Post("/v1/widget/conversations", token, new { clientId = "open", content = new { type = "text", text = "Hello" } });
            var id = opened.GetProperty("conversation").GetProperty("id").GetString()!;
            foreach (var cookie in cookies)
            {
                on.Agents.Add(await Receiver.Connect(on.Http.BaseAddress!, cookie));
                await on.Agents[^1].Send(new { type = "hello" });
                await on.Agents[^1].Send(new { type = "open", conversation = id });
            }

            on.Lines.Add(new Line($"/v1/widget/conversations/{id}/messages", token));
        }
    }
}
