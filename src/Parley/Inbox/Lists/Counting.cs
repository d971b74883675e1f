namespace Parley.Inbox.Lists;

/// <summary>
/// Counts are kept, never counted: a change of a row takes it out of the views it was in and puts it into those it is in. Kept per inbox, so that
/// an agent's numbers are the sums over exactly the inboxes that are open to them.
/// </summary>
internal static class Counting
{
    public const string All = "all";
    public const string Unassigned = "unassigned";
    public const string Closed = "closed";

    public const string LabelPrefix = "label:";

    public static string Of(AgentId agent) => $"agent:{agent}";

    public static string Mentioning(AgentId agent) => $"mentions:{agent}";

    public static string Followed(AgentId agent) => $"following:{agent}";

    public static string Of(TeamId team) => $"team:{team}";

    public static bool IsTeam(string name) => name.StartsWith("team:", StringComparison.Ordinal);

    /// <summary>Whether any of some names is among those that everybody looks at.</summary>
    public static bool Everybodys(IReadOnlySet<string> names) => names.Any(name => name is All or Unassigned or Closed || IsTeam(name));

    /// <summary>Whether any of some names is one of this agent's own, or of a saved view that they see.</summary>
    public static bool Ones(IReadOnlySet<string> names, AgentId viewer, IEnumerable<ViewId> views) =>
        names.Contains(Of(viewer)) || names.Contains(Mentioning(viewer)) || names.Contains(Followed(viewer)) || views.Any(view => names.Contains(view.ToString()) || names.Contains(Personal(view, viewer)));

    private static string Personal(ViewId view, AgentId viewer) => $"{view}:{viewer}";

    /// <summary>Adds the difference between two rows of one conversation.</summary>
    public static void Compare(Dictionary<(string Name, InboxId Inbox), int> differences, Summary? before, Summary after)
    {
        if (before is not null)
        {
            Add(differences, before, -1);
        }

        Add(differences, after, 1);
    }

    /// <summary>What an agent is shown: views by name. Costs as much as they look at, however much is kept.</summary>
    /// <param name="views">The saved views that they see.</param>
    public static SortedDictionary<string, long> For(AgentId viewer, IReadOnlySet<InboxId>? open, KeptCounts kept, IEnumerable<ViewId> views)
    {
        long Sum(string name) => kept.Of(name).Where(count => open is null || open.Contains(count.Inbox)).Sum(count => count.N);

        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal) { ["mine"] = Sum(Of(viewer)), ["mentions"] = Sum(Mentioning(viewer)), ["following"] = Sum(Followed(viewer)) };
        foreach (var name in new[] { All, Unassigned, Closed }.Concat(kept.Teams.Where(team => open is null || kept.Of(team).Any(count => open.Contains(count.Inbox)))))
        {
            counts[name] = Sum(name);
        }

        foreach (var (inbox, n) in kept.Of(All).Where(count => open is null || open.Contains(count.Inbox)))
        {
            counts[$"inbox:{inbox}"] = n;
        }

        foreach (var view in views)
        {
            counts[view.ToString()] = Sum(view.ToString()) + Sum(Personal(view, viewer));
        }

        return counts;
    }

    private static void Add(Dictionary<(string Name, InboxId Inbox), int> differences, Summary row, int sign)
    {
        void Count(string name) => differences[(name, row.Inbox)] = differences.GetValueOrDefault((name, row.Inbox)) + sign;

        if (row.Pile == Pile.Spam)
        {
            return;
        }

        foreach (var label in row.Details.Labels)
        {
            Count(LabelPrefix + label);
        }

        if (row.Closed)
        {
            Count(Closed);
            return;
        }

        Count(All);
        Count(row.Agent is { } agent ? Of(agent) : Unassigned);
        if (row.Team is { } team)
        {
            Count(Of(team));
        }

        foreach (var mentioned in row.Details.Mentioned)
        {
            Count(Mentioning(mentioned));
        }

        foreach (var follower in row.Details.Followers)
        {
            Count(Followed(follower));
        }
    }
}
