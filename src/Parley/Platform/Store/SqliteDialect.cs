using System.Data.Common;
using Microsoft.Data.Sqlite;
using Parley.Platform.Fanout;

namespace Parley.Platform.Store;

/// <summary>The embedded engine: one file, write-ahead log, a commit is on disk when it returns.</summary>
public class SqliteDialect(string path) : Dialect
{
    private readonly string _connection = new SqliteConnectionStringBuilder { DataSource = path, Pooling = true, DefaultTimeout = 30 }.ToString();

    public string Path { get; } = path;

    public override string Name => "sqlite";

    public override string ForUpdate => "";

    public override bool OneWriter => true;

    public override TextIndex Index(string kind) => new SqliteTextIndex(kind);

    public override Bus Bus() => new LocalBus();

    public override Dialect Beside(string name) => new SqliteDialect(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path) ?? "", $"{name}.db"));

    /// <summary>Dapper writes a list out where the provider has no arrays.</summary>
    public override string In(string column, string parameter) => $"{column} in @{parameter}";

    public override async ValueTask<DbConnection> Open(CancellationToken cancel = default)
    {
        var connection = new SqliteConnection(_connection);
        await connection.OpenAsync(cancel);
        await using var pragma = connection.CreateCommand();
        // secure_delete: what was redacted or erased must not linger in free pages.
        pragma.CommandText = "pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 10000; pragma secure_delete = on; pragma cache_size = -32000; pragma temp_store = memory;";
        await pragma.ExecuteNonQueryAsync(cancel);
        return connection;
    }

    public override ValueTask<DbTransaction> Begin(DbConnection connection, CancellationToken cancel = default) =>
        ValueTask.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: false));

    public override ValueTask<DbTransaction> Snapshot(DbConnection connection, CancellationToken cancel = default) =>
        ValueTask.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: true));

    public override string TableNames => "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name";

    public override string Ddl(string sql) => sql.Replace("/* clustered */", "without rowid", StringComparison.Ordinal);

    public override Task Write(Session session, Bulk bulk, IReadOnlyList<object?[]> rows)
    {
        var command = session.Prepared(bulk, connection => Insert(connection, bulk));
        foreach (var row in rows)
        {
            Bind(command, row);
            command.ExecuteNonQuery();
        }

        return Task.CompletedTask;
    }

    public override Task<List<T>> Read<T>(Session session, BulkRead read, IReadOnlyList<object[]> keys, Func<DbDataReader, T> map)
    {
        var command = session.Prepared(read, connection => Select(connection, read));
        var found = new List<T>(keys.Count);
        foreach (var key in keys)
        {
            Bind(command, key);
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                found.Add(map(reader));
            }
        }

        return Task.FromResult(found);
    }

    /// <summary>Nothing to do: the transaction itself keeps every other writer out.</summary>
    public override Task LockForMigration(Session session) => Task.CompletedTask;

    public override bool IsDuplicate(DbException error) => error is SqliteException { SqliteExtendedErrorCode: 1555 or 2067 };

    private static SqliteCommand Insert(SqliteConnection connection, Bulk bulk) =>
        Command(connection, $"insert into {bulk.Table} ({bulk.Names}) values ({Places(bulk.Columns.Length)}) {bulk.Conflict}", bulk.Columns);

    private static SqliteCommand Select(SqliteConnection connection, BulkRead read) =>
        Command(connection, $"{read.Sql} where {string.Join(" and ", read.Keys.Select((key, i) => $"{key.Name} = $p{i}"))}", read.Keys);

    private static string Places(int count) => string.Join(", ", Enumerable.Range(0, count).Select(i => $"$p{i}"));

    private static SqliteCommand Command(SqliteConnection connection, string sql, (string Name, ColumnType Type)[] columns)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < columns.Length; i++)
        {
            command.Parameters.Add($"$p{i}", columns[i].Type switch
            {
                ColumnType.Bytes => SqliteType.Blob,
                ColumnType.Integer => SqliteType.Integer,
                _ => SqliteType.Text,
            });
        }

        return command;
    }

    private static void Bind(SqliteCommand command, object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }
}
