using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Platform;

/// <summary>A text that may differ by language: on the wire one text, or a map by language tag (<c>{"en": "Name", "de": "Name"}</c>).</summary>
/// <param name="Texts">In the order in which they were given; a text for all languages stands under the empty tag.</param>
[JsonConverter(typeof(Wire))]
public sealed record LocalText(ImmutableArray<KeyValuePair<string, string>> Texts)
{
    public static implicit operator LocalText(string text) => new([new("", text)]);

    /// <summary>For whoever reads one of these languages, the dearest first: the very tag, then its base language; else the first text there is.</summary>
    public string In(params ReadOnlySpan<string?> languages)
    {
        foreach (var language in languages)
        {
            if (language is not null && (Exactly(language) ?? Exactly(Base(language))) is { } text)
            {
                return text;
            }
        }

        return Texts[0].Value;
    }

    public bool Equals(LocalText? other) => other is not null && Texts.SequenceEqual(other.Texts);

    public override int GetHashCode() => Texts.IsEmpty ? 0 : Texts[0].GetHashCode();

    public override string ToString() => In();

    public LocalText Cleaned() => new([.. Texts.Select(pair => new KeyValuePair<string, string>(pair.Key, Words.Clean(pair.Value).Trim()))]);

    private string? Exactly(string language)
    {
        foreach (var (tag, text) in Texts)
        {
            if (tag.Length == 0 || tag.Equals(language, StringComparison.OrdinalIgnoreCase))
            {
                return text;
            }
        }

        return null;
    }

    private static string Base(string language) => language.IndexOf('-', StringComparison.Ordinal) is > 0 and var end ? language[..end] : language;

    private sealed class Wire : JsonConverter<LocalText>
    {
        public override LocalText Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                return reader.GetString()!;
            }

            var texts = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw Odd();
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var language = reader.GetString()!;
                if (!reader.Read() || reader.TokenType != JsonTokenType.String || language.Length == 0 || texts.Any(pair => pair.Key == language))
                {
                    throw Odd();
                }

                texts.Add(new(language, reader.GetString()!));
            }

            return texts.Count > 0 ? new(texts.ToImmutable()) : throw Odd();
        }

        public override void Write(Utf8JsonWriter writer, LocalText value, JsonSerializerOptions options)
        {
            if (value.Texts is [{ Key: "", Value: var text }])
            {
                writer.WriteStringValue(text);
                return;
            }

            writer.WriteStartObject();
            foreach (var (language, translated) in value.Texts)
            {
                writer.WriteString(language, translated);
            }

            writer.WriteEndObject();
        }

        private static JsonException Odd() => new("A text is one text, or a map of texts by language.");
    }
}
