using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Parley.Platform.Push;

/// <summary>Encrypts what is pushed for one browser alone (RFC 8291, in one record of RFC 8188's <c>aes128gcm</c>): the push service in between reads nothing.</summary>
public static class PushMessage
{
    /// <summary>What every push service takes (RFC 8030, 7.2): the whole body has at most 4,096 bytes.</summary>
    public const int Longest = 4_096 - Head - 1 - TagSize;

    private const int RecordSize = 4_096;
    private const int SaltSize = 16;
    private const int TagSize = 16;
    private const int PointSize = 65;
    private const int Head = SaltSize + 4 + 1 + PointSize;

    /// <exception cref="CryptographicException">The browser's key is no point of the curve.</exception>
    public static byte[] Encrypt(ReadOnlySpan<byte> text, byte[] browser, byte[] secret)
    {
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Encrypt(text, browser, secret, own, RandomNumberGenerator.GetBytes(SaltSize));
    }

    /// <param name="browser">The subscription's <c>p256dh</c>: a point, uncompressed.</param>
    /// <param name="secret">The subscription's <c>auth</c>.</param>
    internal static byte[] Encrypt(ReadOnlySpan<byte> text, byte[] browser, byte[] secret, ECDiffieHellman own, byte[] salt)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, Longest);
        using var other = ECDiffieHellman.Create(Point.Parameters(browser));
        var ours = Point.Of(own.ExportParameters(includePrivateParameters: false));
        var input = HKDF.DeriveKey(HashAlgorithmName.SHA256, own.DeriveRawSecretAgreement(other.PublicKey), 32, secret, [.. "WebPush: info\0"u8, .. browser, .. ours]);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 16, salt, Encoding.ASCII.GetBytes("Content-Encoding: aes128gcm\0"));
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 12, salt, Encoding.ASCII.GetBytes("Content-Encoding: nonce\0"));

        var body = new byte[Head + text.Length + 1 + TagSize];
        salt.CopyTo(body, 0);
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(SaltSize), RecordSize);
        body[SaltSize + 4] = PointSize;
        ours.CopyTo(body, SaltSize + 5);
        // 2 closes the last record (RFC 8188, 2).
        byte[] padded = [.. text, 2];
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, padded, body.AsSpan(Head, padded.Length), body.AsSpan(Head + padded.Length));
        return body;
    }
}

/// <summary>Points of P-256 as they travel: 4, then both coordinates.</summary>
internal static class Point
{
    private const int Size = 65;

    public static bool Is(byte[] point)
    {
        try
        {
            using var key = ECDiffieHellman.Create(Parameters(point));
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public static byte[] Of(ECParameters parameters) => [4, .. parameters.Q.X!, .. parameters.Q.Y!];

    public static ECParameters Parameters(byte[] point, byte[]? secret = null) => point is [4, ..] && point.Length == Size
        ? new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = point[1..33], Y = point[33..] }, D = secret }
        : throw new CryptographicException("That is no uncompressed point of P-256.");
}
