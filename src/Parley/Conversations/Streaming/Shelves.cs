using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Parley.Conversations.Streaming;

/// <summary>
/// Things found by a key that several may share, read without a lock: whose streams are meant is asked for every message, and must not cost a look at
/// all the others. A shelf that becomes empty is gone.
/// </summary>
internal sealed class Shelves<TKey, TThing>
    where TKey : notnull
    where TThing : notnull
{
    private readonly ConcurrentDictionary<TKey, ImmutableArray<TThing>> _shelves = new();

    public int Count => _shelves.Count;

    public ImmutableArray<TThing> this[TKey key] => _shelves.TryGetValue(key, out var things) ? things : [];

    public void Put(TKey key, TThing thing) => _shelves.AddOrUpdate(key, static (_, it) => [it], static (_, before, it) => before.Contains(it) ? before : before.Add(it), thing);

    public void Take(TKey key, TThing thing)
    {
        while (_shelves.TryGetValue(key, out var before))
        {
            var after = before.Remove(thing);
            if (after.IsEmpty ? _shelves.TryRemove(new KeyValuePair<TKey, ImmutableArray<TThing>>(key, before)) : _shelves.TryUpdate(key, after, before))
            {
                return;
            }
        }
    }
}
