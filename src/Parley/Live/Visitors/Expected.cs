using Parley.Contacts;
using Parley.Workspaces;

namespace Parley.Live.Visitors;

/// <summary>
/// Who began a session, agreed, and holds no stream yet: in memory, for a moment, and no more of them than fit. Asking for sessions is cheap for whoever asks, so it writes nothing.
/// </summary>
internal sealed class Expected(TimeProvider time)
{
    public const int Most = 10_000;

    /// <summary>A widget has its stream within seconds; on a bad line, within this.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Dictionary<(WorkspaceId Workspace, string Device), (VisitRow Row, Page Page, DateTimeOffset At)> _all = [];
    private readonly Lock _gate = new();

    public void Keep(WorkspaceId workspace, VisitRow row, Page page)
    {
        lock (_gate)
        {
            if (_all.Count >= Most)
            {
                MakeRoom();
            }

            _all[(workspace, row.Device)] = (row, page, time.GetUtcNow());
        }
    }

    /// <summary>They are on another page by now.</summary>
    public void Went(WorkspaceId workspace, ContactId visitor, string device, Page page)
    {
        lock (_gate)
        {
            if (_all.TryGetValue((workspace, device), out var known) && known.Row.Contact.AsSpan().SequenceEqual(visitor.Bytes))
            {
                _all[(workspace, device)] = known with { Page = page };
            }
        }
    }

    /// <summary>Who has come is expected no longer. Null for whom nobody expects, or who took too long.</summary>
    public (VisitRow Row, Page Page)? Take(WorkspaceId workspace, string device, ContactId person)
    {
        lock (_gate)
        {
            return _all.TryGetValue((workspace, device), out var known) && known.Row.Person.AsSpan().SequenceEqual(person.Bytes) && _all.Remove((workspace, device)) && Fresh(known.At)
                ? (known.Row, known.Page) : null;
        }
    }

    public void Drop(WorkspaceId workspace, string device)
    {
        lock (_gate)
        {
            _all.Remove((workspace, device));
        }
    }

    /// <summary>The newest of some contacts.</summary>
    public (VisitRow Row, Page Page)? Of(WorkspaceId workspace, IReadOnlyCollection<ContactId> contacts, IReadOnlyCollection<InboxId>? inboxes)
    {
        lock (_gate)
        {
            var found = _all.Where(one => one.Key.Workspace == workspace && Fresh(one.Value.At) && contacts.Contains(ContactId.From(one.Value.Row.Contact)) && inboxes?.Contains(InboxId.From(one.Value.Row.Inbox)) != false)
                .Select(one => one.Value).OrderByDescending(one => one.At).Take(1).ToList();
            return found.Count == 0 ? null : (found[0].Row, found[0].Page);
        }
    }

    private bool Fresh(DateTimeOffset at) => time.GetUtcNow() - at < Patience;

    /// <summary>Who took too long goes, or the older half where all are new.</summary>
    private void MakeRoom()
    {
        var middle = _all.Values.Select(one => one.At).Order().ElementAt(_all.Count / 2);
        foreach (var key in _all.Where(one => !Fresh(one.Value.At) || one.Value.At <= middle).Select(one => one.Key).ToList())
        {
            _all.Remove(key);
        }
    }
}
