using System.Data.Common;
using Microsoft.Data.Sqlite;
using Parley.Platform.Store;

namespace Parley.Tests.Simulation;

internal enum Fault { None, DuringWrites, BeforeCommit, AfterCommit }

/// <summary>
/// SQLite as one of several nodes sees it, on a disk that fails when the seed says so: while rows are written, before COMMIT, or after COMMIT, when
/// nobody can tell whether it happened.
/// </summary>
internal sealed class FaultyDialect(string path, Func<Fault> next, Action meanwhile) : SqliteDialect(path)
{
    private FaultyDialect? _beside;
    private Fault _coming;

    public bool Healthy { get; set; }

    public int AllFaults => Faults + (_beside?.Faults ?? 0);

    public int Faults { get; private set; }

    /// <summary>Other nodes write too: nothing may be kept from one transaction to the next.</summary>
    public override bool OneWriter => false;

    /// <summary>The same disk.</summary>
    public override Dialect Beside(string name) =>
        _beside = new FaultyDialect(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, $"{name}.db"), () => Healthy ? Fault.None : next(), meanwhile);

    public override ValueTask<DbTransaction> Begin(DbConnection connection, CancellationToken cancel = default)
    {
        _coming = Healthy ? Fault.None : next();
        return base.Begin(connection, cancel);
    }

    public override Task Write(Session session, Bulk bulk, IReadOnlyList<object?[]> rows)
    {
        if (_coming == Fault.DuringWrites && rows.Count > 1)
        {
            base.Write(session, bulk, [.. rows.Take(rows.Count / 2)]);
            throw Fail();
        }

        return base.Write(session, bulk, rows);
    }

    public override async Task Commit(DbTransaction transaction)
    {
        meanwhile();
        if (_coming is Fault.BeforeCommit or Fault.DuringWrites)
        {
            throw Fail();
        }

        await base.Commit(transaction);
        if (_coming == Fault.AfterCommit)
        {
            throw Fail();
        }
    }

    private SqliteException Fail()
    {
        Faults++;
        return new SqliteException("The simulated disk failed.", 10);
    }
}
