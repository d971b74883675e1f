using System.Collections.Concurrent;
using Parley.Platform;

namespace Parley.Contacts;

/// <summary>
/// The sites whose pages called for an inbox that does not name their domain, and how often, since this process was started: what <c>parley doctor</c>
/// tells when a domain was forgotten. Anybody can call from anywhere, so only so many are told apart.
/// </summary>
public sealed class Uninvited
{
    private const int Most = 50;

    private readonly ConcurrentDictionary<(string Origin, string Inbox), long> _calls = new();

    /// <summary>The most frequent first.</summary>
    public IReadOnlyList<(string Origin, string Inbox, long Calls)> All => [.. _calls.Select(pair => (pair.Key.Origin, pair.Key.Inbox, pair.Value)).OrderByDescending(one => one.Value)];

    public void Note(string origin, string inbox)
    {
        var key = (Words.Clean(origin.Length <= 200 ? origin : origin[..200]), inbox);
        if (_calls.Count < Most || _calls.ContainsKey(key))
        {
            _calls.AddOrUpdate(key, 1, (_, calls) => calls + 1);
        }
    }
}
