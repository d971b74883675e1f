using System.Collections.Concurrent;
using System.Diagnostics;

namespace Parley.Chaos.Proof;

/// <summary>One thing that somebody wanted said, under an id of their own, and what they were told of it.</summary>
public sealed class Said(Mark mark, string by)
{
    public Mark Mark { get; } = mark;

    /// <summary>Whose ledger it stands in.</summary>
    public string By { get; } = by;

    public string ClientId => Mark.ToString();

    /// <summary>Where it is said, as soon as that is known.</summary>
    public string? Conversation { get; set; }

    /// <summary>Its number there, as it was confirmed; null where the answer says none.</summary>
    public long? Seq { get; set; }

    /// <summary>When it was sent first and confirmed first, by <see cref="Stopwatch"/>; 0: not.</summary>
    public long Sent { get; set; }

    public long Acknowledged { get; set; }

    /// <summary>The store that confirmed it, which was followed by another with every backup that was put back.</summary>
    public int Era { get; set; }

    public int Tries { get; set; }
}

/// <summary>What all clients together hold to be confirmed. It is theirs alone: nothing in it comes from anywhere but the answers they got.</summary>
public sealed class Ledger
{
    private readonly ConcurrentQueue<Said> _all = new();
    private int _last;

    public IReadOnlyCollection<Said> All => _all;

    public int Next() => Interlocked.Increment(ref _last);

    public Said Open(Mark mark, string by, string? conversation = null)
    {
        var said = new Said(mark, by) { Conversation = conversation, Sent = Stopwatch.GetTimestamp() };
        _all.Enqueue(said);
        return said;
    }
}
