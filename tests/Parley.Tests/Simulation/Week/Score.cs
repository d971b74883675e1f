using System.Globalization;
using Parley.Contacts;
using Shouldly;

namespace Parley.Tests.Simulation.Week;

/// <summary>How promises were kept, reckoned from what the log says of each: what was expected, and when the answer was there.</summary>
internal sealed class Score
{
    private readonly List<Watch.Told> _all;
    private readonly List<Watch.Told> _learned;

    public Score(IEnumerable<Watch.Told> all)
    {
        _all = [.. all.Where(told => !told.Withdrawn)];
        _learned = [.. _all.Where(told => told.Basis?.Ninety is not null)];
    }

    /// <param name="points">So far each may be off: what is said to customers, and the two levels beneath it.</param>
    public void ShouldBeCalibrated(string half, double points)
    {
        _learned.ShouldAllBe(told => told.Took != null || told.Broken, "Were some still open, of the last ones only the quick would be known.");
        _learned.Count.ShouldBeGreaterThan(300, $"Too few were learned to judge by in the {half}.");
        Near(_learned, 50);
        Near(_learned, 80);
        Near(_learned, 90);
        Kept(_learned).ShouldBeInRange(0.9 - points, 0.9 + points, $"What was said to customers in the {half}: {this}");

        void Near(IReadOnlyCollection<Watch.Told> some, int level) => Within(some, level).ShouldBeInRange((level / 100.0) - points, (level / 100.0) + points, $"{level} {half}: {this}");
    }

    public override string ToString()
    {
        var likes = string.Join("; ", _learned.GroupBy(told => told.Basis!.Like).OrderBy(group => group.Key).Select(group => $"{group.Key} {Line([.. group])}"));
        var fixes = _all.Count - _all.Count(told => told.Basis?.Ninety is not null);
        return string.Create(CultureInfo.InvariantCulture, $"{_all.Count} promises, {fixes} not learned, {_all.Count(told => told.Renewed)} renewed, {_all.Count(told => told.Broken)} broken; learned {Line(_learned)}. {likes}");
    }

    private static string Line(IReadOnlyCollection<Watch.Told> some) => string.Create(
        CultureInfo.InvariantCulture, $"{some.Count}: 50 → {Within(some, 50):P1}, 80 → {Within(some, 80):P1}, 90 → {Within(some, 90):P1}, kept {Kept(some):P1}");

    private static double Within(IReadOnlyCollection<Watch.Told> some, int level) => (double)some.Count(told => told.Took is { } took && took.TotalMilliseconds <= level switch
    {
        50 => told.Basis!.Half,
        80 => told.Basis!.Eighty,
        _ => told.Basis!.Ninety,
    }) / some.Count;

    private static double Kept(IReadOnlyCollection<Watch.Told> some) => (double)some.Count(told => told.Answered <= told.Due) / some.Count;
}
