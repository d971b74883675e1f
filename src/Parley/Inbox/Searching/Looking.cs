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
    public static Task<(List<T> Found, long? Next)> Page<T>(long below, int limit, Func<long, int, Task<List<TextHit>>> look, Func<List<TextHit>, Task<List<T?>>> show, int batch = 0)
        where T : class => Page(below, limit, look, show, hit => hit.Rank, batch);

    /// <param name="rank">Where a hit stands: it falls from hit to hit.</param>
    /// <param name="batch">How many are looked at in one look, where few of them are expected to do.</param>
    public static async Task<(List<T> Found, long? Next)> Page<THit, T>(long below, int limit, Func<long, int, Task<List<THit>>> look, Func<List<THit>, Task<List<T?>>> show, Func<THit, long> rank, int batch)
        where T : class
    {
        var found = new List<(T Item, long Rank)>();
        var asked = Math.Max(limit + 1, batch);
        var wanted = limit + 1;
        for (var looks = 0; looks < LooksLimit; looks++)
        {
            var hits = await look(below, asked);
            var shown = hits.Count == 0 ? [] : await show(hits);
            for (var i = 0; i < hits.Count; i++)
            {
                below = rank(hits[i]);
                if (shown[i] is { } item)
                {
                    found.Add((item, below));
                }

                if (found.Count == wanted)
                {
                    return ([.. found.Take(limit).Select(one => one.Item)], found[limit - 1].Rank);
                }
            }

            if (hits.Count < asked)
            {
                return ([.. found.Select(one => one.Item)], null);
            }
        }

        return ([.. found.Select(one => one.Item)], below);
    }
}
