using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Fanout;
using Parley.Platform.Store;

namespace Parley.Inbox.Lists;

/// <summary>A row that changed. <paramref name="Before"/> null: it is new, or (<paramref name="BeforeUnknown"/>) another node wrote it and did not say what it was.</summary>
internal readonly record struct SummaryChange(Summary? Before, Summary After, bool BeforeUnknown = false);

/// <summary>Keeps the rows and the counts: many entries of a conversation come to one write.</summary>
internal sealed class SummaryReader(Database database, Desk desk, LogReader log, SummaryChanges changes) : IReader
{
    public const string ReaderName = "inbox";

    private const int Page = 1_000;

    /// <summary>So many rows at most are told again when contacts are named anew; the others say it when they are read.</summary>
    public const int RowsRenamed = 200;

    /// <summary>The types of entries after which a contact may be called something else.</summary>
    public static readonly string[] Naming =
        [.. ContactKind.Entries.Where(type => type.Record == typeof(Described) || type.Record == typeof(ClaimsWithdrawn) || type.Record == typeof(IdentityProven) || type.Record == typeof(ContactJoined) || type.Record == typeof(ContactErased)).Select(type => type.Name)];

    private readonly ConcurrentDictionary<WorkspaceId, List<SummaryChange>> _written = new();

    public string Name => ReaderName;

    public Database Store => database;

    public async Task<IReadOnlyList<Func<Session, Task>>> Read(WorkspaceId workspace, IReadOnlyList<Entry> entries, int rows)
    {
        var touched = Touched(entries);
        await Renamed(workspace, entries, touched);
        var written = new List<SummaryChange>(touched.Count);
        _written[workspace] = written;
        if (touched.Count == 0)
        {
            return [];
        }

        // Read anew each time: after a fault some parts may have been written, and their difference must not be counted twice.
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

        return [.. written.Chunk(rows).Select(part => (Func<Session, Task>)(session => Write(session, workspace, part)))];
    }

    public void Reached(WorkspaceId workspace, long position)
    {
        if (_written.TryRemove(workspace, out var written))
        {
            changes.Tell(workspace, position, written);
        }
    }

    public Task<int> Clear(Session session, WorkspaceId workspace, int limit) => SummaryStore.Clear(session, workspace, limit);

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

    private static async Task Write(Session session, WorkspaceId workspace, SummaryChange[] part)
    {
        var differences = new Dictionary<(string, InboxId), int>();
        foreach (var change in part)
        {
            Counting.Compare(differences, change.Before, change.After);
        }

        await SummaryStore.Write(session, Array.ConvertAll(part, change => change.After));
        await SummaryStore.Mention(session, part.SelectMany(change => change.After.Details.Mentioned.Except(change.Before?.Details.Mentioned ?? []).Select(agent => (agent, change.After))));
        await SummaryStore.Unmention(session, part.SelectMany(change => (change.Before?.Details.Mentioned ?? []).Except(change.After.Details.Mentioned).Select(agent => (agent, change.After))));
        await SummaryStore.Count(session, workspace, differences);
    }
}

/// <summary>Tells which rows have changed, once they are on disk: on this node the rows, on others only how far they are made.</summary>
internal sealed class SummaryChanges
{
    private const string Topic = "inbox";

    private readonly Bus _bus;
    private ImmutableArray<Action<WorkspaceId, long, IReadOnlyList<SummaryChange>?>> _listeners = [];

    public SummaryChanges(Bus bus)
    {
        _bus = bus;
        bus.Listen(Topic, Hear);
    }

    /// <param name="listener">Is given no rows where another node wrote them.</param>
    public void Listen(Action<WorkspaceId, long, IReadOnlyList<SummaryChange>?> listener) => ImmutableInterlocked.Update(ref _listeners, all => all.Add(listener));

    public void Tell(WorkspaceId workspace, long position, IReadOnlyList<SummaryChange> written)
    {
        Each(workspace, position, written);
        if (_bus.Shared)
        {
            _bus.Post(Topic, string.Create(CultureInfo.InvariantCulture, $"{workspace} {position}"));
        }
    }

    private void Hear(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        Each(WorkspaceId.Parse(text[..space]), long.Parse(text.AsSpan(space + 1), CultureInfo.InvariantCulture), null);
    }

    private void Each(WorkspaceId workspace, long position, IReadOnlyList<SummaryChange>? written)
    {
        foreach (var listener in _listeners)
        {
            listener(workspace, position, written);
        }
    }
}
