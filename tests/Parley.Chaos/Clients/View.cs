using System.Text.Json;

namespace Parley.Chaos.Clients;

/// <summary>What somebody has come to see on a stream, piece by piece: threads with their entries, rows of a list, numbers.</summary>
internal sealed class View
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SortedDictionary<long, string>> _threads = [];
    private readonly HashSet<string> _unread = [];
    private readonly Dictionary<string, JsonElement> _rows = [];
    private readonly Dictionary<string, long> _counts = [];

    public IReadOnlyList<JsonElement> Rows
    {
        get
        {
            lock (_gate)
            {
                return [.. _rows.Values];
            }
        }
    }

    public IReadOnlyDictionary<string, long> Counts
    {
        get
        {
            lock (_gate)
            {
                return _counts.ToDictionary();
            }
        }
    }

    /// <summary>The threads that are looked at.</summary>
    public IReadOnlyList<string> Threads
    {
        get
        {
            lock (_gate)
            {
                return [.. _threads.Keys];
            }
        }
    }

    public IReadOnlyDictionary<long, string> Thread(string conversation)
    {
        lock (_gate)
        {
            return _threads.TryGetValue(conversation, out var thread) ? thread.ToDictionary() : [];
        }
    }

    /// <summary>This thread alone is looked at from now on; null: none.</summary>
    public void Only(string? conversation)
    {
        lock (_gate)
        {
            _threads.Clear();
            _unread.Clear();
            if (conversation is not null)
            {
                _threads[conversation] = [];
                _unread.Add(conversation);
            }
        }
    }

    /// <summary>Another thread beside those; false where it is one of them.</summary>
    public bool Also(string conversation)
    {
        lock (_gate)
        {
            return _threads.TryAdd(conversation, []);
        }
    }

    /// <summary>Threads of which it is to be read once what came before one listened.</summary>
    public string[] Unread()
    {
        lock (_gate)
        {
            string[] unread = [.. _unread];
            _unread.Clear();
            return unread;
        }
    }

    /// <summary>What was read; what was heard already stays.</summary>
    public void Read(string conversation, IReadOnlyDictionary<long, string> fresh)
    {
        lock (_gate)
        {
            if (_threads.TryGetValue(conversation, out var thread))
            {
                foreach (var (seq, text) in fresh)
                {
                    thread.TryAdd(seq, text);
                }
            }
        }
    }

    public void Read(IReadOnlyDictionary<string, JsonElement> fresh)
    {
        lock (_gate)
        {
            foreach (var (id, row) in fresh.Where(pair => !_rows.TryGetValue(pair.Key, out var known) || LastSeq(known) < LastSeq(pair.Value)))
            {
                _rows[id] = row;
            }
        }
    }

    /// <summary>An entry that was heard; what it was before, where it was another.</summary>
    public string? Hear(JsonElement entry)
    {
        lock (_gate)
        {
            // A customer hears of all their threads, and keeps the one they look at.
            if (!_threads.TryGetValue(entry.GetProperty("conversation").GetString()!, out var thread))
            {
                return null;
            }

            var (seq, text) = (entry.GetProperty("seq").GetInt64(), entry.GetRawText());
            var other = thread.TryGetValue(seq, out var known) && known != text ? known : null;
            thread[seq] = text;
            return other;
        }
    }

    public void Row(JsonElement row)
    {
        lock (_gate)
        {
            _rows[row.GetProperty("id").GetString()!] = row;
        }
    }

    public void Left(string conversation)
    {
        lock (_gate)
        {
            _rows.Remove(conversation);
        }
    }

    public void Count(JsonElement counts)
    {
        lock (_gate)
        {
            foreach (var count in counts.EnumerateObject())
            {
                _counts[count.Name] = count.Value.GetInt64();
            }
        }
    }

    /// <summary>Numbers come anew with every connection.</summary>
    public void Recount()
    {
        lock (_gate)
        {
            _counts.Clear();
        }
    }

    /// <summary>All of it is dropped; which threads one looks at is one's own.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _rows.Clear();
            _counts.Clear();
            foreach (var (id, thread) in _threads)
            {
                thread.Clear();
                _unread.Add(id);
            }
        }
    }

    private static long LastSeq(JsonElement row) => row.GetProperty("lastSeq").GetInt64();
}
