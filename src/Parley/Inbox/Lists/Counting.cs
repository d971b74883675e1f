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

    /// <summary>Adds the difference between two rows of one conversation.</summary>
    public static void Compare(Dictionary<(string Name, InboxId Inbox), int> differences, Summary? before, Summary after)
    {
        if (before is not null)
        {
            Add(differences, before, -1);
        }

        Add(differences, after, 1);
    }

    /// <summary>What an agent is shown: views by name.</summary>
    /// <param name="views">The saved views that they see.</param>
    public static SortedDictionary<string, long> For(AgentId viewer, IReadOnlySet<InboxId>? open, IEnumerable<(string Name, InboxId Inbox, long N)> kept, IEnumerable<ViewId> views)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal) { ["mine"] = 0, ["unassigned"] = 0, ["all"] = 0, ["mentions"] = 0, ["following"] = 0, ["closed"] = 0 };
        var own = new Dictionary<string, string> { [Of(viewer)] = "mine", [Mentioning(viewer)] = "mentions", [Followed(viewer)] = "following" };
        var saved = new Dictionary<string, string>();
        foreach (var view in views.Select(view => view.ToString()))
        {
            counts[view] = 0;
            (saved[view], saved[$"{view}:{viewer}"]) = (view, view);
        }

        foreach (var (name, inbox, n) in kept)
        {
            if (open is not null && !open.Contains(inbox))
            {
                continue;
            }

            if (saved.TryGetValue(name, out var shown))
            {
                counts[shown] += n;
            }
            else if (own.TryGetValue(name, out var list))
            {
                counts[list] += n;
            }
            else if (name is All or Unassigned or Closed || name.StartsWith("team:", StringComparison.Ordinal))
            {
                counts[name] = counts.GetValueOrDefault(name) + n;
                if (name == All)
                {
                    counts[$"inbox:{inbox}"] = n;
                }
            }
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
