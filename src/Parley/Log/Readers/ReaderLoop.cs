using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Parley.Platform.Hosting;
using Parley.Platform.Store;

namespace Parley.Log.Readers;

/// <summary>
/// Runs one reader over all workspaces: at once after a silence, gathered and in short slices where much is said, and from where its cursor
/// stands after a crash. Only the node that holds the reader's lease does.
/// </summary>
internal sealed class ReaderLoop(IReader reader, Database log, OldEntries old, RecentEntries recent, ReaderSettings settings, TimeProvider time, ILogger logger)
{
    private const int Slice = 4_000;
    private const int FewRows = 8;
    private const int ManyRows = 1_000;
    private const int Few = 16;
    private const int ClearedAtOnce = 500;

    /// <summary>How many entries that led to nothing may be read again after a crash: the place is not written down for each handful.</summary>
    private const int ReadAgain = 4_000;

    /// <summary>In a store of its own, or one that many write at once, a reader is in nobody's way, and many rows at once cost less.</summary>
    private const int Alone = 10;

    /// <summary>How many parts are one transaction there at most.</summary>
    private const int Together = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>For how long a lease that somebody else has is not asked for again.</summary>
    private static readonly TimeSpan Unasked = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// After this it looks again how far it has come: PostgreSQL may have fallen and come back without a word of it here, and what a reader wrote last is then gone, and its cursor with it.
    /// </summary>
    private static readonly TimeSpan Unlooked = TimeSpan.FromSeconds(10);

    private readonly bool _alone = !ReferenceEquals(reader.Store, log) || !log.Dialect.OneWriter;
    private readonly int _sliceMs = ReferenceEquals(reader.Store, log) && log.Dialect.OneWriter ? settings.SliceMs : settings.SliceMs * Alone;

    /// <summary>
    /// For how long the place behind entries that led to nothing is not written down; sooner where other nodes ask the store for it. Most entries are nothing to most readers: a transaction of
    /// each for every message cost ten times the message.
    /// </summary>
    private readonly TimeSpan _unwritten = log.Dialect.OneWriter ? TimeSpan.FromSeconds(1) : TimeSpan.FromMilliseconds(250);

    private readonly Lease _lease = new(reader.Store, $"reader:{reader.Name}", TimeSpan.FromSeconds(settings.LeaseSeconds), time);
    private readonly ConcurrentDictionary<WorkspaceId, long> _heads = new();
    private readonly ConcurrentDictionary<WorkspaceId, long> _cursors = new();
    private readonly Dictionary<WorkspaceId, long> _stored = [];
    private readonly Dictionary<WorkspaceId, DateTimeOffset> _written = [];
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly SemaphoreSlim _hurry = new(0, 1);
    private DateTimeOffset? _refused;
    private DateTimeOffset _looked;
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

    public void Nudge() => Signal(_wake);

    /// <summary>Somebody waits for it: it does not rest, and looks for itself.</summary>
    public void Hurry()
    {
        Signal(_hurry);
        Nudge();
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
        else if (done == 0 && !await _wake.WaitAsync(Behind.Any() ? _unwritten : Pause, stop))
        {
            await Quiet();
        }
        else if (done is > 0 and < Slice)
        {
            // Not behind: the next entries of the same conversations are on their way, and where there were many it pays to wait for more.
            var rest = Math.Max(reader.Rest.TotalMilliseconds, done >= Few ? done : 0);
            await _hurry.WaitAsync(TimeSpan.FromMilliseconds(Math.Min(settings.GatherMs, rest)), stop);
        }
    }

    /// <summary>Nothing was said for a while: the place is written down, and when it stands there looks for itself, for a word may have been lost.</summary>
    private async Task Quiet()
    {
        var behind = Behind.ToList();
        foreach (var workspace in behind)
        {
            await Write(workspace, _cursors[workspace], _ => Task.CompletedTask);
        }

        if (behind.Count == 0)
        {
            _term = 0;
        }
    }

    /// <summary>Where it has come further than is written down.</summary>
    private IEnumerable<WorkspaceId> Behind => _stored.Where(pair => _cursors.GetValueOrDefault(pair.Key) > pair.Value).Select(pair => pair.Key);

    /// <summary>One slice in every workspace that is behind. Returns the most entries that any took; 0 when there is nothing to do here.</summary>
    public async Task<int> Step()
    {
        old.Tidy();
        if (!_prepared)
        {
            await reader.Prepare();
            _prepared = true;
        }

        if (!await Holds())
        {
            _term = 0;
            return 0;
        }

        _loaded = _term != _lease.Number || (!log.Dialect.OneWriter && (time.GetUtcNow() - _looked).Duration() > Unlooked);
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

        if (!log.Dialect.OneWriter)
        {
            // Others ask the store how far it is, also where it is silent here and not elsewhere.
            var now = time.GetUtcNow();
            foreach (var workspace in Behind.Where(workspace => (now - _written.GetValueOrDefault(workspace)).Duration() > _unwritten).ToList())
            {
                await Write(workspace, _cursors[workspace], _ => Task.CompletedTask);
            }
        }

        return most;
    }

    /// <summary>Where another node has it, every word that is said wakes this one, too: it asks now and then, and not each time.</summary>
    private async Task<bool> Holds()
    {
        var now = time.GetUtcNow();
        if (_refused is { } at && (now - at).Duration() < Unasked)
        {
            return false;
        }

        var mine = await _lease.Hold();
        _refused = mine ? null : now;
        return mine;
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
            var stored = cursors.GetValueOrDefault(workspace);
            if (_term == _lease.Number && _stored.GetValueOrDefault(workspace, -2) == stored)
            {
                // As it was written down here: what it has passed since need not be passed again.
                continue;
            }

            _cursors[workspace] = _stored[workspace] = stored;
            if (_cursors[workspace] > head)
            {
                // The log was put back to an earlier day and what was made from it was not: it is made anew.
                await Write(workspace, Cursors.Clearing, _ => Task.CompletedTask);
            }
        }

        _looked = time.GetUtcNow();
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

        using var span = LogTraces.Reading(reader.Name, slice.Count);
        var parts = Joined(await reader.Read(workspace, slice, _rows));
        var next = slice[^1].Position;
        for (var i = 0; i < parts.Count; i++)
        {
            if (!await Write(workspace, i == parts.Count - 1 ? next : cursor, parts[i].Write, parts[i].Parts))
            {
                return 1;
            }
        }

        if (parts.Count > 0 || await Pass(workspace, next))
        {
            reader.Reached(workspace, next);
        }

        return slice.Count;
    }

    /// <summary>Where nobody is kept waiting, many parts are one transaction: a reader that makes one of each thread would begin and end as many.</summary>
    private List<(Func<Session, Task> Write, int Parts)> Joined(IReadOnlyList<Func<Session, Task>> parts) =>
        [.. parts.Chunk(_alone ? Together : 1).Select(some => (some is [var only] ? only : (Func<Session, Task>)(session => Each(some, session)), some.Length))];

    private static async Task Each(IEnumerable<Func<Session, Task>> parts, Session session)
    {
        foreach (var part in parts)
        {
            await part(session);
        }
    }

    /// <summary>Goes on past entries that led to nothing.</summary>
    private async Task<bool> Pass(WorkspaceId workspace, long next)
    {
        if (_loaded || next - _stored.GetValueOrDefault(workspace) >= ReadAgain || (time.GetUtcNow() - _written.GetValueOrDefault(workspace)).Duration() > _unwritten)
        {
            return await Write(workspace, next, _ => Task.CompletedTask);
        }

        _cursors[workspace] = next;
        return true;
    }

    /// <param name="parts">How many parts are written in it: by what each of them takes their size is fitted.</param>
    private async Task<bool> Write(WorkspaceId workspace, long to, Func<Session, Task> write, int parts = 1)
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
        _written[workspace] = time.GetUtcNow();
        _cursors[workspace] = _stored[workspace] = mine ? to : await reader.Store.Read(session => Cursors.Of(session, reader.Name, workspace));
        Fit(Stopwatch.GetElapsedTime(started) / parts);
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

    private static void Signal(SemaphoreSlim semaphore)
    {
        if (semaphore.CurrentCount > 0)
        {
            return;
        }

        try
        {
            semaphore.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else did in this moment.
        }
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
