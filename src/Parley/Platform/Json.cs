using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Parley.Platform;

/// <summary>How Parley writes JSON everywhere: camelCase, what is absent is left out, enums as camelCase words, times as ISO-8601 UTC with milliseconds.</summary>
public static class Json
{
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
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

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

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Text(value));
    }
}
