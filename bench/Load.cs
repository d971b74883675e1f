using System.Diagnostics;

namespace Parley.Bench;

/// <param name="Rate">Messages a second that reached the agents' side.</param>
/// <param name="Cost">Of all messages of the round, until the last reader was done with them.</param>
/// <param name="Behind">Seconds from the last answer until then.</param>
internal sealed record Saturation(double Rate, Cost Cost, double Behind);

/// <param name="Asked">So many were to be sent a second.</param>
/// <param name="Rate">So many arrived.</param>
internal sealed record Latency(int Asked, double Rate, double P50, double P99, double Worst, Cost? Cost);

/// <summary>The same posts, whoever takes them.</summary>
internal static class Load
{
    /// <summary>Where so many wait for an answer the rate is beyond what can be done, and more would only measure the queue.</summary>
    private const int Hopeless = 5_000;

    private static int _ids;

    /// <summary>As many as go through: each of <paramref name="posters"/> sends its next message when the last was answered.</summary>
    /// <param name="warm">Before the rate is counted; what it costs is counted from the first message on.</param>
    public static async Task<Saturation> Saturate(Stage stage, Meter meter, int posters, TimeSpan warm, TimeSpan time)
    {
        using var stop = new CancellationTokenSource();
        var (first, spent) = (Arrived(stage), await meter.Read());
        var posting = Enumerable.Range(0, posters).Select(i => Task.Run(() => Keep(stage, stage.Lines[i % stage.Lines.Count], stop.Token))).ToList();
        await Task.Delay(warm);
        var (before, started) = (Arrived(stage), Stopwatch.GetTimestamp());
        await Task.Delay(time);
        var rate = (Arrived(stage) - before) / Stopwatch.GetElapsedTime(started).TotalSeconds;
        await stop.CancelAsync();
        await Task.WhenAll(posting);
        started = Stopwatch.GetTimestamp();
        await meter.Settled();
        var behind = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await Quiet(stage);
        return new(rate, (await meter.Read()).Since(spent, Arrived(stage) - first), behind);
    }

    /// <summary>At a steady rate, whatever the answers do: from the moment a message is sent to the moment the other side has it.</summary>
    public static async Task<Latency> Pace(Stage stage, int rate, TimeSpan warm, TimeSpan time, Meter? meter = null)
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

        var (first, spent) = (Arrived(stage), meter is null ? null : await meter.Read());
        await Send(stage, rate, warm + time, past => Volatile.Write(ref measuring, past > warm));
        await (meter?.Settled() ?? Task.CompletedTask);
        await Quiet(stage);
        var cost = spent is null ? null : (await meter!.Read()).Since(spent, Arrived(stage) - first);
        stage.Agents.ForEach(agent => agent.Arrived = null);
        taken.Sort();
        return new(rate, taken.Count / time.TotalSeconds, At(taken, 0.5), At(taken, 0.99), taken.Count > 0 ? taken[^1] : double.NaN, cost);
    }

    public static double At(List<double> sorted, double share) => sorted.Count == 0 ? double.NaN : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];

    /// <summary>The median.</summary>
    public static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static async Task Send(Stage stage, int rate, TimeSpan time, Action<TimeSpan> past)
    {
        var (started, sent, open) = (Stopwatch.GetTimestamp(), 0, 0);
        var broken = (Exception?)null;
        for (var at = TimeSpan.Zero; at < time && broken is null; at = Stopwatch.GetElapsedTime(started))
        {
            for (var due = (int)(at.TotalSeconds * rate); sent < due; sent++)
            {
                if (Volatile.Read(ref open) < Hopeless)
                {
                    _ = One(stage.Lines[sent % stage.Lines.Count]);
                }
            }

            past(at);
            await Task.Delay(1);
        }

        while (Volatile.Read(ref open) > 0)
        {
            await Task.Delay(1);
        }

        if (broken is not null)
        {
            throw new InvalidOperationException("A post failed.", broken);
        }

        async Task One(Line line)
        {
            Interlocked.Increment(ref open);
            try
            {
                await Say(stage, line);
            }
            catch (Exception error)
            {
                broken = error;
            }
            finally
            {
                Interlocked.Decrement(ref open);
            }
        }
    }

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
