using Parley.Platform.Store;

namespace Parley.Figures.Episodes;

/// <summary>One row for each episode. Ids and numbers alone.</summary>
internal static class EpisodeStore
{
    public const string Ddl = """
        create table episodes (
            workspace bytea not null, conversation bytea not null, episode bigint not null, inbox bytea not null, opened bigint not null, position bigint not null,
            answered bigint, answered_open bigint, first_closed bigint, first_closed_open bigint, closed bigint, closed_open bigint,
            reopened bigint not null, questions bigint not null, answers bigint not null, agent bytea, several bigint not null,
            primary key (workspace, conversation, episode)) /* clustered */;
        create index episodes_opened on episodes (workspace, opened);
        """;

    private const string Columns = "conversation, episode, inbox, opened, position, answered, answered_open, first_closed, first_closed_open, closed, closed_open, reopened, questions, answers, agent, several";

    private static readonly BulkRead Newest = new(
        $"""
        select {Columns} from (select * from episodes e
            where e.episode = (select max(other.episode) from episodes other where other.workspace = e.workspace and other.conversation = e.conversation)) newest
        """,
        [("workspace", ColumnType.Bytes), ("conversation", ColumnType.Bytes)]);

    private static readonly Bulk Rows = new("episodes",
    [
        ("workspace", ColumnType.Bytes), ("conversation", ColumnType.Bytes), ("episode", ColumnType.Integer), ("inbox", ColumnType.Bytes), ("opened", ColumnType.Integer), ("position", ColumnType.Integer),
        ("answered", ColumnType.Integer), ("answered_open", ColumnType.Integer), ("first_closed", ColumnType.Integer), ("first_closed_open", ColumnType.Integer), ("closed", ColumnType.Integer),
        ("closed_open", ColumnType.Integer), ("reopened", ColumnType.Integer), ("questions", ColumnType.Integer), ("answers", ColumnType.Integer), ("agent", ColumnType.Bytes), ("several", ColumnType.Integer),
    ],
        """
        on conflict (workspace, conversation, episode) do update set position = excluded.position, answered = excluded.answered, answered_open = excluded.answered_open,
            first_closed = excluded.first_closed, first_closed_open = excluded.first_closed_open, closed = excluded.closed, closed_open = excluded.closed_open,
            reopened = excluded.reopened, questions = excluded.questions, answers = excluded.answers, agent = excluded.agent, several = excluded.several
        """);

    /// <summary>The newest episodes of conversations; those that have none yet are left out.</summary>
    public static async Task<Dictionary<ConversationId, Episode>> Last(Session session, WorkspaceId workspace, IReadOnlyList<ConversationId> ids) =>
        (await session.Read(Newest, [.. ids.Select(id => new object[] { workspace.Bytes, id.Bytes })], Read)).ToDictionary(episode => episode.Conversation);

    /// <summary>What was opened in a time.</summary>
    /// <param name="inboxes">In which; null: in all.</param>
    public static async Task<List<Episode>> Opened(Session session, WorkspaceId workspace, DateTimeOffset from, DateTimeOffset to, IReadOnlyCollection<InboxId>? inboxes) => await session.Query(
        $"select {Columns} from episodes where workspace = @workspace and opened >= @from and opened < @to {Inboxes.Within(session, inboxes)}",
        new { workspace = workspace.Bytes, from = from.ToUnixTimeMilliseconds(), to = to.ToUnixTimeMilliseconds(), inboxes = Inboxes.Bytes(inboxes) }, Read);

    public static Task Save(Session session, WorkspaceId workspace, IEnumerable<Episode> episodes) => session.Write(Rows, [.. episodes.Select(it => new object?[]
    {
        workspace.Bytes, it.Conversation.Bytes, (long)it.Number, it.Inbox.Bytes, it.Opened.ToUnixTimeMilliseconds(), it.Position,
        it.Answered?.ToUnixTimeMilliseconds(), it.AnsweredOpenMs, it.FirstClosed?.ToUnixTimeMilliseconds(), it.FirstClosedOpenMs, it.Closed?.ToUnixTimeMilliseconds(),
        it.ClosedOpenMs, (long)it.Reopened, (long)it.Questions, (long)it.Answers, it.Agent?.Bytes, it.Several ? 1L : 0L,
    })]);

    public static Task<int> Clear(Session session, WorkspaceId workspace, int limit) => session.Execute(
        "delete from episodes where workspace = @workspace and (conversation, episode) in (select conversation, episode from episodes where workspace = @workspace limit @limit)", new { workspace = workspace.Bytes, limit });

    private static Episode Read(Row row) => new(ConversationId.From(row.Bytes(0)), (int)row.Integer(1), InboxId.From(row.Bytes(2)), DateTimeOffset.FromUnixTimeMilliseconds(row.Integer(3)), row.Integer(4))
    {
        Answered = Time(row, 5), AnsweredOpenMs = Number(row, 6), FirstClosed = Time(row, 7), FirstClosedOpenMs = Number(row, 8), Closed = Time(row, 9), ClosedOpenMs = Number(row, 10),
        Reopened = (int)row.Integer(11), Questions = (int)row.Integer(12), Answers = (int)row.Integer(13), Agent = row.IsNull(14) ? null : AgentId.From(row.Bytes(14)), Several = row.Integer(15) == 1,
    };

    private static long? Number(Row row, int column) => row.IsNull(column) ? null : row.Integer(column);

    private static DateTimeOffset? Time(Row row, int column) => Number(row, column) is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
}
