using System.Data.Common;
using Npgsql;
using NpgsqlTypes;
using Parley.Platform.Fanout;

namespace Parley.Platform.Store;

/// <summary>The cluster engine. READ COMMITTED: every statement after the heads' lock sees all that was committed before it.</summary>
public sealed class PostgresDialect : Dialect, IAsyncDisposable
{
    private const long MigrationLock = 0x5061726c6579;

    public PostgresDialect(string connection)
    {
        var builder = new NpgsqlConnectionStringBuilder(connection) { MaxAutoPrepare = 100, AutoPrepareMinUsages = 3, Timezone = "UTC", IncludeErrorDetail = false };
        Source = new NpgsqlDataSourceBuilder(builder.ConnectionString).Build();
        MostConnections = builder.MaxPoolSize;
    }

    /// <summary>How many connections this node opens at most.</summary>
    public int MostConnections { get; }

    public NpgsqlDataSource Source { get; }

    public override string Name => "postgres";

    public override string ForUpdate => " for update";

    public override bool OneWriter => false;

    public override TextIndex Index(string kind) => new PostgresTextIndex(kind);

    public override Bus Bus() => new PostgresBus(Source);

    public override Dialect Beside(string name) => this;

    public override string In(string column, string parameter) => $"{column} = any(@{parameter})";

    public override async ValueTask<DbConnection> Open(CancellationToken cancel = default) => await Source.OpenConnectionAsync(cancel);

    public override async ValueTask<DbTransaction> Begin(DbConnection connection, CancellationToken cancel = default) =>
        await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, cancel);

    public override async ValueTask<DbTransaction> Snapshot(DbConnection connection, CancellationToken cancel = default) =>
        await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);

    public override string TableNames => "select table_name from information_schema.tables where table_schema = current_schema() and table_type = 'BASE TABLE' order by table_name";

    public override string Ddl(string sql) => sql.Replace("/* clustered */", "", StringComparison.Ordinal);

    public override async Task Write(Session session, Bulk bulk, IReadOnlyList<object?[]> rows)
    {
        var places = string.Join(", ", Enumerable.Range(1, bulk.Columns.Length).Select(i => $"${i}"));
        await using var command = new NpgsqlCommand(
            $"insert into {bulk.Table} ({bulk.Names}) select * from unnest({places}) {bulk.Conflict}", (NpgsqlConnection)session.Connection, (NpgsqlTransaction?)session.Transaction);
        AddArrays(command, bulk.Columns, rows);
        await command.ExecuteNonQueryAsync();
    }

    public override async Task<List<T>> Read<T>(Session session, BulkRead read, IReadOnlyList<object[]> keys, Func<Row, T> map)
    {
        var names = string.Join(", ", read.Keys.Select(key => key.Name));
        var places = string.Join(", ", Enumerable.Range(1, read.Keys.Length).Select(i => $"${i}"));
        await using var command = new NpgsqlCommand(
            $"{read.Sql} where ({names}) in (select * from unnest({places})){(read.Locks ? ForUpdate : "")}", (NpgsqlConnection)session.Connection, (NpgsqlTransaction?)session.Transaction);
        AddArrays(command, read.Keys, keys);
        await using var reader = await command.ExecuteReaderAsync();
        var (found, row) = (new List<T>(keys.Count), new ReaderRow(reader));
        while (await reader.ReadAsync())
        {
            found.Add(map(row));
        }

        return found;
    }

    public override Task LockForMigration(Session session) => session.Execute("select pg_advisory_xact_lock(@MigrationLock)", new { MigrationLock });

    public override bool IsDuplicate(DbException error) => error is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    private static void AddArrays(NpgsqlCommand command, (string Name, ColumnType Type)[] columns, IReadOnlyList<object?[]> rows)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            command.Parameters.Add(columns[i].Type switch
            {
                ColumnType.Bytes => new NpgsqlParameter { Value = Column<byte[]>(rows, i), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea },
                ColumnType.Integer => new NpgsqlParameter { Value = Column<long?>(rows, i), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint },
                _ => new NpgsqlParameter { Value = Array.ConvertAll(Column<object>(rows, i), text => text?.ToString()), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            });
        }
    }

    private static T?[] Column<T>(IReadOnlyList<object?[]> rows, int index)
    {
        var values = new T?[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (T?)rows[i][index];
        }

        return values;
    }
}
