using System.Buffers;
using System.Text.Json;
using Parley.Log;
using Parley.Platform;

namespace Parley.Conversations;

/// <summary>Frames of the stream as bytes. Each is made once, however many it goes to.</summary>
public static class StreamFrames
{
    public static readonly byte[] Gone = """{"type":"gone"}"""u8.ToArray();

    private static readonly JsonWriterOptions Options = new() { Encoder = Json.Options.Encoder, SkipValidation = true };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>Writes one frame of a type.</summary>
    public static byte[] Of(string type, Action<Utf8JsonWriter> rest) => Of(type, rest, static (writer, write) => write(writer));

    /// <inheritdoc cref="Of(string, Action{Utf8JsonWriter})"/>
    public static byte[] Of<T>(string type, T state, Action<Utf8JsonWriter, T> rest)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(1024);
        var writer = _writer ??= new Utf8JsonWriter(buffer, Options);
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        writer.WriteStartObject();
        writer.WriteString("type"u8, type);
        rest(writer, state);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public static byte[] Beat(string cursor) => Of("beat", cursor, static (writer, cursor) => writer.WriteString("cursor"u8, cursor));

    public static byte[] Bye(string reason, int retryAfterMs) => Of("bye", (reason, retryAfterMs), static (writer, bye) =>
    {
        writer.WriteString("reason"u8, bye.reason);
        writer.WriteNumber("retryAfterMs"u8, bye.retryAfterMs);
    });

    /// <summary>A mark, or nothing where it tells this side nothing: how far our words got is told to us, how far theirs to them.</summary>
    /// <param name="lastPublic">For customers: the last entry that they may see. That a colleague has read a note behind it is not told.</param>
    public static byte[]? Mark(Mark mark, Audience audience, long lastPublic = long.MaxValue) => mark.Kind switch
    {
        Seeing.SeenMark when lastPublic == 0 => null,
        Seeing.SeenMark => Of("mark", mark with { Seq = Math.Min(mark.Seq, lastPublic) }, static (writer, mark) =>
        {
            writer.WriteId("conversation"u8, new ConversationId(mark.Subject.Id));
            writer.WriteString("kind"u8, "seen"u8);
            writer.WritePropertyName("participant"u8);
            writer.WriteStartObject();
            writer.WriteString("kind"u8, Word(mark.Participant.Kind));
            writer.WriteString("id"u8, Id(mark.Participant));
            writer.WriteEndObject();
            writer.WriteNumber("seq"u8, mark.Seq);
            writer.WriteTime("at"u8, mark.At);
        }),
        // How a channel takes what is said is for colleagues.
        Seeing.SentMark when audience == Audience.Customer => null,
        Seeing.SentMark or Seeing.DeliveredMark when mark.Participant.Kind == AuthorKind.Contact == (audience == Audience.Agent) => Of("mark", mark, static (writer, mark) =>
        {
            writer.WriteId("conversation"u8, new ConversationId(mark.Subject.Id));
            writer.WriteString("kind"u8, "delivery"u8);
            writer.WriteNumber("message"u8, mark.Seq);
            writer.WriteString("state"u8, mark.Kind == Seeing.SentMark ? "sent"u8 : "delivered"u8);
            writer.WriteTime("at"u8, mark.At);
        }),
        _ => null,
    };

    public static string Word(AuthorKind kind) => kind switch
    {
        AuthorKind.Contact => "contact",
        AuthorKind.Agent => "agent",
        AuthorKind.Bot => "bot",
        AuthorKind.Rule => "rule",
        AuthorKind.Program => "program",
        _ => "system",
    };

    public static string Id(Author author) => author switch
    {
        { Kind: AuthorKind.Contact, Id: { } id } => new ContactId(id).ToString(),
        { Kind: AuthorKind.Agent, Id: { } id } => new AgentId(id).ToString(),
        { Id: { } id } => Base32.Encode(id),
        _ => "",
    };
}
