using System.Collections.Concurrent;
using System.Data.Common;

namespace Parley.Platform.Store;

/// <summary>One store: reads on pooled connections, writes in transactions, in the one lane where the engine has one writer.</summary>
public sealed class Database(Dialect dialect) : IAsyncDisposable
{
    private readonly WriteLane _lane = new(dialect.OneWriter);
    private readonly ConcurrentStack<Session> _readers = [];
    private readonly Checkpoints? _checkpoints = dialect.OneWriter ? new Checkpoints(dialect) : null;
    private Session? _writer;

    public Dialect Dialect { get; } = dialect;

    /// <summary>Runs a query. An embedded store keeps its reading sessions, and with them what they have prepared and read: who read last reads next. PostgreSQL's driver pools by itself.</summary>
    public async Task<T> Read<T>(Func<Session, Task<T>> query)
    {
        if (!Dialect.OneWriter)
        {
            await using var session = new Session(Dialect, await Dialect.Open());
            return await query(session);
        }

        var kept = _readers.TryPop(out var reader) ? reader : new Session(Dialect, await Dialect.Open());
        try
        {
            var result = await query(kept);
            _readers.Push(kept);
            return result;
        }
        catch
        {
            await kept.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads much that belongs together, while others write.</summary>
    public async Task<T> Snapshot<T>(Func<Session, Task<T>> query)
    {
        await using var session = new Session(Dialect, await Dialect.Open());
        await session.BeginSnapshot();
        try
        {
            return await query(session);
        }
        finally
        {
            await session.Rollback();
        }
    }

    /// <summary>Runs <paramref name="change"/> in a transaction; an exception rolls all of it back.</summary>
    /// <param name="change">What to do; may run more than once only if the caller repeats it.</param>
    /// <param name="urgent">True for the Desk: goes before everything else that waits.</param>
    /// <param name="outlasts">False for what is made from the log and made again after a power cut.</param>
    public async Task<T> Write<T>(Func<Session, Task<T>> change, bool urgent = false, bool outlasts = true)
    {
        await _lane.Enter(urgent);
        try
        {
            var session = Dialect.OneWriter ? _writer ??= new Session(Dialect, await Dialect.Open()) : new Session(Dialect, await Dialect.Open());
            try
            {
                return await InTransaction(session, change, outlasts);
            }
            catch (DbException) when (Dialect.OneWriter)
            {
                await DropWriter();
                throw;
            }
            finally
            {
                if (!Dialect.OneWriter)
                {
                    await session.DisposeAsync();
                }
            }
        }
        finally
        {
            _lane.Leave();
        }
    }

    public Task Write(Func<Session, Task> change, bool urgent = false) => Write(
        async session =>
        {
            await change(session);
            return true;
        },
        urgent);

    public async ValueTask DisposeAsync()
    {
        await _lane.Enter(urgent: true);
        if (_checkpoints is not null)
        {
            await _checkpoints.DisposeAsync();
        }

        await DropWriter();
        while (_readers.TryPop(out var reader))
        {
            await reader.DisposeAsync();
        }

        _lane.Leave();
        if (Dialect is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
    }

    private async Task<T> InTransaction<T>(Session session, Func<Session, Task<T>> change, bool outlasts)
    {
        await session.Begin(outlasts);
        try
        {
            var result = await change(session);
            await session.Commit();
            _checkpoints?.Wrote(session);
            return result;
        }
        catch
        {
            if (session.Transaction is not null)
            {
                await session.Rollback();
            }

            throw;
        }
    }

    private async Task DropWriter()
    {
        if (_writer is { } writer)
        {
            _writer = null;
            await writer.DisposeAsync();
        }
    }
}
