using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Hosting;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Figures.Promises;

/// <summary>
/// How long answers take, in memory on every node: of each inbox and situation what was learned from its last promises. Loaded from the ledger and from what
/// was written behind it when the node starts, then kept by what is committed anywhere. A word that was missed costs one answer to learn from.
/// </summary>
internal sealed class Learning : BackgroundService, ILearning
{
    /// <summary>What is older says nothing of now.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(28);

    /// <summary>For so long what was found is said again: answers do not change faster, and there may be many who ask.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private const int Slice = 1_000;

    private readonly Channel<Committed> _heard = Channel.CreateUnbounded<Committed>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<(WorkspaceId Workspace, InboxId Inbox), Cells> _inboxes = [];
    private readonly Dictionary<ConversationId, (Cells Cells, Like Like)> _waiting = [];
    private readonly Dictionary<WorkspaceId, long> _heads = [];
    private readonly Lock _gate = new();
    private readonly Database _database;
    private readonly Desk _desk;
    private readonly LogReader _entries;
    private readonly Rosters _rosters;
    private readonly TimeProvider _time;
    private readonly ILogger<Learning> _log;
    private readonly IDisposable _listening;

    public Learning(Database database, Desk desk, (LogReader Entries, Fanout Fanout) log, Rosters rosters, TimeProvider time, ILogger<Learning> logger)
    {
        (_database, _desk, _entries, _rosters, _time, _log) = (database, desk, log.Entries, rosters, time, logger);
        _listening = log.Fanout.Listen(Hear);
    }

    public Learned? Of(WorkspaceId workspace, InboxId inbox, Like like, TimeSpan waited = default, TimeSpan? pace = null)
    {
        var now = _time.GetUtcNow();
        lock (_gate)
        {
            if (!_inboxes.TryGetValue((workspace, inbox), out var cells))
            {
                return null;
            }

            var unit = pace ?? TimeSpan.FromSeconds(1);
            var (of, found) = cells.Of(like, now, waited / unit, Fresh, HoursOf(workspace, inbox));
            return found is [var half, var eighty, var ninety] ? new Learned(like, of, Least(unit * half), Least(unit * eighty), Least(unit * ninety)) : null;
        }
    }

    public override void Dispose()
    {
        _listening.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        while (!await Rounds.Do(_log, "learning", Load, stop))
        {
            await Task.Delay(TimeSpan.FromSeconds(1), _time, stop);
        }

        while (await _heard.Reader.WaitToReadAsync(stop))
        {
            await Rounds.Do(_log, "learning", Follow, stop);
        }
    }

    /// <summary>What the ledger has, and what was written behind it.</summary>
    internal async Task Load()
    {
        // First how far the ledger has come, then what is in it: what is in it by then is read twice, and nothing is left out.
        var cursors = await _database.Read(session => session.Query<(byte[] Workspace, long Cursor)>(
            "select h.workspace, coalesce(c.position, 0) from heads h left join cursors c on c.workspace = h.workspace and c.reader = @ReaderName", new { LedgerReader.ReaderName }));
        var rows = await _database.Read(session => LedgerStore.Last(session, _time.GetUtcNow() - Memory, Alike.Window));
        foreach (var (id, _) in cursors)
        {
            await _rosters.Of(WorkspaceId.From(id));
        }

        lock (_gate)
        {
            _inboxes.Clear();
            _waiting.Clear();
            var steps = rows.Select(row => (At: row.Made, Row: row, Ends: false)).Concat(rows.Where(row => row.Outcome != Outcome.Open).Select(row => (At: row.Settled ?? row.Made, Row: row, Ends: true)));
            foreach (var (at, row, ends) in steps.OrderBy(step => step.At))
            {
                var scale = row.Pace ?? TimeSpan.FromSeconds(1);
                if (!ends)
                {
                    Begin(row.Workspace, row.Inbox, row.Id, at, row.Like, scale, row.Said is { } said ? [.. said.Select(ms => ms / scale.TotalMilliseconds)] : null);
                }
                else if (row.Took is { } took)
                {
                    Settle(row.Id, took);
                }
            }
        }

        foreach (var (id, cursor) in cursors)
        {
            var workspace = WorkspaceId.From(id);
            _heads[workspace] = Math.Max(0, cursor);
            var position = Math.Max(0, cursor);
            while (await _entries.After(workspace, position, Slice) is { Count: > 0 } slice)
            {
                await Take(workspace, slice);
                position = slice[^1].Position;
            }
        }
    }

    /// <summary>All that was heard up to now. A simulation calls it step by step.</summary>
    internal async Task Follow()
    {
        while (_heard.Reader.TryRead(out var committed))
        {
            await Take(committed.Workspace, committed.Entries);
        }
    }

    private void Hear(Committed committed)
    {
        if (committed.Entries.Any(LedgerReader.Tells))
        {
            _heard.Writer.TryWrite(committed);
        }
    }

    private async Task Take(WorkspaceId workspace, IReadOnlyList<Entry> entries)
    {
        foreach (var entry in entries.Where(LedgerReader.Tells))
        {
            var inbox = entry.Body is Promised && await _desk.Look(workspace, entry.Subject) is { State: Conversation it } ? it.Inbox : (InboxId?)null;
            lock (_gate)
            {
                if (entry.Position <= _heads.GetValueOrDefault(workspace))
                {
                    continue;
                }

                _heads[workspace] = entry.Position;
                Take(workspace, inbox, entry);
            }
        }
    }

    private void Take(WorkspaceId workspace, InboxId? inbox, Entry entry)
    {
        var id = new ConversationId(entry.Subject.Id);
        switch (entry.Body)
        {
            // Where an agent says something else meanwhile, it is still the first word that is learned from.
            case Promised { Basis: { } basis } when inbox is { } known && !_waiting.ContainsKey(id):
                var scale = basis.Pace is { } pace ? TimeSpan.FromMilliseconds(pace) : TimeSpan.FromSeconds(1);
                double[]? said = basis is { Half: { } half, Eighty: { } eighty, Ninety: { } ninety }
                    ? [half / scale.TotalMilliseconds, eighty / scale.TotalMilliseconds, ninety / scale.TotalMilliseconds]
                    : null;
                Begin(workspace, known, id, entry.At, basis.Like, scale, said);
                break;
            case PromiseKept { TookMs: { } took }:
                Settle(id, TimeSpan.FromMilliseconds(took));
                break;
            case PromiseLate late:
                Settle(id, TimeSpan.FromMilliseconds(late.TookMs));
                break;
            case not (Promised or PromiseRenewed or PromiseBroken):
                Drop(id);
                break;
        }
    }

    private void Begin(WorkspaceId workspace, InboxId inbox, ConversationId id, DateTimeOffset at, Like like, TimeSpan scale, double[]? said)
    {
        if (!_inboxes.TryGetValue((workspace, inbox), out var cells))
        {
            _inboxes[(workspace, inbox)] = cells = new Cells();
        }

        cells.Begin(like, id.Value, at, scale, said, HoursOf(workspace, inbox));
        _waiting[id] = (cells, like);
    }

    private void Settle(ConversationId id, TimeSpan took)
    {
        if (_waiting.Remove(id, out var known))
        {
            known.Cells.At(known.Like).Settle(id.Value, took);
        }
    }

    private void Drop(ConversationId id)
    {
        if (_waiting.Remove(id, out var known))
        {
            known.Cells.At(known.Like).Drop(id.Value);
        }
    }

    private Calendar HoursOf(WorkspaceId workspace, InboxId inbox) => _rosters.Now(workspace).CalendarOf(inbox);

    private static TimeSpan Least(TimeSpan time) => time > TimeSpan.FromSeconds(1) ? time : TimeSpan.FromSeconds(1);

    /// <summary>What was learned in one inbox, and its clock, which stands still while it is closed.</summary>
    private sealed class Cells
    {
        private readonly Dictionary<Like, Alike> _cells = [];
        private readonly Dictionary<Like, (DateTimeOffset At, int Of, double[]? Found)> _found = [];
        private DateTimeOffset? _at;
        private TimeSpan _clock;

        public Alike At(Like like) => _cells.TryGetValue(like, out var cell) ? cell : _cells[like] = new Alike();

        public void Begin(Like like, Guid id, DateTimeOffset at, TimeSpan scale, double[]? said, Calendar hours) => At(like).Begin(id, Clock(at, hours), scale, said);

        public (int Of, double[]? Found) Of(Like like, DateTimeOffset now, double waited, TimeSpan fresh, Calendar hours)
        {
            if (waited == 0 && _found.TryGetValue(like, out var last) && now >= last.At && now - last.At < fresh)
            {
                return (last.Of, last.Found);
            }

            var cell = At(like);
            var found = cell.Quantiles(Clock(now, hours), waited);
            if (waited == 0)
            {
                _found[like] = (now, cell.Answers, found);
            }

            return (cell.Answers, found);
        }

        /// <summary>How long it has been open since this began to count. What is told late is told as of a little before.</summary>
        private TimeSpan Clock(DateTimeOffset now, Calendar hours)
        {
            if (_at is not { } at)
            {
                _at = now;
                return _clock = TimeSpan.Zero;
            }

            if (now < at)
            {
                return _clock - hours.Between(now, at);
            }

            (_at, _clock) = (now, _clock + hours.Between(at, now));
            return _clock;
        }
    }
}
