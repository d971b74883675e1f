using Parley.Contacts;
using Parley.Log;
using Parley.Platform.Hosting;
using Parley.Platform.Store;

namespace Parley.Conversations;

/// <summary>
/// Follows the log for words that were taken out of it: deletes the files that went with them, and keeps the list of erasures beside the store.
/// Doing it twice does no harm, so it needs no tables of its own.
/// </summary>
public sealed class Purging(Database database, EntryTypes types, FileStore files, Place place) : IReader
{
    public string Name => "purging";

    public Database Store => database;

    public async Task<IReadOnlyList<Func<Session, Task>>> Read(WorkspaceId workspace, IReadOnlyList<Entry> entries, int rows)
    {
        var erasures = new List<Erasure>();
        foreach (var entry in entries)
        {
            switch (entry.Body)
            {
                case Deleted deleted:
                    erasures.Add(Erasure.Of(entry, deleted.Of, "deleted"));
                    break;
                case Redacted redacted:
                    erasures.Add(Erasure.Of(entry, redacted.Of, "redacted"));
                    break;
                case ContactErased:
                    erasures.Add(Erasure.Of(entry, null, "erased"));
                    break;
                case Erased:
                    erasures.Add(Erasure.Of(entry, null, "erased"));
                    break;
            }
        }

        foreach (var thread in entries.Where(entry => entry.Body is Deleted or Redacted or Erased).Select(entry => entry.Subject).Distinct())
        {
            await files.Delete(await database.Read(session => FileStore.Loose(session, types, workspace, thread)));
        }

        if (erasures.Count > 0)
        {
            await Erasures.Append(place.Folder, erasures);
        }

        return [];
    }

    public void Reached(WorkspaceId workspace, long position)
    {
    }

    public Task<int> Clear(Session session, WorkspaceId workspace, int limit) => Task.FromResult(0);
}
