using System.Collections.Concurrent;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Parley.Platform.Web;

/// <summary>How much one stranger may ask for.</summary>
public sealed record RateSettings(
    [Description("Requests a second that one visitor may send on and on."), Range(1, 1_000_000)] int VisitorPerSecond = 20,
    [Description("Requests that one visitor may send at once."), Range(1, 1_000_000)] int VisitorBurst = 60,
    [Description("Requests a second from one address without a visitor's token (many people may share an address)."), Range(1, 1_000_000)] int AddressPerSecond = 1_000,
    [Description("Requests at once from one address without a visitor's token."), Range(1, 1_000_000)] int AddressBurst = 5_000,
    [Description("Wrong tokens and sessions a second from one address, on and on, that are answered with what is wrong."), Range(1, 1_000_000)] int RefusedPerSecond = 20,
    [Description("Wrong tokens and sessions at once from one address that are answered with what is wrong."), Range(1, 1_000_000)] int RefusedBurst = 200,
    [Description("Conversations that may be started an hour from one address by visitors whom no site vouches for; then there is a pause that grows from a minute on."), Range(1, 1_000_000)] int StartsPerHour = 60,
    [Description("People an hour to whom one agent may write first by mail: new mails, what is passed on, and transcripts."), Range(1, 1_000_000)] int FirstMailsPerHour = 200);

/// <summary>
/// Token buckets by key: each takes <c>perSecond</c> on and on and <c>burst</c> at once. One who overdoes it is refused alone. A full bucket is
/// the same as none, so buckets that have filled up are forgotten.
/// </summary>
public sealed class RateLimit(TimeProvider time, double perSecond, int burst)
{
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new();
    private readonly double _full = burst / perSecond;
    private long _swept = time.GetTimestamp();

    internal int Known => _buckets.Count;

    /// <summary>Takes one, or several of which the last may be owed; zero when it was there, else how long until there is one again.</summary>
    public TimeSpan Take(string key, int count = 1)
    {
        var now = time.GetTimestamp();
        Sweep(now);
        var bucket = _buckets.GetOrAdd(key, static (_, start) => new Bucket(start.burst, start.now), (burst, now));
        lock (bucket)
        {
            bucket.Left = Math.Min(burst, bucket.Left + (time.GetElapsedTime(bucket.At, now).TotalSeconds * perSecond));
            bucket.At = Math.Max(bucket.At, now);
            if (bucket.Left >= 1)
            {
                bucket.Left -= count;
                return TimeSpan.Zero;
            }

            return TimeSpan.FromSeconds((1 - bucket.Left) / perSecond);
        }
    }

    /// <summary>Gives back what was taken for something of which nothing came.</summary>
    public void Return(string key, int count = 1)
    {
        if (_buckets.TryGetValue(key, out var bucket))
        {
            lock (bucket)
            {
                bucket.Left = Math.Min(burst, bucket.Left + count);
            }
        }
    }

    private void Sweep(long now)
    {
        var last = Interlocked.Read(ref _swept);
        if (time.GetElapsedTime(last, now).TotalSeconds < Math.Max(_full, 10) || Interlocked.CompareExchange(ref _swept, now, last) != last)
        {
            return;
        }

        foreach (var (key, bucket) in _buckets)
        {
            if (time.GetElapsedTime(Interlocked.Read(ref bucket.At), now).TotalSeconds > _full)
            {
                _buckets.TryRemove(new KeyValuePair<string, Bucket>(key, bucket));
            }
        }
    }

    private sealed class Bucket(double left, long at)
    {
        public double Left = left;
        public long At = at;
    }
}

/// <summary>What something takes of a limit: only when nothing else speaks against it, for who said it before gets the first answer, and what is refused costs nobody anything.</summary>
public sealed record Toll(RateLimit Limit, string Key, int Count = 1)
{
    /// <exception cref="ProblemException">429 <c>rate.limited</c>.</exception>
    public void Pay()
    {
        if (Limit.Take(Key, Count) is { Ticks: > 0 } wait)
        {
            throw new ProblemException(RateLimits.TooMany(wait));
        }
    }

    public void Return() => Limit.Return(Key, Count);
}

/// <summary>The limits in force.</summary>
public sealed class RateLimits(TimeProvider time, RateSettings settings)
{
    /// <summary>By visitor.</summary>
    public RateLimit Visitors { get; } = new(time, settings.VisitorPerSecond, settings.VisitorBurst);

    /// <summary>By address, for what comes without a token.</summary>
    public RateLimit Addresses { get; } = new(time, settings.AddressPerSecond, settings.AddressBurst);

    /// <summary>By address, for tokens and sessions that prove nobody. What is right is never counted, so that one who guesses locks nobody out beside them.</summary>
    public RateLimit Refused { get; } = new(time, settings.RefusedPerSecond, settings.RefusedBurst);

    /// <summary>By inbox and address, for names of sites that were not heard of: as many as a list has, and then one an hour.</summary>
    public RateLimit NewSites { get; } = new(time, 1.0 / 3_600, 10);

    /// <summary>By address, for conversations that strangers start.</summary>
    public PausingLimit Starts { get; } = new(time, settings.StartsPerHour);

    /// <summary>By agent, for people who are written to first.</summary>
    public RateLimit FirstMails { get; } = new(time, settings.FirstMailsPerHour / 3_600.0, settings.FirstMailsPerHour);

    public static Problem TooMany(TimeSpan wait) => Waiting(new("rate.limited", "That is too many requests in a short time. Wait a moment and go on.", 429), wait);

    public static Problem TooManyStarts(TimeSpan wait) => Waiting(new("starts.limited", "Many conversations were started from here in the last hour. Wait a little, or go on in one of them.", 429), wait);

    private static Problem Waiting(Problem problem, TimeSpan wait) => problem with { RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) };
}
