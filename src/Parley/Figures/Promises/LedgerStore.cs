using Parley.Contacts;
using Parley.Conversations;
using Parley.Platform.Store;

namespace Parley.Figures.Promises;

/// <summary>How a promise ended; the numbers are in the store.</summary>
internal enum Outcome
{
    Open = 0,

    /// <summary>The answer was there by what was said first.</summary>
    Kept = 1,

    /// <summary>It was there later than that.</summary>
    Late = 2,

    /// <summary>Nobody waited any longer: the matter was closed without an answer.</summary>
    Withdrawn = 3,
}

/// <summary>One row for each time that somebody waited and was promised an answer: what was said first, what it rested on, and what came of it. Ids and numbers alone.</summary>
internal static class LedgerStore
{
    public const string Ddl = """
        create table promises (
            workspace bytea not null, conversation bytea not null, seq bigint not null, inbox bytea not null, made bigint not null, due bigint not null, ground bigint not null,
            alike bigint, learned bigint not null, half bigint, eighty bigint, ninety bigint, pace bigint,
            outcome bigint not null, renewed bigint not null, broken bigint not null, took bigint, settled bigint,
            primary key (workspace, conversation, seq)) /* clustered */;
        create index promises_made on promises (workspace, inbox, made);
        """;

    public const string AheadDdl = "alter table promises add column ahead bigint not null default 0;";

    /// <summary>A promise that follows another before there is an answer belongs to that one: what was said first counts.</summary>
    public static async Task Open(Session session, WorkspaceId workspace, ConversationId id, long seq, InboxId inbox, DateTimeOffset made, Promised it)
    {
        var row = new
        {
            workspace = workspace.Bytes, id = id.Bytes, seq, inbox = inbox.Bytes, made = made.ToUnixTimeMilliseconds(), due = it.Due.ToUnixTimeMilliseconds(), ground = (long)it.Ground,
            alike = (long?)it.Basis?.Like, of = (long)(it.Basis?.Answers ?? 0), it.Basis?.Half, it.Basis?.Eighty, it.Basis?.Ninety, it.Basis?.Pace, ahead = (long)(it.Basis?.Ahead ?? 0),
        };
        if (await session.Execute("update promises set renewed = 1 where workspace = @workspace and conversation = @id and seq < @seq and outcome = 0", row) == 0)
        {
            await session.Execute(
                """
                insert into promises (workspace, conversation, seq, inbox, made, due, ground, alike, learned, half, eighty, ninety, pace, ahead, outcome, renewed, broken)
                values (@workspace, @id, @seq, @inbox, @made, @due, @ground, @alike, @of, @Half, @Eighty, @Ninety, @Pace, @ahead, 0, 0, 0) on conflict (workspace, conversation, seq) do nothing
                """,
                row);
        }
    }

    public static Task Renew(Session session, WorkspaceId workspace, ConversationId id, long seq) => session.Execute(
        "update promises set renewed = 1 where workspace = @workspace and conversation = @id and seq < @seq and outcome = 0", new { workspace = workspace.Bytes, id = id.Bytes, seq });

    public static Task Break(Session session, WorkspaceId workspace, ConversationId id, long seq) => session.Execute(
        "update promises set broken = 1 where workspace = @workspace and conversation = @id and seq < @seq and outcome = 0", new { workspace = workspace.Bytes, id = id.Bytes, seq });

    /// <summary>The answer is there: judged by what was said first.</summary>
    public static Task Settle(Session session, WorkspaceId workspace, ConversationId id, long seq, DateTimeOffset at, long? took) => session.Execute(
        """
        update promises set outcome = case when due >= @at then 1 else 2 end, took = @took, settled = @at
        where workspace = @workspace and conversation = @id and seq < @seq and outcome = 0
        """,
        new { workspace = workspace.Bytes, id = id.Bytes, seq, at = at.ToUnixTimeMilliseconds(), took });

    public static Task Withdraw(Session session, WorkspaceId workspace, ConversationId id, long seq, DateTimeOffset at) => session.Execute(
        "update promises set outcome = 3, settled = @at where workspace = @workspace and conversation = @id and seq < @seq and outcome = 0",
        new { workspace = workspace.Bytes, id = id.Bytes, seq, at = at.ToUnixTimeMilliseconds() });

    /// <summary>Of each inbox and situation the last promises that were answered, and all that still wait, in the order in which they were made.</summary>
    public static async Task<List<PromiseRow>> Last(Session session, DateTimeOffset since, int each) =>
        (await session.Query<Row>(
            """
            select workspace, conversation, inbox, made, alike, half, eighty, ninety, pace, ahead, took, settled from (
                select promises.*, row_number() over (partition by workspace, inbox, alike, outcome = 0 order by settled desc) as nth from promises where made >= @since and alike is not null and (outcome = 0 or took is not null) and outcome <> 3) as latest
            where nth <= @each or outcome = 0 order by made
            """,
            new { since = since.ToUnixTimeMilliseconds(), each })).ConvertAll(row => row.Read());

    public static Task<int> Clear(Session session, WorkspaceId workspace, int limit) => session.Execute(
        "delete from promises where workspace = @workspace and (conversation, seq) in (select conversation, seq from promises where workspace = @workspace limit @limit)", new { workspace = workspace.Bytes, limit });

    /// <summary>The score of each inbox over a time.</summary>
    /// <param name="inboxes">Of which; null: of all.</param>
    public static Task<List<ScoreRow>> Scores(Session session, WorkspaceId workspace, DateTimeOffset from, DateTimeOffset to, IReadOnlyCollection<InboxId>? inboxes = null) => session.Query<ScoreRow>(
        $"""
        select inbox, count(*) as made, sum(case when outcome = 1 then 1 else 0 end) as kept, sum(case when outcome = 2 then 1 else 0 end) as late,
            sum(case when outcome = 3 then 1 else 0 end) as withdrawn, sum(case when outcome = 0 then 1 else 0 end) as open, sum(case when renewed = 1 then 1 else 0 end) as renewed, sum(case when broken = 1 then 1 else 0 end) as broken,
            sum(case when outcome = 0 and broken = 1 then 1 else 0 end) as overdue,
            sum(case when ninety is not null and (took is not null or broken = 1) and outcome <> 3 then 1 else 0 end) as judged,
            sum(case when took <= half and outcome <> 3 then 1 else 0 end) as half, sum(case when took <= eighty and outcome <> 3 then 1 else 0 end) as eighty,
            sum(case when took <= ninety and outcome <> 3 then 1 else 0 end) as ninety
        from promises where workspace = @workspace and made >= @from and made < @to {Inboxes.Within(session, inboxes)} group by inbox
        """,
        new { workspace = workspace.Bytes, from = from.ToUnixTimeMilliseconds(), to = to.ToUnixTimeMilliseconds(), inboxes = Inboxes.Bytes(inboxes) });

    private sealed record Row
    {
        public byte[] Workspace { get; init; } = [];

        public byte[] Conversation { get; init; } = [];

        public byte[] Inbox { get; init; } = [];

        public long Made { get; init; }

        public long Alike { get; init; }

        public long? Half { get; init; }

        public long? Eighty { get; init; }

        public long? Ninety { get; init; }

        public long? Pace { get; init; }

        public long Ahead { get; init; }

        public long? Took { get; init; }

        public long? Settled { get; init; }

        public PromiseRow Read() => new(WorkspaceId.From(Workspace), ConversationId.From(Conversation), InboxId.From(Inbox), Time(Made), (Like)Alike,
            this is { Half: { } half, Eighty: { } eighty, Ninety: { } ninety } ? [half, eighty, ninety] : null, Span(Pace), (int)Ahead, Span(Took), Settled is { } settled ? Time(settled) : null);

        private static DateTimeOffset Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

        private static TimeSpan? Span(long? ms) => ms is { } known ? TimeSpan.FromMilliseconds(known) : null;
    }
}

/// <summary>A promise that was answered, or still waits: then it took nothing yet.</summary>
internal sealed record PromiseRow(WorkspaceId Workspace, ConversationId Id, InboxId Inbox, DateTimeOffset Made, Like Like, long[]? Said, TimeSpan? Pace, int Ahead, TimeSpan? Took, DateTimeOffset? Settled);

/// <summary>Of one inbox. Judged is what was learned and of which it is known what came of it.</summary>
internal sealed record ScoreRow
{
    public byte[] Inbox { get; init; } = [];

    public long Made { get; init; }

    public long Kept { get; init; }

    public long Late { get; init; }

    public long Withdrawn { get; init; }

    public long Open { get; init; }

    public long Renewed { get; init; }

    public long Broken { get; init; }

    public long Overdue { get; init; }

    public long Judged { get; init; }

    public long Half { get; init; }

    public long Eighty { get; init; }

    public long Ninety { get; init; }
}
