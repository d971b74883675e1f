using System.Collections.Immutable;
using Parley.Platform.Store;

namespace Parley.Log;

/// <summary>The growing result of one transaction: commands of one subject see each other's entries, numbers run on without a gap.</summary>
internal sealed class Work(SubjectKinds kinds, EntryTypes types, DateTimeOffset now, Dictionary<WorkspaceId, long> heads, Dictionary<Subject, Versioned> states, bool follow)
{
    private static readonly Dictionary<Subject, Versioned> Nobody = [];
    private static readonly Dictionary<Subject, (object State, long Seq)> Nothing = [];

    private readonly DateTimeOffset _now = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
    private readonly Dictionary<Subject, Versioned> _changed = [];
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<CommandKey, Repeat> _done = [];
    private readonly Dictionary<(Subject, string, Author), (WorkspaceId Workspace, Mark Mark)> _marks = [];
    private readonly Dictionary<(WorkspaceId, string), Subject?> _claims = [];
    private readonly List<(WorkspaceId Workspace, Overwrite Overwrite)> _overwrites = [];
    private readonly Dictionary<Subject, DateTimeOffset> _wakes = [];
    private readonly HashSet<Subject> _woken = [];
    private readonly HashSet<WorkspaceId> _raised = [];
    private readonly HashSet<Subject> _firm = [];

    public IReadOnlyDictionary<Subject, Versioned> Changed => _changed;

    /// <summary>Whose rows are written here and now even where rows may follow: those that are new, and those whose wake-up is another, which the log does not say.</summary>
    public IReadOnlySet<Subject> Firm => _firm;

    private readonly Dictionary<Fence, bool> _fences = [];

    public bool Knows(WorkspaceId workspace) => heads.ContainsKey(workspace);

    /// <summary>Asked once in a transaction: it keeps the lease where it is.</summary>
    public async Task<bool> Holds(Fence fence, Session session) => _fences.TryGetValue(fence, out var holds) ? holds : _fences[fence] = await Lease.Stands(session, fence);

    public Decision Decide(Command command)
    {
        var workspace = command.Origin.Workspace;
        var state = State(workspace, command.Subject);
        var others = command.Others.IsEmpty ? Nobody : command.Others.ToDictionary(subject => subject, subject => State(workspace, subject));
        if (state.Workspace != workspace || others.Values.Any(other => other.Workspace != workspace))
        {
            return Refusal.Unknown(command.Subject.Kind);
        }

        var beside = others.Count == 0 ? Nothing : others.ToDictionary(pair => pair.Key, pair => (pair.Value.State, pair.Value.Seq));
        return kinds[command.Subject.Kind].Decide(state.State, command, new Deciding(_now, state.Seq, beside));
    }

    public ImmutableArray<Entry> Accept(Command command, Decision decision)
    {
        var workspace = command.Origin.Workspace;
        var entries = decision.Drafts.Select(draft => Append(command, draft)).ToImmutableArray();
        foreach (var mark in decision.Marks)
        {
            Move(workspace, mark);
        }

        foreach (var claim in decision.Claims)
        {
            _claims[(workspace, claim.Key)] = claim.Release ? null : claim.Holder;
        }

        _overwrites.AddRange(decision.Overwrites.Select(overwrite => (workspace, overwrite)));
        Arm(command, entries);
        return entries;
    }

    public void Remember(CommandKey key, Repeat repeat) => _done[key] = repeat;

    /// <summary>The entries of a repeat whose first was in this very batch; null when it was earlier.</summary>
    public ImmutableArray<Entry>? Fresh(Repeat repeat) =>
        _entries.Any(entry => entry.Subject == repeat.Subject && entry.Seq == repeat.First)
            ? [.. _entries.Where(entry => entry.Subject == repeat.Subject && entry.Seq >= repeat.First && entry.Seq <= repeat.Last)]
            : null;

    public Subject? Claimed(WorkspaceId workspace, string key) => _claims.GetValueOrDefault((workspace, key));

    public async Task Save(Session session)
    {
        List<(Bulk, IReadOnlyList<object?[]>)> rows =
        [
            (LogStore.Entries, _entries.ConvertAll(LogStore.Row)),
            (LogStore.States, [.. _changed.Where(pair => !follow || _firm.Contains(pair.Key)).Select(pair => StateRows.Row(kinds[pair.Key.Kind], pair.Key, pair.Value))]),
            (LogStore.Commands, [.. _done.Select(pair => CommandRow(pair.Key, pair.Value))]),
            (LogStore.Marks, [.. _marks.Values.Select(pair => MarkRow(pair.Workspace, pair.Mark))]),
        ];
        if (_woken.Count + _claims.Count + _overwrites.Count > 0)
        {
            await session.Write(rows);
            rows.Clear();
            await SaveRest(session);
        }

        rows.Add((LogStore.WakeUps, [.. _wakes.Select(pair => new object?[] { pair.Key.Bytes, pair.Key.Kind, _changed[pair.Key].Workspace.Bytes, pair.Value.ToUnixTimeMilliseconds() })]));
        rows.AddRange(_raised.Select(workspace => Heads.Raise(workspace, heads[workspace])));
        await session.Write(rows);
    }

    /// <summary>What most transactions have nothing of.</summary>
    private async Task SaveRest(Session session)
    {
        foreach (var subject in _woken)
        {
            await session.Execute("delete from wakeups where subject = @subject", new { subject = subject.Bytes });
        }

        await Claims.Save(session, _claims);
        foreach (var (workspace, overwrite) in _overwrites)
        {
            await Overwriting.Save(session, types, workspace, overwrite);
        }
    }

    /// <summary>What to tell, workspace by workspace: first what an earlier attempt wrote untold.</summary>
    public IReadOnlyList<Committed> Committed(IReadOnlyList<Entry> missed) =>
    [
        .. missed.Concat(_entries).Select(entry => entry.Workspace).Concat(_marks.Values.Select(pair => pair.Workspace)).Distinct().Select(workspace => new Committed(
            workspace,
            [.. missed.Concat(_entries).Where(entry => entry.Workspace == workspace)],
            [.. _marks.Values.Where(pair => pair.Workspace == workspace).Select(pair => pair.Mark)],
            heads[workspace])),
    ];

    private Versioned State(WorkspaceId workspace, Subject subject)
    {
        if (!states.TryGetValue(subject, out var state))
        {
            states[subject] = state = Versioned.New(workspace, kinds[subject.Kind]);
        }

        return state;
    }

    private Entry Append(Command command, Draft draft)
    {
        var origin = command.Origin;
        var subject = draft.Subject ?? command.Subject;
        var state = State(origin.Workspace, subject);
        var type = types.Of(draft.Body);
        var visibility = draft.Visibility ?? draft.Body.Visibility;
        heads[origin.Workspace]++;
        _raised.Add(origin.Workspace);
        var entry = new Entry
        {
            Workspace = origin.Workspace,
            Subject = subject,
            Seq = state.Seq + 1,
            Position = heads[origin.Workspace],
            Prev = visibility == Visibility.Public ? state.LastPublic : null,
            At = state.At > _now ? state.At : _now,
            OccurredAt = origin.OccurredAt,
            Type = type.Name,
            V = type.V,
            Author = draft.Author ?? origin.Author,
            For = origin.For,
            Visibility = visibility,
            OnlyFor = draft.OnlyFor.IsDefaultOrEmpty ? null : draft.OnlyFor,
            Via = origin.Via,
            Trigger = draft.Trigger ?? origin.Trigger,
            Historic = origin.Historic,
            Command = origin.ClientId,
            Body = draft.Body,
        };
        _entries.Add(entry);
        if (state.Seq == 0)
        {
            _firm.Add(subject);
        }

        Change(subject, state.With(kinds[subject.Kind], entry));
        return entry;
    }

    private void Move(WorkspaceId workspace, Mark mark)
    {
        var key = (mark.Subject, mark.Kind, mark.Participant);
        if (!_marks.TryGetValue(key, out var known) || known.Mark.Seq < mark.Seq)
        {
            _marks[key] = (workspace, mark with { At = _now });
        }
    }

    /// <summary>
    /// Brings the subject's wake-up forward where its state now wants one earlier. A row that is due already counts as none: it may have fired on
    /// another node without a new entry.
    /// </summary>
    private void Arm(Command command, ImmutableArray<Entry> entries)
    {
        foreach (var subject in entries.Select(entry => entry.Subject).Append(command.Subject).Distinct())
        {
            var state = State(command.Origin.Workspace, subject);
            var woken = command is IWake && subject == command.Subject;
            var armed = woken || state.Armed <= _now ? null : state.Armed;
            if (woken)
            {
                _woken.Add(subject);
                _wakes.Remove(subject);
            }

            var wish = kinds[subject.Kind].Due(state.State);
            if (wish is { } due && (armed is null || due < armed))
            {
                _wakes[subject] = due;
                _firm.Add(subject);
                Change(subject, state with { Armed = due });
            }
            else if (woken)
            {
                _firm.Add(subject);
                Change(subject, state with { Armed = null });
            }
        }
    }

    private void Change(Subject subject, Versioned state)
    {
        // A subject without entries has no row: a wish that changed nothing leaves nothing.
        states[subject] = state;
        if (state.Seq > 0)
        {
            _changed[subject] = state;
        }
    }

    private static object?[] CommandRow(CommandKey key, Repeat repeat) =>
        [key.ClientId, key.Author.Bytes, key.Scope.ToByteArray(bigEndian: true), repeat.Hash, repeat.Subject.Bytes, repeat.Subject.Kind, repeat.First, repeat.Last];

    private static object?[] MarkRow(WorkspaceId workspace, Mark mark) =>
        [mark.Subject.Bytes, mark.Kind, mark.Participant.Bytes, workspace.Bytes, mark.Seq, mark.At.ToUnixTimeMilliseconds()];
}

/// <summary>A command that wakes its subject: the wake-up row that fired is replaced by the next one, or goes.</summary>
public interface IWake;
