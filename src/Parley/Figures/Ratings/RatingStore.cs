using Parley.Conversations;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Figures.Ratings;

/// <summary>What came of asking how it was, over one inbox and the mode in which it ended.</summary>
internal sealed record RatingRow
{
    public byte[] Inbox { get; init; } = [];

    public long Mode { get; init; }

    /// <summary>How often a closing asked.</summary>
    public long Asked { get; init; }

    /// <summary>Of those.</summary>
    public long Answered { get; init; }

    /// <summary>All ratings, whoever asked.</summary>
    public long Rated { get; init; }

    /// <summary>Four or five of five.</summary>
    public long Good { get; init; }

    /// <summary>Of the scores.</summary>
    public long Sum { get; init; }
}

/// <summary>One row for each episode of which it was asked, or said, how it was. Ids and numbers alone.</summary>
internal static class RatingStore
{
    public const string Ddl = """
        create table ratings (
            workspace bytea not null, conversation bytea not null, episode bigint not null, inbox bytea not null, mode bigint not null, at bigint not null,
            asked bigint not null, score bigint,
            primary key (workspace, conversation, episode)) /* clustered */;
        create index ratings_at on ratings (workspace, at);
        """;

    /// <summary>It was asked. The time of the row is that of the closing: whoever rates a week later rates what was then.</summary>
    public static Task Ask(Session session, WorkspaceId workspace, ConversationId id, InboxId inbox, RatingAsked asked, DateTimeOffset at) => session.Execute(
        """
        insert into ratings (workspace, conversation, episode, inbox, mode, at, asked) values (@workspace, @id, @Episode, @inbox, @mode, @at, 1)
        on conflict (workspace, conversation, episode) do update set asked = 1, mode = excluded.mode, at = excluded.at
        """,
        new { workspace = workspace.Bytes, id = id.Bytes, asked.Episode, inbox = inbox.Bytes, mode = (long)asked.Mode, at = at.ToUnixTimeMilliseconds() });

    /// <summary>It was said, perhaps without a closing having asked.</summary>
    public static Task Rate(Session session, WorkspaceId workspace, ConversationId id, InboxId inbox, Rated rated, DateTimeOffset at) => session.Execute(
        """
        insert into ratings (workspace, conversation, episode, inbox, mode, at, asked, score) values (@workspace, @id, @Episode, @inbox, @mode, @at, 0, @Score)
        on conflict (workspace, conversation, episode) do update set score = excluded.score, mode = excluded.mode
        """,
        new { workspace = workspace.Bytes, id = id.Bytes, rated.Episode, inbox = inbox.Bytes, mode = (long)rated.Mode, at = at.ToUnixTimeMilliseconds(), rated.Score });

    public static Task<List<RatingRow>> Of(Session session, WorkspaceId workspace, DateTimeOffset from, DateTimeOffset to, IReadOnlyCollection<InboxId>? inboxes = null) => session.Query<RatingRow>(
        $"""
        select inbox, mode, cast(sum(asked) as bigint) as asked, cast(sum(case when asked = 1 and score is not null then 1 else 0 end) as bigint) as answered, count(score) as rated,
            cast(sum(case when score >= 4 then 1 else 0 end) as bigint) as good, cast(coalesce(sum(score), 0) as bigint) as sum
        from ratings where workspace = @workspace and at >= @from and at < @to {Inboxes.Within(session, inboxes)} group by inbox, mode
        """,
        new { workspace = workspace.Bytes, from = from.ToUnixTimeMilliseconds(), to = to.ToUnixTimeMilliseconds(), inboxes = Inboxes.Bytes(inboxes) });

    public static Task<int> Clear(Session session, WorkspaceId workspace, int limit) => session.Execute(
        "delete from ratings where workspace = @workspace and (conversation, episode) in (select conversation, episode from ratings where workspace = @workspace limit @limit)", new { workspace = workspace.Bytes, limit });
}
