using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Parley.Conversations;
using Parley.Inbox.Searching;
using Parley.Log;
using Parley.Platform;
using Parley.Workspaces;

namespace Parley.Inbox.Lists;

/// <summary>What the routes of lists read with and answer with.</summary>
internal sealed class InboxReading(ListReading lists, OwnWrites own, SummaryWire wire, ContactCards cards, LogReader log, UnreadStore unread)
{
    public ListReading Lists => lists;

    public OwnWrites Own => own;

    public async Task<byte[]> Epoch(WorkspaceId workspace) => (await log.Head(workspace))!.Value.Epoch;

    public async Task<IResult> Page(Principal who, IReadOnlyList<Summary> rows, string? next)
    {
        var names = await cards(who.Workspace, rows.Select(row => row.Contact));
        var seen = await lists.Seen(who.Author, rows);
        return new Written(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("items"u8);
            foreach (var row in rows)
            {
                wire.Write(writer, row, names.GetValueOrDefault(row.Contact), seen.GetValueOrDefault(row.Id));
            }

            writer.WriteEndArray();
            Next(writer, next);
            writer.WriteEndObject();
        });
    }

    public async Task<IResult> Row(Principal who, Summary row)
    {
        var names = await cards(who.Workspace, [row.Contact]);
        var seen = await lists.Seen(who.Author, [row]);
        return new Written(writer => wire.Write(writer, row, names.GetValueOrDefault(row.Contact), seen.GetValueOrDefault(row.Id)));
    }

    public async Task<IResult> Found(Principal who, IReadOnlyList<FoundText> items, string? next)
    {
        var names = await cards(who.Workspace, items.Select(item => item.Row.Contact));
        var seen = await lists.Seen(who.Author, items.Select(item => item.Row).DistinctBy(row => row.Id));
        return new Written(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("items"u8);
            foreach (var item in items)
            {
                writer.WriteStartObject();
                writer.WritePropertyName("conversation"u8);
                wire.Write(writer, item.Row, names.GetValueOrDefault(item.Row.Contact), seen.GetValueOrDefault(item.Row.Id));
                writer.WriteNumber("seq"u8, item.Seq);
                writer.WriteString("at"u8, Json.Text(item.At));
                writer.WriteString("snippet"u8, item.Snippet);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            Next(writer, next);
            writer.WriteEndObject();
        });
    }

    /// <summary>A customer's threads. The mark is that of the person whose thread it is, whichever device asks.</summary>
    public async Task<IResult> Threads(VisitorPrincipal who, IReadOnlyList<Summary> rows)
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
        return new Written(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("items"u8);
            foreach (var row in rows)
            {
                wire.WriteThread(writer, row, seen.GetValueOrDefault(row.Id), unreads.GetValueOrDefault(row.Id));
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    /// <summary>The threads that are a visitor's own, for their stream to follow.</summary>
    public async Task<(IReadOnlyList<ConversationId> Threads, bool Complete)> ThreadsOf(VisitorPrincipal who)
    {
        var head = (await log.Head(who.Workspace))!.Value.Position;
        var complete = await own.Know(who.Workspace, head, who.Contacts.Select(contact => new Author(AuthorKind.Contact, contact.Value)));
        return ([.. (await lists.OfContacts(who, who.Contacts, int.MaxValue)).Select(row => row.Id)], complete);
    }

    /// <summary>The contacts that are one person with this one.</summary>
    public Task<IReadOnlyCollection<ContactId>> Joined(WorkspaceId workspace, ContactId contact) => Task.FromResult<IReadOnlyCollection<ContactId>>([contact]);

    private static void Next(Utf8JsonWriter writer, string? next)
    {
        if (next is not null)
        {
            writer.WriteString("next"u8, next);
        }
    }

    /// <summary>Small JSON, written at once with its length.</summary>
    private sealed class Written(Action<Utf8JsonWriter> write) : IResult
    {
        public async Task ExecuteAsync(HttpContext http)
        {
            var buffer = new ArrayBufferWriter<byte>(4096);
            using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Json.Options.Encoder, SkipValidation = true }))
            {
                write(writer);
            }

            http.Response.ContentType = "application/json; charset=utf-8";
            http.Response.ContentLength = buffer.WrittenCount;
            await http.Response.Body.WriteAsync(buffer.WrittenMemory);
        }
    }
}
