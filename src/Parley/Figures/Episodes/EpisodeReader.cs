using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Figures.Episodes;

/// <summary>Keeps the figures of every episode: a conversation has no end, what somebody came with has. KP12.</summary>
internal sealed class EpisodeReader(Database database, Desk desk, Rosters rosters) : IReader
{
    public const string ReaderName = "episodes";

    public string Name => ReaderName;

    public Database Store => database;

    public async Task<IReadOnlyList<Func<Session, Task>>> Read(WorkspaceId workspace, IReadOnlyList<Entry> entries, int rows)
    {
        var threads = entries.Where(Episode.Tells).GroupBy(entry => entry.Subject).ToList();
        if (threads.Count == 0 || await rosters.Of(workspace) is not { } roster)
        {
            return [];
        }

        var inboxes = await Inboxes.Of(desk, threads.SelectMany(thread => thread.Take(1)));
        var changed = new List<Episode>();
        var known = threads.Where(thread => inboxes.ContainsKey(thread.Key)).ToList();
        var last = await database.Read(session => EpisodeStore.Last(session, workspace, known.ConvertAll(thread => new ConversationId(thread.Key.Id))));
        foreach (var thread in known)
        {
            var inbox = inboxes[thread.Key];
            changed.AddRange(Follow(last.GetValueOrDefault(new(thread.Key.Id)), inbox, thread, roster.CalendarOf(inbox)));
        }

        return [.. changed.Chunk(rows).Select(part => new Func<Session, Task>(session => EpisodeStore.Save(session, workspace, part)))];
    }

    public void Reached(WorkspaceId workspace, long position)
    {
    }

    public Task<int> Clear(Session session, WorkspaceId workspace, int limit) => EpisodeStore.Clear(session, workspace, limit);

    private static List<Episode> Follow(Episode? last, InboxId inbox, IEnumerable<Entry> entries, Calendar hours)
    {
        var all = new List<Episode>();
        foreach (var entry in entries)
        {
            if (entry.Body is EpisodeOpened opened && !(last?.Number >= opened.Episode))
            {
                all.Add(last = new Episode(new ConversationId(entry.Subject.Id), opened.Episode, inbox, entry.At, entry.Position));
            }
            else if (last?.With(entry, hours) is { } next && !ReferenceEquals(next, last))
            {
                all.RemoveAll(episode => episode.Number == next.Number);
                all.Add(last = next);
            }
        }

        return all;
    }
}
