namespace Parley.Emulators;

/// <summary>The providers' clock: it runs like another, and can be put forward.</summary>
public sealed class VirtualClock(TimeProvider real) : TimeProvider
{
    private long _ahead;

    /// <summary>What it runs like.</summary>
    public TimeProvider Real { get; set; } = real;

    public TimeSpan Ahead => TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    public override DateTimeOffset GetUtcNow() => Real.GetUtcNow() + Ahead;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);

    /// <summary>As late as it really is.</summary>
    public void Reset() => Interlocked.Exchange(ref _ahead, 0);
}
