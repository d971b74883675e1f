using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Parley.Tests.Cast;

/// <summary>Signs JWTs by hand, right ones and wrong ones: what a site's server does, and what an attacker tries.</summary>
public static class Voucher
{
    public static string Sign(string secret, object claims, string algorithm = "HS256", string? kid = null) =>
        Make(claims, new { alg = algorithm, typ = "JWT", kid }, input => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), input));

    public static string Sign(RSA key, object claims, string? kid = null) =>
        Make(claims, new { alg = "RS256", typ = "JWT", kid }, input => key.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public static string Sign(ECDsa key, object claims, string? kid = null) =>
        Make(claims, new { alg = "ES256", typ = "JWT", kid }, input => key.SignData(input, HashAlgorithmName.SHA256));

    public static string Make(object claims, object header, Func<byte[], byte[]> sign)
    {
        var input = $"{Text(header)}.{Text(claims)}";
        return $"{input}.{Base64Url.EncodeToString(sign(Encoding.UTF8.GetBytes(input)))}";
    }

    /// <summary>Claims exactly as they are written here.</summary>
    public static string Raw(string secret, string claims)
    {
        var input = $"{Text(new { alg = "HS256" })}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
        return $"{input}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(input)))}";
    }

    private static string Text(object part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part, Parley.Platform.Json.Options));
}
