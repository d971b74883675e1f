using System.Collections.Concurrent;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Inbox.Views;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Workspaces;
using Profile = Parley.Contacts.Profile;

namespace Parley.Inbox.Lists;

/// <summary>A row that changed. <paramref name="Before"/> null: it is new, or (<paramref name="BeforeUnknown"/>) another node wrote it and did not say what it was.</summary>
internal readonly record struct SummaryChange(Summary? Before, Summary After, bool BeforeUnknown = false);

/// <summary>Keeps the rows and the counts: many entries of a conversation come to one write.</summary>
internal sealed class SummaryReader(Database database, Desk desk, LogReader log, ViewKeeping views, SummaryChanges changes) : IReader
{
    public const string ReaderName = "inbox";

    private const int Page = 1_000;

    /// <summary>So many rows at most are told again when contacts are named anew; the others say it when they are read.</summary>
    public const int RowsRenamed = 200;

    /// <summary>The types of entries after which a contact may be called something else, or something else is known of them.</summary>
    public static readonly string[] Naming = [.. ContactKind.Entries.Where(type => Telling.Contains(type.Record)).Select(type => type.Name)];


    private static Type[] Telling =>
    [
        typeof(Described), typeof(ClaimsWithdrawn), typeof(IdentityProven), typeof(ContactJoined), typeof(ContactMerged), typeof(ContactAbsorbed), typeof(ContactErased), typeof(ContactNoted), typeof(ContactNoteEdited), typeof(ContactNoteDropped),
        typeof(ContactBlocked), typeof(ContactUnblocked),
    ];

    private readonly ConcurrentDictionary<WorkspaceId, Slice> _written = new();

    public string Name => ReaderName;

    public Database Store => database;

    /// <summary>Agents watch it: sooner than an eye tells one change from the next.</summary>
    public TimeSpan Rest => TimeSpan.FromMilliseconds(40);

    public async Task<IReadOnlyList<Func<Session, Task>>> Read(WorkspaceId workspace, IReadOnlyList<Entry> entries, int rows)
    {
        var touched = Touched(entries);
        await Renamed(workspace, entries, touched);
        var slice = _written[workspace] = new Slice();
        var parts = new List<Func<Session, Task>>();
        if (entries.Any(entry => entry.Body is ViewSet or ViewRemoved))
        {
            // First: the rows after it are held against it, those before it are looked through when it is made.
            slice.Owes = true;
            parts.Add(session => Define(session, workspace, entries));
        }

        if (touched.Count > 0)
        {
            await Compare(workspace, touched, slice.Changes);
            var contacts = await database.Read(session => views.AsksContacts(session, workspace))
                ? await views.Contacts(workspace, slice.Changes.Select(change => change.After)) : new Dictionary<ContactId, Profile>();
            parts.AddRange(slice.Changes.Chunk(rows).Select(part => (Func<Session, Task>)(async session => slice.Note(await Write(session, workspace, part, contacts, slice)))));
        }

        return parts;
    }

    public void Reached(WorkspaceId workspace, long position)
    {
        if (_written.TryRemove(workspace, out var written))
        {
            if (written.Owes)
            {
                views.Owe();
            }

            changes.Tell(workspace, position, written.Told());
        }
    }

    public Task<int> Clear(Session session, WorkspaceId workspace, int limit) => SummaryStore.Clear(session, workspace, limit);

    /// <summary>Read anew each time: after a fault some parts may have been written, and their difference must not be counted twice.</summary>
    private async Task Compare(WorkspaceId workspace, Dictionary<ConversationId, List<Entry>> touched, List<SummaryChange> written)
    {
        var states = await desk.Look([.. touched.Keys.Select(Conversation.Subject)]);
        var before = (await database.Read(session => SummaryStore.Find(session, touched.Keys))).ToDictionary(row => row.Id);
        foreach (var (id, own) in touched)
        {
            if (states.TryGetValue(Conversation.Subject(id), out var state))
            {
                var known = before.GetValueOrDefault(id);
                var after = own.Any(Summary.Purges) ? Summary.Of(id, state, null, await Left(id, own[^1].Seq)) : Summary.Of(id, state, known, own);
                written.Add(new(known, after));
            }
        }
    }

    private static async Task Define(Session session, WorkspaceId workspace, IReadOnlyList<Entry> entries)
    {
        foreach (var entry in entries)
        {
            if (entry.Body is ViewSet { View: var view })
            {
                await ViewStore.Define(session, workspace, view.Kept, Definition.Of(view));
            }
            else if (entry.Body is ViewRemoved { View: var gone })
            {
                await ViewStore.Drop(session, workspace, gone);
            }
        }
    }

    /// <summary>A contact that is described anew or turns out to be somebody changes no row but what stands in it: whoever looks at its threads is told them again.</summary>
    private async Task Renamed(WorkspaceId workspace, IReadOnlyList<Entry> entries, Dictionary<ConversationId, List<Entry>> touched)
    {
        var contacts = entries.Where(entry => entry.Subject.Kind == Contact.Kind && Naming.Contains(entry.Type))
            .Select(entry => new ContactId(entry.Subject.Id)).Distinct().ToList();
        if (contacts.Count == 0)
        {
            return;
        }

        foreach (var row in await database.Read(session => SummaryStore.OfContacts(session, workspace, contacts, RowsRenamed)))
        {
            touched.TryAdd(row.Id, []);
        }
    }

    private static Dictionary<ConversationId, List<Entry>> Touched(IReadOnlyList<Entry> entries)
    {
        var touched = new Dictionary<ConversationId, List<Entry>>();
        foreach (var entry in entries)
        {
            if (entry.Subject.Kind != Conversation.Kind)
            {
                continue;
            }

            var id = new ConversationId(entry.Subject.Id);
            if (!touched.TryGetValue(id, out var own))
            {
                touched[id] = own = [];
            }

            own.Add(entry);
        }

        return touched;
    }

    /// <summary>What was overwritten cannot say what it was (whom it mentioned, which words it changed): the row is made anew from what the log has left.</summary>
    private async Task<List<Entry>> Left(ConversationId id, long last)
    {
        var left = new List<Entry>();
        for (var more = true; more;)
        {
            var page = await log.Timeline(Conversation.Subject(id), left.Count == 0 ? 0 : left[^1].Seq, null, Page, publicOnly: false);
            left.AddRange(page.Items);
            more = page.More && left[^1].Seq < last;
        }

        left.RemoveAll(entry => entry.Seq > last);
        return left;
    }

    private async Task<List<Moved>> Write(Session session, WorkspaceId workspace, SummaryChange[] part, IReadOnlyDictionary<ContactId, Profile> contacts, Slice slice)
    {
        var differences = new Dictionary<(string, InboxId), int>();
        foreach (var change in part)
        {
            Counting.Compare(differences, change.Before, change.After);
        }

        await SummaryStore.Write(session, Array.ConvertAll(part, change => change.After));
        await SummaryStore.Mention(session, part.SelectMany(change => change.After.Details.Mentioned.Except(change.Before?.Details.Mentioned ?? []).Select(agent => (agent, change.After))));
        await SummaryStore.Unmention(session, part.SelectMany(change => (change.Before?.Details.Mentioned ?? []).Except(change.After.Details.Mentioned).Select(agent => (agent, change.After))));
        await SummaryStore.Follow(session, part.SelectMany(change => change.After.Details.Followers.Except(change.Before?.Details.Followers ?? []).Select(agent => (agent, change.After))));
        await SummaryStore.Unfollow(session, part.SelectMany(change => (change.Before?.Details.Followers ?? []).Except(change.After.Details.Followers).Select(agent => (agent, change.After))));
        await SummaryStore.Count(session, workspace, differences);
        return await views.Keep(session, workspace, Array.ConvertAll(part, change => change.After), contacts, due: () => slice.Owes = true);
    }

    /// <summary>What was written of one slice, with the saved views that each row was and is in.</summary>
    private sealed class Slice
    {
        private readonly Dictionary<ConversationId, Moved> _moved = [];

        public List<SummaryChange> Changes { get; } = [];

        /// <summary>A view is to be made or taken away, or some row's time is another.</summary>
        public bool Owes { get; set; }

        public void Note(IEnumerable<Moved> moved)
        {
            foreach (var one in moved)
            {
                _moved[one.Row.Id] = one;
            }
        }

        public IReadOnlyList<SummaryChange> Told() => Changes.ConvertAll(change => _moved.TryGetValue(change.After.Id, out var moved) && (moved.Before.Length > 0 || moved.After.Length > 0)
            ? change with { Before = change.Before is { } before ? before with { Views = moved.Before } : null, After = change.After with { Views = moved.After } }
            : change);
    }
}
