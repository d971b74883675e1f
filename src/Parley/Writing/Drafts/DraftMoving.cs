using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;

namespace Parley.Writing.Drafts;

/// <summary>What somebody began in a conversation that goes on in another is theirs there. Doing it twice does no harm.</summary>
internal sealed class DraftMoving(Database database) : IReader
{
    public string Name => "draftsMoving";

    public Database Store => database;

    public Task<IReadOnlyList<Func<Session, Task>>> Read(WorkspaceId workspace, IReadOnlyList<Entry> entries, int rows)
    {
        var moves = entries.Where(entry => entry.Body is MergedInto).Select(entry => (From: new ConversationId(entry.Subject.Id), ((MergedInto)entry.Body).Into)).ToList();
        return Task.FromResult<IReadOnlyList<Func<Session, Task>>>([.. moves.Select(move => new Func<Session, Task>(session => DraftStore.Move(session, move.From, move.Into)))]);
    }

    public void Reached(WorkspaceId workspace, long position)
    {
    }

    public Task<int> Clear(Session session, WorkspaceId workspace, int limit) => Task.FromResult(0);
}
