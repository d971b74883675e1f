using Parley.Platform.Store;

namespace Parley.Inbox.Searching;

/// <summary>Looks through an index, newest first, for what the searcher may see.</summary>
internal static class Looking
{
    /// <summary>A searcher who may see little of what has a common word is given what was found in this many looks; the next page goes on from there.</summary>
    private const int LooksLimit = 20;

    /// <param name="look">Hits below a rank, at most as many as asked for.</param>
    /// <param name="show">What each of some hits comes to, in their order; null: not for this searcher.</param>
    /// <returns>The page, and below which rank the next one begins; null when there is none.</returns>
    public static async Task<(List<T> Found, long? Next)> Page<T>(long below, int limit, Func<long, int, Task<List<TextHit>>> look, Func<List<TextHit>, Task<List<T?>>> show)
        where T : class
    {
        var found = new List<(T Item, long Rank)>();
        var wanted = limit + 1;
        for (var looks = 0; looks < LooksLimit; looks++)
        {
            var hits = await look(below, wanted);
            var shown = hits.Count == 0 ? [] : await show(hits);
            for (var i = 0; i < hits.Count; i++)
            {
                below = hits[i].Rank;
                if (shown[i] is { } item)
                {
                    found.Add((item, below));
                }

                if (found.Count == wanted)
                {
                    return ([.. found.Take(limit).Select(one => one.Item)], found[limit - 1].Rank);
                }
            }

            if (hits.Count < wanted)
            {
                return ([.. found.Select(one => one.Item)], null);
            }
        }

        return ([.. found.Select(one => one.Item)], below);
    }
}
