namespace Parley.Routing;

/// <summary>
/// How long it takes in an inbox until somebody is free, as far as that can be said honestly: from the pace at which waiting customers were taken lately. A
/// range, for nobody knows more; and nothing while too few were taken to speak of a pace.
/// </summary>
internal sealed class Waits
{
    private const int Fewest = 5;
    private const int Most = 50;

    /// <summary>In a normal distribution four of five lie within so many deviations.</summary>
    private const double Spread = 1.2816;

    /// <summary>What was long ago says nothing of now.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private readonly Queue<(DateTimeOffset At, TimeSpan Waited)> _taken = new();

    /// <summary>Somebody who waited was taken.</summary>
    public void Note(DateTimeOffset at, TimeSpan waited)
    {
        _taken.Enqueue((at, waited));
        Forget(at);
    }

    /// <summary>The wait of who stands at a place of the queue now (1: next), or who would; null where nothing can be said.</summary>
    /// <param name="room">True where somebody is free: then it takes as long as it took others to be accepted.</param>
    public (TimeSpan Low, TimeSpan High)? Range(int place, bool room, DateTimeOffset now)
    {
        Forget(now);
        if (_taken.Count < Fewest)
        {
            return null;
        }

        if (room)
        {
            var waits = _taken.Select(taken => taken.Waited).Order().ToList();
            return (waits[waits.Count / 10], waits[^((waits.Count / 10) + 1)]);
        }

        // Until now, not until the last: where nobody was taken for long, the pace is slow.
        var pace = (now - _taken.Peek().At) / (_taken.Count - 1);
        var (mean, deviation) = (pace * place, pace * Math.Sqrt(place) * Spread);
        return (mean > deviation ? mean - deviation : TimeSpan.Zero, mean + deviation);
    }

    private void Forget(DateTimeOffset now)
    {
        while (_taken.Count > Most || (_taken.TryPeek(out var first) && now - first.At > Memory))
        {
            _taken.Dequeue();
        }
    }
}
