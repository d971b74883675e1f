using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Parley.Platform.Store;

/// <summary>
/// Copies what was written from the write-ahead log of an embedded store into its file, beside the writer. Where each commit looks after that itself, now and
/// then one of them does (<c>wal_autocheckpoint</c>), and everybody behind it waits for tens of milliseconds. Where this does not keep up, or cannot, a commit
/// does it all the same, and finds most of it done: so the log stays bounded.
/// </summary>
/// <remarks>https://www.sqlite.org/wal.html#checkpointing: one that is passive keeps neither readers nor the writer waiting.</remarks>
internal sealed class Checkpoints(Dialect dialect) : IAsyncDisposable
{
    /// <summary>Pages of 4 kB from one time to the next: what is written again and again is copied once.</summary>
    private const int Every = 2_000;

    /// <summary>SQLITE_DBSTATUS_CACHE_WRITE: pages that a connection has written.</summary>
    private const int PagesWritten = 9;

    /// <summary>Nothing that is to be let go: somebody may still write while everything ends.</summary>
    private readonly Channel<bool> _due = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _stop = new();
    private Session? _session;
    private Task? _loop;
    private int _from;

    /// <summary>The writer, and nobody else, says that it has committed.</summary>
    public void Wrote(Session session)
    {
        var connection = ((SqliteConnection)session.Connection).Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_db_status(connection, PagesWritten, out var written, out _, 0), connection);
        // Less than before: another connection writes now.
        if (written >= _from && written - _from < Every)
        {
            return;
        }

        _from = written;
        _loop ??= Task.Run(Run);
        _due.Writer.TryWrite(true);
    }

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync();
        if (_loop is not null)
        {
            await _loop;
        }

        if (_session is not null)
        {
            await _session.DisposeAsync();
        }

        _stop.Dispose();
    }

    private async Task Run()
    {
        try
        {
            while (true)
            {
                await _due.Reader.ReadAsync(_stop.Token);
                await Copy();
            }
        }
        catch (OperationCanceledException)
        {
            // The store is closed; what closes last copies what is left.
        }
    }

    private async Task Copy()
    {
        try
        {
            _session ??= new Session(dialect, await dialect.Open());
            await _session.Execute("pragma wal_checkpoint(passive)");
        }
        catch (DbException)
        {
            // A full disk, a file that cannot be read: nothing is lost, what is in the log stays there. A commit tries next, and whoever commits is told.
        }
    }
}
