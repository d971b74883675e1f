using System.Data.Common;
using Microsoft.Data.Sqlite;
using Parley.Platform.Fanout;
using SQLitePCL;

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
        // wal_autocheckpoint: 64 MB of log at most; long before that Checkpoints has copied it.
        // secure_delete: what was redacted or erased must not linger in free pages.
        pragma.CommandText = "pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 10000; pragma secure_delete = on; pragma cache_size = -32000; pragma temp_store = memory; pragma wal_autocheckpoint = 16000;";
        await pragma.ExecuteNonQueryAsync(cancel);
        return connection;
    }

    public override ValueTask<DbTransaction> Begin(DbConnection connection, CancellationToken cancel = default) =>
        ValueTask.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: false));

    public override ValueTask<DbTransaction> Snapshot(DbConnection connection, CancellationToken cancel = default) =>
        ValueTask.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: true));

    public override string TableNames => "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name";

    public override string Ddl(string sql) => sql.Replace("/* clustered */", "without rowid", StringComparison.Ordinal);

    /// <summary>Without an fsync of its own a commit may be gone after a power cut, and the file is whole all the same (https://www.sqlite.org/pragma.html#pragma_synchronous).</summary>
    public override void Outlast(Session session, bool powerCut)
    {
        // Takes effect while it is prepared, so that it cannot be kept prepared.
        var connection = ((SqliteConnection)session.Connection).Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(connection, powerCut ? "pragma synchronous = full" : "pragma synchronous = normal"), connection);
    }

    /// <remarks>https://www.sqlite.org/pragma.html#pragma_data_version</remarks>
    public override long? Others(Session session)
    {
        var found = new List<long>(1);
        session.Prepared("data_version", static () => "pragma data_version").Read([], static row => row.Integer(0), found);
        return found[0];
    }

    public override Task Write(Session session, Bulk bulk, IReadOnlyList<object?[]> rows)
    {
        var statement = session.Prepared(bulk, () => Insert(bulk));
        foreach (var row in rows)
        {
            statement.Run(row);
        }

        return Task.CompletedTask;
    }

    public override Task<List<T>> Read<T>(Session session, BulkRead read, IReadOnlyList<object[]> keys, Func<Row, T> map)
    {
        var statement = session.Prepared(read, () => Select(read));
        var found = new List<T>(keys.Count);
        var connection = ((SqliteConnection)session.Connection).Handle!;
        // Key by key the file would be locked, looked at for changes and given back each time.
        var together = keys.Count > 1 && session.Transaction is null;
        if (together)
        {
            SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(connection, "begin"), connection);
        }

        try
        {
            foreach (var key in keys)
            {
                statement.Read(key, map, found);
            }
        }
        finally
        {
            if (together)
            {
                // Where reading failed the engine may have ended it by itself; nothing was written either way.
                _ = raw.sqlite3_exec(connection, "rollback");
            }
        }

        return Task.FromResult(found);
    }

    /// <summary>Nothing to do: the transaction itself keeps every other writer out.</summary>
    public override Task LockForMigration(Session session) => Task.CompletedTask;

    /// <summary>A full disk, a lock, a constraint. A disk that failed may have kept it (https://www.sqlite.org/lang_transaction.html).</summary>
    public override bool IsUndone(DbException error) => error is SqliteException { SqliteErrorCode: raw.SQLITE_FULL or raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_CONSTRAINT };

    public override bool IsDuplicate(DbException error) => error is SqliteException { SqliteExtendedErrorCode: 1555 or 2067 };

    private static string Insert(Bulk bulk) => $"insert into {bulk.Table} ({bulk.Names}) values ({Places(bulk.Columns.Length)}) {bulk.Conflict}";

    private static string Select(BulkRead read) => $"{read.Sql} where {string.Join(" and ", read.Keys.Select((key, i) => $"{key.Name} = ?{i + 1}"))}";

    private static string Places(int count) => string.Join(", ", Enumerable.Range(1, count).Select(i => $"?{i}"));
}
