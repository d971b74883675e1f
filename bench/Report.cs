using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Parley.Bench;

/// <summary>
/// Keeps a page of figures and, beside it, what programs read. A part that was measured replaces what stood between its own marks and nothing else: what people wrote into the page
/// stays, and so does what was measured on another day. The goals of all parts are drawn together at the top.
/// </summary>
internal sealed class Report(string path)
{
    private const string Goals = "goals";

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private string Figures => Path.ChangeExtension(path, ".json");

    public async Task Keep(Part part, Measuring measuring)
    {
        var known = File.Exists(Figures) ? JsonNode.Parse(await File.ReadAllTextAsync(Figures))!.AsObject() : [];
        known[part.Name] = new JsonObject
        {
            ["at"] = measuring.At.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), ["machine"] = Machine.Name, ["seconds"] = Math.Round(measuring.Seconds), ["othersUsed"] = Math.Round(measuring.Others, 2),
            ["goals"] = JsonSerializer.SerializeToNode(part.Goals, Json), ["figures"] = Rounded(part.Figures),
        };
        known = new JsonObject(known.OrderBy(one => Array.IndexOf(Parts.Usual, one.Key) is >= 0 and var place ? place : Parts.Usual.Length).Select(one => KeyValuePair.Create(one.Key, one.Value?.DeepClone())));
        await File.WriteAllTextAsync(Figures, known.ToJsonString(Json) + "\n");
        var page = File.Exists(path) ? await File.ReadAllTextAsync(path) : "# Measured\n";
        page = Put(page, part.Name, $"## {part.Title}\n{measuring}\n\n{part.Text.TrimEnd()}");
        await File.WriteAllTextAsync(path, Put(page, Goals, Drawn(known)));
    }

    private static string Drawn(JsonObject known)
    {
        var rows = known.SelectMany(part => part.Value!["goals"].Deserialize<List<Goal>>(Json)!.Select(goal => $"| {goal.Figure} | {goal.Aim} | {goal.Value} | {goal.Verdict} | {part.Value!["at"]}, others {part.Value["othersUsed"]} |"));
        return $"## Aims\nOf each part that `make bench` measures, when it was, and how much of the processors others used meanwhile (of {Environment.ProcessorCount}).\n\n| | aim | measured | | |\n| --- | --- | --- | --- | --- |\n{string.Join('\n', rows)}";
    }

    private static string Put(string page, string name, string text)
    {
        var (begin, end) = ($"<!-- bench:{name} -->", $"<!-- /bench:{name} -->");
        var (from, to) = (page.IndexOf(begin, StringComparison.Ordinal), page.IndexOf(end, StringComparison.Ordinal));
        var block = $"{begin}\n{text}\n{end}";
        return from >= 0 && to > from ? page[..from] + block + page[(to + end.Length)..] : $"{page.TrimEnd()}\n\n{block}\n";
    }

    /// <summary>Digits that mean nothing would only make the file another one each time.</summary>
    private static JsonNode? Rounded(JsonNode? node) => node switch
    {
        JsonObject all => new JsonObject(all.Select(one => KeyValuePair.Create(one.Key, Rounded(one.Value)))),
        JsonArray all => new JsonArray([.. all.Select(Rounded)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<double>(out var number) => JsonValue.Create(Math.Round(number, 3)),
        JsonValue value when value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is "NaN" or "Infinity" => null,
        _ => node?.DeepClone(),
    };
}

/// <summary>When a part was measured, for how long, and how busy others kept the machine: their processors on average.</summary>
internal sealed class Measuring
{
    private readonly long _started = System.Diagnostics.Stopwatch.GetTimestamp();
    private readonly double _busy = Machine.Busy();
    private readonly double _ours = Machine.Ours();

    public DateTime At { get; } = DateTime.UtcNow;

    public double Seconds { get; private set; }

    public double Others { get; private set; }

    public Measuring Done()
    {
        Seconds = System.Diagnostics.Stopwatch.GetElapsedTime(_started).TotalSeconds;
        Others = Math.Max(0, (Machine.Busy() - _busy - (Machine.Ours() - _ours)) / Seconds);
        return this;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Measured on {At:yyyy-MM-dd} at {At:HH:mm} in {Seconds:0} s; others used {Others:0.00} processors meanwhile.");
}
