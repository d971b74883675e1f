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

    /// <summary>Whoever falls further behind reads the ledger and the log again.</summary>
    private const int Most = 10_000;

    private readonly Channel<Committed> _heard;
    private readonly Dictionary<(WorkspaceId Workspace, InboxId Inbox), Cells> _inboxes = [];
    private readonly Dictionary<ConversationId, Cells> _waiting = [];
    private readonly Dictionary<WorkspaceId, long> _heads = [];
    private readonly Lock _gate = new();
    private readonly Database _database;
    private readonly Desk _desk;
    private readonly LogReader _entries;
    private readonly Rosters _rosters;
    private readonly TimeProvider _time;
    private readonly ILogger<Learning> _log;
    private readonly IDisposable _listening;
    private volatile bool _missed;

    public Learning(Database database, Desk desk, (LogReader Entries, Fanout Fanout) log, Rosters rosters, TimeProvider time, ILogger<Learning> logger)
    {
        (_database, _desk, _entries, _rosters, _time, _log) = (database, desk, log.Entries, rosters, time, logger);
        _heard = Channel.CreateBounded<Committed>(new BoundedChannelOptions(Most) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest }, _ => _missed = true);
        _listening = log.Fanout.Listen(Hear);
    }

    public Learned? Of(WorkspaceId workspace, InboxId inbox, Like like, DateTimeOffset? since = null, TimeSpan? pace = null)
    {
        var now = _time.GetUtcNow();
        lock (_gate)
        {
            if (!_inboxes.TryGetValue((workspace, inbox), out var cells))
            {
                return null;
            }

            var (unit, hours) = (pace ?? TimeSpan.FromSeconds(1), HoursOf(workspace, inbox));
            var waited = since is { } began ? hours.Between(began, now) : TimeSpan.Zero;
            return cells.Draw(like, now, Fresh, hours) is { } curve && curve.Quantiles(Ahead(workspace, inbox, since), waited / unit) is [var half, var eighty, var ninety]
                ? new Learned(like, curve.Answers, Least(unit * half), Least(unit * eighty), Least(unit * ninety))
                : null;
        }
    }

    public int Ahead(WorkspaceId workspace, InboxId inbox)
    {
        lock (_gate)
        {
            return Ahead(workspace, inbox, null);
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
        var rows = await _database.Read(session => LedgerStore.Last(session, _time.GetUtcNow() - Memory, Alike.Most));
        foreach (var (id, _) in cursors)
        {
            await _rosters.Of(WorkspaceId.From(id));
        }

        lock (_gate)
        {
            _inboxes.Clear();
            _waiting.Clear();
            var steps = rows.Select(row => (At: row.Made, Row: row, Ends: false)).Concat(rows.Where(row => row.Took is not null).Select(row => (At: row.Settled ?? row.Made, Row: row, Ends: true)));
            var last = rows.Where(row => row.Said is not null).GroupBy(row => (row.Workspace, row.Inbox, row.Like)).Select(alike => alike.MaxBy(row => row.Made)).ToHashSet();
            foreach (var (at, row, ends) in steps.OrderBy(step => step.At))
            {
                var scale = row.Pace ?? TimeSpan.FromSeconds(1);
                if (!ends)
                {
                    Begin(row.Workspace, row.Inbox, row.Id, at, (row.Like, scale, row.Said is { } said ? [.. said.Select(ms => ms / scale.TotalMilliseconds)] : null, row.Ahead), last.Contains(row));
                }
                else if (row.Took is { } took)
                {
                    Settle(row.Id, took, at);
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
        if (_missed)
        {
            _missed = false;
            await Load();
        }

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
        var inboxes = await Inboxes.Of(_desk, entries.Where(entry => entry.Body is Promised));
        foreach (var entry in entries.Where(LedgerReader.Tells))
        {
            lock (_gate)
            {
                if (entry.Position <= _heads.GetValueOrDefault(workspace))
                {
                    continue;
                }

                _heads[workspace] = entry.Position;
                Take(workspace, inboxes.TryGetValue(entry.Subject, out var inbox) ? inbox : null, entry);
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
                Begin(workspace, known, id, entry.At, (basis.Like, scale, said, basis.Ahead));
                break;
            case PromiseKept { TookMs: { } took }:
                Settle(id, TimeSpan.FromMilliseconds(took), entry.At);
                break;
            case PromiseLate late:
                Settle(id, TimeSpan.FromMilliseconds(late.TookMs), entry.At);
                break;
            case not (Promised or PromiseRenewed or PromiseBroken):
                Drop(id);
                break;
        }
    }

    private void Begin(WorkspaceId workspace, InboxId inbox, ConversationId id, DateTimeOffset at, (Like Like, TimeSpan Scale, double[]? Said, int Ahead) wait, bool recalls = false)
    {
        if (!_inboxes.TryGetValue((workspace, inbox), out var cells))
        {
            _inboxes[(workspace, inbox)] = cells = new Cells();
        }

        Drop(id);
        cells.Begin(id, at, wait, HoursOf(workspace, inbox), recalls);
        _waiting[id] = cells;
    }

    private void Settle(ConversationId id, TimeSpan took, DateTimeOffset at)
    {
        if (_waiting.Remove(id, out var cells))
        {
            cells.Settle(id, took, at);
        }
    }

    private void Drop(ConversationId id)
    {
        if (_waiting.Remove(id, out var cells))
        {
            cells.Drop(id);
        }
    }

    /// <summary>Who waits in an inbox waits for its agents, and these have what waits in their other inboxes too.</summary>
    /// <param name="since">Who came before then; null: all.</param>
    private int Ahead(WorkspaceId workspace, InboxId inbox, DateTimeOffset? since)
    {
        var roster = _rosters.Now(workspace);
        return _inboxes.Where(other => other.Key.Workspace == workspace && (other.Key.Inbox == inbox || roster.Shares(inbox, other.Key.Inbox))).Sum(other => other.Value.Waiting(since));
    }

    private Calendar HoursOf(WorkspaceId workspace, InboxId inbox) => _rosters.Now(workspace).CalendarOf(inbox);

    private static TimeSpan Least(TimeSpan time) => time > TimeSpan.FromSeconds(1) ? time : TimeSpan.FromSeconds(1);

    /// <summary>What was learned in one inbox, and its clock, which stands still while it is closed.</summary>
    private sealed class Cells
    {
        private readonly Dictionary<Like, Alike> _cells = [];
        private readonly Dictionary<Like, (DateTimeOffset At, Alike.Curve? Curve)> _drawn = [];
        private readonly Dictionary<ConversationId, (Alike Alike, DateTimeOffset At)> _waiting = [];
        private DateTimeOffset? _at;
        private TimeSpan _clock;

        public void Begin(ConversationId id, DateTimeOffset at, (Like Like, TimeSpan Scale, double[]? Said, int Ahead) wait, Calendar hours, bool recalls)
        {
            var (alike, clock) = (Of(wait.Like), Clock(at, hours));
            if (recalls)
            {
                alike.Recall(clock, wait.Said!, wait.Ahead);
            }

            alike.Begin(id.Value, clock, wait.Scale, wait.Said, wait.Ahead);
            _waiting[id] = (alike, at);
        }

        public void Settle(ConversationId id, TimeSpan took, DateTimeOffset at)
        {
            if (_waiting.Remove(id, out var wait))
            {
                wait.Alike.Settle(id.Value, took, at);
            }
        }

        public void Drop(ConversationId id)
        {
            if (_waiting.Remove(id, out var wait))
            {
                wait.Alike.Drop(id.Value);
            }
        }

        public int Waiting(DateTimeOffset? since) => since is { } before ? _waiting.Values.Count(wait => wait.At < before) : _waiting.Count;

        public Alike.Curve? Draw(Like like, DateTimeOffset now, TimeSpan fresh, Calendar hours)
        {
            if (!_drawn.TryGetValue(like, out var last) || now < last.At || now - last.At >= fresh)
            {
                _drawn[like] = last = (now, Of(like).Draw(Clock(now, hours)));
            }

            return last.Curve;
        }

        /// <summary>Where nobody is there they are answered by the morning, else one after the other.</summary>
        private Alike Of(Like like) => _cells.TryGetValue(like, out var cell) ? cell : _cells[like] = like is Like.Closed or Like.Unstaffed ? new Alike(Alike.Nights) : new Alike();

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
