using Parley.Contacts;
using Parley.Inbox.Lists;
using Parley.Platform.Store;
using Parley.Workspaces;
using Profile = Parley.Contacts.Profile;

namespace Parley.Inbox.Views;

/// <summary>How many of the newest conversations a filter has. What is not saved is kept nowhere, so it is looked for among so many only, and said so.</summary>
/// <param name="Looked">Among how many.</param>
/// <param name="Whole">These are all that there are.</param>
internal sealed record Matches(int Count, int Looked, bool Whole);

/// <summary>Tries a filter that is not saved yet.</summary>
internal sealed class ViewMatching(Database database, ViewKeeping keeping, TimeProvider time)
{
    private const int Most = 2_000;
    private const int Page = 500;

    public async Task<Matches> Count(Principal who, Filter filter)
    {
        var (count, looked, whole) = (0, 0, true);
        foreach (var pile in filter.Closed ? new[] { Pile.Open, Pile.Closed } : [Pile.Open])
        {
            var (at, id) = (long.MaxValue, Array.Empty<byte>());
            for (var left = Most; left > 0; left -= Page)
            {
                var rows = await database.Read(session => SummaryStore.Walk(session, who.Workspace, pile, at, id, Page));
                var seen = rows.FindAll(row => ListReading.May(who, row));
                looked += seen.Count;
                count += await Fit(who, filter, seen);
                if (rows.Count < Page)
                {
                    break;
                }

                (at, id) = (rows[^1].At.ToUnixTimeMilliseconds(), rows[^1].Id.Bytes);
                whole &= left > Page;
            }
        }

        return new(count, looked, whole);
    }

    private async Task<int> Fit(Principal who, Filter filter, List<Summary> rows)
    {
        var contacts = filter.OfContacts ? await keeping.Contacts(who.Workspace, rows) : new Dictionary<ContactId, Profile>();
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var viewer = (who as AgentPrincipal)?.Agent;
        return rows.Count(row => filter.Meets(new Facts(row, contacts.GetValueOrDefault(row.Contact), now)) && (!filter.Personal || row.Agent == viewer));
    }
}
