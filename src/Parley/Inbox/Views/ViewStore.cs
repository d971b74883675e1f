using Parley.Inbox.Lists;
using Parley.Platform.Store;

namespace Parley.Inbox.Views;

/// <summary>A row in a view, as it is kept.</summary>
/// <param name="Slot">Whose it is, where it depends on who looks; else empty.</param>
internal readonly record struct KeptRow(ConversationId Conversation, Guid Kept, AgentId? Slot, InboxId Inbox, long Place);

/// <summary>How far a view is made: from the newest conversation on, what is open first.</summary>
internal sealed record Building(byte[] Key, Pile Pile, long At, byte[] Conversation, long Built);

/// <summary>The views of which rows are kept, these rows, and when what is in them may change by itself.</summary>
internal static class ViewStore
{
    public const string Ddl = """
        create table kept_views (kept bytea primary key, workspace bytea not null, view bytea not null, definition text not null, state bigint not null,
            pile bigint not null, at bigint not null, conversation bytea not null, built bigint not null) /* clustered */;
        create index kept_views_workspace on kept_views (workspace, state);
        create table view_rows (conversation bytea not null, kept bytea not null, slot bytea not null, inbox bytea not null, place bigint not null,
            primary key (conversation, kept)) /* clustered */;
        create index view_rows_all on view_rows (kept, slot, place, conversation);
        create index view_rows_inbox on view_rows (kept, slot, inbox, place, conversation);
        create table view_due (conversation bytea primary key, workspace bytea not null, at bigint not null, moved bigint not null) /* clustered */;
        create index view_due_at on view_due (at);
        create index view_due_moved on view_due (workspace, moved);
        """;

    /// <summary>Nobody's, for all.</summary>
    private static readonly byte[] Everybody = [];

    private static readonly Bulk Rows = new("view_rows",
        [("conversation", ColumnType.Bytes), ("kept", ColumnType.Bytes), ("slot", ColumnType.Bytes), ("inbox", ColumnType.Bytes), ("place", ColumnType.Integer)],
        "on conflict (conversation, kept) do update set slot = excluded.slot, inbox = excluded.inbox, place = excluded.place");

    private static readonly Bulk Due = new("view_due",
        [("conversation", ColumnType.Bytes), ("workspace", ColumnType.Bytes), ("at", ColumnType.Integer), ("moved", ColumnType.Integer)],
        "on conflict (conversation) do update set at = excluded.at, moved = case when excluded.moved > view_due.moved then excluded.moved else view_due.moved end");

    private static readonly BulkRead RowsOf = new("select conversation, kept, slot, inbox, place from view_rows", [("conversation", ColumnType.Bytes)]);

    private static readonly BulkRead KeptIn = new("select kept, state from kept_views", [("workspace", ColumnType.Bytes)]);

    private static readonly BulkRead DueOf = new("select conversation, at from view_due", [("conversation", ColumnType.Bytes)]);

    public static byte[] Slot(AgentId? agent) => agent?.Bytes ?? Everybody;

    /// <summary>Which views of a workspace are kept, and how far.</summary>
    public static Task<List<(Guid Kept, Keeping State)>> Kept(Session session, WorkspaceId workspace) =>
        session.Read(KeptIn, [[workspace.Bytes]], static row => (new Guid(row.Bytes(0), bigEndian: true), (Keeping)row.Integer(1)));

    public static async Task<Definition> Definition(Session session, Guid kept) => Views.Definition.Read((await session.One<string>(
        "select definition from kept_views where kept = @kept", new { kept = kept.ToByteArray(bigEndian: true) }))!);

    /// <summary>From here on its rows are kept; those of what it was before are not looked at any more.</summary>
    public static async Task Define(Session session, WorkspaceId workspace, Guid kept, Definition definition)
    {
        var key = kept.ToByteArray(bigEndian: true);
        if (await session.One<long>("select count(*) from kept_views where kept = @key", new { key }) > 0)
        {
            return;
        }

        await Drop(session, workspace, definition.View);
        await session.Execute(
            "insert into kept_views (kept, workspace, view, definition, state, pile, at, conversation, built) values (@key, @workspace, @view, @text, 0, 0, @at, @empty, 0)",
            new { key, workspace = workspace.Bytes, view = definition.View.Bytes, text = definition.Text(), at = long.MaxValue, empty = Everybody });
    }

    /// <summary>Nothing of a view is looked at any more; its rows go in slices.</summary>
    public static async Task Drop(Session session, WorkspaceId workspace, ViewId view)
    {
        await session.Execute("update kept_views set state = 2 where workspace = @workspace and view = @view", new { workspace = workspace.Bytes, view = view.Bytes });
        await session.Execute("delete from counts where workspace = @workspace and (name = @name or (name > @from and name < @to))",
            new { workspace = workspace.Bytes, name = view.ToString(), from = $"{view}:", to = $"{view};" });
    }

    public static Task<List<KeptRow>> Of(Session session, IEnumerable<ConversationId> ids) => session.Read(RowsOf, [.. ids.Select(id => new object[] { id.Bytes })], row => new KeptRow(
        ConversationId.From(row.Bytes(0)), new Guid(row.Bytes(1), bigEndian: true), row.Bytes(2) is { Length: 16 } slot ? AgentId.From(slot) : null, InboxId.From(row.Bytes(3)), row.Integer(4)));

    public static Task Put(Session session, IReadOnlyList<KeptRow> rows) => session.Write(Rows,
        [.. rows.Select(row => new object?[] { row.Conversation.Bytes, row.Kept.ToByteArray(bigEndian: true), Slot(row.Slot), row.Inbox.Bytes, row.Place })]);

    public static async Task Remove(Session session, IEnumerable<KeptRow> rows)
    {
        foreach (var row in rows)
        {
            await session.Execute("delete from view_rows where conversation = @id and kept = @kept", new { id = row.Conversation.Bytes, kept = row.Kept.ToByteArray(bigEndian: true) });
        }
    }

    public static async Task<Dictionary<ConversationId, long>> Dues(Session session, IEnumerable<ConversationId> ids) =>
        (await session.Read(DueOf, [.. ids.Select(id => new object[] { id.Bytes })], row => (ConversationId.From(row.Bytes(0)), row.Integer(1)))).ToDictionary();

    public static Task Await(Session session, WorkspaceId workspace, IEnumerable<(ConversationId Id, long At, long Moved)> dues) =>
        session.Write(Due, [.. dues.Select(due => new object?[] { due.Id.Bytes, workspace.Bytes, due.At, due.Moved })]);

    public static async Task<List<(WorkspaceId Workspace, ConversationId Id)>> IsDue(Session session, long now, int limit) =>
        (await session.Query<(byte[] Workspace, byte[] Id)>("select workspace, conversation from view_due where at <= @now order by at limit @limit", new { now, limit }))
            .ConvertAll(row => (WorkspaceId.From(row.Workspace), ConversationId.From(row.Id)));

    public static Task<long?> NextDue(Session session) => session.One<long?>("select min(at) from view_due where at < @never", new { never = long.MaxValue });

    /// <summary>What changed by itself, without an entry, while the lists stood at these positions.</summary>
    public static async Task<List<ConversationId>> Moved(Session session, WorkspaceId workspace, long from, long to) =>
        (await session.Query<byte[]>("select conversation from view_due where workspace = @workspace and moved >= @from and moved <= @to and moved > 0", new { workspace = workspace.Bytes, from, to }))
            .ConvertAll(ConversationId.From);

    /// <summary>A view that is not made yet, or is to be taken away.</summary>
    public static async Task<(WorkspaceId Workspace, Guid Kept, Keeping State)?> Unfinished(Session session)
    {
        var row = await session.One<(byte[]? Workspace, byte[]? Kept, long State)>("select workspace, kept, state from kept_views where state <> 1 order by state, kept limit 1");
        return row is { Workspace: { } workspace, Kept: { } kept } ? (WorkspaceId.From(workspace), new Guid(kept, bigEndian: true), (Keeping)row.State) : null;
    }

    public static async Task<Building?> Progress(Session session, Guid kept)
    {
        var key = kept.ToByteArray(bigEndian: true);
        var row = await session.One<(long? Pile, long At, byte[] Conversation, long Built)>(
            "select pile, at, conversation, built from kept_views where kept = @key and state = 0", new { key });
        return row.Pile is { } pile ? new(key, (Pile)pile, row.At, row.Conversation, row.Built) : null;
    }

    public static Task Progress(Session session, Building building, Keeping state) => session.Execute(
        "update kept_views set state = @state, pile = @pile, at = @At, conversation = @Conversation, built = @Built where kept = @Key and state = 0",
        new { state = (long)state, pile = (long)building.Pile, building.At, building.Conversation, building.Built, building.Key });

    /// <summary>How many rows were looked at for each view that is being made.</summary>
    public static async Task<Dictionary<Guid, long>> Unready(Session session, WorkspaceId workspace) =>
        (await session.Query<(byte[] Kept, long Built)>("select kept, built from kept_views where workspace = @workspace and state = 0", new { workspace = workspace.Bytes }))
            .ToDictionary(row => new Guid(row.Kept, bigEndian: true), row => row.Built);

    /// <summary>Takes away some rows of what is not looked at any more; 0 when it is gone altogether.</summary>
    public static async Task<int> Sweep(Session session, Guid kept, int limit)
    {
        var key = kept.ToByteArray(bigEndian: true);
        var ids = await session.Query<byte[]>("select conversation from view_rows where kept = @key limit @limit", new { key, limit });
        foreach (var id in ids)
        {
            await session.Execute("delete from view_rows where conversation = @id and kept = @key", new { id, key });
        }

        if (ids.Count == 0)
        {
            await session.Execute("delete from kept_views where kept = @key and state = 2", new { key });
        }

        return ids.Count;
    }

    public static async Task Clear(Session session, IEnumerable<byte[]> conversations)
    {
        foreach (var id in conversations)
        {
            await session.Execute("delete from view_rows where conversation = @id", new { id });
            await session.Execute("delete from view_due where conversation = @id", new { id });
        }
    }

    public static Task Clear(Session session, WorkspaceId workspace) => session.Execute("delete from kept_views where workspace = @workspace", new { workspace = workspace.Bytes });

    /// <summary>Holds everybody else off who would write rows of a workspace, so that what is compared is what stands there.</summary>
    /// <returns>How far the lists are made; null: they never were.</returns>
    public static Task<long?> Hold(Session session, WorkspaceId workspace) => session.One<long?>(
        $"select position from cursors where reader = @reader and workspace = @workspace {session.Dialect.ForUpdate}", new { reader = SummaryReader.ReaderName, workspace = workspace.Bytes });
}
