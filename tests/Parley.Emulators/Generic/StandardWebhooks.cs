using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Parley.Emulators.Generic;

/// <summary>Standard Webhooks from its own page (https://www.standardwebhooks.com), so that both sides are held against that and not against each other.</summary>
internal static class StandardWebhooks
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public static IEnumerable<(string Name, string Value)> Sign(string secret, string id, DateTimeOffset at, byte[] body)
    {
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return [("webhook-id", id), ("webhook-timestamp", seconds), ("webhook-signature", Signature(secret, id, seconds, body))];
    }

    /// <summary>Null where it is signed as it must be.</summary>
    public static string? Flaw(Func<string, string?> header, string secret, DateTimeOffset now, byte[] body)
    {
        if (header("webhook-id") is not { } id || header("webhook-timestamp") is not { } seconds || header("webhook-signature") is not { } signatures)
        {
            return "It is not signed.";
        }

        var expected = Encoding.UTF8.GetBytes(Signature(secret, id, seconds, body));
        return !signatures.Split(' ').Any(one => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), expected)) ? "The signature is wrong."
            : (now - DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture))).Duration() > Tolerance ? "It was signed at another time: the clocks differ."
            : null;
    }

    private static string Signature(string secret, string id, string seconds, byte[] body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Key(secret));
        hash.AppendData(Encoding.UTF8.GetBytes($"{id}.{seconds}."));
        hash.AppendData(body);
        return $"v1,{Convert.ToBase64String(hash.GetHashAndReset())}";
    }

    private static byte[] Key(string secret) => secret.StartsWith("whsec_", StringComparison.Ordinal) ? Convert.FromBase64String(secret[6..]) : Encoding.UTF8.GetBytes(secret);
}
