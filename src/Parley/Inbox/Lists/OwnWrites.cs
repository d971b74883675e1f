using System.Collections.Concurrent;
using Parley.Log;

namespace Parley.Inbox.Lists;

/// <summary>
/// Where everybody wrote last, so that whoever acted and then reads a list waits until the list knows of it. An old position costs nothing: the
/// reader passed it long ago.
/// </summary>
internal sealed class OwnWrites
{
    private const int Remembered = 20_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly Following _following;
    private ConcurrentDictionary<(WorkspaceId, Author), long> _last = new();

    public OwnWrites(Following following, Fanout fanout)
    {
        _following = following;
        fanout.Listen(Hear);
    }

    /// <summary>Comes back when the lists know what these authors wrote, or after half a second: an old list is better than none.</summary>
    /// <returns>True if they do.</returns>
    public async ValueTask<bool> Caught(WorkspaceId workspace, params IEnumerable<Author> authors)
    {
        var position = authors.Max(author => _last.GetValueOrDefault((workspace, author)));
        return position == 0 || await _following.Reached(SummaryReader.ReaderName, workspace, position, Patience);
    }

    private void Hear(Committed committed)
    {
        foreach (var entry in committed.Entries)
        {
            _last[(entry.Workspace, entry.Author)] = entry.Position;
            if (entry.For is { } person)
            {
                _last[(entry.Workspace, person)] = entry.Position;
            }
        }

        if (_last.Count > Remembered)
        {
            _last = new();
        }
    }
}
