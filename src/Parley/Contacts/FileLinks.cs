using System.Buffers.Binary;
using Parley.Platform.Keys;

namespace Parley.Contacts;

/// <summary>Addresses of files, signed for the side that reads them, valid to the end of the next day (UTC), and the same all day so that browsers keep what they have.</summary>
public sealed class FileLinks(KeyRing keys, TimeProvider time)
{
    private const string Purpose = "file";

    /// <param name="days">So many more days it is good: where it is read later than it was sent.</param>
    public string Of(FileId file, bool customer, int days = 1)
    {
        Span<byte> payload = stackalloc byte[25];
        file.Value.TryWriteBytes(payload, bigEndian: true, out _);
        payload[16] = customer ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt64BigEndian(payload[17..], Until(days).ToUnixTimeSeconds());
        return $"/v1/files/{file}?t={keys.Sign(Purpose, payload)}";
    }

    public bool Allows(FileId file, string? token) =>
        keys.Verify(Purpose, token) is { Length: 25 } payload
        && new Guid(payload.AsSpan(0, 16), bigEndian: true) == file.Value
        && BinaryPrimitives.ReadInt64BigEndian(payload.AsSpan(17)) > time.GetUtcNow().ToUnixTimeSeconds();

    private DateTimeOffset Until(int days) => new(time.GetUtcNow().UtcDateTime.Date.AddDays(days + 1), TimeSpan.Zero);
}
