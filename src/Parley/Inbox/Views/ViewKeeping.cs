using System.Collections.Concurrent;
using System.Collections.Immutable;
using Parley.Contacts;
using Parley.Inbox.Lists;
using Parley.Platform.Store;

namespace Parley.Inbox.Views;

/// <summary>What became of a row: in which views it was and in which it is, without those that are still being made.</summary>
internal readonly record struct Moved(Summary Row, ImmutableArray<ViewPlace> Before, ImmutableArray<ViewPlace> After)
{
    public bool Any => !Before.ToHashSet().SetEquals(After);
}

/// <summary>
/// Keeps in which views rows are, and how many, by comparing what is kept of a row with what its filters say now. Whoever calls holds everybody else off
/// who writes rows of the workspace; what is kept and what is counted are then always the same.
/// </summary>
internal sealed class ViewKeeping(TimeProvider time, People people)
{
    private const int Remembered = 2_000;

    private readonly ConcurrentDictionary<Guid, KeptView> _views = new();
    private int _owing;

    /// <summary>Something is to be made, or some row's time may come earlier than was known: true once after it was said.</summary>
    public bool TakeOwing() => Interlocked.Exchange(ref _owing, 0) == 1;

    /// <summary>Said once it is on disk.</summary>
    public void Owe() => Volatile.Write(ref _owing, 1);

    /// <summary>Whose conversations some rows are, read before anybody is held off.</summary>
    public ValueTask<IReadOnlyDictionary<ContactId, Profile>> Contacts(WorkspaceId workspace, IEnumerable<Summary> rows) =>
        people.Of(workspace, [.. rows.Select(row => row.Contact).Distinct()]);

    /// <summary>Whether some view of the workspace asks who the contact is.</summary>
    public async Task<bool> AsksContacts(Session session, WorkspaceId workspace) => (await Views(session, workspace)).Exists(one => one.View.Filter.OfContacts);

    /// <summary>Whether closed ones may be in a view.</summary>
    public async Task<bool> HasClosed(Session session, Guid kept) => (await View(session, kept)).Filter.Closed;

    /// <param name="moves">The position that is noted with what changed without an entry; 0: there was one.</param>
    /// <param name="due">Called where the time of some row is another.</param>
    public async Task<List<Moved>> Keep(Session session, WorkspaceId workspace, IReadOnlyList<Summary> rows, IReadOnlyDictionary<ContactId, Profile> contacts, long moves = 0, Action? due = null)
    {
        var views = await Views(session, workspace);
        if (views.Count == 0)
        {
            return [.. rows.Select(row => new Moved(row, [], []))];
        }

        var ids = rows.Select(row => row.Id).ToList();
        var known = (await ViewStore.Of(session, ids)).ToLookup(row => row.Conversation);
        var dues = await ViewStore.Dues(session, ids);
        var (change, now) = (new Change(), time.GetUtcNow().ToUnixTimeMilliseconds());
        foreach (var row in rows)
        {
            var facts = new Facts(row, contacts.GetValueOrDefault(row.Contact), now);
            var moved = change.Compare(facts, views, known[row.Id]);
            change.Await(row.Id, facts.Flips, dues, moved.Any ? moves : 0);
        }

        if (await change.Write(session, workspace))
        {
            due?.Invoke();
        }

        return change.Moved;
    }

    /// <summary>The rows with the views that they are in.</summary>
    public async Task<List<Summary>> Placed(Session session, WorkspaceId workspace, List<Summary> rows)
    {
        var views = (await Views(session, workspace)).ToDictionary(one => one.View.Kept, one => one.View.View);
        if (views.Count == 0)
        {
            return rows;
        }

        var kept = (await ViewStore.Of(session, rows.Select(row => row.Id))).Where(row => views.ContainsKey(row.Kept)).ToLookup(row => row.Conversation, row => new ViewPlace(views[row.Kept], row.Slot));
        return rows.ConvertAll(row => row with { Views = [.. kept[row.Id]] });
    }

    /// <summary>The views of a workspace as they stand in this transaction.</summary>
    private async Task<List<(KeptView View, bool Ready)>> Views(Session session, WorkspaceId workspace)
    {
        var views = new List<(KeptView, bool)>();
        foreach (var (kept, state) in await ViewStore.Kept(session, workspace))
        {
            if (state != Keeping.Gone)
            {
                views.Add((await View(session, kept), state == Keeping.Ready));
            }
        }

        return views;
    }

    private async Task<KeptView> View(Session session, Guid kept)
    {
        if (_views.TryGetValue(kept, out var known))
        {
            return known;
        }

        if (_views.Count >= Remembered)
        {
            _views.Clear();
        }

        return _views[kept] = new KeptView(kept, await ViewStore.Definition(session, kept));
    }

    /// <summary>All that becomes of some rows, to be written at once.</summary>
    private sealed class Change
    {
        private readonly List<KeptRow> _put = [];
        private readonly List<KeptRow> _gone = [];
        private readonly List<(ConversationId, long, long)> _dues = [];
        private readonly Dictionary<(string, InboxId), int> _counts = [];

        public List<Moved> Moved { get; } = [];

        public Moved Compare(Facts facts, List<(KeptView View, bool Ready)> views, IEnumerable<KeptRow> known)
        {
            var (row, before, after) = (facts.Row, ImmutableArray.CreateBuilder<ViewPlace>(), ImmutableArray.CreateBuilder<ViewPlace>());
            var was = known.ToDictionary(one => one.Kept);
            foreach (var (view, ready) in views)
            {
                KeptRow? old = was.TryGetValue(view.Kept, out var kept) ? kept : null;
                KeptRow? now = view.Filter.Meets(facts) ? new(row.Id, view.Kept, view.Filter.Personal ? row.Agent : null, row.Inbox, KeptView.Place(view.Order, row)) : null;
                Note(view, old, now);
                if (ready && old is { } had)
                {
                    before.Add(new(view.View, had.Slot));
                }

                if (ready && now is { } has)
                {
                    after.Add(new(view.View, has.Slot));
                }
            }

            var moved = new Moved(row, before.ToImmutable(), after.ToImmutable());
            Moved.Add(moved);
            return moved;
        }

        public void Await(ConversationId id, long at, Dictionary<ConversationId, long> dues, long moved)
        {
            if (moved > 0 || dues.GetValueOrDefault(id, long.MaxValue) != at)
            {
                _dues.Add((id, at, moved));
            }
        }

        /// <summary>True where the time of some row is another.</summary>
        public async Task<bool> Write(Session session, WorkspaceId workspace)
        {
            await ViewStore.Remove(session, _gone);
            await ViewStore.Put(session, _put);
            await ViewStore.Await(session, workspace, _dues);
            await SummaryStore.Count(session, workspace, _counts);
            return _dues.Count > 0;
        }

        private void Note(KeptView view, KeptRow? old, KeptRow? now)
        {
            if (old == now)
            {
                return;
            }

            if (old is { } had)
            {
                Count(view, had, -1);
            }

            if (now is { } has)
            {
                Count(view, has, 1);
                _put.Add(has);
            }
            else
            {
                _gone.Add(old!.Value);
            }
        }

        private void Count(KeptView view, KeptRow row, int by)
        {
            var key = (view.Count(row.Slot), row.Inbox);
            _counts[key] = _counts.GetValueOrDefault(key) + by;
        }
    }
}
