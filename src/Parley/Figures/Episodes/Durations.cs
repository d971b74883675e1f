namespace Parley.Figures.Episodes;

/// <summary>How long something took, over many: the middle one, the ninth of ten, and the mean, in seconds.</summary>
internal sealed record Durations(int Of, double? Median, double? P90, double? Mean)
{
    public static Durations Over(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Select(time => time.TotalSeconds).Order().ToList();
        return sorted.Count == 0 ? new(0, null, null, null) : new(sorted.Count, At(sorted, 0.5), At(sorted, 0.9), Math.Round(sorted.Average(), 1));
    }

    /// <summary>The smallest that so many of them do not exceed.</summary>
    private static double At(List<double> sorted, double share) => Math.Round(sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)], 1);
}
