using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Figures.Attention;

/// <summary>How long an agent attended to one conversation, within a time.</summary>
internal sealed record AttentionRow
{
    public byte[] Agent { get; init; } = [];

    public byte[] Conversation { get; init; } = [];

    public long Ms { get; init; }
}

/// <summary>One row for each interval in which an agent attended to a conversation. Ids and numbers alone.</summary>
internal static class AttentionStore
{
    public const string Ddl = """
        create table attention (
            workspace bytea not null, agent bytea not null, began bigint not null, ended bigint not null, conversation bytea not null, inbox bytea not null,
            primary key (workspace, agent, began)) /* clustered */;
        create index attention_ended on attention (workspace, ended);
        """;

    public static Task Keep(Session session, WorkspaceId workspace, AgentId agent, InboxId inbox, Attended attended) => session.Execute(
        """
        insert into attention (workspace, agent, began, ended, conversation, inbox) values (@workspace, @agent, @began, @ended, @conversation, @inbox)
        on conflict (workspace, agent, began) do nothing
        """,
        new
        {
            workspace = workspace.Bytes, agent = agent.Bytes, began = attended.From.ToUnixTimeMilliseconds(), ended = attended.Until.ToUnixTimeMilliseconds(),
            conversation = attended.To.Bytes, inbox = inbox.Bytes,
        });

    /// <summary>What of the intervals lies within the time.</summary>
    /// <param name="agent">Of this one alone; null: of all.</param>
    /// <param name="inboxes">In these alone; null: in any.</param>
    public static Task<List<AttentionRow>> Of(Session session, WorkspaceId workspace, DateTimeOffset from, DateTimeOffset to, AgentId? agent, IReadOnlyCollection<InboxId>? inboxes = null) => session.Query<AttentionRow>(
        $"""
        select agent, conversation, cast(sum(case when ended < @to then ended else @to end - case when began > @from then began else @from end) as bigint) as ms
        from attention where workspace = @workspace and ended > @from and began < @to {(agent is null ? "" : "and agent = @agent")} {Inboxes.Within(session, inboxes)}
        group by agent, conversation
        """,
        new { workspace = workspace.Bytes, from = from.ToUnixTimeMilliseconds(), to = to.ToUnixTimeMilliseconds(), agent = agent?.Bytes, inboxes = Inboxes.Bytes(inboxes) });

    public static Task<int> Clear(Session session, WorkspaceId workspace, int limit) => session.Execute(
        "delete from attention where workspace = @workspace and (agent, began) in (select agent, began from attention where workspace = @workspace limit @limit)",
        new { workspace = workspace.Bytes, limit });
}
