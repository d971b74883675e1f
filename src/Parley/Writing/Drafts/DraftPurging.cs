using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;

namespace Parley.Writing.Drafts;

/// <summary>Of a conversation that was erased nothing stays, also not what somebody began to answer. Doing it twice does no harm.</summary>
internal sealed class DraftPurging(Database database) : IReader
{
    public string Name => "drafts";

    public Database Store => database;

    public Task<IReadOnlyList<Func<Session, Task>>> Read(WorkspaceId workspace, IReadOnlyList<Entry> entries, int rows)
    {
        var erased = entries.Where(entry => entry.Body is Erased).Select(entry => entry.Subject.Id).Distinct().ToList();
        return Task.FromResult<IReadOnlyList<Func<Session, Task>>>([.. erased.Chunk(rows).Select(part => new Func<Session, Task>(session => DraftStore.Purge(session, part)))]);
    }

    public void Reached(WorkspaceId workspace, long position)
    {
    }

    public Task<int> Clear(Session session, WorkspaceId workspace, int limit) => Task.FromResult(0);
}
