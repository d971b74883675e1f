using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Channels.Connections;
using Parley.Conversations.Shapes;
using Parley.Platform;

namespace Parley.Channels.Generic;

/// <summary>What a system and Parley say to each other: one thing, or <c>items</c> with several. Documented in <c>docs/guide</c>.</summary>
internal static class GenericWire
{
    private const int Most = 500;

    /// <summary>Why a body is nothing that can be kept: then its sender is told at once. Null: it can.</summary>
    public static string? Flaw(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 32 });
            return document.RootElement.ValueKind != JsonValueKind.Object ? "The body is a JSON object."
                : document.RootElement.TryGetProperty("items", out var items) && (items.ValueKind != JsonValueKind.Array || items.GetArrayLength() is 0 or > Most) ? $"Items are a list of 1 to {Most}."
                : null;
        }
        catch (JsonException)
        {
            return "The body is no JSON.";
        }
    }

    public static IReadOnlyList<Inbound> Read(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 32 });
        return document.RootElement.TryGetProperty("items", out var items) ? [.. items.EnumerateArray().Select(Item)] : [Item(document.RootElement, 0)];
    }

    /// <summary>The same with only those items; a single thing stays what it is.</summary>
    public static ReadOnlyMemory<byte> Cut(ReadOnlyMemory<byte> body, IReadOnlySet<int> left)
    {
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 32 });
        return document.RootElement.TryGetProperty("items", out var items)
            ? JsonSerializer.SerializeToUtf8Bytes(new { items = items.EnumerateArray().Where((_, index) => left.Contains(index)).ToArray() }, Json.Options)
            : body;
    }

    public static byte[] Write(Outbound outbound, Connection connection)
    {
        var part = outbound.Part;
        return JsonSerializer.SerializeToUtf8Bytes(
            new Said("message", outbound.At, new SaidData(
                outbound.Id, connection.Inbox, outbound.Conversation, outbound.To, part.Text, part.File, part.Buttons.IsEmpty ? null : part.Buttons, part.Cards.IsEmpty ? null : part.Cards, outbound.By, outbound.Human, outbound.Quotes, outbound.Answers, part.Template)),
            Json.Options);
    }

    /// <summary>Says nothing: it is only to be answered.</summary>
    public static byte[] Test(Connection connection, DateTimeOffset at) => JsonSerializer.SerializeToUtf8Bytes(new Tried("test", at, new TriedData(connection.Inbox)), Json.Options);

    /// <summary>What the system calls a message that it took; null: it says nothing of that.</summary>
    public static string? IdIn(string answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && id.GetString() is { Length: > 0 and <= 400 } text ? text : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Inbound Item(JsonElement item, int index)
    {
        try
        {
            return JsonSerializer.Deserialize<Told>(item, Json.Options) is { } told ? told.Read() : new InboundUnknown($"{index}", "item.empty");
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            return new InboundUnknown($"{index}", "item.invalid");
        }
    }

    /// <summary>What a system tells.</summary>
    /// <param name="Id">What it calls this; what comes again under it is the same.</param>
    /// <param name="Type"><c>message</c> (absent: that), <c>receipt</c>, <c>echo</c> or <c>templates</c>.</param>
    /// <param name="Of">The message that a receipt is about, by its id.</param>
    /// <param name="State"><c>delivered</c>, <c>read</c> or <c>failed</c>.</param>
    private sealed record Told(string Id, string? Type, Who? From, string? To, string? Text, ImmutableArray<Attached>? Files, string? Choice, string? Quotes, DateTimeOffset? At, string? Of, string? State, string? Why, ImmutableArray<MessageTemplate>? Templates)
    {
        private const int LongestId = 400;

        public Inbound Read() => this switch
        {
            { Id.Length: 0 or > LongestId } => new InboundUnknown("id", "id.invalid"),
            { Type: null or "message", From.Id: { } from } when !string.IsNullOrWhiteSpace(Text) || Choice is not null || Files is { Length: > 0 } =>
                new InboundMessage(Id, new Sender(from, From.Name, From.Language), Text ?? Choice)
                {
                    Files = [.. (Files ?? []).Select(file => new InboundFile(file.Name, file.Mime, Convert.FromBase64String(file.Content)))],
                    Choice = Choice,
                    Answers = Quotes is { } quoted ? [quoted] : [],
                    At = At,
                },
            { Type: "receipt", Of: { } of, State: "delivered" } => new InboundReceipt(Id, of, ReceiptState.Delivered) { At = At },
            { Type: "receipt", Of: { } of, State: "read" } => new InboundReceipt(Id, of, ReceiptState.Read) { At = At },
            { Type: "receipt", Of: { } of, State: "failed" } => new InboundReceipt(Id, of, ReceiptState.Failed, Reason(Why)) { At = At },
            { Type: "echo", To: { } to, Text: { } text } => new InboundEcho(Id, to, text) { At = At },
            { Type: "templates", Templates: { IsDefault: false } templates } => new InboundTemplates(Id, templates),
            _ => new InboundUnknown(Id, "item.invalid"),
        };

        private static Failure Reason(string? why) => why switch
        {
            "recipientGone" => new Failure.RecipientGone(),
            "windowClosed" => new Failure.WindowClosed(),
            _ => new Failure.Rejected(why),
        };
    }

    private sealed record Who(string Id, string? Name = null, string? Language = null);

    private sealed record Attached(string Name, string? Mime, string Content);

    private sealed record Said(string Type, DateTimeOffset Timestamp, SaidData Data);

    private sealed record Tried(string Type, DateTimeOffset Timestamp, TriedData Data);

    private sealed record TriedData(InboxId Channel);

    private sealed record SaidData(
        string Id, InboxId Channel, ConversationId Conversation, string To, string? Text, OutboundFile? File, ImmutableArray<OutboundButton>? Buttons, ImmutableArray<OutboundCard>? Cards, string? By, bool Human, string? Quotes, string? Answers, TemplateUse? Template);
}
