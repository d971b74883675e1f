using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Parley.Platform.Hosting;
using Parley.Platform.Store;

namespace Parley.Log.Readers;

/// <summary>
/// Runs one reader over all workspaces: at once when there is little to do, gathered and in short slices under load, and from where its cursor
/// stands after a crash. Only the node that holds the reader's lease does.
/// </summary>
internal sealed class ReaderLoop(IReader reader, Database log, OldEntries old, RecentEntries recent, ReaderSettings settings, TimeProvider time, ILogger logger)
{
    private const int Slice = 4_000;
    private const int FewRows = 8;
    private const int ManyRows = 1_000;
    private const int Few = 16;
    private const int ClearedAtOnce = 500;

    /// <summary>How many entries that led to nothing may be read again after a crash: under load the place is not written down for each handful.</summary>
    private const int ReadAgain = 4_000;
    /// <summary>In a store of its own a reader is in nobody's way, and many rows at once cost less.</summary>
    private const int Alone = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly int _sliceMs = ReferenceEquals(reader.Store, log) ? settings.SliceMs : settings.SliceMs * Alone;

    private readonly Lease _lease = new(reader.Store, $"reader:{reader.Name}", TimeSpan.FromSeconds(settings.LeaseSeconds), time);
    private readonly ConcurrentDictionary<WorkspaceId, long> _heads = new();
    private readonly ConcurrentDictionary<WorkspaceId, long> _cursors = new();
    private readonly Dictionary<WorkspaceId, long> _stored = [];
    private readonly SemaphoreSlim _wake = new(0, 1);
    private long _term;
    private int _forgotten;
    private int _rows = 50;
    private bool _failed;
    private bool _prepared;
    private bool _loaded;

    public IReader Reader => reader;

    /// <summary>Entries that it has not worked in yet, over all workspaces; 0 where another node runs it.</summary>
    public long Lag => _lease.Number == 0 ? 0 : _heads.Sum(head => Math.Max(0, head.Value - Math.Max(0, _cursors.GetValueOrDefault(head.Key))));

    /// <summary>How far it has come as this node knows it; null when it does not run here.</summary>
    public long? Position(WorkspaceId workspace) => _lease.Number > 0 && Volatile.Read(ref _term) == _lease.Number && _cursors.TryGetValue(workspace, out var position) ? position : null;

    public void Wake(WorkspaceId workspace, long head)
    {
        _heads.AddOrUpdate(workspace, static (_, now) => now, static (_, before, now) => Math.Max(before, now), head);
        Nudge();
    }

    /// <summary>Where it stands was changed behind its back: look again.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _forgotten);
        Volatile.Write(ref _term, 0);
        Nudge();
    }

    public void Nudge()
    {
        if (_wake.CurrentCount > 0)
        {
            return;
        }

        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else woke it in this moment.
        }
    }

    public async Task Run(CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                if (!await Rounds.Do(logger, reader.Name, () => Round(stop), stop))
                {
                    _term = 0;
                    await Task.Delay(Pause, stop);
                }
            }
        }
        finally
        {
            await Rounds.Do(logger, reader.Name, _lease.Release, CancellationToken.None);
        }
    }

    private async Task Round(CancellationToken stop)
    {
        var done = await Step();
        if (_failed)
        {
            await Task.Delay(Pause, stop);
        }
        else if (done == 0 && !await _wake.WaitAsync(Pause, stop))
        {
            // Nothing was said for a while: look for oneself, a word may have been lost.
            _term = 0;
        }
        else if (done is >= Few and < Slice)
        {
            // Busy, but not behind: the next entries of the same conversations are on their way.
            await Task.Delay(Math.Min(settings.GatherMs, done), stop);
        }
    }

    /// <summary>One slice in every workspace that is behind. Returns the most entries that any took; 0 when there is nothing to do here.</summary>
    public async Task<int> Step()
    {
        old.Tidy();
        if (!_prepared)
        {
            await reader.Prepare();
            _prepared = true;
        }

        if (!await _lease.Hold())
        {
            _term = 0;
            return 0;
        }

        _loaded = _term != _lease.Number;
        if (_loaded)
        {
            await Load();
        }

        var most = 0;
        _failed = false;
        foreach (var (workspace, head) in _heads)
        {
            var cursor = _cursors.GetValueOrDefault(workspace);
            if (cursor < head)
            {
                most = Math.Max(most, await Follow(workspace, cursor));
            }
        }

        return most;
    }

    /// <summary>A fault in one workspace must neither stop the others nor step over an entry: the reader stays where it is there, visibly behind, and tries again.</summary>
    private async Task<int> Follow(WorkspaceId workspace, long cursor)
    {
        try
        {
            return cursor == Cursors.Clearing ? await Clear(workspace) : await Take(workspace, cursor);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            logger.LogError(error, "The reader {Reader} failed in {Workspace} after position {Position} and will try again.", reader.Name, workspace, cursor);
            (_failed, _term) = (true, 0);
            return 0;
        }
    }

    /// <summary>What a new holder does first: how far has the reader come, and where do the logs end. In this order, or it could seem ahead of the log.</summary>
    private async Task Load()
    {
        var forgotten = Volatile.Read(ref _forgotten);
        var cursors = await reader.Store.Read(session => Cursors.All(session, reader.Name));
        var heads = await log.Read(session => session.Query<(byte[] Workspace, long Position)>("select workspace, position from heads"));
        foreach (var (id, head) in heads)
        {
            var workspace = WorkspaceId.From(id);
            _heads.AddOrUpdate(workspace, static (_, now) => now, static (_, before, now) => Math.Max(before, now), head);
            _cursors[workspace] = _stored[workspace] = cursors.GetValueOrDefault(workspace);
            if (_cursors[workspace] > head)
            {
                // The log was put back to an earlier day and what was made from it was not: it is made anew.
                await Write(workspace, Cursors.Clearing, _ => Task.CompletedTask);
            }
        }

        // Told to look again while it was looking: what it saw may be from before.
        Volatile.Write(ref _term, forgotten == Volatile.Read(ref _forgotten) ? _lease.Number : 0);
    }

    private async Task<int> Take(WorkspaceId workspace, long cursor)
    {
        var slice = recent.After(workspace, cursor, Slice) ?? await old.After(workspace, cursor, Slice);
        if (slice.Count == 0)
        {
            // Told of before it can be read: the next word will do.
            return 0;
        }

        var parts = await reader.Read(workspace, slice, _rows);
        var next = slice[^1].Position;
        for (var i = 0; i < parts.Count; i++)
        {
            if (!await Write(workspace, i == parts.Count - 1 ? next : cursor, parts[i]))
            {
                return 1;
            }
        }

        if (parts.Count > 0 || await Pass(workspace, next, slice.Count))
        {
            reader.Reached(workspace, next);
        }

        return slice.Count;
    }

    /// <summary>Goes on past entries that led to nothing.</summary>
    private async Task<bool> Pass(WorkspaceId workspace, long next, int count)
    {
        if (_loaded || count < Few || next - _stored.GetValueOrDefault(workspace) >= ReadAgain)
        {
            return await Write(workspace, next, _ => Task.CompletedTask);
        }

        _cursors[workspace] = next;
        return true;
    }

    private async Task<bool> Write(WorkspaceId workspace, long to, Func<Session, Task> write)
    {
        var from = _stored.GetValueOrDefault(workspace);
        var started = 0L;
        var mine = await reader.Store.Write(async session =>
        {
            started = Stopwatch.GetTimestamp();
            var moved = await Cursors.Move(session, reader.Name, workspace, from, to, _lease);
            if (moved)
            {
                await write(session);
            }

            return moved;
        }, outlasts: false);
        _cursors[workspace] = _stored[workspace] = mine ? to : await reader.Store.Read(session => Cursors.Of(session, reader.Name, workspace));
        Fit(Stopwatch.GetElapsedTime(started));
        return mine;
    }

    private async Task<int> Clear(WorkspaceId workspace)
    {
        var left = 0;
        await Write(workspace, Cursors.Clearing, async session => left = await reader.Clear(session, workspace, ClearedAtOnce));
        if (left == 0 && _cursors[workspace] == Cursors.Clearing)
        {
            await Write(workspace, 0, _ => Task.CompletedTask);
        }

        return Slice;
    }

    private void Fit(TimeSpan held)
    {
        if (held.TotalMilliseconds > _sliceMs)
        {
            _rows = Math.Max(FewRows, _rows / 2);
        }
        else if (held.TotalMilliseconds < _sliceMs / 2.0)
        {
            _rows = Math.Min(ManyRows, _rows + (_rows / 4));
        }
    }
}
