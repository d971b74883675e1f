using System.Collections.Concurrent;

namespace Parley.Platform.Web;

/// <summary>
/// So many an hour by key, and for who goes on after that a pause: a minute at first, twice as long each time the limit is met again, at most
/// <see cref="Longest"/>. Who has waited a pause out may have one. What is asked during a pause makes it no longer. A quiet hour after the last pause
/// forgives everything.
/// </summary>
public sealed class PausingLimit(TimeProvider time, int perHour)
{
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>So many are known at most: who comes from ever new addresses must not fill the memory.</summary>
    internal const int Most = 20_000;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Past> _past = new();
    private long _swept = time.GetTimestamp();

    internal int Known => _past.Count;

    /// <summary>Takes one; zero when it was there, else how long the pause still is.</summary>
    public TimeSpan Take(string key)
    {
        var now = time.GetTimestamp();
        Sweep(now);
        if (_past.Count >= Most && !_past.ContainsKey(key))
        {
            MakeRoom(now);
        }

        var past = _past.GetOrAdd(key, static _ => new Past());
        lock (past)
        {
            var wait = past.Pause - time.GetElapsedTime(past.PausedAt, now);
            if (past.Pause > TimeSpan.Zero && wait > TimeSpan.Zero)
            {
                return wait;
            }

            while (past.Taken.TryPeek(out var first) && time.GetElapsedTime(first, now) >= Hour)
            {
                past.Taken.Dequeue();
            }

            if (past.Pause > TimeSpan.Zero && time.GetElapsedTime(past.PausedAt, now) >= past.Pause + Hour)
            {
                past.Pause = TimeSpan.Zero;
            }

            if (past.Taken.Count >= perHour && past.Waited)
            {
                past.Taken.Dequeue();
            }

            past.Waited = false;
            if (past.Taken.Count < perHour)
            {
                past.Taken.Enqueue(now);
                return TimeSpan.Zero;
            }

            past.Waited = true;
            past.Pause = past.Pause == TimeSpan.Zero ? Shortest : TimeSpan.FromTicks(Math.Min(past.Pause.Ticks * 2, Longest.Ticks));
            past.PausedAt = now;
            return past.Pause;
        }
    }

    /// <summary>Gives one back that came to nothing: what was refused, or was a repeat.</summary>
    public void Return(string key)
    {
        if (_past.TryGetValue(key, out var past))
        {
            lock (past)
            {
                if (past.Taken.Count > 0)
                {
                    past.Taken.Dequeue();
                }
            }
        }
    }

    private void Sweep(long now)
    {
        var last = Interlocked.Read(ref _swept);
        if (time.GetElapsedTime(last, now) < Hour || Interlocked.CompareExchange(ref _swept, now, last) != last)
        {
            return;
        }

        foreach (var (key, past) in _past)
        {
            lock (past)
            {
                var quiet = past.Taken.All(at => time.GetElapsedTime(at, now) >= Hour);
                if (quiet && (past.Pause == TimeSpan.Zero || time.GetElapsedTime(past.PausedAt, now) >= past.Pause + Hour))
                {
                    _past.TryRemove(new KeyValuePair<string, Past>(key, past));
                }
            }
        }
    }

    /// <summary>Lets go of a tenth: first of who is in no pause, the longest silent first, then of who has the least of theirs left.</summary>
    private void MakeRoom(long now)
    {
        var all = new List<(KeyValuePair<string, Past> Pair, TimeSpan Left, long LastAt)>();
        foreach (var pair in _past)
        {
            lock (pair.Value)
            {
                var left = pair.Value.Pause - time.GetElapsedTime(pair.Value.PausedAt, now);
                all.Add((pair, left > TimeSpan.Zero ? left : TimeSpan.Zero, Math.Max(pair.Value.PausedAt, pair.Value.Taken.LastOrDefault())));
            }
        }

        foreach (var (pair, _, _) in all.OrderBy(each => each.Left).ThenBy(each => each.LastAt).Take(Most / 10))
        {
            _past.TryRemove(pair);
        }
    }

    private sealed class Past
    {
        public Queue<long> Taken { get; } = new();

        public TimeSpan Pause { get; set; }

        public long PausedAt { get; set; }

        /// <summary>A pause was given out: when it is over, what was promised holds.</summary>
        public bool Waited { get; set; }
    }
}
