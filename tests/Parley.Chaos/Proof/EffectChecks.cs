namespace Parley.Chaos.Proof;

/// <param name="Conversation">Where it was found.</param>
public sealed record Found(Mark Asked, IReadOnlyList<(string Conversation, long Seq)> Hits);

/// <summary>What readers made of the log, held to the log: rows, numbers, search and what goes out. Each entry had its effect once.</summary>
public static class EffectChecks
{
    /// <summary>Each conversation has one row, which is as far as the log, and shows its last word.</summary>
    /// <param name="rows">By conversation: how far the row is, and what it shows.</param>
    public static IEnumerable<Finding> Rows(string house, IReadOnlyDictionary<string, (long LastSeq, string Shown)> rows, IReadOnlyList<LogEntry> log)
    {
        var conversations = log.Where(entry => entry.Kind == "conversation").GroupBy(entry => entry.Subject).ToDictionary(group => group.Key, group => group.OrderBy(entry => entry.Seq).ToList());
        foreach (var (id, entries) in conversations)
        {
            if (!rows.TryGetValue(id, out var row))
            {
                yield return new(FindingKind.Effect, $"{house}: {id} has no row");
                continue;
            }

            if (row.LastSeq != entries[^1].Seq)
            {
                yield return new(FindingKind.Effect, $"{house}: the row of {id} is at {row.LastSeq}, and the log at {entries[^1].Seq}");
            }

            if (entries.FindLast(entry => entry.Says) is { } last && Mark.In(last.Body).FirstOrDefault() is { Number: > 0 } word && !row.Shown.Contains(word.ToString(), StringComparison.Ordinal))
            {
                yield return new(FindingKind.Effect, $"{house}: the row of {id} does not show its last word {word}, but {row.Shown}");
            }
        }

        foreach (var id in rows.Keys.Where(id => !conversations.ContainsKey(id)))
        {
            yield return new(FindingKind.Effect, $"{house}: {id} has a row and no entry");
        }
    }

    /// <summary>Kept numbers are what one counts.</summary>
    public static IEnumerable<Finding> Counts(string who, IReadOnlyDictionary<string, long> kept, IReadOnlyDictionary<string, long> counted) =>
        counted.Where(pair => kept.GetValueOrDefault(pair.Key) != pair.Value).Select(pair => new Finding(FindingKind.Effect, $"{who}: {pair.Key} is {kept.GetValueOrDefault(pair.Key)} as it is kept, and {pair.Value} as it is counted"));

    /// <summary>A word that was said once is found once, where it was said.</summary>
    public static IEnumerable<Finding> Search(string who, IEnumerable<Found> found, IReadOnlyDictionary<Mark, List<LogEntry>> words) =>
        from one in found
        let right = words.GetValueOrDefault(one.Asked)?.Select(entry => (entry.Subject, entry.Seq)).ToList() ?? []
        where !one.Hits.SequenceEqual(right)
        select new Finding(FindingKind.Effect, $"{who} looked for {one.Asked} and found {(one.Hits.Count == 0 ? "nothing" : string.Join(", ", one.Hits))}; it is {string.Join(", ", right)}");

    /// <summary>Every reader came to the end of the log.</summary>
    public static IEnumerable<Finding> Readers(IEnumerable<string> behind) => behind.Select(what => new Finding(FindingKind.Effect, what));

    /// <summary>A command was noted once, and each answer that goes out by a channel has one delivery.</summary>
    public static IEnumerable<Finding> Once(IReadOnlyDictionary<string, int> commands, IReadOnlyCollection<Said> ledger, IReadOnlyList<Delivery> deliveries, IReadOnlyCollection<(string Conversation, long Seq)> owed)
    {
        foreach (var said in ledger.Where(said => commands.GetValueOrDefault(said.ClientId) > 1))
        {
            yield return new(FindingKind.Doubled, $"{said.ClientId} was done {commands[said.ClientId]} times");
        }

        var made = deliveries.ToLookup(delivery => (delivery.Conversation, delivery.Seq));
        foreach (var entry in owed.Where(entry => made[entry].Count() != 1))
        {
            yield return new(FindingKind.Effect, $"{entry.Conversation}#{entry.Seq} has {made[entry].Count()} deliveries");
        }

        foreach (var delivery in deliveries.Where(delivery => !owed.Contains((delivery.Conversation, delivery.Seq))))
        {
            yield return new(FindingKind.Effect, $"delivery {delivery.Id} is of {delivery.Conversation}#{delivery.Seq}, which is no answer of a channel");
        }
    }
}
