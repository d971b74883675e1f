using System.Buffers.Binary;

namespace Parley.Contacts;

/// <summary>Reads how large a raster image is from its own header. Null: no image that a browser would decode.</summary>
public static class ImageSize
{
    private const int Largest = 65_535;

    public static (int Width, int Height)? Of(string mime, ReadOnlySpan<byte> bytes)
    {
        var size = mime switch
        {
            "image/png" => Png(bytes),
            "image/gif" => bytes.Length >= 10 ? (Little(bytes[6..]), Little(bytes[8..])) : null,
            "image/jpeg" => Jpeg(bytes),
            "image/webp" => Webp(bytes),
            _ => null,
        };
        return size is { Item1: > 0 and <= Largest, Item2: > 0 and <= Largest } ? size : null;
    }

    /// <summary>https://www.w3.org/TR/png-3/#11IHDR</summary>
    private static (int, int)? Png(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 24 && bytes.Slice(12, 4).SequenceEqual("IHDR"u8)
            ? (BinaryPrimitives.ReadInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadInt32BigEndian(bytes[20..]))
            : null;

    /// <summary>Walks the segments to the first frame header (SOF). ITU-T T.81, B.2.2.</summary>
    private static (int, int)? Jpeg(ReadOnlySpan<byte> bytes)
    {
        var at = 2;
        while (at + 9 < bytes.Length && bytes[at] == 0xFF)
        {
            var marker = bytes[at + 1];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return (BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]));
            }

            at += marker == 0xFF ? 1 : 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
        }

        return null;
    }

    /// <summary>RFC 9649, section 2.</summary>
    private static (int, int)? Webp(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 30)
        {
            return null;
        }

        var kind = bytes.Slice(12, 4);
        if (kind.SequenceEqual("VP8X"u8))
        {
            return (1 + (bytes[24] | (bytes[25] << 8) | (bytes[26] << 16)), 1 + (bytes[27] | (bytes[28] << 8) | (bytes[29] << 16)));
        }

        if (kind.SequenceEqual("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(bytes[21..]);
            return (1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));
        }

        return kind.SequenceEqual("VP8 "u8) ? (Little(bytes[26..]) & 0x3FFF, Little(bytes[28..]) & 0x3FFF) : null;
    }

    private static int Little(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
