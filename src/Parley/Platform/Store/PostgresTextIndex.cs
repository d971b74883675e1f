using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Parley.Platform.Store;

/// <summary>
/// A stored tsvector with a GIN index. Which way to walk depends on how frequent the words are: for rare ones the index gives the few hits, which
/// are sorted; for common ones the newest texts are looked through until enough have them. Either way taken for the other costs seconds.
/// </summary>
internal sealed class PostgresTextIndex(string kind) : TextIndex
{
    private const double Common = 5_000;

    private readonly string _table = $"{kind}s";

    public override string Ddl => $"""
        create table {_table} (
            workspace bytea not null, position bigint not null, owner bytea not null, number bigint not null, at bigint not null, words tsvector not null,
            primary key (workspace, position, number, owner));
        create unique index {_table}_owner on {_table} (owner, number);
        create index {_table}_words on {_table} using gin (words);
        """;

    /// <summary>All with one statement: each text's words as one array would be a table of ragged rows, so they come as one text each and are taken apart again.</summary>
    public override async Task Put(Session session, IReadOnlyList<IndexedText> texts)
    {
        // A statement changes a row once: of two of the same it has the place of the first and the words of the last.
        var all = texts.GroupBy(text => (new Guid(text.Owner), text.Number)).Select(same => same.First() with { Words = same.Last().Words }).ToList();
        if (all.Count == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(
            $"""
            insert into {_table} (workspace, position, owner, number, at, words)
            select workspace, position, owner, number, at, array_to_tsvector(string_to_array(words, e'\n')) from unnest($1, $2, $3, $4, $5, $6) as t (workspace, position, owner, number, at, words)
            on conflict (owner, number) do update set words = excluded.words
            """,
            (NpgsqlConnection)session.Connection, (NpgsqlTransaction?)session.Transaction)
        {
            Parameters =
            {
                Column(all, text => text.Workspace, NpgsqlDbType.Bytea), Column(all, text => text.Position, NpgsqlDbType.Bigint), Column(all, text => text.Owner, NpgsqlDbType.Bytea),
                Column(all, text => text.Number, NpgsqlDbType.Bigint), Column(all, text => text.At, NpgsqlDbType.Bigint), Column(all, text => string.Join('\n', text.Words), NpgsqlDbType.Text),
            },
        };
        await command.ExecuteNonQueryAsync();
    }

    public override Task Remove(Session session, byte[] owner, IReadOnlyCollection<long>? numbers = null) => session.Execute(
        $"delete from {_table} where owner = @owner {(numbers is null ? "" : "and number = any(@numbers)")}", new { owner, numbers = numbers?.ToArray() ?? [] });

    public override Task<int> Clear(Session session, byte[] workspace, int limit) => session.Execute(
        $"delete from {_table} where ctid in (select ctid from {_table} where workspace = @workspace limit @limit)", new { workspace, limit });

    public override async Task<List<TextHit>> Find(Session session, byte[] workspace, IReadOnlyList<string> words, long below, int limit)
    {
        // Words are letters and digits only, but quoting costs nothing and needs no such proof.
        var query = string.Join(" & ", words.Select(word => $"'{word.Replace("'", "''", StringComparison.Ordinal).Replace("\\", "\\\\", StringComparison.Ordinal)}':*"));
        var common = await Estimate(session, query) > Common;
        await session.Begin();
        if (common)
        {
            await session.Execute("set local enable_bitmapscan = off");
        }

        var sql = common
            ? $"""
              select owner, number, at, position from {_table}
              where workspace = @workspace and position < @below and words @@ cast(@query as tsquery) order by position desc, number desc, owner desc limit @limit
              """
            : $"""
              with hits as materialized (select workspace, owner, number, at, position from {_table} where words @@ cast(@query as tsquery))
              select owner, number, at, position from hits where workspace = @workspace and position < @below order by position desc, number desc, owner desc limit @limit
              """;
        var rows = await session.Query<(byte[] Owner, long Number, long At, long Position)>(sql, new { workspace, below, query, limit });
        await session.Commit();
        return rows.ConvertAll(row => new TextHit(row.Owner, row.Number, row.At, row.Position));
    }

    protected override async Task<long> Last(Session session, byte[] workspace) => await session.One<long?>($"select max(position) from {_table} where workspace = @workspace", new { workspace }) ?? 0;

    protected override Task<long?> TimeAt(Session session, byte[] workspace, long rank) =>
        session.One<long?>($"select at from {_table} where workspace = @workspace and position <= @rank order by position desc limit 1", new { workspace, rank });

    private static NpgsqlParameter<T[]> Column<T>(List<IndexedText> texts, Func<IndexedText, T> value, NpgsqlDbType type) => new() { TypedValue = [.. texts.Select(value)], NpgsqlDbType = NpgsqlDbType.Array | type };

    /// <summary>How many texts the planner expects to have the words.</summary>
    private async Task<double> Estimate(Session session, string query)
    {
        var json = await session.One<string>($"explain (format json) select 1 from {_table} where words @@ cast(@query as tsquery)", new { query });
        using var plan = JsonDocument.Parse(json!);
        return plan.RootElement[0].GetProperty("Plan").GetProperty("Plan Rows").GetDouble();
    }
}
