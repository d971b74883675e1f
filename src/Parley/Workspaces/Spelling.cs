using System.Text.Json.Nodes;

namespace Parley.Workspaces;

/// <summary>
/// Hours as others write them, put as we do: a day by its whole name or its number (1 is Monday, Sunday 0 or 7), <c>pastMidnight</c> for <c>nextDay</c>, and
/// times with seconds where these are none. What is odd stays as it is, for whoever reads it next to refuse.
/// </summary>
internal static class Spelling
{
    private static readonly string[] Days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    /// <param name="timetable">Changed in place.</param>
    public static void Mend(JsonNode? timetable)
    {
        var it = timetable as JsonObject;
        foreach (var span in Objects(it?["week"]))
        {
            if (Day(span["day"]) is { } day)
            {
                span["day"] = day;
            }

            Clock(span);
        }

        foreach (var span in Objects(it?["exceptions"]).SelectMany(special => Objects(special["intervals"])))
        {
            Clock(span);
        }
    }

    private static void Clock(JsonObject span)
    {
        if (!span.ContainsKey("nextDay") && span.Remove("pastMidnight", out var past))
        {
            span["nextDay"] = past;
        }

        foreach (var end in (string[])["from", "to"])
        {
            if (Text(span[end]) is { Length: 8 } time && time.EndsWith(":00", StringComparison.Ordinal))
            {
                span[end] = time[..5];
            }
        }
    }

    /// <summary>The first three letters of a day that is named or counted; null where it is neither.</summary>
    private static string? Day(JsonNode? value)
    {
        if (value is JsonValue number && number.TryGetValue(out int n))
        {
            return n is >= 0 and <= 7 ? Days[(n + 6) % 7][..3] : null;
        }

        return Text(value) is { } text ? Days.FirstOrDefault(day => text.Equals(day, StringComparison.OrdinalIgnoreCase) || text.Equals(day[..3], StringComparison.OrdinalIgnoreCase))?[..3] : null;
    }

    private static string? Text(JsonNode? value) => value is JsonValue it && it.TryGetValue(out string? text) ? text : null;

    private static IEnumerable<JsonObject> Objects(JsonNode? list) => (list as JsonArray)?.OfType<JsonObject>() ?? [];
}
