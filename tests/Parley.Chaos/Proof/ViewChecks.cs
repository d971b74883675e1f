namespace Parley.Chaos.Proof;

/// <summary>Holds what somebody came to see piece by piece to what a fresh read gives them.</summary>
public static class ViewChecks
{
    /// <param name="who">Whose view of what it is.</param>
    public static IEnumerable<Finding> Of<TKey>(string who, IReadOnlyDictionary<TKey, string> seen, IReadOnlyDictionary<TKey, string> fresh)
        where TKey : notnull
    {
        foreach (var (key, text) in fresh)
        {
            if (!seen.TryGetValue(key, out var shown))
            {
                yield return new(FindingKind.Stale, $"{who} misses {key}: {text}");
            }
            else if (shown != text)
            {
                yield return new(FindingKind.Stale, $"{who} sees {key} as {shown}, and it is {text}");
            }
        }

        foreach (var (key, text) in seen.Where(pair => !fresh.ContainsKey(pair.Key)))
        {
            yield return new(FindingKind.Stale, $"{who} sees {key}, which is not there: {text}");
        }
    }

    /// <summary>A program got every entry of its workspace in the order of the log, once.</summary>
    public static IEnumerable<Finding> Followed(string who, IReadOnlyList<(long Position, string Subject, long Seq)> got, IReadOnlyList<LogEntry> log)
    {
        foreach (var twice in got.GroupBy(entry => entry.Position).Where(group => group.Count() > 1).Take(3))
        {
            yield return new(FindingKind.Doubled, $"{who} got position {twice.Key} {twice.Count()} times");
        }

        foreach (var pair in got.Zip(got.Skip(1)).Where(pair => pair.Second.Position < pair.First.Position).Take(3))
        {
            yield return new(FindingKind.Gap, $"{who} got position {pair.Second.Position} after {pair.First.Position}");
        }

        var known = got.Select(entry => entry.Position).ToHashSet();
        foreach (var entry in log.Where(entry => !known.Contains(entry.Position)).Take(3))
        {
            yield return new(FindingKind.Lost, $"{who} did not get position {entry.Position} ({entry.Subject}#{entry.Seq} {entry.Type})");
        }

        var places = log.ToDictionary(entry => entry.Position, entry => entry.Seq);
        foreach (var entry in got.Where(entry => places.GetValueOrDefault(entry.Position) != entry.Seq).Take(3))
        {
            yield return new(FindingKind.Stale, $"{who} got {entry.Subject}#{entry.Seq} at position {entry.Position}, where the log has something else");
        }
    }
}
