using System.Text.Json.Nodes;

namespace Parley.Server.Demo;

/// <summary>What a simulated customer answers to content that asks for more than words: a choice, or a form that is filled in.</summary>
internal static class Replies
{
    /// <summary>The content to answer with; null when words will do.</summary>
    public static object? To(JsonNode entry, Wits wits, Part part)
    {
        var content = entry["content"]!;
        return content["type"]!.GetValue<string>() switch
        {
            "quickReplies" => Choice(content["replies"], "text", wits),
            "list" when content["choose"]?.GetValue<bool>() == true => Choice(content["items"], "title", wits),
            "form" => Filled(content["form"]!["fields"]!.AsArray(), part),
            _ => null,
        };
    }

    private static object? Choice(JsonNode? choices, string label, Wits wits) =>
        choices?.AsArray() is { Count: > 0 } some
            ? new { type = "text", choice = some[wits.Choose([.. some.Select(one => one![label]!.GetValue<string>())])]!["id"]!.GetValue<string>() }
            : null;

    private static object Filled(JsonArray fields, Part part) => new
    {
        type = "formResponse",
        values = fields.OfType<JsonObject>().Select(field => (Name: field["name"]!.GetValue<string>(), Value: Value(field, part))).Where(field => field.Value is not null).ToDictionary(field => field.Name, field => field.Value),
    };

    private static object? Value(JsonObject field, Part part) => field["type"]!.GetValue<string>() switch
    {
        "email" => part.Email ?? "hello@example.org",
        "phone" => "+31 228 555 0142",
        "number" => field["min"]?.GetValue<double>() ?? 1,
        "date" => "2026-05-02",
        "consent" => true,
        "choice" => field["options"]?.AsArray().FirstOrDefault()?["id"]?.GetValue<string>(),
        "choices" => field["options"]?.AsArray().Take(1).Select(option => option!["id"]!.GetValue<string>()).ToArray(),
        "longText" => part.Lines[0],
        _ => part.Name,
    };
}
