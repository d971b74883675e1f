using System.Data.Common;
using Parley.Platform.Fanout;

namespace Parley.Platform.Store;

/// <summary>
/// What differs between SQLite and PostgreSQL, and nothing else: opening, locking, writing and reading many rows at once. All other SQL is the
/// common subset and stands beside the module that needs it. Ids are 16 bytes, times Unix milliseconds UTC, payloads JSON text, on both.
/// </summary>
public abstract class Dialect
{
    /// <summary><c>sqlite</c> or <c>postgres</c>; for messages and metrics, never to branch on.</summary>
    public abstract string Name { get; }

    /// <summary>What follows a select that must hold its rows until the transaction ends; empty where the whole store is locked anyway.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>True where all writes of the process take one lane (SQLite has one writer).</summary>
    public abstract bool OneWriter { get; }

    /// <summary>For how long a statement is waited for; null where nothing but this process could keep it waiting.</summary>
    public virtual Patience? Patience => null;

    /// <summary>How texts are found by their words: an index of its own for each kind of what is looked for (<c>text</c>, <c>person</c>).</summary>
    public abstract TextIndex Index(string kind);

    /// <summary>How the processes on this store tell each other what they did.</summary>
    public abstract Bus Bus();

    /// <summary>Where something is kept that must not slow this store down: a store of its own beside it, or this one where that gains nothing.</summary>
    public abstract Dialect Beside(string name);

    /// <summary>The condition that a column is one of the values of an array parameter (named without its @).</summary>
    public abstract string In(string column, string parameter);

    public abstract ValueTask<DbConnection> Open(CancellationToken cancel = default);

    public abstract ValueTask<DbTransaction> Begin(DbConnection connection, CancellationToken cancel = default);

    /// <summary>Says whether the session's commits must outlast a power cut from now on, or only the process: what is made from the log is made again.</summary>
    public virtual void Outlast(Session session, bool powerCut)
    {
    }

    /// <summary>The same, said within a transaction: stands before its first statement. Empty where the session says it.</summary>
    public virtual string Lightly => "";

    /// <summary>
    /// A number that stays the same for as long as nobody but this session writes to the store; null where that cannot be known. Asked within a
    /// transaction that writes.
    /// </summary>
    public virtual long? Others(Session session) => null;

    /// <summary>Makes the transaction durable. A simulation fails here, before or after the fact.</summary>
    public virtual Task Commit(DbTransaction transaction) => transaction.CommitAsync();

    /// <summary>A transaction that sees the store as it is now for as long as it lasts, and keeps nobody from writing.</summary>
    public abstract ValueTask<DbTransaction> Snapshot(DbConnection connection, CancellationToken cancel = default);

    /// <summary>The names of all tables of this store.</summary>
    public abstract string TableNames { get; }

    /// <summary>Turns DDL in the common subset into this engine's own (clustered tables).</summary>
    public abstract string Ddl(string sql);

    /// <summary>Writes all rows with one statement's plan: a prepared insert repeated (SQLite), <c>unnest</c> of arrays (PostgreSQL).</summary>
    public abstract Task Write(Session session, Bulk bulk, IReadOnlyList<object?[]> rows);

    /// <summary>Reads the rows whose key is in <paramref name="keys"/>; missing ones are left out, the order is not kept.</summary>
    public abstract Task<List<T>> Read<T>(Session session, BulkRead read, IReadOnlyList<object[]> keys, Func<Row, T> map);

    /// <summary>Writes rows of several tables, in this order; at once where each would be a way there and back.</summary>
    public virtual async Task Write(Session session, IReadOnlyList<(Bulk Bulk, IReadOnlyList<object?[]> Rows)> writes)
    {
        foreach (var (bulk, rows) in writes)
        {
            await Write(session, bulk, rows);
        }
    }

    /// <summary>Asks several questions, each a statement of its own that sees what was committed before it, in this order; at once where each would be a way there and back.</summary>
    public virtual async Task Read(Session session, IReadOnlyList<Question> questions)
    {
        foreach (var question in questions)
        {
            await Read(session, question.Asked, question.Keys, question.Take);
        }
    }

    /// <summary>A lock that keeps a second process out while migrations run; released with the session's transaction.</summary>
    public abstract Task LockForMigration(Session session);

    /// <summary>True if the error of a COMMIT says that nothing of it was done; false where that cannot be known.</summary>
    public abstract bool IsUndone(DbException error);

    /// <summary>True if the error says that a unique key is taken already.</summary>
    public abstract bool IsDuplicate(DbException error);
}

public enum ColumnType { Bytes, Integer, Text }

/// <summary>A text that was written as UTF-8 and is stored so: an engine that wants it that way gets it without a string in between.</summary>
/// <param name="text">Its bytes, which nobody else changes.</param>
public sealed class Utf8(byte[] text)
{
    public ReadOnlySpan<byte> Span => text;

    public override string ToString() => System.Text.Encoding.UTF8.GetString(text);
}

/// <summary>An insert of many rows. <paramref name="Conflict"/> is the whole <c>on conflict …</c> clause, or empty.</summary>
public sealed record Bulk(string Table, (string Name, ColumnType Type)[] Columns, string Conflict = "")
{
    internal string Names { get; } = string.Join(", ", Columns.Select(c => c.Name));
}

/// <summary>A select by key that is asked with others; what was found is in it then.</summary>
public abstract class Question(BulkRead asked, IReadOnlyList<object[]> keys)
{
    internal BulkRead Asked { get; } = asked;

    internal IReadOnlyList<object[]> Keys { get; } = keys;

    /// <summary>Takes a row that was found.</summary>
    internal abstract bool Take(Row row);
}

public sealed class Question<T>(BulkRead asked, IReadOnlyList<object[]> keys, Func<Row, T> map) : Question(asked, keys)
{
    public List<T> Found { get; } = new(keys.Count);

    internal override bool Take(Row row)
    {
        Found.Add(map(row));
        return true;
    }
}

/// <summary>A select by key: <paramref name="Sql"/> without its where clause; the keys' columns are compared with equality.</summary>
/// <param name="Locks">Holds the rows until the transaction ends.</param>
public sealed record BulkRead(string Sql, (string Name, ColumnType Type)[] Keys, bool Locks = false);
