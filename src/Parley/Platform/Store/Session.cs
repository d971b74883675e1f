using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Parley.Platform.Store;

/// <summary>A connection with the transaction that is running on it. Statements of hot paths stay prepared for as long as the connection lives.</summary>
public sealed class Session(Dialect dialect, DbConnection connection) : IAsyncDisposable
{
    private readonly Dictionary<object, SqliteStatement> _prepared = [];
    private bool _outlasts = true;

    public Dialect Dialect { get; } = dialect;

    public DbConnection Connection { get; } = connection;

    public DbTransaction? Transaction { get; private set; }

    /// <summary>Seconds until a statement counts as failed; 0: never; null: the driver's own.</summary>
    public int? Patience { get; set; }

    /// <param name="outlasts">False where a power cut may take the transaction back: all that it writes is made from the log, and will be again.</param>
    public async Task Begin(bool outlasts = true)
    {
        if (_outlasts != outlasts)
        {
            Dialect.Outlast(this, outlasts);
            _outlasts = outlasts;
        }

        Transaction = await Dialect.Begin(Connection);
    }

    /// <summary>Begins reading the store as it is now.</summary>
    public async Task BeginSnapshot() => Transaction = await Dialect.Snapshot(Connection);

    public async Task Commit()
    {
        await Dialect.Commit(Transaction!);
        await End();
    }

    public async Task Rollback()
    {
        try
        {
            await Transaction!.RollbackAsync();
        }
        catch (Exception error) when (error is DbException or InvalidOperationException)
        {
            // The connection broke, the engine rolled back by itself, or COMMIT went through and its answer was lost (drivers then call the transaction
            // completed): nothing is left to undo, and what the caller must hear is the first error.
        }

        await End();
    }

    public Task Write(Bulk bulk, IReadOnlyList<object?[]> rows) => rows.Count == 0 ? Task.CompletedTask : Dialect.Write(this, bulk, rows);

    public Task<List<T>> Read<T>(BulkRead read, IReadOnlyList<object[]> keys, Func<Row, T> map) =>
        keys.Count == 0 ? Task.FromResult(new List<T>()) : Dialect.Read(this, read, keys, map);

    /// <summary>Rows of several tables, in this order.</summary>
    public Task Write(IEnumerable<(Bulk Bulk, IReadOnlyList<object?[]> Rows)> writes) => writes.Where(write => write.Rows.Count > 0).ToList() is { Count: > 0 } some ? Dialect.Write(this, some) : Task.CompletedTask;

    /// <summary>Several questions, each a statement of its own, in this order.</summary>
    public Task Ask(params IEnumerable<Question> questions) => questions.Where(question => question.Keys.Count > 0).ToList() is { Count: > 0 } some ? Dialect.Read(this, some) : Task.CompletedTask;

    public Task<int> Execute(string sql, object? parameters = null) => Connection.ExecuteAsync(sql, parameters, Transaction, Patience);

    public Task<T?> One<T>(string sql, object? parameters = null) => Connection.QueryFirstOrDefaultAsync<T>(sql, parameters, Transaction, Patience);

    public async Task<List<T>> Query<T>(string sql, object? parameters = null) => (await Connection.QueryAsync<T>(sql, parameters, Transaction, Patience)).AsList();

    /// <summary>The same, each row mapped by the places of its columns.</summary>
    public async Task<List<T>> Query<T>(string sql, object? parameters, Func<Row, T> map)
    {
        await using var reader = await Connection.ExecuteReaderAsync(sql, parameters, Transaction, Patience);
        var (found, row) = (new List<T>(), new ReaderRow(reader));
        while (await reader.ReadAsync())
        {
            found.Add(map(row));
        }

        return found;
    }

    /// <summary>The prepared statement for <paramref name="key"/>, made once per connection (SQLite; Npgsql prepares by itself).</summary>
    internal SqliteStatement Prepared(object key, Func<string> sql)
    {
        if (!_prepared.TryGetValue(key, out var statement))
        {
            _prepared[key] = statement = new SqliteStatement((SqliteConnection)Connection, sql());
        }

        return statement;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var statement in _prepared.Values)
        {
            statement.Dispose();
        }

        await Connection.DisposeAsync();
    }

    private async Task End()
    {
        await Transaction!.DisposeAsync();
        Transaction = null;
    }
}
