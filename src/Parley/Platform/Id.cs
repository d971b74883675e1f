using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Platform;

/// <summary>Names what an <see cref="Id{T}"/> identifies, by the prefix it has outside: <c>cnv</c> in <c>cnv_01j…</c>.</summary>
public interface IIdKind
{
    static abstract string Prefix { get; }
}

/// <summary>
/// An opaque id: a UUIDv7 inside, <c>prefix_</c> and 26 characters of Crockford's base32 outside, 16 big-endian bytes in the store
/// (so that the store sorts them by time).
/// </summary>
[JsonConverter(typeof(IdJson))]
public readonly record struct Id<T>(Guid Value) : IComparable<Id<T>>
    where T : IIdKind
{
    public bool IsEmpty => Value == Guid.Empty;

    public byte[] Bytes => Value.ToByteArray(bigEndian: true);

    public static Id<T> New(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    public static Id<T> From(byte[] bytes) => new(new Guid(bytes, bigEndian: true));

    public static Id<T>? FromNullable(byte[]? bytes) => bytes is null ? null : From(bytes);

    /// <summary>
    /// True for any text: what is no id of this kind gives the empty id, which nothing has. So a mangled id in a route is answered
    /// like any other unknown one (404), and tells a stranger nothing. False where there is none: what a query does not say is absent, and not empty.
    /// </summary>
    public static bool TryParse(string? text, out Id<T> id)
    {
        id = Parse(text);
        return !string.IsNullOrEmpty(text);
    }

    public static Id<T> Parse(string? text) =>
        text is not null && text.Length == T.Prefix.Length + 27 && text[T.Prefix.Length] == '_' && text.StartsWith(T.Prefix, StringComparison.Ordinal)
        && Base32.TryDecode(text.AsSpan(T.Prefix.Length + 1), out var value)
            ? new(value)
            : default;

    public int CompareTo(Id<T> other) => Value.CompareTo(other.Value);

    public override string ToString() => $"{T.Prefix}_{Base32.Encode(Value)}";

    /// <summary>The same text as bytes; how many they are.</summary>
    internal int Write(Span<byte> text)
    {
        var prefix = Encoding.ASCII.GetBytes(T.Prefix, text);
        text[prefix] = (byte)'_';
        Base32.Encode(Value, text[(prefix + 1)..]);
        return prefix + 1 + Base32.Length;
    }
}

/// <summary>Crockford's base32 of 128 bits: 26 characters, the first of which holds 3 bits. https://www.crockford.com/base32.html</summary>
public static class Base32
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    public const int Length = 26;

    private static readonly sbyte[] Digits = [.. Enumerable.Range(0, 128).Select(c => (sbyte)Alphabet.IndexOf((char)c))];

    public static string Encode(Guid value) => string.Create(Length, value, static (text, guid) =>
    {
        Span<byte> encoded = stackalloc byte[Length];
        Encode(guid, encoded);
        Encoding.ASCII.GetChars(encoded, text);
    });

    /// <summary>The same 26 characters as bytes.</summary>
    public static void Encode(Guid value, Span<byte> text)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        var (high, low) = (BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
        // The lower half gives twelve characters, and with one bit of the upper one more.
        for (var i = Length - 1; i > 13; i--, low >>= 5)
        {
            text[i] = (byte)Alphabet[(int)(low & 31)];
        }

        text[13] = (byte)Alphabet[(int)((low | (high << 4)) & 31)];
        high >>= 1;
        for (var i = 12; i >= 0; i--, high >>= 5)
        {
            text[i] = (byte)Alphabet[(int)(high & 31)];
        }
    }

    public static bool TryDecode(ReadOnlySpan<char> text, out Guid value)
    {
        value = default;
        if (text.Length != Length || text[0] > '7')
        {
            return false;
        }

        var (high, low) = (0UL, 0UL);
        foreach (var c in text)
        {
            var digit = c < Digits.Length ? Digits[c] : -1;
            if (digit < 0)
            {
                return false;
            }

            high = (high << 5) | (low >> 59);
            low = (low << 5) | (uint)digit;
        }

        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, high);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], low);
        value = new Guid(bytes, bigEndian: true);
        return true;
    }
}

/// <summary>Ids travel as their text; text that is no id becomes the empty id, as in routes.</summary>
public sealed class IdJson : JsonConverterFactory
{
    /// <summary>Prefixes are words of a few letters.</summary>
    internal const int Longest = 64;

    public override bool CanConvert(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Id<>);

    public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(type.GetGenericArguments()))!;

    private sealed class Converter<T> : JsonConverter<Id<T>>
        where T : IIdKind
    {
        public override Id<T> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String ? Id<T>.Parse(reader.GetString()) : throw new JsonException("An id is a string.");

        public override void Write(Utf8JsonWriter writer, Id<T> value, JsonSerializerOptions options)
        {
            Span<byte> text = stackalloc byte[Longest];
            writer.WriteStringValue(text[..value.Write(text)]);
        }

        public override Id<T> ReadAsPropertyName(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => Id<T>.Parse(reader.GetString());

        public override void WriteAsPropertyName(Utf8JsonWriter writer, Id<T> value, JsonSerializerOptions options) => writer.WritePropertyName(value.ToString());
    }
}
