using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;

namespace Parley.Notifications;

/// <summary>One row a conversation in which something of ours may not have been seen.</summary>
internal static class UnseenStore
{
    public const string Ddl = """
        create table unseen (
            conversation bytea primary key, workspace bytea not null, first bigint not null, last bigint not null, due bigint not null, mailed bigint not null, position bigint not null);
        create index unseen_due on unseen (due) where due > 0;
        """;

    public const string ElsewhereDdl = "alter table unseen add column elsewhere bigint not null default 0;";

    private static readonly BulkRead Rows = new("select conversation, first, last, due, mailed, position, elsewhere from unseen", [("conversation", ColumnType.Bytes)]);

    public static async Task<Unseen?> Find(Session session, ConversationId id) => (await Find(session, [id])).GetValueOrDefault(id);

    public static async Task<Dictionary<ConversationId, Unseen>> Find(Session session, IReadOnlyList<ConversationId> ids) =>
        (await session.Read(Rows, [.. ids.Select(id => new object[] { id.Bytes })],
            row => (Id: ConversationId.From(row.Bytes(0)), Unseen: Of(row.Integer(1), row.Integer(2), row.Integer(3), row.Integer(4), row.Integer(5), row.Integer(6))))).ToDictionary(row => row.Id, row => row.Unseen);

    /// <summary>A mail that came back between reading the row and this stays so.</summary>
    public static Task Save(Session session, WorkspaceId workspace, ConversationId id, Unseen it) => session.Execute(
        """
        insert into unseen (conversation, workspace, first, last, due, mailed, position, elsewhere) values (@id, @workspace, @First, @Last, @due, @Mailed, @Position, @elsewhere)
        on conflict (conversation) do update set elsewhere = excluded.elsewhere, first = excluded.first, last = excluded.last, due = excluded.due, position = excluded.position,
            mailed = case when unseen.mailed < 0 and unseen.mailed = -excluded.mailed then unseen.mailed else excluded.mailed end
        """,
        new { id = id.Bytes, workspace = workspace.Bytes, it.First, it.Last, due = it.Due?.ToUnixTimeMilliseconds() ?? 0, it.Mailed, it.Position, elsewhere = it.Elsewhere ? 1 : 0 });

    /// <summary>What is to be looked at by now, the longest due first.</summary>
    public static async Task<List<(WorkspaceId Workspace, ConversationId Id, Unseen It)>> Due(Session session, DateTimeOffset now, int limit) =>
        (await session.Query<(byte[] Workspace, byte[] Id, long First, long Last, long Due, long Mailed, long Position, long Elsewhere)>(
            "select workspace, conversation, first, last, due, mailed, position, elsewhere from unseen where due > 0 and due <= @now order by due limit @limit",
            new { now = now.ToUnixTimeMilliseconds(), limit }))
        .ConvertAll(row => (WorkspaceId.From(row.Workspace), ConversationId.From(row.Id), Of(row.First, row.Last, row.Due, row.Mailed, row.Position, row.Elsewhere)));

    public static async Task<DateTimeOffset?> Next(Session session) =>
        await session.One<long?>("select min(due) from unseen where due > 0") is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null;

    /// <summary>It was looked at; unless more has been said meanwhile, it is not again.</summary>
    public static Task Settle(Session session, ConversationId id, Unseen it) => session.Execute(
        "update unseen set due = 0 where conversation = @id and position = @Position", new { id = id.Bytes, it.Position });

    /// <summary>The mail up to that word came back: with the next word all is told that was not seen.</summary>
    public static Task CameBack(Session session, ConversationId id, long last) => session.Execute(
        "update unseen set mailed = -mailed where conversation = @id and mailed = @last", new { id = id.Bytes, last });

    private static Unseen Of(long first, long last, long due, long mailed, long position, long elsewhere) =>
        new(first, last, due == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(due), mailed, position) { Elsewhere = elsewhere == 1 };
}
