using System.Collections.Concurrent;
using Parley.Contacts;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Live.Visitors;

/// <summary>Of a contact who was erased nothing stays, also not where they were; nor of anybody where an inbox follows nobody any more, nor who used which browser where nobody is known again. Doing it twice does no harm.</summary>
internal sealed class TrailPurging(Database database, Rosters rosters, Trail trail) : IReader
{
    private readonly ConcurrentDictionary<WorkspaceId, bool> _taken = new();

    public string Name => "trails";

    public Database Store => database;

    public async Task<IReadOnlyList<Func<Session, Task>>> Read(WorkspaceId workspace, IReadOnlyList<Entry> entries, int rows)
    {
        var erased = entries.Where(entry => entry.Body is ContactErased).Select(entry => entry.Subject.Id).Distinct().ToList();
        // What was off once and is on again is left alone, however late this comes by.
        var set = entries.Where(entry => entry.Body is InboxSet).Select(entry => new InboxId(entry.Subject.Id)).Distinct().ToList();
        var now = set.Count == 0 || await rosters.Of(workspace) is not { } roster ? [] : set.Select(roster.Inbox).OfType<InboxCard>().ToList();
        var closed = now.Where(inbox => inbox.Settings.Consent == Consent.Off).Select(inbox => inbox.Id).ToList();
        var strange = now.Where(inbox => inbox.Settings.Alike != true).Select(inbox => inbox.Id.Bytes).ToList();
        if (erased.Count + closed.Count > 0)
        {
            _taken[workspace] = true;
        }

        return
        [
            .. erased.Chunk(rows).Select(part => new Func<Session, Task>(session => TrailStore.Purge(session, part))),
            .. closed.Chunk(rows).Select(part => new Func<Session, Task>(session => TrailStore.Close(session, part))),
            .. strange.Chunk(rows).Select(part => new Func<Session, Task>(session => BrowserStore.Close(session, part))),
        ];
    }

    public void Reached(WorkspaceId workspace, long position)
    {
        if (_taken.TryRemove(workspace, out _))
        {
            trail.Anew(workspace);
        }
    }

    public Task<int> Clear(Session session, WorkspaceId workspace, int limit) => Task.FromResult(0);
}
