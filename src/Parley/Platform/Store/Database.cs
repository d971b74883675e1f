using System.Collections.Concurrent;
using System.Data.Common;

namespace Parley.Platform.Store;

/// <summary>
/// One store: reads on pooled connections, writes in transactions, in the one lane where the engine has one writer. Once it is closed nothing more is read or written, whoever still
/// tries: its folder may be somebody else's by then.
/// </summary>
public sealed class Database(Dialect dialect) : IAsyncDisposable
{
    /// <summary>For so long whoever reads is waited for when it is closed: a server ends within ten seconds, whatever its store does.</summary>
    private static readonly TimeSpan Closing = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WriteLane _lane = new(dialect.OneWriter);
    private readonly ConcurrentStack<Session> _readers = [];
    private readonly Checkpoints? _checkpoints = dialect.OneWriter ? new Checkpoints(dialect) : null;
    private Session? _writer;
    private int _busy;
    private int _closed;

    public Dialect Dialect { get; } = dialect;

    /// <summary>Runs a query. An embedded store keeps its reading sessions, and with them what they have prepared and read: who read last reads next. PostgreSQL's driver pools by itself.</summary>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public async Task<T> Read<T>(Func<Session, Task<T>> query)
    {
        Begin();
        try
        {
            if (!Dialect.OneWriter)
            {
                await using var session = new Session(Dialect, await Dialect.Open()) { Patience = Patience.Awaited ? Dialect.Patience?.Asked : Dialect.Patience?.Working };
                return await query(session);
            }

            var kept = _readers.TryPop(out var reader) ? reader : new Session(Dialect, await Dialect.Open());
            try
            {
                var result = await query(kept);
                if (Volatile.Read(ref _closed) == 1)
                {
                    // It took longer than the closing waits: nobody takes it from there any more.
                    await kept.DisposeAsync();
                }
                else
                {
                    _readers.Push(kept);
                }

                return result;
            }
            catch
            {
                await kept.DisposeAsync();
                throw;
            }
        }
        finally
        {
            End();
        }
    }

    /// <summary>Reads much that belongs together, while others write.</summary>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public async Task<T> Snapshot<T>(Func<Session, Task<T>> query)
    {
        Begin();
        try
        {
            return await Snapped(query);
        }
        finally
        {
            End();
        }
    }

    private async Task<T> Snapped<T>(Func<Session, Task<T>> query)
    {
        await using var session = new Session(Dialect, await Dialect.Open()) { Patience = Patience.Awaited ? Dialect.Patience?.Changing : Dialect.Patience?.Working };
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
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    /// <param name="outlasts">False for what is made from the log and made again after a power cut.</param>
    public async Task<T> Write<T>(Func<Session, Task<T>> change, bool urgent = false, bool outlasts = true)
    {
        await _lane.Enter(urgent);
        try
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _closed) == 1, this);
            var session = Dialect.OneWriter ? _writer ??= new Session(Dialect, await Dialect.Open()) : new Session(Dialect, await Dialect.Open()) { Patience = Writing(urgent) };
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
        if (Interlocked.Exchange(ref _closed, 1) == 1)
        {
            return;
        }

        await _lane.Enter(urgent: true);
        await (Volatile.Read(ref _busy) == 0 ? Task.CompletedTask : Task.WhenAny(_idle.Task, Task.Delay(Closing)));
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

    private void Begin()
    {
        Interlocked.Increment(ref _busy);
        if (Volatile.Read(ref _closed) == 1)
        {
            End();
            ObjectDisposedException.ThrowIf(true, this);
        }
    }

    private void End()
    {
        if (Interlocked.Decrement(ref _busy) == 0 && Volatile.Read(ref _closed) == 1)
        {
            _idle.TrySetResult();
        }
    }

    private int? Writing(bool urgent) => urgent ? Dialect.Patience?.Asked : Patience.Awaited ? Dialect.Patience?.Changing : Dialect.Patience?.Working;

    private async Task<T> InTransaction<T>(Session session, Func<Session, Task<T>> change, bool outlasts)
    {
        await session.Begin(outlasts);
        try
        {
            var result = await change(session);
            await Commit(session);
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

    private async Task Commit(Session session)
    {
        try
        {
            await session.Commit();
        }
        catch (DbException error) when (!Dialect.IsUndone(error))
        {
            throw new CommitUnanswered(error);
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
