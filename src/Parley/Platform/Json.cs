using System.Buffers;
using System.Collections;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Parley.Platform;

/// <summary>How Parley writes JSON everywhere: camelCase, what is absent is left out, enums as camelCase words, times as ISO-8601 UTC with milliseconds.</summary>
public static class Json
{
    private const int TimeLength = 24;

    /// <summary>A buffer that a long page made larger is not kept.</summary>
    private const int KeptBuffer = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    public static readonly JsonSerializerOptions Options = Configure(new JsonSerializerOptions());

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DictionaryKeyPolicy = null;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.PropertyNameCaseInsensitive = false;
        // Frames and bodies are JSON documents of their own, never spliced into HTML: escaping all but the necessary would triple non-Latin text.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new TimeJson());
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NullMayBeAbsent, NoNullInside } };
        return options;
    }

    /// <summary>The text of a time on the wire: always UTC, always three decimals, so that texts sort like times.</summary>
    public static string Text(DateTimeOffset time) => string.Create(TimeLength, time.UtcDateTime, static (text, utc) =>
    {
        Span<byte> bytes = stackalloc byte[TimeLength];
        Put(bytes, utc);
        Encoding.ASCII.GetChars(bytes, text);
    });

    /// <summary>What is written, as bytes: into a buffer that is kept. Not to be asked for while it writes.</summary>
    public static byte[] Bytes<T>(T state, Action<Utf8JsonWriter, T> write)
    {
        var buffer = _buffer is { Capacity: <= KeptBuffer } kept ? kept : _buffer = new ArrayBufferWriter<byte>(1_024);
        var writer = _writer ??= new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Options.Encoder, SkipValidation = true });
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        write(writer, state);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes a time without making a text of it.</summary>
    public static void WriteTime(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[TimeLength];
        Put(text, time.UtcDateTime);
        writer.WriteString(name, text);
    }

    /// <summary>Writes an id without making a text of it.</summary>
    public static void WriteId<T>(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, Id<T> id)
        where T : IIdKind
    {
        Span<byte> text = stackalloc byte[IdJson.Longest];
        writer.WriteString(name, text[..id.Write(text)]);
    }

    /// <summary>By hand: each message has a dozen times in it, and a format is read anew for each.</summary>
    private static void Put(Span<byte> text, DateTime utc)
    {
        "0000-00-00T00:00:00.000Z"u8.CopyTo(text);
        Digits(text[..4], utc.Year);
        Digits(text[5..7], utc.Month);
        Digits(text[8..10], utc.Day);
        Digits(text[11..13], utc.Hour);
        Digits(text[14..16], utc.Minute);
        Digits(text[17..19], utc.Second);
        Digits(text[20..23], utc.Millisecond);
    }

    private static void Digits(Span<byte> place, int number)
    {
        for (var i = place.Length - 1; i >= 0; i--, number /= 10)
        {
            place[i] = (byte)('0' + (number % 10));
        }
    }

    /// <summary>What may be null is left out when written, so it may be missing when read: also where a constructor gives it no default.</summary>
    private static void NullMayBeAbsent(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property is { IsRequired: true, AssociatedParameter.IsNullable: true } || (property.IsRequired && Nullable.GetUnderlyingType(property.PropertyType) is not null))
            {
                property.IsRequired = false;
            }
        }
    }

    /// <summary>Lists and tables hold no nulls. The annotations of what is inside them are not looked at by the reader itself.</summary>
    private static void NoNullInside(JsonTypeInfo type)
    {
        if (type is { Kind: JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary, ElementType.IsValueType: false })
        {
            type.OnDeserialized = static read =>
            {
                foreach (var inside in read is IDictionary table ? table.Values : (IEnumerable)read)
                {
                    _ = inside ?? throw new JsonException("Nothing in a list may be null.");
                }
            };
        }
    }

    private sealed class TimeJson : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var time) ? time.ToUniversalTime() : throw new JsonException("A time is ISO-8601 text.");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
        {
            Span<byte> text = stackalloc byte[TimeLength];
            Put(text, value.UtcDateTime);
            writer.WriteStringValue(text);
        }
    }
}
