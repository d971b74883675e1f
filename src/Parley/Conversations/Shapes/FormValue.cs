using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Conversations.Shapes;

/// <summary>What was filled in under one name: a text, a number, yes or no, or the ids of what was chosen.</summary>
[JsonConverter(typeof(Wire))]
public sealed record FormValue
{
    /// <summary>Something that no field takes. Read all the same, so that the refusal can name the field.</summary>
    public static readonly FormValue Odd = new();

    public string? Text { get; init; }

    public double? Number { get; init; }

    public bool? Yes { get; init; }

    public ImmutableArray<string>? Chosen { get; init; }

    public static implicit operator FormValue(string text) => new() { Text = text };

    public static implicit operator FormValue(double number) => new() { Number = number };

    public static implicit operator FormValue(bool yes) => new() { Yes = yes };

    public static FormValue Of(params string[] chosen) => new() { Chosen = [.. chosen] };

    /// <summary>True where nothing was filled in: an empty line, nothing chosen.</summary>
    public bool IsEmpty => Text is { } text ? string.IsNullOrWhiteSpace(text) : Chosen is { IsEmpty: true };

    public bool Equals(FormValue? other) =>
        other is not null && Text == other.Text && Number == other.Number && Yes == other.Yes && (Chosen ?? []).AsSpan().SequenceEqual((other.Chosen ?? []).AsSpan());

    public override int GetHashCode() => HashCode.Combine(Text, Number, Yes, Chosen?.Length);

    private sealed class Wire : JsonConverter<FormValue>
    {
        public override bool HandleNull => true;

        public override FormValue Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.String:
                    return reader.GetString()!;
                case JsonTokenType.Number:
                    return reader.TryGetDouble(out var number) && double.IsFinite(number) ? number : Odd;
                case JsonTokenType.True or JsonTokenType.False:
                    return reader.GetBoolean();
                case JsonTokenType.Null:
                    return "";
                case JsonTokenType.StartArray:
                    var element = JsonElement.ParseValue(ref reader);
                    return element.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String) ? Of([.. element.EnumerateArray().Select(one => one.GetString()!)]) : Odd;
                default:
                    reader.Skip();
                    return Odd;
            }
        }

        public override void Write(Utf8JsonWriter writer, FormValue value, JsonSerializerOptions options)
        {
            switch (value)
            {
                case { Text: { } text }:
                    writer.WriteStringValue(text);
                    break;
                case { Number: { } number }:
                    writer.WriteNumberValue(number);
                    break;
                case { Yes: { } yes }:
                    writer.WriteBooleanValue(yes);
                    break;
                case { Chosen: { } chosen }:
                    JsonSerializer.Serialize(writer, chosen, options);
                    break;
                default:
                    writer.WriteNullValue();
                    break;
            }
        }
    }
}
