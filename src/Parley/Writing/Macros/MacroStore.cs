using System.Collections.Immutable;
using System.Text.Json;
using Parley.Platform;
using Parley.Platform.Store;

namespace Parley.Writing.Macros;

/// <summary>One row a macro. A team's row bears the team's id, everybody's none.</summary>
internal static class MacroStore
{
    public const string Ddl = """
        create table macros (id bytea primary key, workspace bytea not null, team bytea not null, name text not null, actions text not null);
        create index macros_workspace on macros (workspace);
        """;

    private const string Columns = "id, team, name, actions";

    public static async Task<List<Macro>> All(Session session, WorkspaceId workspace) =>
        (await session.Query<Row>($"select {Columns} from macros where workspace = @workspace order by name, id", new { workspace = workspace.Bytes })).ConvertAll(Map);

    public static async Task<Macro?> Find(Session session, WorkspaceId workspace, MacroId id) =>
        await session.One<Row>($"select {Columns} from macros where workspace = @workspace and id = @id", new { workspace = workspace.Bytes, id = id.Bytes }) is { } row ? Map(row) : null;

    public static Task Save(Session session, WorkspaceId workspace, Macro macro) => session.Execute(
        """
        insert into macros (id, workspace, team, name, actions) values (@id, @workspace, @team, @Name, @actions)
        on conflict (id) do update set team = excluded.team, name = excluded.name, actions = excluded.actions
        """,
        new { id = macro.Id.Bytes, workspace = workspace.Bytes, team = macro.Team?.Bytes ?? [], macro.Name, actions = JsonSerializer.Serialize(macro.Actions, Json.Options) });

    public static Task Drop(Session session, WorkspaceId workspace, MacroId id) =>
        session.Execute("delete from macros where workspace = @workspace and id = @id", new { workspace = workspace.Bytes, id = id.Bytes });

    private static Macro Map(Row row) => new(
        MacroId.From(row.Id), row.Team.Length == 0 ? null : TeamId.From(row.Team), row.Name, JsonSerializer.Deserialize<ImmutableArray<MacroAction>>(row.Actions, Json.Options));

    private sealed class Row
    {
        public byte[] Id { get; init; } = [];

        public byte[] Team { get; init; } = [];

        public string Name { get; init; } = "";

        public string Actions { get; init; } = "";
    }
}
