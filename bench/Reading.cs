using System.Diagnostics;
using System.Text.Json;

namespace Parley.Bench;

internal sealed record Read(string What, double P50, double P95);

/// <summary>What an agent waits for when lists and search are long.</summary>
internal static class Reading
{
    private static readonly (string What, string Path)[] Pages =
    [
        ("inbox, all open", "/v1/conversations?limit=50"),
        ("inbox, mine", "/v1/conversations?view=mine&limit=50"),
        ("inbox, unassigned", "/v1/conversations?view=unassigned&limit=50"),
        ("inbox, closed", "/v1/conversations?view=closed&limit=50"),
        ("counts", "/v1/counts"),
        ("search, a rare word", "/v1/search?q=gennaker&limit=20"),
        ("search, a word in every tenth", "/v1/search?q=sail&limit=20"),
        ("search, two words", "/v1/search?q=sail+w0k&limit=20"),
    ];

    /// <summary>Waits until every reader stands at the log's end. Seconds it took.</summary>
    public static async Task<double> CaughtUp(Stage stage, TimeSpan patience)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var lags = (await stage.Http.GetStringAsync("/metrics")).Split('\n').Where(line => line.StartsWith("parley_reader_lag{", StringComparison.Ordinal)).ToList();
            if (lags.Count > 0 && lags.All(line => line.TrimEnd().EndsWith(" 0", StringComparison.Ordinal)))
            {
                return Stopwatch.GetElapsedTime(started).TotalSeconds;
            }

            if (Stopwatch.GetElapsedTime(started) > patience)
            {
                throw new TimeoutException($"The readers are still behind after {patience}: {string.Join("; ", lags)}");
            }

            await Task.Delay(500);
        }
    }

    public static async Task<List<Read>> Measure(Stage stage)
    {
        var reads = new List<Read>();
        foreach (var (what, path) in Pages)
        {
            var times = new List<double>();
            var next = path;
            for (var i = 0; i < 300; i++)
            {
                var started = Stopwatch.GetTimestamp();
                var text = await stage.Http.GetStringAsync(next);
                if (i >= 100)
                {
                    times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                }

                // On through the pages, as somebody who scrolls.
                next = JsonDocument.Parse(text).RootElement.TryGetProperty("next", out var cursor) ? $"{path}&cursor={Uri.EscapeDataString(cursor.GetString()!)}" : path;
            }

            times.Sort();
            reads.Add(new(what, Load.At(times, 0.5), Load.At(times, 0.95)));
        }

        return reads;
    }
}
