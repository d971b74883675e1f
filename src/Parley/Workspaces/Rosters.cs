using System.Collections.Concurrent;
using System.Collections.Immutable;
using Parley.Log;
using Parley.Platform.Store;

namespace Parley.Workspaces;

/// <summary>
/// The rosters of all workspaces that are in use, in memory. Loaded from the states when first asked for, then kept current by the Fanout:
/// synchronously, so that whoever changed something reads it at once. A gap in what it hears costs a fresh load.
/// </summary>
public sealed class Rosters : IDisposable
{
    private readonly Database _database;
    private readonly Desk _desk;
    private readonly ConcurrentDictionary<WorkspaceId, Page> _pages = new();
    private readonly ConcurrentDictionary<InboxId, WorkspaceId> _inboxes = new();
    private readonly IDisposable _listening;
    private ImmutableArray<Action<Roster, Roster>> _listeners = [];

    public Rosters(Database database, Desk desk, Fanout fanout)
    {
        (_database, _desk) = (database, desk);
        _listening = fanout.Listen(Hear);
    }

    /// <summary>The roster as it is now; null for an unknown workspace.</summary>
    public async ValueTask<Roster?> Of(WorkspaceId workspace) =>
        _pages.TryGetValue(workspace, out var page) && page.Roster is { } roster && !page.Stale ? roster : await Load(workspace);

    /// <summary>The roster of a workspace that somebody is using already (whoever has a <see cref="Principal"/>): no waiting.</summary>
    public Roster Now(WorkspaceId workspace) =>
        _pages.TryGetValue(workspace, out var page) && page.Roster is { } roster ? roster : new Roster(workspace, WorkspaceState.Empty, ImmutableDictionary<AgentId, AgentState>.Empty, ImmutableDictionary<InboxId, InboxState>.Empty);

    /// <summary>The rosters that are in use on this node.</summary>
    public IEnumerable<Roster> Loaded => _pages.Values.Select(page => page.Roster).OfType<Roster>();

    /// <summary>The workspace and settings of an inbox by its id alone, as a page on the web knows it.</summary>
    public async ValueTask<(Roster Roster, InboxCard Inbox)?> Inbox(InboxId inbox)
    {
        if (!_inboxes.TryGetValue(inbox, out var workspace))
        {
            var row = await _database.Read(session => session.One<byte[]>("select workspace from states where subject = @subject", new { subject = inbox.Bytes }));
            if (row is null)
            {
                return null;
            }

            workspace = WorkspaceId.From(row);
        }

        if (await Of(workspace) is not { } roster || roster.Inbox(inbox) is not { } card)
        {
            return null;
        }

        _inboxes[inbox] = workspace;
        return (roster, card);
    }

    /// <summary>All workspaces of the installation.</summary>
    public async Task<List<WorkspaceId>> Workspaces()
    {
        var rows = await _database.Read(session => session.Query<byte[]>("select h.workspace from heads h join states s on s.subject = h.workspace order by h.workspace"));
        return rows.ConvertAll(WorkspaceId.From);
    }

    /// <summary>Reads a workspace anew, where another process may have changed it unheard.</summary>
    public ValueTask<Roster?> Reload(WorkspaceId workspace)
    {
        if (_pages.TryGetValue(workspace, out var page))
        {
            page.Forget();
        }

        return new(Load(workspace));
    }

    /// <summary>Told synchronously after every change, with the roster before and after: hand on quickly, never throw.</summary>
    public IDisposable Listen(Action<Roster, Roster> listener)
    {
        ImmutableInterlocked.Update(ref _listeners, all => all.Add(listener));
        return new Listening(() => ImmutableInterlocked.Update(ref _listeners, all => all.Remove(listener)));
    }

    public void Dispose() => _listening.Dispose();

    private void Hear(Committed committed)
    {
        foreach (var entry in committed.Entries)
        {
            if (entry.Subject.Kind is WorkspaceKind.KindName or AgentKind.KindName or InboxKind.KindName)
            {
                var page = _pages.GetOrAdd(committed.Workspace, id => new Page(id));
                if (page.Apply([.. committed.Entries]) is { } change)
                {
                    Tell(change.Before, change.After);
                }

                return;
            }
        }
    }

    private void Tell(Roster before, Roster after)
    {
        foreach (var listener in _listeners)
        {
            listener(before, after);
        }
    }

    /// <summary>Reads the states; if something was committed meanwhile, reads again, for what was heard was applied to nothing.</summary>
    private async Task<Roster?> Load(WorkspaceId workspace)
    {
        var page = _pages.GetOrAdd(workspace, id => new Page(id));
        while (true)
        {
            var heard = page.Heard;
            var own = WorkspaceKind.Of(workspace);
            if (!(await _desk.Look([own], anew: true)).TryGetValue(own, out var versioned) || versioned is not { State: WorkspaceState state } || versioned.Workspace != workspace)
            {
                _pages.TryRemove(workspace, out _);
                return null;
            }

            var found = await _desk.Look([.. state.Members.Keys.Select(AgentKind.Of), .. state.Inboxes.Select(InboxKind.Of)], anew: true);
            var states = new Dictionary<Subject, Versioned>(found) { [own] = versioned };
            if (page.TryKeep(heard, states) is { } change)
            {
                if (change.Before is { } before)
                {
                    Tell(before, change.After);
                }

                return change.After;
            }
        }
    }

    private sealed class Listening(Action end) : IDisposable
    {
        public void Dispose() => end();
    }

    /// <summary>One workspace's states and the roster made of them.</summary>
    private sealed class Page(WorkspaceId workspace)
    {
        private static readonly Dictionary<string, SubjectKind> Kinds = new SubjectKind[] { new WorkspaceKind(), new AgentKind(), new InboxKind() }.ToDictionary(kind => kind.Name);

        private readonly Lock _gate = new();
        private Dictionary<Subject, Versioned> _states = [];
        private bool _loaded;

        public Roster? Roster { get; private set; }

        public bool Stale { get; private set; }

        public long Heard { get; private set; }

        public (Roster Before, Roster After)? Apply(Entry[] entries)
        {
            lock (_gate)
            {
                Heard++;
                if (!_loaded || Roster is not { } before)
                {
                    return null;
                }

                var told = false;
                foreach (var entry in entries.Where(entry => Kinds.ContainsKey(entry.Subject.Kind)))
                {
                    // What somebody attended to is no business of those who look up who there is, and comes with every conversation that is left.
                    told |= entry.Body is not Attended;
                    var kind = Kinds[entry.Subject.Kind];
                    var state = _states.GetValueOrDefault(entry.Subject) ?? Versioned.New(workspace, kind);
                    Stale |= entry.Seq > state.Seq + 1;
                    _states[entry.Subject] = entry.Seq == state.Seq + 1 ? state.With(kind, entry) : state;
                }

                return told ? (before, Roster = Make()) : null;
            }
        }

        public (Roster? Before, Roster After)? TryKeep(long heard, Dictionary<Subject, Versioned> states)
        {
            lock (_gate)
            {
                if (heard != Heard)
                {
                    return null;
                }

                var before = Roster;
                (_states, _loaded, Stale) = (states, true, false);
                return (before, Roster = Make());
            }
        }

        public void Forget()
        {
            lock (_gate)
            {
                Stale = true;
            }
        }

        private Roster Make() => new(
            workspace,
            (WorkspaceState)_states[WorkspaceKind.Of(workspace)].State,
            _states.Where(pair => pair.Key.Kind == AgentKind.KindName).ToDictionary(pair => new AgentId(pair.Key.Id), pair => (AgentState)pair.Value.State),
            _states.Where(pair => pair.Key.Kind == InboxKind.KindName).ToDictionary(pair => new InboxId(pair.Key.Id), pair => (InboxState)pair.Value.State));
    }
}
