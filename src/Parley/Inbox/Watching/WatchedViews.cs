using Parley.Conversations;
using Parley.Inbox.Lists;
using Parley.Inbox.Views;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Inbox.Watching;

/// <summary>What those who watch need to know of saved views: whether they see one, and which rows are in it.</summary>
internal sealed class WatchedViews(Database database, Rosters rosters, ViewShelf shelf, ViewKeeping keeping, SummaryChanges changes)
{
    /// <summary>Said when there are other views, or one is made by now: whoever shows them reads them anew.</summary>
    private static readonly byte[] News = StreamFrames.Of("signal", 0, static (writer, _) => writer.WriteString("kind"u8, "views"u8));

    /// <summary>Has it told of rows, of numbers, and of the views themselves.</summary>
    public void Listen(Action<SummaryNews> rows, Action<WorkspaceId> counts, Action<WorkspaceId, byte[]> views)
    {
        changes.Listen(rows);
        changes.ListenToCounts((workspace, made) =>
        {
            counts(workspace);
            if (made)
            {
                views(workspace, News);
            }
        });
        rosters.Listen((before, after) =>
        {
            if (!ReferenceEquals(before.Views, after.Views))
            {
                views(after.Id, News);
            }
        });
    }

    public bool Sees(AgentPrincipal who, View view) => view.Kind != ViewKind.Saved || shelf.Find(who, new ViewId(view.Id)) is not null;

    public IEnumerable<ViewId> Seen(AgentPrincipal who) => shelf.Seen(who).Select(view => view.Id);

    /// <summary>The rows that the log speaks of between two positions, as they are now, with the views that they are in.</summary>
    /// <param name="moved">With those that came into a view or left it meanwhile because a time had come.</param>
    public Task<List<Summary>> Changed(WorkspaceId workspace, long after, long to, bool moved = false) => database.Read(async session =>
    {
        var rows = await SummaryStore.Changed(session, workspace, after, to);
        if (moved)
        {
            var known = rows.Select(row => row.Id).ToHashSet();
            rows.AddRange(await SummaryStore.Find(session, (await ViewStore.Moved(session, workspace, after, to)).Where(id => !known.Contains(id))));
        }

        return await keeping.Placed(session, workspace, rows);
    });

    public Task<List<Summary>> Find(WorkspaceId workspace, IReadOnlyList<ConversationId> ids) =>
        database.Read(async session => await keeping.Placed(session, workspace, await SummaryStore.Find(session, ids)));
}
