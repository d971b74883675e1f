using System.Diagnostics;

namespace Parley.Chaos.Clients;

/// <summary>Says once a minute what a run still waits for: one that does not end is to be understood from what it wrote.</summary>
internal sealed class Waiting(Witness witness)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private long _said = Stopwatch.GetTimestamp();

    public void For(IEnumerable<string> what)
    {
        if (Stopwatch.GetElapsedTime(_said) > Minute && what.ToList() is { Count: > 0 } all)
        {
            _said = Stopwatch.GetTimestamp();
            witness.Note($"waiting for {all.Count} things, of which: {string.Join(" | ", all.Take(3))}");
        }
    }
}
