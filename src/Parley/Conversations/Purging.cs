using Parley.Contacts;
using Parley.Log;
using Parley.Platform.Store;

namespace Parley.Conversations;

/// <summary>
/// Follows the log for words that were taken out of it, and deletes the files that went with them. Doing it twice does no harm, so it needs no tables of its own.
/// </summary>
public sealed class Purging(Database database, EntryTypes types, FileStore files) : IReader
{
    public string Name => "purging";

    public Database Store => database;

    public async Task<IReadOnlyList<Func<Session, Task>>> Read(WorkspaceId workspace, IReadOnlyList<Entry> entries, int rows)
    {
        foreach (var thread in entries.Where(entry => entry.Body is Deleted or Redacted or Erased).Select(entry => entry.Subject).Distinct())
        {
            await files.Delete(await database.Read(session => FileStore.Loose(session, types, workspace, thread)));
        }

        return [];
    }

    public void Reached(WorkspaceId workspace, long position)
    {
    }

    public Task<int> Clear(Session session, WorkspaceId workspace, int limit) => Task.FromResult(0);
}
