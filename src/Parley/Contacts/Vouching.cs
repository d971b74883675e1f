using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Parley.Workspaces;

namespace Parley.Contacts;

/// <summary>What a site vouches for: the id of its user, and what it says about them.</summary>
/// <param name="Locale">In which language they are spoken to (OpenID Connect Core, 5.1).</param>
public sealed record Vouched(string Sub, string? Name, string? Email, string? Locale = null)
{
    /// <summary>What it says under the workspace's attributes, as it was signed.</summary>
    public IReadOnlyDictionary<string, JsonElement?>? Signed { get; init; }

    /// <summary>What of that there is, and makes sense.</summary>
    public ImmutableSortedDictionary<string, string>? Attributes { get; init; }
}

/// <summary>
/// Reads the JWT with which a site vouches for its user (RFC 7519, 7515). The algorithm is the key's, never the token's own choice
/// (RFC 8725, 3.1): otherwise a public key could be used as a shared secret. Whatever is wrong, the answer is the same: nobody is vouched for.
/// </summary>
public static class Vouching
{
    private const int LongestToken = 8_000;
    private const int LongestSub = 200;

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(24);

    public static Vouched? Read(string jwt, InboxId inbox, IReadOnlyList<IdentityKey> keys, DateTimeOffset now) => Said(jwt, inbox, keys, claims => Holds(claims, now));

    /// <summary>For whom a word was good that has run out: it lets nobody in, and says that nobody else has come either.</summary>
    public static Vouched? Formerly(string jwt, InboxId inbox, IReadOnlyList<IdentityKey> keys, DateTimeOffset now) => Said(jwt, inbox, keys, claims => Time(claims, "exp") is { } end && end <= now - Skew);

    private static Vouched? Said(string jwt, InboxId inbox, IReadOnlyList<IdentityKey> keys, Predicate<JsonElement> stands)
    {
        var parts = jwt.Length <= LongestToken ? jwt.Split('.') : [];
        if (parts.Length != 3 || Part(parts[0]) is not { } header || Bytes(parts[2]) is not { } signature)
        {
            return null;
        }

        var (algorithm, kid) = (Text(header, "alg"), Text(header, "kid"));
        // A header that must be understood (RFC 7515, 4.1.11) is not: there is none that we do.
        if (header.TryGetProperty("crit", out _))
        {
            return null;
        }

        var input = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
        var signer = keys.FirstOrDefault(key => key.Algorithm.ToString() == algorithm && (kid is null || kid == key.Kid) && Signed(key, input, signature));
        return signer is null || Part(parts[1]) is not { } claims || !stands(claims) || !Concerns(claims, inbox, signer.Algorithm) ? null : Claimed(claims);
    }

    private static bool Signed(IdentityKey key, byte[] input, byte[] signature)
    {
        switch (key.Algorithm)
        {
            case KeyAlgorithm.HS256:
                return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key.Material, input), signature);
            case KeyAlgorithm.RS256:
                using (var rsa = RSA.Create())
                {
                    rsa.ImportSubjectPublicKeyInfo(key.Material, out _);
                    return rsa.VerifyData(input, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
                }

            default:
                using (var curve = ECDsa.Create())
                {
                    curve.ImportSubjectPublicKeyInfo(key.Material, out _);
                    return curve.VerifyData(input, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
                }
        }
    }

    private static bool Holds(JsonElement claims, DateTimeOffset now) =>
        Time(claims, "exp") is { } end && end > now - Skew && end <= now + LongestLife + Skew && !(Time(claims, "nbf") is { } begin && begin > now + Skew);

    /// <summary>A shared secret is this inbox's alone, so it may go unsaid; an issuer's key pair may sign for many.</summary>
    private static bool Concerns(JsonElement claims, InboxId inbox, KeyAlgorithm algorithm) =>
        claims.TryGetProperty("aud", out var audience) ? Names(audience, inbox.ToString()) : algorithm == KeyAlgorithm.HS256;

    private static bool Names(JsonElement audience, string inbox) => audience.ValueKind switch
    {
        JsonValueKind.String => audience.GetString() == inbox,
        JsonValueKind.Array => audience.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.GetString() == inbox),
        _ => false,
    };

    private static Vouched? Claimed(JsonElement claims)
    {
        if (Text(claims, "sub") is not { Length: > 0 and <= LongestSub } sub)
        {
            return null;
        }

        // What the site says of its user is shown; a name or an address that cannot be is left out, and does not make the user a stranger.
        var name = Text(claims, "name")?.Trim();
        var email = Text(claims, "email")?.Trim();
        var locale = Text(claims, "locale")?.Trim().Replace('_', '-');
        return new Vouched(
            sub,
            name is not null && Naming.Name(name) is null ? name : null,
            email is not null && Naming.Email(email) is null ? email : null,
            locale is not null && Wording.IsLanguage(locale) ? locale : null)
        {
            Signed = claims.TryGetProperty("attributes", out var said) && said.ValueKind == JsonValueKind.Object ? Members(said) : null,
        };
    }

    /// <summary>The last of two of one name counts, as for every reader of JSON.</summary>
    private static Dictionary<string, JsonElement?> Members(JsonElement said)
    {
        var members = new Dictionary<string, JsonElement?>();
        foreach (var one in said.EnumerateObject())
        {
            members[one.Name] = one.Value.Clone();
        }

        return members;
    }

    private static JsonElement? Part(string text)
    {
        try
        {
            return Bytes(text) is { } bytes && Utf8.IsValid(bytes) && JsonSerializer.Deserialize<JsonElement>(bytes) is { ValueKind: JsonValueKind.Object } part ? part : null;
        }
        catch (JsonException)
        {
            // Not a token. The visitor stays anonymous, whatever the text was.
            return null;
        }
    }

    private static byte[]? Bytes(string text)
    {
        // Decoded without a throw: what strangers send is not an exception.
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return Base64Url.DecodeFromChars(text, bytes, out _, out var length) == OperationStatus.Done ? bytes[..length] : null;
    }

    private static string? Text(JsonElement part, string name)
    {
        try
        {
            return part.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Platform.Words.Clean(value.GetString()!) : null;
        }
        catch (InvalidOperationException)
        {
            // JSON may spell half a surrogate pair (\ud800), which is no text.
            return null;
        }
    }

    private static DateTimeOffset? Time(JsonElement part, string name) =>
        part.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is > 0 and < 253_402_300_799
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000))
            : null;
}
