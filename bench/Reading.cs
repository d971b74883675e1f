using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Parley.Bench;

internal sealed record Read(string What, double P50, double P95);

/// <summary>What was measured on one engine, among so many conversations.</summary>
/// <param name="Made">Seconds until the saved views were made.</param>
internal sealed record LongLists(int Conversations, string Engine, double Seeded, double CaughtUp, double Made, List<Read> Reads)
{
    /// <summary>A section of the report.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"## Lists, saved views and search at {Conversations:N0} conversations, {Engine}");
        text.AppendLine(CultureInfo.InvariantCulture, $"Written straight into the log in {Seeded:N0} s; rows, counts and words made from it by the readers in {CaughtUp:N0} s, four saved views in {Made:N1} s. Each page is asked for 300 times over HTTP, one after another, paging on, and once more after all the others; the last 200 count.");
        text.AppendLine().AppendLine("| | p50 ms | p95 ms | |").AppendLine("| --- | --- | --- | --- |");
        foreach (var read in Reads)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {read.What} | {read.P50:N1} | {read.P95:N1} | {(read.P95 <= (read.What.StartsWith("search", StringComparison.Ordinal) ? 100 : 20) ? "met" : "**short**")} |");
        }

        return text.ToString();
    }
}

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
        ("search, the beginning of a word", "/v1/search?q=w0&limit=20"),
        ("search, a word from an agent's conversations of one label", "/v1/search?q=sail+label:refund&limit=20"),
        ("search, a word before a day", $"/v1/search?q=sail+before:{DateTimeOffset.UtcNow.AddDays(-29):yyyy-MM-dd}&limit=20"),
        ("search, a label and no word", "/v1/search?q=label:refund+status:open&limit=20"),
    ];

    /// <summary>Views as people save them: a label, who holds it and since when, all that are open in an order of their own, what is closed.</summary>
    private static readonly (string What, string Body)[] Views =
    [
        ("saved view, one label", """{"name":"Refunds","filter":{"all":[{"field":"label","op":"is","value":"refund"}]}}"""),
        ("saved view, mine that wait for long", """{"name":"Mine","filter":{"all":[{"field":"holder","op":"is","value":"me"},{"field":"waitingSince","op":"olderThan","value":"P1D"}]}}"""),
        ("saved view, all open, who waits longest", """{"name":"Queue","order":"waiting","filter":{"all":[{"field":"status","op":"is","value":"open"}]}}"""),
        ("saved view, closed ones of one priority", """{"name":"Closed","filter":{"all":[{"field":"status","op":"is","value":"closed"},{"field":"priority","op":"is","value":"normal"}]}}"""),
    ];

    /// <summary>Saves the views, and waits until all are made. Seconds it took.</summary>
    public static async Task<(List<(string What, string Path)> Pages, double Seconds)> Save(Stage stage)
    {
        var (pages, started) = (new List<(string, string)>(), Stopwatch.GetTimestamp());
        foreach (var (what, body) in Views)
        {
            using var answer = await stage.Http.PostAsync("/v1/views", new StringContent(body, Encoding.UTF8, "application/json"));
            answer.EnsureSuccessStatusCode();
            pages.Add((what, $"/v1/conversations?view={(await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()}&limit=50"));
        }

        while ((await stage.Http.GetStringAsync("/v1/views")).Contains("\"building\"", StringComparison.Ordinal))
        {
            await Task.Delay(200);
        }

        return (pages, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    /// <summary>Waits until every reader stands at the log's end. Seconds it took.</summary>
    /// <param name="conversations">How many the lists have then: a reader that has not begun yet is not behind either.</param>
    public static async Task<double> CaughtUp(Stage stage, int conversations, TimeSpan patience)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var lags = (await stage.Http.GetStringAsync("/metrics")).Split('\n').Where(line => line.StartsWith("parley_reader_lag{", StringComparison.Ordinal)).ToList();
            if (lags.Count > 0 && lags.All(line => line.TrimEnd().EndsWith(" 0", StringComparison.Ordinal)) && await Listed(stage) >= conversations)
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

    private static async Task<long> Listed(Stage stage)
    {
        var counts = (await stage.Http.GetFromJsonAsync<JsonElement>("/v1/counts")).GetProperty("counts");
        return counts.GetProperty("all").GetInt64() + counts.GetProperty("closed").GetInt64();
    }

    /// <param name="views">Pages of saved views, measured with the rest; the counts are then counted with them.</param>
    public static async Task<List<Read>> Measure(Stage stage, IEnumerable<(string What, string Path)> views)
    {
        var pages = Pages.Concat(views).ToList();
        // What has never run is compiled first, and what lies on the disk has to come from there once: neither is what is asked here.
        await Pass(stage, pages);
        return await Pass(stage, pages);
    }

    private static async Task<List<Read>> Pass(Stage stage, IEnumerable<(string What, string Path)> pages)
    {
        var reads = new List<Read>();
        foreach (var (what, path) in pages)
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
