using System.Diagnostics;

namespace Parley.Bench;

/// <param name="Rate">Messages a second that reached the agents' side.</param>
internal sealed record Saturation(double Rate, double ProcessorShare);

internal sealed record Latency(double Rate, double P50, double P99, double Worst);

/// <summary>The same posts, whoever takes them.</summary>
internal static class Load
{
    private static int _ids;

    /// <summary>As many as go through: each of <paramref name="posters"/> sends its next message when the last was answered.</summary>
    public static async Task<Saturation> Saturate(Stage stage, Child server, int posters, TimeSpan warm, TimeSpan time)
    {
        using var stop = new CancellationTokenSource();
        var posting = Enumerable.Range(0, posters).Select(i => Task.Run(() => Keep(stage, stage.Lines[i % stage.Lines.Count], stop.Token))).ToList();
        await Task.Delay(warm);
        var (before, used, started) = (Arrived(stage), server.Processor(), Stopwatch.GetTimestamp());
        await Task.Delay(time);
        var (after, seconds) = (Arrived(stage), Stopwatch.GetElapsedTime(started).TotalSeconds);
        var processor = (server.Processor() - used) / seconds;
        await stop.CancelAsync();
        await Task.WhenAll(posting);
        await Quiet(stage);
        return new((after - before) / seconds, processor);
    }

    /// <summary>At a steady rate, whatever the answers do: from the moment a message is sent to the moment the other side has it.</summary>
    public static async Task<Latency> Pace(Stage stage, int rate, TimeSpan warm, TimeSpan time)
    {
        var taken = new List<double>();
        var measuring = false;
        foreach (var agent in stage.Agents)
        {
            agent.Arrived = ticks =>
            {
                if (Volatile.Read(ref measuring))
                {
                    lock (taken)
                    {
                        taken.Add(Stopwatch.GetElapsedTime(ticks).TotalMilliseconds);
                    }
                }
            };
        }

        var posting = new List<Task>();
        var (started, sent) = (Stopwatch.GetTimestamp(), 0);
        while (Stopwatch.GetElapsedTime(started) < warm + time)
        {
            var due = (int)(Stopwatch.GetElapsedTime(started).TotalSeconds * rate);
            for (; sent < due; sent++)
            {
                posting.Add(Say(stage, stage.Lines[sent % stage.Lines.Count]));
            }

            Volatile.Write(ref measuring, Stopwatch.GetElapsedTime(started) > warm);
            posting.RemoveAll(post => post.IsCompletedSuccessfully);
            await Task.Delay(1);
        }

        await Task.WhenAll(posting);
        await Quiet(stage);
        stage.Agents.ForEach(agent => agent.Arrived = null);
        taken.Sort();
        return new(taken.Count / time.TotalSeconds, At(taken, 0.5), At(taken, 0.99), taken.Count > 0 ? taken[^1] : double.NaN);
    }

    public static double At(List<double> sorted, double share) => sorted.Count == 0 ? double.NaN : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];

    private static async Task Keep(Stage stage, Line line, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Say(stage, line);
        }
    }

    private static async Task Say(Stage stage, Line line)
    {
        var body = new { clientId = $"b{Interlocked.Increment(ref _ids)}", content = new { type = "text", text = $"t:{Stopwatch.GetTimestamp()} where does the halyard go once the sail is up?" } };
        var status = (int)await stage.Say(line, body);
        if (status is not (200 or 201 or 503))
        {
            throw new InvalidOperationException($"A post was answered with {status}.");
        }
    }

    private static long Arrived(Stage stage) => stage.Agents.Sum(agent => agent.Count);

    private static async Task Quiet(Stage stage)
    {
        for (var (last, now) = (-1L, Arrived(stage)); now != last; (last, now) = (now, Arrived(stage)))
        {
            await Task.Delay(300);
        }
    }
}
