using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Parley.Platform.Store;

namespace Parley.Platform.Keys;

/// <summary>
/// The installation's own secret keys. They live in the store, wrapped by a master key outside it where one is set. For every purpose a key
/// of its own is derived, so that what was signed for one thing is never taken for another.
/// </summary>
/// <remarks>
/// The newest key signs, but only <see cref="Lead"/> after it was made, when every node has read it; older ones still verify, so that a change
/// of key signs nobody out.
/// </remarks>
public sealed class KeyRing(Database database, TimeProvider time, KeySettings settings)
{
    private const int TagSize = 16;
    private const int NonceSize = 12;
    private const int NumberSize = 4;

    /// <summary>How long before its first use a key is in the store; nodes read the ring twice as often.</summary>
    public static readonly TimeSpan Lead = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<(int Number, string Purpose), byte[]> _derived = new();
    private ImmutableSortedDictionary<int, Ringed> _keys = ImmutableSortedDictionary<int, Ringed>.Empty;

    /// <summary>Reads the ring; makes its first key where there is none. Before anything else of the ring is used.</summary>
    /// <exception cref="StoreRefused">The master key is too short, missing, or another than the one that the keys were wrapped with.</exception>
    public async Task Load()
    {
        if (settings.Master is { Length: > 0 and < KeySettings.MasterLength })
        {
            throw new StoreRefused("keys.master", $"The master key (keys.master) must have at least {KeySettings.MasterLength} characters.");
        }

        var keys = await Read();
        if (keys.IsEmpty)
        {
            await Add(1, time.GetUtcNow());
            keys = await Read();
        }

        _keys = keys;
    }

    /// <summary>A new key that signs once all nodes know it. The older ones still verify.</summary>
    public async Task Rotate()
    {
        await Add((await Read()).Keys.LastOrDefault() + 1, time.GetUtcNow() + Lead);
        _keys = await Read();
    }

    /// <summary>The payload with a signature, as text that fits into URLs, cookies and headers. The payload can be read by anybody.</summary>
    public string Sign(string purpose, ReadOnlySpan<byte> payload)
    {
        var number = Signing();
        Span<byte> tail = stackalloc byte[NumberSize + TagSize];
        BinaryPrimitives.WriteInt32BigEndian(tail, number);
        Tag(number, purpose, payload, tail[NumberSize..]);
        return $"{Base64Url.EncodeToString(payload)}.{Base64Url.EncodeToString(tail)}";
    }

    /// <summary>The payload of a text that <see cref="Sign"/> made for the same purpose; null for anything else.</summary>
    public byte[]? Verify(string purpose, string? text)
    {
        var dot = text?.IndexOf('.') ?? -1;
        if (dot < 0 || Decode(text.AsSpan(0, dot)) is not { } payload || Decode(text.AsSpan(dot + 1)) is not { Length: NumberSize + TagSize } tail)
        {
            return null;
        }

        var number = BinaryPrimitives.ReadInt32BigEndian(tail);
        if (!_keys.ContainsKey(number))
        {
            return null;
        }

        Span<byte> expected = stackalloc byte[TagSize];
        Tag(number, purpose, payload, expected);
        return CryptographicOperations.FixedTimeEquals(expected, tail.AsSpan(NumberSize)) ? payload : null;
    }

    /// <summary>The tag that belongs to a payload, for where there is room for little text: the one to write first, then those of older keys, that count too.</summary>
    public IEnumerable<byte[]> Tags(string purpose, byte[] payload)
    {
        var first = Signing();
        foreach (var number in _keys.Keys.OrderByDescending(number => number == first).ThenByDescending(number => number))
        {
            var tag = new byte[TagSize];
            Tag(number, purpose, payload, tag);
            yield return tag;
        }
    }

    /// <summary>The payload encrypted and signed, as bytes for the store or (<see cref="Seal(string, ReadOnlySpan{byte})"/>) for text that nobody else can read.</summary>
    public byte[] Protect(string purpose, ReadOnlySpan<byte> payload)
    {
        var number = Signing();
        var secret = new byte[NumberSize + NonceSize + payload.Length + TagSize];
        BinaryPrimitives.WriteInt32BigEndian(secret, number);
        Encrypt(Derived(number, $"protect:{purpose}"), payload, secret.AsSpan(NumberSize));
        return secret;
    }

    public byte[]? Unprotect(string purpose, ReadOnlySpan<byte> secret)
    {
        if (secret.Length < NumberSize + NonceSize + TagSize)
        {
            return null;
        }

        var number = BinaryPrimitives.ReadInt32BigEndian(secret);
        return _keys.ContainsKey(number) ? Decrypt(Derived(number, $"protect:{purpose}"), secret[NumberSize..]) : null;
    }

    /// <summary><see cref="Protect"/> as text that fits into URLs.</summary>
    public string Seal(string purpose, ReadOnlySpan<byte> payload) => Base64Url.EncodeToString(Protect(purpose, payload));

    public byte[]? Unseal(string purpose, string? text) => text is not null && Decode(text) is { } secret ? Unprotect(purpose, secret) : null;

    private int Signing()
    {
        var keys = _keys;
        var now = time.GetUtcNow();
        var number = keys.Keys.Last();
        while (number > 1 && keys[number].From > now)
        {
            number--;
        }

        return number;
    }

    private void Tag(int number, string purpose, ReadOnlySpan<byte> payload, Span<byte> tag)
    {
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(Derived(number, $"sign:{purpose}"), payload, hash);
        hash[..TagSize].CopyTo(tag);
    }

    private byte[] Derived(int number, string purpose) => _derived.GetOrAdd(
        (number, purpose), static (key, keys) => HKDF.DeriveKey(HashAlgorithmName.SHA256, keys[key.Number].Secret, 32, info: Encoding.UTF8.GetBytes(key.Purpose)), _keys);

    private static byte[]? Decode(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        // Base64 has several spellings of the same bytes where bits are left over; only ours counts, so that a changed text is a changed text.
        return Base64Url.DecodeFromChars(text, bytes, out _, out var length) == OperationStatus.Done && Base64Url.EncodeToString(bytes.AsSpan(0, length)).AsSpan().SequenceEqual(text)
            ? bytes[..length]
            : null;
    }

    private Task<ImmutableSortedDictionary<int, Ringed>> Read() => database.Read(async session =>
    {
        var rows = await session.Query<(long Number, long Wrapped, byte[] Secret, long Since)>("select number, wrapped, secret, since from keyring");
        return rows.ToImmutableSortedDictionary(
            row => (int)row.Number,
            row => new Ringed(row.Wrapped == 0 ? row.Secret : Unwrap(row.Secret), DateTimeOffset.FromUnixTimeMilliseconds(row.Since)));
    });

    private Task Add(int number, DateTimeOffset from)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var secret = settings.Key is { } master ? Wrap(master, key) : key;
        return database.Write(session => session.Execute(
            "insert into keyring (number, wrapped, secret, since) values (@number, @wrapped, @secret, @since) on conflict (number) do nothing",
            new { number, wrapped = settings.Key is null ? 0 : 1, secret, since = from.ToUnixTimeMilliseconds() }));
    }

    private byte[] Unwrap(byte[] secret) => settings.Key is not { } master
        ? throw new StoreRefused("keys.master", "The keys in the store are wrapped by a master key, and none is given. Set keys.master (PARLEY__KEYS__MASTER) to it.")
        : Decrypt(master, secret) ?? throw new StoreRefused("keys.master", "The master key (keys.master) is not the one that the keys in the store were wrapped with.");

    private static byte[] Wrap(byte[] master, byte[] key)
    {
        var secret = new byte[NonceSize + key.Length + TagSize];
        Encrypt(master, key, secret);
        return secret;
    }

    private static void Encrypt(byte[] key, ReadOnlySpan<byte> payload, Span<byte> into)
    {
        RandomNumberGenerator.Fill(into[..NonceSize]);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(into[..NonceSize], payload, into[NonceSize..^TagSize], into[^TagSize..]);
    }

    private static byte[]? Decrypt(byte[] key, ReadOnlySpan<byte> secret)
    {
        var payload = new byte[secret.Length - NonceSize - TagSize];
        try
        {
            using var aes = new AesGcm(key, TagSize);
            aes.Decrypt(secret[..NonceSize], secret[NonceSize..^TagSize], secret[^TagSize..], payload);
            return payload;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private sealed record Ringed(byte[] Secret, DateTimeOffset From);
}
