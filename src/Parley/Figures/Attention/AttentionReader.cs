using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Figures.Attention;

/// <summary>Keeps how long each agent attended to which conversation: the active time of a matter, which duration is not. KP4.</summary>
internal sealed class AttentionReader(Database database, Desk desk) : IReader
{
    public const string ReaderName = "attention";

    public string Name => ReaderName;

    public Database Store => database;

    public async Task<IReadOnlyList<Func<Session, Task>>> Read(WorkspaceId workspace, IReadOnlyList<Entry> entries, int rows)
    {
        var told = entries.Where(entry => entry.Body is Attended).ToList();
        if (told.Count == 0)
        {
            return [];
        }

        var threads = await desk.Look([.. told.Select(Thread).Distinct()]);
        return [.. told.Where(entry => threads.ContainsKey(Thread(entry))).Chunk(rows).Select(part => new Func<Session, Task>(async session =>
        {
            foreach (var entry in part)
            {
                await AttentionStore.Keep(session, workspace, new AgentId(entry.Subject.Id), ((Conversation)threads[Thread(entry)].State).Inbox, (Attended)entry.Body);
            }
        }))];
    }

    public void Reached(WorkspaceId workspace, long position)
    {
    }

    public Task<int> Clear(Session session, WorkspaceId workspace, int limit) => AttentionStore.Clear(session, workspace, limit);

    private static Subject Thread(Entry entry) => Conversation.Subject(((Attended)entry.Body).To);
}
