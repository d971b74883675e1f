using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Inbox.Lists;

/// <summary>Reads rows for somebody: only what <see cref="Access"/> allows, in pages by key.</summary>
internal sealed class ListReading(Database database, LogReader log, Desk desk)
{
    /// <summary>More inboxes than this are not asked one by one: the whole list is walked and the others' rows are left out.</summary>
    private const int InboxesAsked = 10;

    /// <summary>Where an agent may use some inboxes only, each is asked for its newest rows and these are merged: nobody walks through rows they may not see.</summary>
    public async Task<(List<Summary> Items, bool More)> List(Principal who, ListQuery query, int limit)
    {
        var viewer = who is AgentPrincipal agent ? agent.Agent : default;
        var open = who is AgentPrincipal { Inboxes: { } inboxes } && inboxes.Count <= InboxesAsked && query.Inbox is null && query.View?.Kind != ViewKind.Inbox ? inboxes : null;
        var found = await database.Read(async session =>
        {
            if (open is null)
            {
                return await Filled(session, who, viewer, query, limit + 1);
            }

            var rows = new List<Summary>();
            foreach (var inbox in open)
            {
                rows.AddRange(await SummaryStore.List(session, who.Workspace, viewer, query with { Inbox = inbox }, limit + 1));
            }

            return [.. rows.OrderByDescending(query.Place).ThenByDescending(row => row.Id).Take(limit + 1)];
        });
        return (found.Count > limit ? found[..limit] : found, found.Count > limit);
    }

    /// <summary>The row of a conversation; where the reader has not come to it yet, made from its state.</summary>
    public async Task<Summary?> One(Principal who, ConversationId id)
    {
        var row = (await database.Read(session => SummaryStore.Find(session, [id]))).FirstOrDefault()
            ?? (await desk.Look(who.Workspace, Conversation.Subject(id)) is { State: Conversation { Exists: true } } state ? Summary.Of(id, state, null, []) : null);
        return row is not null && May(who, row) ? row : null;
    }

    public async Task<List<Summary>> Some(Principal who, IEnumerable<ConversationId> ids) =>
        [.. (await database.Read(session => SummaryStore.Find(session, ids.Distinct()))).Where(row => May(who, row))];

    public async Task<List<Summary>> OfContacts(Principal who, IEnumerable<ContactId> contacts, int limit) =>
        [.. (await database.Read(session => SummaryStore.OfContacts(session, who.Workspace, contacts, limit))).Where(row => May(who, row))];

    /// <summary>A page of a customer's own conversations, newest first; and the last row of it that was read, where there are more. What is hidden from them is left out.</summary>
    public async Task<(List<Summary> Items, Summary? Last)> Own(VisitorPrincipal who, int limit, (long At, byte[] Id)? below)
    {
        var rows = await database.Read(session => SummaryStore.OfContacts(session, who.Workspace, who.Contacts, limit + 1, below: below));
        var page = rows.Count > limit ? rows[..limit] : rows;
        return ([.. page.Where(row => row.Details.Mode != Mode.Ended && May(who, row))], rows.Count > limit ? page[^1] : null);
    }

    /// <summary>For each of some people (all contacts that are one person) the newest conversation that may be seen; null: none.</summary>
    public Task<List<Summary?>> Newest(Principal who, IEnumerable<IReadOnlyList<ContactId>> people) => database.Read(async session =>
    {
        var open = (who as AgentPrincipal)?.Inboxes;
        var newest = new List<Summary?>();
        foreach (var contacts in people)
        {
            newest.Add((await SummaryStore.OfContacts(session, who.Workspace, contacts, 1, open)).Find(row => May(who, row)));
        }

        return newest;
    });

    /// <summary>How far somebody has read in each of some rows.</summary>
    public async Task<Dictionary<ConversationId, long>> Seen(Author participant, IEnumerable<Summary> rows) =>
        (await log.Marks(Conversation.Kind, [.. rows.Select(row => row.Id.Value)]))
            .Where(mark => mark.Kind == Seeing.SeenMark && mark.Participant == participant)
            .ToDictionary(mark => new ConversationId(mark.Subject.Id), mark => mark.Seq);

    public Task<KeptCounts> Counted(WorkspaceId workspace) => database.Read(session => SummaryStore.Counted(session, workspace));

    public static bool May(Principal who, Summary row) => Access.May(who, row.Workspace, row.Inbox, row.Contact, row.Id);

    private static async Task<List<Summary>> Filled(Session session, Principal who, AgentId viewer, ListQuery query, int limit)
    {
        var rows = new List<Summary>();
        while (true)
        {
            var page = await SummaryStore.List(session, who.Workspace, viewer, query, limit);
            rows.AddRange(page.Where(row => May(who, row)));
            if (page.Count < limit || rows.Count >= limit)
            {
                return rows.Count > limit ? rows[..limit] : rows;
            }

            query = query with { Below = (query.Place(page[^1]), page[^1].Id.Bytes) };
        }
    }
}
