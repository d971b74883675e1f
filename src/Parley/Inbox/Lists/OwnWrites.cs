using System.Collections.Concurrent;
using Parley.Log;

namespace Parley.Inbox.Lists;

/// <summary>
/// Where everybody wrote last, so that whoever acted and then reads a list waits until the list knows of it. An old position costs nothing: the
/// reader passed it long ago. For what others wrote before the list was asked for it is waited a moment only: when little is going on that is
/// always enough.
/// </summary>
internal sealed class OwnWrites
{
    private const int Remembered = 20_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    /// <summary>A widget asks once, when it hears of a thread that it does not know; what is missing then comes to it by nothing else.</summary>
    private static readonly TimeSpan Told = TimeSpan.FromSeconds(2);

    private readonly Following _following;
    private readonly ConcurrentDictionary<WorkspaceId, long> _heads = new();
    private ConcurrentDictionary<(WorkspaceId, Author), long> _last = new();

    public OwnWrites(Following following, Fanout fanout)
    {
        _following = following;
        fanout.Listen(Hear);
    }

    /// <summary>Comes back when the lists know what these authors wrote, or after half a second: an old list is better than none.</summary>
    /// <returns>True if they do.</returns>
    public ValueTask<bool> Caught(WorkspaceId workspace, params IEnumerable<Author> authors) => Caught(workspace, Moment, authors);

    /// <summary>For customers, who were told of what others wrote to them and ask because of it.</summary>
    public ValueTask<bool> CaughtAll(WorkspaceId workspace, IEnumerable<Author> authors) => Caught(workspace, Told, authors);

    private async ValueTask<bool> Caught(WorkspaceId workspace, TimeSpan others, IEnumerable<Author> authors)
    {
        var head = _heads.GetValueOrDefault(workspace);
        var own = authors.Max(author => _last.GetValueOrDefault((workspace, author)));
        var caught = own == 0 || await _following.Reached(SummaryReader.ReaderName, workspace, own, Patience);
        if (caught && head > own)
        {
            await _following.Reached(SummaryReader.ReaderName, workspace, head, others);
        }

        return caught;
    }

    private void Hear(Committed committed)
    {
        _heads[committed.Workspace] = committed.Head;
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
