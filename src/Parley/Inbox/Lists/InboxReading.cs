using Microsoft.AspNetCore.Http;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Inbox.Lists;

/// <summary>What the routes of lists read with and answer with.</summary>
internal sealed class InboxReading(ListReading lists, OwnWrites own, SummaryWire wire, LogReader log, UnreadStore unread, People people)
{
    public ListReading Lists => lists;

    public OwnWrites Own => own;

    public async Task<byte[]> Epoch(WorkspaceId workspace) => (await log.Head(workspace))!.Value.Epoch;

    public async Task<IResult> Page(Principal who, IReadOnlyList<Summary> rows, string? next)
    {
        var names = await Cards(who.Workspace, rows.Select(row => row.Contact));
        var seen = await lists.Seen(who.Author, rows);
        return new WrittenJson(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("items"u8);
            foreach (var row in rows)
            {
                wire.Write(writer, row, names.GetValueOrDefault(row.Contact), seen.GetValueOrDefault(row.Id));
            }

            writer.WriteEndArray();
            WrittenJson.Next(writer, next);
            writer.WriteEndObject();
        });
    }

    public async Task<IResult> Row(Principal who, Summary row)
    {
        var names = await Cards(who.Workspace, [row.Contact]);
        var seen = await lists.Seen(who.Author, [row]);
        return new WrittenJson(writer => wire.Write(writer, row, names.GetValueOrDefault(row.Contact), seen.GetValueOrDefault(row.Id)));
    }

    /// <summary>A customer's threads. The mark is that of the person whose thread it is, whichever device asks.</summary>
    public async Task<IResult> Threads(VisitorPrincipal who, IReadOnlyList<Summary> rows, string? next)
    {
        var seen = new Dictionary<ConversationId, long>();
        foreach (var contact in rows.Select(row => row.Contact).Distinct())
        {
            foreach (var (id, seq) in await lists.Seen(new Author(AuthorKind.Contact, contact.Value), rows.Where(row => row.Contact == contact)))
            {
                seen[id] = seq;
            }
        }

        var unreads = await unread.Count(rows.Select(row => (row.Id, seen.GetValueOrDefault(row.Id))));
        return new WrittenJson(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("items"u8);
            // Not by when colleagues did something last.
            foreach (var row in rows.OrderByDescending(row => row.Details.LastPublicAt).ThenByDescending(row => row.Id))
            {
                wire.WriteThread(writer, row, seen.GetValueOrDefault(row.Id), unreads.GetValueOrDefault(row.Id));
            }

            writer.WriteEndArray();
            WrittenJson.Next(writer, next);
            writer.WriteEndObject();
        });
    }

    /// <summary>The contacts that are one person with this one; null if the asker may not see it.</summary>
    public async Task<IReadOnlyList<ContactId>?> Joined(Principal who, ContactId contact) =>
        await people.State(who.Workspace, contact) is { } state && await people.Seen(who, state) ? await people.Same(who.Workspace, contact) : null;

    private Task<IReadOnlyDictionary<ContactId, ContactCard>> Cards(WorkspaceId workspace, IEnumerable<ContactId> contacts) => ContactCard.Of(people, workspace, contacts);
}
