using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Log;
using Parley.Platform;

namespace Parley.Conversations;

/// <summary>For whom something is written: customers get neither positions nor what is internal.</summary>
public enum Audience { Customer, Agent }

/// <summary>How somebody is shown: the public name and picture of an agent, a bot's name.</summary>
public sealed record Face(string Name, string? Picture = null);

/// <summary>Finds the face of an author; null where only the id is shown (contacts: their name stands beside the conversation).</summary>
public delegate Face? Faces(WorkspaceId workspace, Author author);

/// <summary>The address of a file, signed for the side that reads.</summary>
public delegate string FileLink(FileId file, Audience audience);

/// <summary>An entry as it travels: the envelope and the body's fields flat beside each other, names and addresses joined in.</summary>
public sealed class EntryWire(Faces faces, FileLink link)
{
    private const int Slots = 512;

    // What the author's own stream has just been told is what the author is answered in the same moment.
    private readonly Told?[] _told = new Told?[Slots];

    /// <param name="own">Whether the reader wrote it: only then its <c>clientId</c> is told.</param>
    public byte[] Write(Entry entry, Audience audience, bool own) =>
        Json.Bytes((Wire: this, entry, audience, own), static (writer, it) => it.Wire.Write(writer, it.entry, it.audience, it.own));

    /// <summary>Remembers for a moment what an entry's author was told of it.</summary>
    public void Keep(Entry entry, Audience audience, ReadOnlyMemory<byte> written) => Volatile.Write(ref _told[entry.Position % Slots], new Told(entry, audience, written));

    /// <summary>An entry as its author gets it: as it was told, where it was.</summary>
    public ReadOnlyMemory<byte> Own(Entry entry, Audience audience) =>
        Interlocked.Exchange(ref _told[entry.Position % Slots], null) is { } told && ReferenceEquals(told.Entry, entry) && told.Audience == audience ? told.Written : Write(entry, audience, own: true);

    public void Write(Utf8JsonWriter writer, Entry entry, Audience audience, bool own)
    {
        writer.WriteStartObject();
        Envelope(writer, entry, audience, own);
        Body(writer, entry, audience);
        writer.WriteEndObject();
    }

    private void Envelope(Utf8JsonWriter writer, Entry entry, Audience audience, bool own)
    {
        if (entry.Subject.Kind == Conversation.Kind)
        {
            writer.WriteId("conversation"u8, new ConversationId(entry.Subject.Id));
        }
        else
        {
            writer.WriteString("subject"u8, $"{entry.Subject.Kind}_{Base32.Encode(entry.Subject.Id)}");
        }

        writer.WriteNumber("seq"u8, entry.Seq);
        if (entry.Prev is { } prev)
        {
            writer.WriteNumber("prev"u8, prev);
        }

        if (audience == Audience.Agent)
        {
            writer.WriteNumber("position"u8, entry.Position);
        }

        writer.WriteTime("at"u8, entry.At);
        if (entry.OccurredAt is { } occurred)
        {
            writer.WriteTime("occurredAt"u8, occurred);
        }

        writer.WriteString("type"u8, entry.Type);
        writer.WritePropertyName("author"u8);
        Person(writer, entry.Workspace, entry.Author);
        writer.WriteString("visibility"u8, entry.Visibility == Visibility.Public ? "public"u8 : "internal"u8);
        if (own)
        {
            writer.WriteString("clientId"u8, entry.Command);
        }

        Rare(writer, entry, audience);
    }

    private void Rare(Utf8JsonWriter writer, Entry entry, Audience audience)
    {
        if (entry.For is { } person)
        {
            writer.WritePropertyName("for"u8);
            Person(writer, entry.Workspace, person);
        }

        if (audience == Audience.Customer)
        {
            return;
        }

        Optional(writer, "via", entry.Via);
        Optional(writer, "trigger", entry.Trigger);
        Optional(writer, "onlyFor", entry.OnlyFor);
        if (entry.Historic)
        {
            writer.WriteBoolean("historic"u8, true);
        }
    }

    private static void Optional<T>(Utf8JsonWriter writer, string name, T? value)
        where T : class
    {
        if (value is not null)
        {
            writer.WritePropertyName(name);
            JsonSerializer.Serialize(writer, value, Json.Options);
        }
    }

    private void Person(Utf8JsonWriter writer, WorkspaceId workspace, Author author)
    {
        writer.WriteStartObject();
        writer.WriteString("kind"u8, Kinds[(int)author.Kind]);
        if (author.Id is { } id)
        {
            Id(writer, author.Kind, id);
        }

        if (faces(workspace, author) is { } face)
        {
            writer.WriteString("name"u8, face.Name);
            if (face.Picture is not null)
            {
                writer.WriteString("picture"u8, face.Picture);
            }
        }

        writer.WriteEndObject();
    }

    /// <summary>The body is JSON already: its inside is copied as it stands, unless files need their addresses.</summary>
    private void Body(Utf8JsonWriter writer, Entry entry, Audience audience)
    {
        var json = entry.Body switch
        {
            Message { Content: { HasFiles: true } or { HasBeside: true } or { Mail: not null } } or Edited { Content: { HasFiles: true } or { Mail: not null } } or Scheduled { Content: { HasFiles: true } or { HasBeside: true } or { Mail: not null } } => WithLinks(entry.BodyJson, "content", audience),
            Note { Files.IsDefaultOrEmpty: false } => WithLinks(entry.BodyJson, null, audience),
            UnknownBody unknown => unknown.Raw.GetRawText(),
            // Why is for colleagues.
            Redacted redacted when audience == Audience.Customer => $"{{\"of\":{redacted.Of}}}",
            Erased when audience == Audience.Customer => "{}",
            // Nobody is told that they were taken for spam: they would learn from it.
            Closed closed when audience == Audience.Customer => Text(closed with { Cause = "manual" }),
            ModeChanged changed when audience == Audience.Customer => Text(changed with { From = Threads.Shown(changed.From), To = Threads.Shown(changed.To), Number = null }),
            Promised { Basis: not null } promised when audience == Audience.Customer => Text(promised with { Basis = null }),
            // Who had it, and why it is with another now, is for colleagues.
            Assigned { Told: { } told } when audience == Audience.Customer => Text(new Assigned(null, null, null, null, Transferring.Cause) { Told = told }),
            Queued queued when audience == Audience.Customer => Text(queued with { Number = 0, Gone = null, Former = null }),
            _ => entry.BodyJson,
        };

        if (json.Length > 2)
        {
            Splice(writer, json);
        }
    }

    private static string Text<T>(T body)
        where T : EntryBody => JsonSerializer.Serialize(body, Json.Options);

    private static void Splice(Utf8JsonWriter writer, string json)
    {
        // Member by member, each value copied as its bytes: nothing is built only to be written again.
        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(json.Length));
        var length = Encoding.UTF8.GetBytes(json, rented);
        var reader = new Utf8JsonReader(rented.AsSpan(0, length));
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            writer.WritePropertyName(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            writer.WriteRawValue(rented.AsSpan(start, (int)reader.BytesConsumed - start), skipInputValidation: true);
        }

        ArrayPool<byte>.Shared.Return(rented);
    }

    private string WithLinks(string json, string? inside, Audience audience)
    {
        var body = JsonNode.Parse(json)!.AsObject();
        var holder = inside is null ? body : body[inside]!.AsObject();
        var pictures = Each(holder["items"]).Concat(Each(holder["cards"])).Select(thing => thing["image"]).OfType<JsonNode>();
        if (audience == Audience.Customer)
        {
            Mailed.Strip(holder);
        }

        var page = holder["mail"]?["page"] is { } one ? new[] { one } : [];
        foreach (var file in Each(holder["files"]).Concat(pictures).Concat(page))
        {
            file["url"] = link(FileId.Parse(file["id"]!.GetValue<string>()), audience);
        }

        return body.ToJsonString(Json.Options);
    }

    private static IEnumerable<JsonNode> Each(JsonNode? list) => list?.AsArray().OfType<JsonNode>() ?? [];

    private static void Id(Utf8JsonWriter writer, AuthorKind kind, Guid id)
    {
        switch (kind)
        {
            case AuthorKind.Agent:
                writer.WriteId("id"u8, new AgentId(id));
                break;
            case AuthorKind.Contact:
                writer.WriteId("id"u8, new ContactId(id));
                break;
            default:
                writer.WriteString("id"u8, Base32.Encode(id));
                break;
        }
    }

    private static readonly string[] Kinds = ["contact", "agent", "bot", "rule", "program", "system"];

    private sealed record Told(Entry Entry, Audience Audience, ReadOnlyMemory<byte> Written);
}
