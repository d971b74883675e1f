using Parley.Log;
using Parley.Platform.Store;

namespace Parley.Conversations;

/// <summary>
/// Writes down which conversations are waiting, live or paused, so that whoever starts knows them without reading all there ever were. It holds ids alone, is
/// written when one comes or goes and not for a word, and may know too many: what they are their states say.
/// </summary>
internal sealed class OngoingReader(Database database, Desk desk) : IReader
{
    public const string ReaderName = "ongoing";

    public const string Ddl = "create table ongoing (workspace bytea not null, conversation bytea not null, primary key (workspace, conversation)) /* clustered */;";

    public string Name => ReaderName;

    public Database Store => database;

    public async Task<IReadOnlyList<Func<Session, Task>>> Read(WorkspaceId workspace, IReadOnlyList<Entry> entries, int rows)
    {
        var moved = entries.Where(Moves).Select(entry => entry.Subject).Distinct().ToList();
        if (moved.Count == 0)
        {
            return [];
        }

        var states = await desk.Look(moved);
        return [.. moved.Chunk(rows).Select(part => new Func<Session, Task>(session => Write(session, workspace, part, states)))];
    }

    public void Reached(WorkspaceId workspace, long position)
    {
    }

    public Task<int> Clear(Session session, WorkspaceId workspace, int limit) => session.Execute(
        "delete from ongoing where workspace = @workspace and conversation in (select conversation from ongoing where workspace = @workspace limit @limit)",
        new { workspace = workspace.Bytes, limit });

    /// <summary>True for what can bring a conversation in or out.</summary>
    public static bool Moves(Entry entry) =>
        entry.Subject.Kind == Conversation.Kind && entry.Body is ModeChanged or Queued or SessionStarted or Closed or Reopened or Erased or SpamMarked or SpamCleared or PromiseBroken;

    private static async Task Write(Session session, WorkspaceId workspace, Subject[] subjects, IReadOnlyDictionary<Subject, Versioned> states)
    {
        foreach (var subject in subjects)
        {
            var row = new { workspace = workspace.Bytes, conversation = subject.Bytes };
            await session.Execute(
                states.TryGetValue(subject, out var found) && found.State is Conversation it && (Ongoing.Talks(it) || Ongoing.Lies(it) || it.Promise is { Broken: true })
                    ? "insert into ongoing (workspace, conversation) values (@workspace, @conversation) on conflict (workspace, conversation) do nothing"
                    : "delete from ongoing where workspace = @workspace and conversation = @conversation",
                row);
        }
    }
}
