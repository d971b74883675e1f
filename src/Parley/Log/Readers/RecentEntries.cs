using System.Collections.Concurrent;

namespace Parley.Log.Readers;

/// <summary>The newest entries of each workspace that was busy on this node, so that whoever is nearly up to date need not read them back from the store.</summary>
internal sealed class RecentEntries
{
    private const int Size = 4_096;
    private readonly ConcurrentDictionary<WorkspaceId, Ring> _rings = new();

    /// <param name="passed">Up to where the workspace's entries are of no more use: what is kept for nothing has to be carried by every collection of garbage.</param>
    public void Keep(Committed committed, long passed)
    {
        if (committed.Entries.Length > 0)
        {
            var ring = _rings.GetOrAdd(committed.Workspace, _ => new Ring());
            ring.Drop(passed);
            ring.Add(committed);
        }
    }

    /// <summary>Up to <paramref name="limit"/> entries after a position; null when they are not all here.</summary>
    public List<Entry>? After(WorkspaceId workspace, long position, int limit) => _rings.TryGetValue(workspace, out var ring) ? ring.After(position, limit) : null;

    private sealed class Ring
    {
        private readonly Lock _gate = new();
        private Entry?[] _items = new Entry?[64];
        private long _first;
        private long _last;

        public void Add(Committed committed)
        {
            lock (_gate)
            {
                foreach (var entry in committed.Entries)
                {
                    if (entry.Position != _last + 1)
                    {
                        _first = entry.Position;
                    }

                    _last = entry.Position;
                    Fit();
                    _items[_last % _items.Length] = entry;
                }
            }
        }

        public void Drop(long passed)
        {
            lock (_gate)
            {
                for (; _first <= Math.Min(passed, _last); _first++)
                {
                    _items[_first % _items.Length] = null;
                }
            }
        }

        public List<Entry>? After(long position, int limit)
        {
            lock (_gate)
            {
                if (position + 1 < _first || position >= _last)
                {
                    return null;
                }

                var count = (int)Math.Min(limit, _last - position);
                var found = new List<Entry>(count);
                for (var at = position + 1; at <= position + count; at++)
                {
                    found.Add(_items[at % _items.Length]!);
                }

                return found;
            }
        }

        private void Fit()
        {
            if (_last - _first < _items.Length)
            {
                return;
            }

            if (_items.Length == Size)
            {
                _first = _last - Size + 1;
                return;
            }

            var larger = new Entry?[_items.Length * 2];
            for (var at = _first; at < _last; at++)
            {
                larger[at % larger.Length] = _items[at % _items.Length];
            }

            _items = larger;
        }
    }
}
