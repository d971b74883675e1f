using System.Collections.Concurrent;
using System.Data.Common;
using Npgsql;
using NpgsqlTypes;
using Parley.Platform.Fanout;

namespace Parley.Platform.Store;

/// <summary>The cluster engine. READ COMMITTED: every statement after the heads' lock sees all that was committed before it.</summary>
public sealed class PostgresDialect : Dialect, IAsyncDisposable
{
    private const long MigrationLock = 0x5061726c6579;

    /// <summary>Seconds within which a new connection is had, unless the operator has another wish.</summary>
    private const int Connecting = 6;
    private const int DriversOwn = 15;
    private static readonly string[] Undone = ["23", "25", "40", "53"];

    /// <summary>
    /// A node that vanished in the middle of a transaction (its cable, its power, its virtual machine) may hold the lock of a workspace's head, and PostgreSQL notices no loss for hours: then
    /// it ends the session, so that the others go on. Kept by the connection for as long as it lives, which is why the driver must not reset it.
    /// </summary>
    private const string Vanished = "set idle_in_transaction_session_timeout = '8s'";

    private readonly ConcurrentDictionary<object, string> _statements = new(ReferenceEqualityComparer.Instance);

    public PostgresDialect(string connection)
    {
        var builder = new NpgsqlConnectionStringBuilder(connection) { MaxAutoPrepare = 100, AutoPrepareMinUsages = 3, Timezone = "UTC", IncludeErrorDetail = false, NoResetOnClose = true, CancellationTimeout = 1_000 };
        builder.Timeout = builder.Timeout == DriversOwn ? Connecting : builder.Timeout;
        Patience = Wish(builder) is { } seconds ? new(seconds, seconds, seconds) : new(10, 30, 60);
        builder.CommandTimeout = Patience.Working;
        var source = new NpgsqlDataSourceBuilder(builder.ConnectionString);
        source.UsePhysicalConnectionInitializer(
            fresh =>
            {
                using var command = new NpgsqlCommand(Vanished, fresh);
                command.ExecuteNonQuery();
            },
            async fresh =>
            {
                await using var command = new NpgsqlCommand(Vanished, fresh) { CommandTimeout = Connecting };
                await command.ExecuteNonQueryAsync();
            });
        Source = source.Build();
        MostConnections = builder.MaxPoolSize;
    }

    /// <summary>How many connections this node opens at most.</summary>
    public int MostConnections { get; }

    public NpgsqlDataSource Source { get; }

    public override string Name => "postgres";

    public override string ForUpdate => " for update";

    public override bool OneWriter => false;

    /// <summary>A server that stands still takes every statement and answers none. Whoever writes <c>Command Timeout</c> into the connection has that for everything.</summary>
    public override Patience Patience { get; }

    public override TextIndex Index(string kind) => new PostgresTextIndex(kind);

    public override Bus Bus() => new PostgresBus(Source);

    public override Dialect Beside(string name) => this;

    public override string In(string column, string parameter) => $"{column} = any(@{parameter})";

    public override async ValueTask<DbConnection> Open(CancellationToken cancel = default) => await Source.OpenConnectionAsync(cancel);

    public override async ValueTask<DbTransaction> Begin(DbConnection connection, CancellationToken cancel = default) =>
        await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, cancel);

    /// <summary>Whoever reads much may be busy with what was read for longer than anybody vanishes unnoticed; a snapshot holds no lock.</summary>
    public override async ValueTask<DbTransaction> Snapshot(DbConnection connection, CancellationToken cancel = default)
    {
        var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        await using var command = new NpgsqlCommand("set local idle_in_transaction_session_timeout = 0", (NpgsqlConnection)connection, (NpgsqlTransaction)transaction);
        await command.ExecuteNonQueryAsync(cancel);
        return transaction;
    }

    /// <summary>The driver waits for this one for as long as it takes. Slow it may be where a disk is; later than that its outcome is unknown, as where the line breaks.</summary>
    public override async Task Commit(DbTransaction transaction)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(Patience.Asked));
        try
        {
            await transaction.CommitAsync(patience.Token);
        }
        catch (OperationCanceledException late)
        {
            throw new NpgsqlException("PostgreSQL did not answer a COMMIT in time.", new TimeoutException(late.Message, late));
        }
    }

    /// <remarks>https://www.postgresql.org/docs/current/wal-async-commit.html: a crash may take the last moments of it back, in order; whatever is committed after it takes it to the disk.</remarks>
    public override string Lightly => "set local synchronous_commit = off; ";

    public override string TableNames => "select table_name from information_schema.tables where table_schema = current_schema() and table_type = 'BASE TABLE' order by table_name";

    public override string Ddl(string sql) => sql.Replace("/* clustered */", "", StringComparison.Ordinal);

    public override Task Write(Session session, Bulk bulk, IReadOnlyList<object?[]> rows) => Write(session, [(bulk, rows)]);

    public override async Task Write(Session session, IReadOnlyList<(Bulk Bulk, IReadOnlyList<object?[]> Rows)> writes)
    {
        await using var batch = Batch(session);
        foreach (var (bulk, rows) in writes)
        {
            batch.BatchCommands.Add(Command(_statements.GetOrAdd(bulk, static key => Insert((Bulk)key)), bulk.Columns, rows));
        }

        await batch.ExecuteNonQueryAsync();
    }

    public override async Task<List<T>> Read<T>(Session session, BulkRead read, IReadOnlyList<object[]> keys, Func<Row, T> map)
    {
        var question = new Question<T>(read, keys, map);
        await Read(session, [question]);
        return question.Found;
    }

    public override async Task Read(Session session, IReadOnlyList<Question> questions)
    {
        await using var batch = Batch(session);
        foreach (var question in questions)
        {
            batch.BatchCommands.Add(Command(_statements.GetOrAdd(question.Asked, static key => Select((BulkRead)key)), question.Asked.Keys, question.Keys));
        }

        await using var reader = await batch.ExecuteReaderAsync();
        var row = new ReaderRow(reader);
        foreach (var question in questions)
        {
            while (await reader.ReadAsync())
            {
                question.Take(row);
            }

            await reader.NextResultAsync();
        }
    }

    public override Task LockForMigration(Session session) => session.Execute("select pg_advisory_xact_lock(@MigrationLock)", new { MigrationLock });

    /// <summary>
    /// What PostgreSQL itself refused: a constraint, a wrong state, a conflict, no room. Where it was ended in the midst of it, or the line broke, it may have been done.
    /// </summary>
    /// <remarks>https://www.postgresql.org/docs/current/errcodes-appendix.html</remarks>
    public override bool IsUndone(DbException error) =>
        error is PostgresException { SqlState: not PostgresErrorCodes.StatementCompletionUnknown and var state } && Array.Exists(Undone, refused => state.StartsWith(refused, StringComparison.Ordinal));

    public override bool IsDuplicate(DbException error) => error is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    private static int? Wish(NpgsqlConnectionStringBuilder connection) => connection.Keys.Contains("Command Timeout", StringComparer.OrdinalIgnoreCase)
        ? connection.CommandTimeout > 0
            ? connection.CommandTimeout
            : throw new StoreRefused("store.url", "Command Timeout=0 in store.url would wait for ever for a PostgreSQL that vanished. Leave it out (10 seconds for what somebody waits for, 60 for the server's own work), or name the seconds for everything.")
        : null;

    private static string Insert(Bulk bulk) => $"insert into {bulk.Table} ({bulk.Names}) select * from unnest({string.Join(", ", bulk.Columns.Select((_, i) => $"${i + 1}"))}) {bulk.Conflict}";

    /// <summary>
    /// Key by key by the table's index, however many there are and whatever the planner knows of the table. Told how many, it makes a plan anew each time, which costs more than the reading, and
    /// of a young table it reads all: so the arrays come out of a select of their own.
    /// </summary>
    private static string Select(BulkRead read)
    {
        if (read.Keys is [var only])
        {
            return $"{read.Sql} where {only.Name} = any((select $1::{Named(only.Type)}[])::{Named(only.Type)}[]){(read.Locks ? " for update" : "")}";
        }

        var arrays = string.Join(", ", read.Keys.Select((key, i) => $"(select ${i + 1}::{Named(key.Type)}[])"));
        var names = string.Join(", ", read.Keys.Select((_, i) => $"k{i}"));
        var same = string.Join(" and ", read.Keys.Select((key, i) => $"{key.Name} = k{i}"));
        return $"select found.* from (select distinct * from unnest({arrays}) as given ({names})) keys cross join lateral ({read.Sql} where {same} offset 0{(read.Locks ? " for update" : "")}) found";
    }

    private static string Named(ColumnType type) => type switch { ColumnType.Bytes => "bytea", ColumnType.Integer => "bigint", _ => "text" };

    private static NpgsqlBatch Batch(Session session)
    {
        var batch = new NpgsqlBatch((NpgsqlConnection)session.Connection, (NpgsqlTransaction?)session.Transaction);
        batch.Timeout = session.Patience ?? batch.Timeout;
        return batch;
    }

    /// <summary>A statement that takes a column of each array.</summary>
    private static NpgsqlBatchCommand Command(string sql, (string Name, ColumnType Type)[] columns, IReadOnlyList<object?[]> rows)
    {
        var command = new NpgsqlBatchCommand(sql);
        for (var i = 0; i < columns.Length; i++)
        {
            command.Parameters.Add(columns[i].Type switch
            {
                ColumnType.Bytes => new NpgsqlParameter<byte[]?[]> { TypedValue = Column<byte[]>(rows, i), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea },
                ColumnType.Integer => new NpgsqlParameter<long?[]> { TypedValue = Column<long?>(rows, i), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint },
                _ => new NpgsqlParameter<string?[]> { TypedValue = Texts(rows, i), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            });
        }

        return command;
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

    private static string?[] Texts(IReadOnlyList<object?[]> rows, int index)
    {
        var values = new string?[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = rows[i][index]?.ToString();
        }

        return values;
    }
}
