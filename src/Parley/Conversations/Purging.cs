using System.Collections.Immutable;
using Parley.Contacts;
using Parley.Log;
using Parley.Platform.Hosting;
using Parley.Platform.Store;

namespace Parley.Conversations;

/// <summary>
/// Follows the log for words that were taken out of it: deletes the files that went with them, and keeps the list of erasures beside the store.
/// Doing it twice does no harm, so it needs no tables of its own.
/// </summary>
public sealed class Purging(Database database, FileStore files, Place place) : IReader
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
                    await Delete(deleted.Files);
                    break;
                case Redacted redacted:
                    erasures.Add(Erasure.Of(entry, redacted.Of, "redacted"));
                    await Delete(redacted.Files);
                    break;
                case ContactErased:
                    erasures.Add(Erasure.Of(entry, null, "erased"));
                    break;
                case Erased:
                    erasures.Add(Erasure.Of(entry, null, "erased"));
                    await Delete([.. await database.Read(session => FileStore.Held(session, workspace, entry.Subject))]);
                    break;
            }
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

    private Task Delete(ImmutableArray<FileId>? ids) => ids is { IsDefaultOrEmpty: false } ? files.Delete(ids.Value) : Task.CompletedTask;
}
