using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Figures.Ratings;

/// <summary>Keeps how people found it, by the mode in which their matter ended: whether talk satisfies more than messages is a figure, no belief. LC25.</summary>
internal sealed class RatingReader(Database database, Desk desk) : IReader
{
    public const string ReaderName = "ratings";

    public string Name => ReaderName;

    public Database Store => database;

    public async Task<IReadOnlyList<Func<Session, Task>>> Read(WorkspaceId workspace, IReadOnlyList<Entry> entries, int rows)
    {
        var told = entries.Where(entry => entry.Subject.Kind == Conversation.Kind && entry.Body is RatingAsked or Rated).ToList();
        if (told.Count == 0)
        {
            return [];
        }

        var inboxes = await Inboxes.Of(desk, told);
        return [.. told.Where(entry => inboxes.ContainsKey(entry.Subject)).Chunk(rows).Select(part => new Func<Session, Task>(async session =>
        {
            foreach (var entry in part)
            {
                var (id, inbox) = (new ConversationId(entry.Subject.Id), inboxes[entry.Subject]);
                await (entry.Body switch
                {
                    RatingAsked asked => RatingStore.Ask(session, workspace, id, inbox, asked, entry.At),
                    Rated rated => RatingStore.Rate(session, workspace, id, inbox, rated, entry.At),
                    _ => Task.CompletedTask,
                });
            }
        }))];
    }

    public void Reached(WorkspaceId workspace, long position)
    {
    }

    public Task<int> Clear(Session session, WorkspaceId workspace, int limit) => RatingStore.Clear(session, workspace, limit);
}
