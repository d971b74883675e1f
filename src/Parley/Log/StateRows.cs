using System.Collections.Concurrent;
using System.Data.Common;
using Parley.Platform.Store;

namespace Parley.Log;

/// <summary>
/// The rows of states in a store that one process writes: they follow the log a moment later, in a transaction that need not outlast a power cut, so that where
/// much is said the row is written once and not with every word. Until then the newest state is here, in memory. How far the rows hold is kept beside them
/// (<c>folded</c>); what a crash left behind is folded from the log before anything else is done.
/// </summary>
internal sealed class StateRows(SubjectKinds kinds, EntryTypes types)
{
    private const int AtOnce = 200;
    private const int Slice = 1_000;

    private readonly ConcurrentDictionary<Subject, Versioned> _owed = new();
    private readonly ConcurrentDictionary<WorkspaceId, long> _heads = new();

    /// <summary>The subject's state, where its row is behind.</summary>
    public Versioned? Find(Subject subject) => _owed.GetValueOrDefault(subject);

    /// <summary>True when rows are behind, or it is not said yet how far they hold.</summary>
    public bool Owes => !_heads.IsEmpty;

    /// <summary>After COMMIT, one batch after the other.</summary>
    public void Keep(Written written)
    {
        foreach (var (subject, state) in written.States)
        {
            if (written.Firm.Contains(subject))
            {
                _owed.TryRemove(subject, out _);
            }
            else
            {
                _owed[subject] = state;
            }
        }

        // Behind the states: who reads first how far it goes, then what is owed, misses nothing.
        foreach (var committed in written.Committed)
        {
            _heads[committed.Workspace] = committed.Head;
        }
    }

    /// <summary>Writes all rows that are behind, a few at a time so that nobody waits for long.</summary>
    public async Task Follow(Database database)
    {
        var heads = _heads.ToArray();
        foreach (var part in _owed.ToArray().Chunk(AtOnce))
        {
            await database.Write(session => Write(session, part), outlasts: false);
            foreach (var written in part)
            {
                // Only if it is still this one: what was said since is owed.
                _owed.TryRemove(written);
            }
        }

        await database.Write(session => Reach(session, heads), outlasts: false);
        foreach (var head in heads)
        {
            _heads.TryRemove(head);
        }
    }

    /// <summary>What was committed without this process knowing of it: an attempt whose COMMIT seemed to fail.</summary>
    public async Task Missed(Session session, IReadOnlyList<Entry> entries)
    {
        foreach (var (subject, state) in await Fold(session, entries))
        {
            _owed[subject] = state;
        }
    }

    /// <summary>Brings the rows forward to where the log is, where they were left behind; returns how many entries that took. Before anything else is done with the store.</summary>
    public async Task<int> Recover(Database database)
    {
        var read = 0;
        foreach (var (id, position) in await database.Read(session => session.Query<(byte[], long)>(
            "select f.workspace, f.position from folded f join heads h on h.workspace = f.workspace where f.position < h.position")))
        {
            var (workspace, at) = (WorkspaceId.From(id), position);
            for (var count = Slice; count == Slice;)
            {
                (count, at) = await Slide(database, workspace, at);
                read += count;
            }
        }

        await Settle(database);
        return read;
    }

    /// <summary>A store that many write may come from one that one process wrote; there no row is ever behind. In one that never let rows follow all of them hold.</summary>
    private static async Task Settle(Database database)
    {
        var (which, change) = database.Dialect.OneWriter
            ? ("heads h where not exists (select 1 from folded f where f.workspace = h.workspace)", "insert into folded select h.workspace, h.position from ")
            : ("folded", "delete from ");
        if (await database.Read(session => session.One<long>($"select count(*) from {which}")) > 0)
        {
            await database.Write(session => session.Execute(change + which));
        }
    }

    /// <summary>Where nothing can be written (a full disk), what was folded is owed, as if it had been said now: who only reads is served.</summary>
    private async Task<(int Count, long To)> Slide(Database database, WorkspaceId workspace, long from)
    {
        try
        {
            return await database.Write(session => Slide(session, workspace, from));
        }
        catch (DbException) when (database.Dialect.OneWriter)
        {
            var slice = await database.Read(session => LogReader.After(session, types, workspace, from, Slice));
            await database.Read(async session =>
            {
                await Missed(session, slice);
                return true;
            });
            var to = slice.Count == 0 ? from : slice[^1].Position;
            _heads[workspace] = to;
            return (slice.Count, to);
        }
    }

    private async Task<(int Count, long To)> Slide(Session session, WorkspaceId workspace, long from)
    {
        var slice = await LogReader.After(session, types, workspace, from, Slice);
        if (slice.Count == 0)
        {
            return (0, from);
        }

        await Write(session, [.. await Fold(session, slice)]);
        await Reach(session, [new(workspace, slice[^1].Position)]);
        return (slice.Count, slice[^1].Position);
    }

    /// <summary>The states behind some entries, in the order of the log. No wake-up is taken to be armed: the next word arms one, and an earlier one stays.</summary>
    private async Task<Dictionary<Subject, Versioned>> Fold(Session session, IReadOnlyList<Entry> entries)
    {
        var states = new Dictionary<Subject, Versioned>();
        foreach (var group in entries.GroupBy(entry => entry.Subject))
        {
            var (subject, kind) = (group.Key, kinds[group.Key.Kind]);
            var (state, held) = _owed.TryGetValue(subject, out var owed) ? (owed, owed.Seq) : await Stored(session, subject, group.First().Workspace);
            foreach (var entry in group.Where(entry => entry.Seq > state.Seq).ToList())
            {
                state = entry.Seq == state.Seq + 1 ? state.With(kind, entry) : await Folding.Anew(session, types, kind, subject, entry.Workspace);
            }

            if (state.Seq > held)
            {
                states[subject] = state with { Armed = null };
            }
        }

        return states;
    }

    /// <summary>The state, and up to where its row holds: 0 where there is none, or one that other code folded.</summary>
    private async Task<(Versioned State, long Held)> Stored(Session session, Subject subject, WorkspaceId workspace)
    {
        var kind = kinds[subject.Kind];
        var rows = await session.Read(LogStore.Full, [[subject.Bytes]], row => (Workspace: WorkspaceId.From(row.Bytes(1)), Seq: row.Integer(2), Fold: row.Integer(3), Json: row.Text(4)));
        return rows is not [var row] ? (Versioned.New(workspace, kind), 0)
            : row.Fold == kind.Fold ? (Versioned.Read(row.Workspace, row.Seq, row.Json, kind), row.Seq)
            : (await Folding.Anew(session, types, kind, subject, row.Workspace), 0);
    }

    private async Task<bool> Write(Session session, KeyValuePair<Subject, Versioned>[] states)
    {
        await session.Write(LogStore.StatesBehind, [.. states.Select(pair => Row(kinds[pair.Key.Kind], pair.Key, pair.Value))]);
        return true;
    }

    private static async Task<bool> Reach(Session session, KeyValuePair<WorkspaceId, long>[] heads)
    {
        await session.Write(LogStore.Folded, [.. heads.Select(head => new object?[] { head.Key.Bytes, head.Value })]);
        return true;
    }

    public static object?[] Row(SubjectKind kind, Subject subject, Versioned state) => [subject.Bytes, state.Workspace.Bytes, state.Seq, (long)kind.Fold, state.Json(kind)];
}

/// <summary>For a store that was filled from elsewhere: a backup may have been made while rows of states were behind.</summary>
public static class StatesBehind
{
    /// <summary>Brings them up to the log; returns how many entries that took.</summary>
    public static Task<int> Recover(Database database, SubjectKinds kinds, EntryTypes types) => new StateRows(kinds, types).Recover(database);
}
