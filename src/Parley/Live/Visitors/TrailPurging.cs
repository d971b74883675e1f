using Parley.Contacts;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Live.Visitors;

/// <summary>Of a contact who was erased nothing stays, also not where they were; nor of anybody where an inbox follows nobody any more. Doing it twice does no harm.</summary>
internal sealed class TrailPurging(Database database) : IReader
{
    public string Name => "trails";

    public Database Store => database;

    public Task<IReadOnlyList<Func<Session, Task>>> Read(WorkspaceId workspace, IReadOnlyList<Entry> entries, int rows)
    {
        var erased = entries.Where(entry => entry.Body is ContactErased).Select(entry => entry.Subject.Id).Distinct().ToList();
        var closed = entries.Where(entry => entry.Body is InboxSet { Settings.Consent: Consent.Off }).Select(entry => new InboxId(entry.Subject.Id)).Distinct().ToList();
        return Task.FromResult<IReadOnlyList<Func<Session, Task>>>(
        [
            .. erased.Chunk(rows).Select(part => new Func<Session, Task>(session => TrailStore.Purge(session, part))),
            .. closed.Chunk(rows).Select(part => new Func<Session, Task>(session => TrailStore.Close(session, part))),
        ]);
    }

    public void Reached(WorkspaceId workspace, long position)
    {
    }

    public Task<int> Clear(Session session, WorkspaceId workspace, int limit) => Task.FromResult(0);
}
