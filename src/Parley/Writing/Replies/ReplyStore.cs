using System.Text.Json;
using Parley.Platform;
using Parley.Platform.Store;

namespace Parley.Writing.Replies;

/// <summary>One row a reply. A team's row bears the team's id, everybody's none.</summary>
internal static class ReplyStore
{
    public const string Ddl = """
        create table replies (
            id bytea primary key, workspace bytea not null, team bytea not null, name text not null, shortcut text not null, format text not null, texts text not null);
        create unique index replies_shortcut on replies (workspace, team, shortcut) where shortcut <> '';
        create index replies_workspace on replies (workspace);
        """;

    private const string Columns = "id, team, name, shortcut, format, texts";

    private static readonly byte[] Everybody = [];

    public static async Task<List<CannedReply>> All(Session session, WorkspaceId workspace) =>
        (await session.Query<Row>($"select {Columns} from replies where workspace = @workspace order by name, id", new { workspace = workspace.Bytes })).ConvertAll(Map);

    public static async Task<CannedReply?> Find(Session session, WorkspaceId workspace, ReplyId id) =>
        await session.One<Row>($"select {Columns} from replies where workspace = @workspace and id = @id", new { workspace = workspace.Bytes, id = id.Bytes }) is { } row ? Map(row) : null;

    /// <summary>True where another reply of the same people has the shortcut.</summary>
    public static async Task<bool> Taken(Session session, WorkspaceId workspace, CannedReply reply) => reply.Shortcut.Length > 0 && await session.One<long>(
        "select count(*) from replies where workspace = @workspace and team = @team and shortcut = @Shortcut and id <> @id",
        new { workspace = workspace.Bytes, team = Team(reply), reply.Shortcut, id = reply.Id.Bytes }) > 0;

    public static Task Save(Session session, WorkspaceId workspace, CannedReply reply) => session.Execute(
        """
        insert into replies (id, workspace, team, name, shortcut, format, texts) values (@id, @workspace, @team, @Name, @Shortcut, @Format, @texts)
        on conflict (id) do update set team = excluded.team, name = excluded.name, shortcut = excluded.shortcut, format = excluded.format, texts = excluded.texts
        """,
        new { id = reply.Id.Bytes, workspace = workspace.Bytes, team = Team(reply), reply.Name, reply.Shortcut, reply.Format, texts = JsonSerializer.Serialize(reply.Texts, Json.Options) });

    public static Task Drop(Session session, WorkspaceId workspace, ReplyId id) =>
        session.Execute("delete from replies where workspace = @workspace and id = @id", new { workspace = workspace.Bytes, id = id.Bytes });

    private static byte[] Team(CannedReply reply) => reply.Team?.Bytes ?? Everybody;

    private static CannedReply Map(Row row) => new(
        ReplyId.From(row.Id), row.Team.Length == 0 ? null : TeamId.From(row.Team), row.Name, row.Shortcut, row.Format, JsonSerializer.Deserialize<LocalText>(row.Texts, Json.Options)!);

    private sealed class Row
    {
        public byte[] Id { get; init; } = [];

        public byte[] Team { get; init; } = [];

        public string Name { get; init; } = "";

        public string Shortcut { get; init; } = "";

        public string Format { get; init; } = "";

        public string Texts { get; init; } = "";
    }
}
