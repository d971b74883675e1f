using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Parley.Chaos.Proof;

namespace Parley.Chaos.Clients;

/// <summary>Writes down what happens when: what was seen by somebody who should not, answers that are none, and when whom was served.</summary>
internal sealed class Witness(Action<string> write)
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly ConcurrentQueue<Finding> _findings = new();
    private readonly ConcurrentQueue<(string Client, long At)> _served = new();
    private readonly ConcurrentDictionary<string, int> _odd = new();

    private int _repeats;

    private int _broken;

    public IReadOnlyCollection<Finding> Findings => _findings;

    /// <summary>Every moment in which somebody had something confirmed.</summary>
    public IReadOnlyCollection<(string Client, long At)> Served => _served;

    /// <summary>How often a command was sent again that was confirmed before.</summary>
    public int Repeats => Volatile.Read(ref _repeats);

    /// <summary>Requests without an answer that counts.</summary>
    public int Broken => Volatile.Read(ref _broken);

    public void Note(string what) => write(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(_started).TotalSeconds,6:0.0}  {what}"));

    public void Serve(string client) => _served.Enqueue((client, Stopwatch.GetTimestamp()));

    public void Repeat() => Interlocked.Increment(ref _repeats);

    public void Break() => Interlocked.Increment(ref _broken);

    public void Find(Finding finding)
    {
        _findings.Enqueue(finding);
        Note($"!! {finding}");
    }

    /// <summary>An answer that nobody should get, whatever goes on around: each kind is said a few times.</summary>
    public void Odd(string client, string what)
    {
        if (_odd.AddOrUpdate(what.Length > 60 ? what[..60] : what, 1, (_, count) => count + 1) <= 3)
        {
            Find(new Finding(FindingKind.Answer, $"{client}: {what}"));
        }
    }

    /// <summary>Holds all that somebody is shown to what is theirs.</summary>
    public void Look(string client, Func<Mark, bool> may, string text)
    {
        foreach (var finding in Foreign.Of(client, may, text))
        {
            Find(finding);
        }
    }
}
