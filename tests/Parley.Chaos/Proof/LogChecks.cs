using Parley.Chaos.Staging;

namespace Parley.Chaos.Proof;

/// <summary>An entry as it lies in the store.</summary>
/// <param name="Prev">The number of the public entry before it, which a public entry has; 0 or null: it is the first.</param>
public sealed record LogEntry(string Workspace, long Position, string Subject, string Kind, long Seq, long? Prev, bool Public, string Type, long At, string Body)
{
    /// <summary>Where words stand; other entries may quote them.</summary>
    public bool Says => Type is "message" or "note";
}

/// <summary>Holds the log to what a log is, and to what people were told of it.</summary>
public static class LogChecks
{
    /// <summary>Positions are 1, 2, 3 … in each workspace and end where its head stands; numbers are 1, 2, 3 … in each subject, times never go back there, and public entries form a chain.</summary>
    public static IEnumerable<Finding> Gaps(IReadOnlyList<LogEntry> log, IReadOnlyDictionary<string, long> heads)
    {
        foreach (var (workspace, head) in heads)
        {
            var entries = log.Where(entry => entry.Workspace == workspace).OrderBy(entry => entry.Position).ToList();
            foreach (var (i, entry) in entries.Index().Where(pair => pair.Item.Position != pair.Index + 1).Take(1))
            {
                yield return new(FindingKind.Gap, $"{workspace}: position {i + 1} is missing, {entry.Position} follows");
            }

            if (head != entries.Count)
            {
                yield return new(FindingKind.Gap, $"{workspace}: the head is at {head}, and {entries.Count} entries lie there");
            }
        }

        foreach (var subject in log.GroupBy(entry => entry.Subject))
        {
            foreach (var finding in Subject([.. subject.OrderBy(entry => entry.Seq)]))
            {
                yield return finding;
            }
        }
    }

    /// <summary>What was confirmed is there once, where it was confirmed; what was not is there once at most; and nothing is there that nobody said.</summary>
    /// <param name="restored">What was confirmed after a backup began, and before it was put back, may be gone: <see cref="Undone"/> counts it.</param>
    public static IEnumerable<Finding> Ledger(IReadOnlyCollection<Said> ledger, IReadOnlyList<LogEntry> log, IReadOnlyList<Restored> restored)
    {
        var found = Words(log);
        foreach (var said in ledger)
        {
            var there = found.GetValueOrDefault(said.Mark) ?? [];
            if (there.Count > 1)
            {
                yield return new(FindingKind.Doubled, $"{said.Mark} of {said.By} is in the log {there.Count} times: {string.Join(", ", there.Select(Place))}");
            }
            else if (said.Acknowledged > 0 && there.Count == 0 && !MayBeUndone(said, restored))
            {
                yield return new(FindingKind.Lost, $"{said.Mark} of {said.By} was confirmed as {said.Conversation}#{said.Seq} and is not in the log");
            }
            else if (said is { Acknowledged: > 0, Seq: { } seq } && there is [var only] && only.Seq != seq && !MayBeUndone(said, restored))
            {
                yield return new(FindingKind.Lost, $"{said.Mark} of {said.By} was confirmed as number {seq} and is {Place(only)}");
            }
        }

        var known = ledger.Select(said => said.Mark).ToHashSet();
        foreach (var (mark, there) in found.Where(pair => !known.Contains(pair.Key)))
        {
            yield return new(FindingKind.Doubled, $"{mark} is in the log ({Place(there[0])}) and nobody said it");
        }
    }

    /// <summary>Confirmed, and gone with what was put back: as it must be.</summary>
    public static int Undone(IReadOnlyCollection<Said> ledger, IReadOnlyList<LogEntry> log, IReadOnlyList<Restored> restored)
    {
        var found = Words(log);
        return ledger.Count(said => said.Acknowledged > 0 && !found.ContainsKey(said.Mark) && MayBeUndone(said, restored));
    }

    public static Dictionary<Mark, List<LogEntry>> Words(IReadOnlyList<LogEntry> log) =>
        log.Where(entry => entry.Says).SelectMany(entry => Mark.In(entry.Body).Distinct().Select(mark => (mark, entry))).GroupBy(pair => pair.mark).ToDictionary(group => group.Key, group => group.Select(pair => pair.entry).ToList());

    /// <summary>Whether the store that confirmed it is gone, and it was after the backup of it was begun.</summary>
    public static bool MayBeUndone(Said said, IReadOnlyList<Restored> restored) => said.Era < restored.Count && said.Acknowledged >= restored[said.Era].Begun;

    private static IEnumerable<Finding> Subject(List<LogEntry> entries)
    {
        var (last, at) = (0L, 0L);
        foreach (var (i, entry) in entries.Index())
        {
            if (entry.Seq != i + 1)
            {
                yield return new(FindingKind.Gap, $"{entry.Subject}: number {i + 1} is missing, {entry.Seq} follows");
                yield break;
            }

            if (entry.At < at)
            {
                yield return new(FindingKind.Gap, $"{Place(entry)} was written before the one before it");
            }

            if (entry.Public && (entry.Prev ?? 0) != last)
            {
                yield return new(FindingKind.Gap, $"{Place(entry)} says that {entry.Prev} was the public entry before it, and it is {last}");
            }

            (last, at) = (entry.Public ? entry.Seq : last, entry.At);
        }
    }

    private static string Place(LogEntry entry) => $"{entry.Subject}#{entry.Seq} ({entry.Type})";
}
