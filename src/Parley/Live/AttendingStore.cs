using Parley.Platform.Store;

namespace Parley.Live;

/// <summary>What agents attend to just now, up to the last sign of theirs: one row an agent and server.</summary>
internal static class AttendingStore
{
    public const string Ddl = """
        create table attending (
            workspace bytea not null, agent bytea not null, node bytea not null, conversation bytea not null, since bigint not null, last bigint not null,
            primary key (workspace, agent, node)) /* clustered */;
        """;

    public static async Task Save(Session session, byte[] node, IEnumerable<Held> all)
    {
        foreach (var held in all)
        {
            await session.Execute(
                """
                insert into attending (workspace, agent, node, conversation, since, last) values (@workspace, @agent, @node, @conversation, @since, @last)
                on conflict (workspace, agent, node) do update set conversation = excluded.conversation, since = excluded.since, last = excluded.last
                where excluded.last > attending.last
                """,
                new
                {
                    workspace = held.Workspace.Bytes, agent = held.Agent.Bytes, node, conversation = held.Conversation.Bytes,
                    since = held.Since.ToUnixTimeMilliseconds(), last = held.Last.ToUnixTimeMilliseconds(),
                });
        }
    }

    /// <summary>Of another server, which has not told of it since then.</summary>
    public static async Task<List<Held>> Left(Session session, byte[] node, DateTimeOffset before) =>
        (await session.Query<(byte[] Workspace, byte[] Agent, byte[] Conversation, long Since, long Last)>(
            "select workspace, agent, conversation, since, last from attending where node <> @node and last < @before", new { node, before = before.ToUnixTimeMilliseconds() }))
        .ConvertAll(row => new Held(
            WorkspaceId.From(row.Workspace), AgentId.From(row.Agent), ConversationId.From(row.Conversation),
            DateTimeOffset.FromUnixTimeMilliseconds(row.Since), DateTimeOffset.FromUnixTimeMilliseconds(row.Last)));

    /// <summary>It is over, and written; what the agent attends to since then stays.</summary>
    public static Task Drop(Session session, Held held) => session.Execute(
        "delete from attending where workspace = @workspace and agent = @agent and since = @since",
        new { workspace = held.Workspace.Bytes, agent = held.Agent.Bytes, since = held.Since.ToUnixTimeMilliseconds() });
}
