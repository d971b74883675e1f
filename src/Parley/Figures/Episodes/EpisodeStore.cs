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

    /// <summary>The newest episode of a conversation; null where there is none yet.</summary>
    public static async Task<Episode?> Last(Session session, WorkspaceId workspace, ConversationId id) => (await session.Query<Row>(
        $"select {Columns} from episodes where workspace = @workspace and conversation = @id order by episode desc limit 1", new { workspace = workspace.Bytes, id = id.Bytes })).Select(row => row.Read()).FirstOrDefault();

    /// <summary>What was opened in a time.</summary>
    /// <param name="inboxes">In which; null: in all.</param>
    public static async Task<List<Episode>> Opened(Session session, WorkspaceId workspace, DateTimeOffset from, DateTimeOffset to, IReadOnlyCollection<InboxId>? inboxes) => (await session.Query<Row>(
        $"select {Columns} from episodes where workspace = @workspace and opened >= @from and opened < @to {Inboxes.Within(session, inboxes)}",
        new { workspace = workspace.Bytes, from = from.ToUnixTimeMilliseconds(), to = to.ToUnixTimeMilliseconds(), inboxes = Inboxes.Bytes(inboxes) })).ConvertAll(row => row.Read());

    public static Task Save(Session session, WorkspaceId workspace, Episode it) => session.Execute(
        $"""
        insert into episodes (workspace, {Columns})
        values (@workspace, @id, @Number, @inbox, @opened, @Position, @answered, @AnsweredOpenMs, @firstClosed, @FirstClosedOpenMs, @closed, @ClosedOpenMs, @Reopened, @Questions, @Answers, @agent, @several)
        on conflict (workspace, conversation, episode) do update set position = excluded.position, answered = excluded.answered, answered_open = excluded.answered_open,
            first_closed = excluded.first_closed, first_closed_open = excluded.first_closed_open, closed = excluded.closed, closed_open = excluded.closed_open,
            reopened = excluded.reopened, questions = excluded.questions, answers = excluded.answers, agent = excluded.agent, several = excluded.several
        """,
        new
        {
            workspace = workspace.Bytes, id = it.Conversation.Bytes, it.Number, inbox = it.Inbox.Bytes, opened = it.Opened.ToUnixTimeMilliseconds(), it.Position,
            answered = it.Answered?.ToUnixTimeMilliseconds(), it.AnsweredOpenMs, firstClosed = it.FirstClosed?.ToUnixTimeMilliseconds(), it.FirstClosedOpenMs,
            closed = it.Closed?.ToUnixTimeMilliseconds(), it.ClosedOpenMs, it.Reopened, it.Questions, it.Answers, agent = it.Agent?.Bytes, several = it.Several ? 1L : 0L,
        });

    public static Task<int> Clear(Session session, WorkspaceId workspace, int limit) => session.Execute(
        "delete from episodes where workspace = @workspace and (conversation, episode) in (select conversation, episode from episodes where workspace = @workspace limit @limit)", new { workspace = workspace.Bytes, limit });

    private sealed record Row
    {
        public byte[] Conversation { get; init; } = [];

        public long Episode { get; init; }

        public byte[] Inbox { get; init; } = [];

        public long Opened { get; init; }

        public long Position { get; init; }

        public long? Answered { get; init; }

        public long? Answered_Open { get; init; }

        public long? First_Closed { get; init; }

        public long? First_Closed_Open { get; init; }

        public long? Closed { get; init; }

        public long? Closed_Open { get; init; }

        public long Reopened { get; init; }

        public long Questions { get; init; }

        public long Answers { get; init; }

        public byte[]? Agent { get; init; }

        public long Several { get; init; }

        public Episode Read() => new(ConversationId.From(Conversation), (int)Episode, InboxId.From(Inbox), DateTimeOffset.FromUnixTimeMilliseconds(Opened), Position)
        {
            Answered = Time(Answered), AnsweredOpenMs = Answered_Open, FirstClosed = Time(First_Closed), FirstClosedOpenMs = First_Closed_Open, Closed = Time(Closed), ClosedOpenMs = Closed_Open,
            Reopened = (int)Reopened, Questions = (int)Questions, Answers = (int)Answers, Agent = Agent is { } agent ? AgentId.From(agent) : null, Several = Several == 1,
        };

        private static DateTimeOffset? Time(long? ms) => ms is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known) : null;
    }
}
