using static Parley.Bench.Contender;

namespace Parley.Bench;

/// <summary>What there is to measure, by the names that <c>only=</c> takes.</summary>
internal sealed class Parts(string[] args, Options options, Action<string> say)
{
    /// <summary>All that <c>make bench</c> measures; the others are asked for by name, and print.</summary>
    public static readonly string[] Usual = ["sqlite", "postgres", "nodes", "kill", "yardstick", "idle", "arriving", "spreading", "growth", "start"];

    /// <summary>Null: it has printed what it has to say.</summary>
    public async Task<Part?> Measure(string name)
    {
        switch (name)
        {
            case "cost":
                return await new Messages(Messages.Brief(args), say).Measure(new Part(name, "What a message costs"), Engines(Embedded, OneNode));
            case "sqlite":
                return await new Messages(options, say).Measure(new Part(name, "Messages, embedded store (SQLite, every commit on disk)"), [BareRelay, Embedded], (part, all) => Aims(part, all, Embedded, 55));
            case "postgres":
                return await new Messages(options, say).Measure(new Part(name, "Messages, PostgreSQL, one node"), [BareRelay, OneNode], (part, all) => Aims(part, all, OneNode, 45));
            case "nodes":
                return await new Messages(options, say).Measure(new Part(name, "Messages, PostgreSQL, three nodes"), [BareRelay, OneNode, ThreeNodes], (part, all) => part.AtMost("three nodes against one: server CPU per message", 1.4, all[ThreeNodes].Cost.Server / all[OneNode].Cost.Server, "×"));
            case "yardstick":
                return await new Messages(options, say).Measure(new Part(name, "Messages, beside a plain Node chat"), [BareRelay, Embedded, NodeChat], (part, all) => part.AtLeast("messages a second against the Node yardstick", 6, all[Embedded].Rate / all[NodeChat].Rate, "×"));
            case "kill":
                return await new TakingOver(options, say).Measure(new Part(name, "A node is killed"));
            case "idle":
                return await new Idling(options, say).Measure(new Part(name, "Streams that say nothing"));
            case "arriving":
                return await new Arriving(options, say).Measure(new Part(name, "Streams that come all at once"));
            case "spreading":
                return await new Spreading(options, say).Measure(new Part(name, "One entry to two hundred streams"));
            case "growth":
                return await new Growing(options, say).Measure(new Part(options.Word("engines", "sqlite") == "sqlite" ? name : "growth-postgres", "Growth"));
            case "start":
                return await new Starting(options, say).Measure(new Part(name, "Start and size"));
            default:
                await new Scenes(options, say).Print(name);
                return null;
        }
    }

    /// <summary>engines=sqlite,postgres: those alone, beside the relay.</summary>
    private List<string> Engines(params string[] usual)
    {
        var asked = options.Words("engines", "").Select(word => word switch { "sqlite" => Embedded, "postgres" => OneNode, "nodes" => ThreeNodes, "node" => NodeChat, _ => throw new ArgumentException($"No engine is called {word}.") }).ToList();
        return [BareRelay, .. asked.Count > 0 ? asked : [.. usual]];
    }

    private static void Aims(Part part, Dictionary<string, Messages.Outcome> all, string name, double share)
    {
        var (relay, parley) = (all[BareRelay], all[name]);
        part.AtLeast($"durable messages a second, share of the relay ({name})", share, 100 * parley.Rate / relay.Rate, "%");
        foreach (var (rate, most) in new[] { (1_000, 10), (5_000, 20) })
        {
            var (came, p99) = (parley.Middle(rate, pace => pace.Rate), parley.Middle(rate, pace => pace.P99));
            part.AtMost($"p99 post → screen at {rate:N0} a second ({name})", most, came < 0.95 * rate ? double.PositiveInfinity : p99, "ms");
        }

        part.AtMost($"server CPU per message, posted to two screens ({name})", 2.2, parley.Cost.Server / relay.Cost.Server, "× the relay's");
    }
}
