using System.Text.Json;
using Parley.Chaos.Staging;

namespace Parley.Chaos.Proof;

/// <summary>Holds what a receiver outside was sent to what the log says.</summary>
public static class OutsideChecks
{
    /// <summary>Each answer came, under one id however often it came, no id brought two things, and nothing came that nobody said.</summary>
    /// <param name="heard">In the order in which it came, repeats too.</param>
    /// <param name="owed">Answers that were to go out by this channel: all that stand in the log.</param>
    /// <param name="waiting">Those of them that the store says are still on their way, or given up.</param>
    public static IEnumerable<Finding> Of(string receiver, IReadOnlyCollection<(string Id, string To, string Text)> heard, IReadOnlyCollection<Mark> owed, IReadOnlyCollection<Mark> waiting, IReadOnlyCollection<Said> ledger, IReadOnlyList<Restored> restored)
    {
        var byMark = heard.SelectMany(one => Mark.In(one.Text).Select(mark => (mark, one))).ToLookup(pair => pair.mark, pair => pair.one);
        // What was put back is sent again by whoever finds it unsent there: under the same id, for that is made of the entry.
        foreach (var group in byMark.Where(group => group.Select(one => one.Id).Distinct().Count() > 1))
        {
            var said = ledger.FirstOrDefault(said => said.Mark == group.Key);
            if (said is null || !AcrossRestore(said, restored))
            {
                yield return new(FindingKind.Outside, $"{receiver} got {group.Key} under {string.Join(" and ", group.Select(one => one.Id).Distinct())}");
            }
        }

        foreach (var group in heard.GroupBy(one => one.Id).Where(group => group.SelectMany(one => Mark.In(one.Text)).Distinct().Count() > 1))
        {
            yield return new(FindingKind.Outside, $"{receiver} got several things under {group.Key}: {string.Join(" and ", group.Select(one => one.Text).Distinct())}");
        }

        foreach (var mark in owed.Where(mark => !byMark.Contains(mark) && !waiting.Contains(mark)))
        {
            yield return new(FindingKind.Lost, $"{receiver} never got {mark}, and nothing says that it is on its way");
        }

        var known = ledger.Select(said => said.Mark).ToHashSet();
        foreach (var group in byMark.Where(group => !known.Contains(group.Key)))
        {
            yield return new(FindingKind.Outside, $"{receiver} got {group.Key}, and nobody said it");
        }
    }

    /// <summary>A customer who is away is mailed what they have not seen: what the log says was mailed came, as one mail, and nothing else did.</summary>
    /// <param name="mails">In the order in which they came, repeats too: what each is called, to whom, and what it says.</param>
    /// <param name="noted">By the customer's address: how many times the log says that they are mailed; and the word that must have come with the last of it.</param>
    public static IEnumerable<Finding> Mails(IReadOnlyCollection<(string Id, string To, string Text)> mails, IReadOnlyDictionary<string, (int Noted, Mark? Owed)> noted, bool restored)
    {
        foreach (var group in mails.GroupBy(mail => mail.Id).Where(group => !restored && group.SelectMany(mail => Mark.In(mail.Text)).Distinct().Count() > group.Max(mail => Mark.In(mail.Text).Distinct().Count())))
        {
            yield return new(FindingKind.Outside, $"the mail {group.Key} came with different words: {string.Join(" and ", group.Select(mail => string.Join(' ', Mark.In(mail.Text))))}");
        }

        var came = mails.GroupBy(mail => mail.To).ToDictionary(group => group.Key, group => group.Select(mail => mail.Id).Distinct().Count());
        foreach (var (to, last) in noted.Where(pair => pair.Value.Owed is { } owed && !mails.Any(mail => mail.To == pair.Key && Mark.In(mail.Text).Contains(owed))))
        {
            yield return new(FindingKind.Lost, $"{to} was mailed {last.Owed} as the log says, and it is in none of the {came.GetValueOrDefault(to)} mails that came");
        }

        // What was mailed and undone with a backup that was put back came all the same.
        foreach (var (to, count) in came.Where(pair => !restored && pair.Value > noted.GetValueOrDefault(pair.Key).Noted))
        {
            yield return new(FindingKind.Outside, $"{to} got {count} mails, and the log says {noted.GetValueOrDefault(to).Noted}");
        }
    }

    /// <summary>A browser is told of nothing that its owner may not see, and of nothing that nobody said.</summary>
    /// <param name="may">Whether its owner may see a word.</param>
    public static IEnumerable<Finding> Pushes(string who, IEnumerable<string> pushed, Func<Mark, bool> may, IReadOnlyCollection<Said> ledger)
    {
        var known = ledger.Select(said => said.Mark).ToHashSet();
        foreach (var push in pushed.Distinct())
        {
            foreach (var finding in Foreign.Of($"the browser of {who}", may, push))
            {
                yield return finding;
            }

            foreach (var mark in Mark.In(push).Where(mark => !known.Contains(mark)))
            {
                yield return new(FindingKind.Outside, $"the browser of {who} was told of {mark}, and nobody said it");
            }
        }
    }

    /// <summary>How often a customer is mailed, as their thread says, and the last word that must have come so: none where they wrote after the first that it was about, for then there is nothing to tell.</summary>
    public static (int Noted, Mark? Owed) Owed(IReadOnlyList<LogEntry> thread)
    {
        var noted = thread.Where(entry => entry.Type == "notified").OrderBy(entry => entry.Seq).ToList();
        if (noted.Count == 0)
        {
            return (0, null);
        }

        using var body = JsonDocument.Parse(noted[^1].Body);
        var (first, last) = (body.RootElement.GetProperty("first").GetInt64(), body.RootElement.GetProperty("last").GetInt64());
        var wrote = thread.Any(entry => entry.Seq > first && entry.Says && Mark.In(entry.Body).Any(mark => mark.Kind == 'w'));
        return (noted.Count, wrote ? null : thread.Where(entry => entry.Seq == last).SelectMany(entry => Mark.In(entry.Body)).Cast<Mark?>().FirstOrDefault());
    }

    /// <summary>It was sent on before a backup was put back in which it is not: whoever sends it again then has it written anew, as another entry.</summary>
    private static bool AcrossRestore(Said said, IReadOnlyList<Restored> restored) => restored.Any(one => said.Sent <= one.Back && (said.Acknowledged == 0 || said.Acknowledged >= one.Begun));
}
