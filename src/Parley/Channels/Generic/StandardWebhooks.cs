using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Parley.Channels.Generic;

/// <summary>Signs and proves requests as Standard Webhooks has it (https://www.standardwebhooks.com): an id, a time, and one or several signatures over both and the body.</summary>
internal static class StandardWebhooks
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";
    public const string Prefix = "whsec_";

    /// <summary>An older one may be somebody's copy.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const string Version = "v1,";

    /// <summary>The bytes of a secret as it is written: <c>whsec_</c> and base64.</summary>
    public static byte[] Bytes(string secret)
    {
        var text = secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret[Prefix.Length..] : secret;
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : Encoding.UTF8.GetBytes(text);
    }

    public static string Sign(string secret, string id, DateTimeOffset at, ReadOnlySpan<byte> body) => Version + Convert.ToBase64String(Tag(secret, id, Seconds(at), body));

    /// <summary>Null where the request was signed with the secret, just now; otherwise why it counts as nobody's.</summary>
    public static string? Flaw(RawRequest request, string secret, DateTimeOffset now)
    {
        if (request.Header(IdHeader) is not { Length: > 0 } id || request.Header(SignatureHeader) is not { } signatures
            || !long.TryParse(request.Header(TimestampHeader), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > 253_402_300_799)
        {
            return "signature.missing";
        }

        var expected = Tag(secret, id, request.Header(TimestampHeader)!, request.Body.Span);
        var signed = signatures.Split(' ', ',').Any(part => part.Length > 2 && Decoded(part) is { } given && CryptographicOperations.FixedTimeEquals(given, expected));
        return !signed ? "signature.wrong" : (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > Tolerance ? "signature.old" : null;
    }

    /// <summary>What is wrong with a signature as far as its headers say it; null: the body decides.</summary>
    public static string? Stale(RawRequest head, DateTimeOffset now) =>
        head.Header(IdHeader) is not { Length: > 0 } || head.Header(SignatureHeader) is null
        || !long.TryParse(head.Header(TimestampHeader), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > 253_402_300_799 ? "signature.missing"
        : (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > Tolerance ? "signature.old" : null;

    public static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static byte[] Tag(string secret, string id, string seconds, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Bytes(secret));
        hash.AppendData(Encoding.UTF8.GetBytes($"{id}.{seconds}."));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    private static byte[]? Decoded(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
