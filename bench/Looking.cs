using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Parley.Bench;

/// <summary>Thousands of visitors who agreed to be seen, some of them going to another page each second, and agents who look at the list: each reads what it shows whenever it is told that it is another.</summary>
internal static class Looking
{
    private const int Shown = 50;

    /// <param name="moves">So many go to another page each second.</param>
    public static async Task<string> Measure(Child server, int visitors, int lookers, int moves, TimeSpan time)
    {
        await using var stage = await Stage.Empty(server.Address, parley: true);
        var tokens = new ConcurrentBag<string>();
        for (var come = 0; come < visitors; come += 50)
        {
            await Task.WhenAll(Enumerable.Range(come, Math.Min(50, visitors - come)).Select(async number =>
            {
                var page = new { url = $"https://shop.example/{number % 500}", title = $"Page {number % 500}" };
                var token = (await stage.Post("/v1/widget/sessions", null, new { inbox = stage.Inbox, page, consent = true })).GetProperty("token").GetString()!;
                await stage.Follow(token);
                tokens.Add(token);
            }));
        }

        var all = tokens.ToArray();
        var first = await Timed(stage);
        var (took, wires, told) = (new ConcurrentBag<double>(), new List<Wire>(), 0);
        for (var i = 0; i < lookers; i++)
        {
            var asking = 0;
            var wire = await Wire.Connect(stage.Http.BaseAddress!, stage.Cookies, frame =>
            {
                // One question at a time, as a console asks them.
                if (frame.IndexOf("\"kind\":\"visitors\""u8) >= 0 && Interlocked.Increment(ref told) > 0 && Interlocked.Exchange(ref asking, 1) == 0)
                {
                    _ = Task.Run(async () =>
                    {
                        took.Add((await Timed(stage)).Took);
                        Interlocked.Exchange(ref asking, 0);
                    });
                }
            });
            await wire.Send(new { type = "hello" });
            await wire.Send(new { type = "visitors" });
            wires.Add(wire);
        }

        await Move(stage, all, moves, TimeSpan.FromSeconds(4));
        took.Clear();
        var used = server.Processor();
        await Move(stage, all, moves, time);
        var spent = (server.Processor() - used) / time.TotalSeconds * 100;
        foreach (var wire in wires)
        {
            await wire.DisposeAsync();
        }

        await Task.Delay(500);
        used = server.Processor();
        await Move(stage, all, moves, time);
        var alone = (server.Processor() - used) / time.TotalSeconds * 100;
        var sorted = took.Order().ToArray();
        return string.Create(CultureInfo.InvariantCulture,
            $"| {first.Total} visitors, {moves} go on a second, {lookers} look | first look {first.Took:N0} ms | {sorted.Length / time.TotalSeconds:N1} reads a second: p50 {sorted[sorted.Length / 2]:N1} ms, p95 {sorted[(int)(sorted.Length * 0.95)]:N1} ms | {spent:N1} % of a core; {alone:N1} % where nobody looks |");
    }

    private static async Task<(double Took, long Total)> Timed(Stage stage)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await stage.Http.GetAsync($"/v1/visitors?limit={Shown}");
        var body = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsByteArrayAsync());
        return (Stopwatch.GetElapsedTime(started).TotalMilliseconds, body.GetProperty("total").GetInt64());
    }

    private static async Task Move(Stage stage, string[] tokens, int moves, TimeSpan time)
    {
        var (going, started, sent) = (new List<Task>(), Stopwatch.GetTimestamp(), 0);
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            for (var due = (int)(Stopwatch.GetElapsedTime(started).TotalSeconds * moves); sent < due; sent++)
            {
                going.Add(stage.Go(tokens[sent * 37 % tokens.Length], $"https://shop.example/{Random.Shared.Next(500)}"));
            }

            going.RemoveAll(one => one.IsCompletedSuccessfully);
            await Task.Delay(2);
        }

        await Task.WhenAll(going);
    }
}
