namespace Parley.Inbox.Lists;

/// <summary>The kept counts of a workspace as they were at a moment, by name: whoever looks at a few names asks for these alone.</summary>
internal sealed class KeptCounts
{
    public static readonly KeptCounts None = new([]);

    private readonly Dictionary<string, List<(InboxId Inbox, long N)>> _byName = [];

    public KeptCounts(IEnumerable<(string Name, InboxId Inbox, long N)> kept)
    {
        foreach (var (name, inbox, n) in kept)
        {
            (_byName.TryGetValue(name, out var known) ? known : _byName[name] = []).Add((inbox, n));
        }

        Teams = [.. _byName.Keys.Where(Counting.IsTeam)];
    }

    /// <summary>The names of teams that have any.</summary>
    public IReadOnlyList<string> Teams { get; }

    public IReadOnlyList<(InboxId Inbox, long N)> Of(string name) => _byName.TryGetValue(name, out var known) ? known : [];

    /// <summary>The names whose numbers are others than they were.</summary>
    public HashSet<string> Differ(KeptCounts before) =>
        [.. _byName.Keys.Union(before._byName.Keys).Where(name => !Same(Of(name), before.Of(name)))];

    private static bool Same(IReadOnlyList<(InboxId Inbox, long N)> one, IReadOnlyList<(InboxId Inbox, long N)> other) =>
        one.Count == other.Count && one.All(other.Contains);
}
