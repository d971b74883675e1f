namespace Parley.Emulators;

/// <summary>How a provider misbehaves.</summary>
public enum FaultKind
{
    /// <summary>429, with how long it wants to be left in peace.</summary>
    Throttled,

    /// <summary>503: certainly nothing was taken.</summary>
    Down,

    /// <summary>500: nobody knows what was done before that.</summary>
    Broken,

    /// <summary>400: it will never be taken.</summary>
    Refused,

    /// <summary>401: the settings are wrong.</summary>
    Unauthorized,

    /// <summary>404: nobody is there.</summary>
    Gone,

    /// <summary>It is taken, and the line breaks in the middle of the answer.</summary>
    Lost,

    /// <summary>It is taken, and nothing is answered until whoever called gives up.</summary>
    Silent,

    /// <summary>Each request is sent a second time.</summary>
    Twice,

    /// <summary>What was told first comes after what was told next.</summary>
    Reordered,

    /// <summary>Nothing is told before so many pieces wait: then in one request.</summary>
    Batched,

    /// <summary>The first piece of each request is nothing that can be read.</summary>
    Mangled,

    /// <summary>Signed by somebody else.</summary>
    Forged,

    /// <summary>Signed six minutes ago.</summary>
    Replayed,
}

/// <summary>One step of a script.</summary>
/// <param name="Times">How often; null: until somebody takes it away.</param>
/// <param name="Seconds">For how long, by the virtual clock, from the first time on; of <see cref="FaultKind.Throttled"/> also what is asked for.</param>
/// <param name="To">Only what goes to this customer.</param>
/// <param name="Count">Of <see cref="FaultKind.Batched"/>: how many pieces.</param>
public sealed record Fault(FaultKind Kind, int? Times = null, int? Seconds = null, string? To = null, int? Count = null)
{
    /// <summary>When it was met first.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>It spoils what the company sends; otherwise what the provider tells.</summary>
    public bool Answers => Kind <= FaultKind.Silent;
}

/// <summary>A script of faults: the first that fits is met, as often or as long as it says, then the next.</summary>
public sealed class Faults(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly List<Fault> _script = [];

    public IReadOnlyList<Fault> All
    {
        get
        {
            lock (_gate)
            {
                _script.RemoveAll(Over);
                return [.. _script];
            }
        }
    }

    public void Add(Fault fault)
    {
        lock (_gate)
        {
            _script.Add(fault);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _script.Clear();
        }
    }

    /// <summary>What an answer to the company meets now; null: nothing.</summary>
    public Fault? Answering(string? to) => Met(fault => fault.Answers && (fault.To is null || fault.To == to));

    /// <summary>Whether what is told meets this now.</summary>
    public Fault? Telling(FaultKind kind) => Met(fault => fault.Kind == kind);

    private Fault? Met(Func<Fault, bool> fits)
    {
        lock (_gate)
        {
            _script.RemoveAll(Over);
            var at = _script.FindIndex(fault => fits(fault));
            if (at < 0)
            {
                return null;
            }

            var met = _script[at] with { Since = _script[at].Since ?? time.GetUtcNow(), Times = _script[at].Times - 1 };
            _script[at] = met;
            return met;
        }
    }

    private bool Over(Fault fault) => fault.Times <= 0 || (fault is { Seconds: { } seconds, Since: { } since } && time.GetUtcNow() >= since + TimeSpan.FromSeconds(seconds));
}
