namespace Parley.Chaos.Faults;

/// <summary>What is done to a running installation.</summary>
public enum FaultKind { Kill, Freeze, Restart, Cut, DiskFull, StoreRestart, StoreFreeze, Clock, Receiver, Restore, StoreFull }

/// <param name="At">After the first of them could have come.</param>
/// <param name="Lasts">Until it is mended again; nothing for what is over at once.</param>
/// <param name="Node">Which one it meets, from 0.</param>
/// <param name="Size">By how many seconds a clock is turned.</param>
public sealed record Fault(FaultKind Kind, TimeSpan At, TimeSpan Lasts, int Node, double Size)
{
    public TimeSpan Until => At + Lasts;
}

/// <summary>Draws from a seed what happens when. Each kind draws by itself: another kind more or less changes nothing of it, and they overlap as it comes.</summary>
public static class Plan
{
    public static IReadOnlyList<Fault> Draw(int seed, TimeSpan time, IReadOnlyCollection<FaultKind> kinds, int nodes) =>
        [.. kinds.Distinct().SelectMany(kind => Of(kind, seed, time, nodes)).OrderBy(fault => fault.At).ThenBy(fault => fault.Kind)];

    /// <summary>Each kind twice, for one after the other: what it alone does to people is seen there.</summary>
    public static IReadOnlyList<Fault> Alone(int seed, IReadOnlyCollection<FaultKind> kinds, int nodes) =>
        [.. kinds.Distinct().SelectMany(kind => Of(kind, seed, TimeSpan.FromHours(1), nodes).Take(2)).Select(fault => fault with { At = TimeSpan.Zero })];

    private static IEnumerable<Fault> Of(FaultKind kind, int seed, TimeSpan time, int nodes)
    {
        var random = new Random(unchecked((seed * 7_919) + ((int)kind * 104_729)));
        var (pause, shortest, longest) = Habit(kind);
        // The first comes within a short run too; the end is left to them to be mended in.
        var at = Math.Min(pause, time.TotalSeconds * 0.9) * (kind == FaultKind.Restore ? 0.5 + (0.2 * random.NextDouble()) : 0.02 + (0.85 * random.NextDouble()));
        while (at < time.TotalSeconds)
        {
            yield return new Fault(kind, TimeSpan.FromSeconds(at), TimeSpan.FromSeconds(shortest + ((longest - shortest) * random.NextDouble())), random.Next(nodes), Math.Round((random.NextDouble() - 0.5) * 7_200));
            at += pause * (0.5 + random.NextDouble());
        }
    }

    /// <summary>How often on average, and for how long: seconds. What stands still or is cut off does so for longer than a lease (2 s).</summary>
    private static (double Pause, double Shortest, double Longest) Habit(FaultKind kind) => kind switch
    {
        FaultKind.Kill => (12, 0, 0),
        FaultKind.Freeze => (15, 2.5, 5),
        FaultKind.Restart => (25, 0, 0),
        FaultKind.Cut => (18, 2.5, 7),
        FaultKind.DiskFull => (20, 1.5, 4),
        FaultKind.StoreFull => (30, 1.5, 4),
        FaultKind.StoreRestart => (25, 0.2, 2),
        FaultKind.StoreFreeze => (35, 2.5, 6),
        FaultKind.Clock => (8, 1, 3),
        FaultKind.Receiver => (12, 1, 4),
        _ => (150, 0, 0),
    };
}
