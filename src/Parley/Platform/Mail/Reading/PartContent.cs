using System.Text;

namespace Parley.Platform.Mail.Reading;

/// <summary>Where the unpacked bytes of one part go: into memory if it is text, else to whoever keeps files; no more than is allowed, and counted.</summary>
internal sealed class PartContent(Stream into, long most, bool closes) : Stream
{
    private const int Sniffed = 16;

    private readonly byte[] _begin = new byte[Sniffed];

    public long Size { get; private set; }

    public bool IsCut => Size > most;

    /// <summary>The first bytes, by which one sees what it is.</summary>
    public ReadOnlySpan<byte> Begin => _begin.AsSpan(0, (int)Math.Min(Size, Sniffed));

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => Size;

    public override long Position { get => Size; set => throw new NotSupportedException(); }

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        if (Size < Sniffed)
        {
            bytes[..(int)Math.Min(bytes.Length, Sniffed - Size)].CopyTo(_begin.AsSpan((int)Size));
        }

        var room = Math.Max(0, most - Size);
        Size += bytes.Length;
        into.Write(bytes.Length > room ? bytes[..(int)room] : bytes);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void WriteByte(byte value) => Write([value]);

    public override void Flush() => into.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && closes)
        {
            into.Dispose();
        }

        base.Dispose(disposing);
    }
}

/// <summary>Whether a file that calls itself a picture is something else by its first bytes.</summary>
internal static class Disguises
{
    private static readonly string[] Pictures = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".ico"];

    private static readonly byte[][] Others =
    [
        "PK\u0003\u0004"u8.ToArray(), "PK\u0005\u0006"u8.ToArray(), "Rar!"u8.ToArray(), [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], [0x1F, 0x8B], "BZh"u8.ToArray(), [0xFD, 0x37, 0x7A, 0x58, 0x5A],
        "MZ"u8.ToArray(), [0x7F, 0x45, 0x4C, 0x46], "#!"u8.ToArray(), "%PDF"u8.ToArray(), [0xD0, 0xCF, 0x11, 0xE0],
    ];

    public static bool Says(MailPart part, ReadOnlySpan<byte> begin)
    {
        if (!part.Type.StartsWith("image/", StringComparison.Ordinal) && !Pictures.Contains(Path.GetExtension(part.Name ?? "").ToLowerInvariant()))
        {
            return false;
        }

        foreach (var other in Others)
        {
            if (begin.StartsWith(other))
            {
                return true;
            }
        }

        var text = Encoding.Latin1.GetString(begin).TrimStart().ToLowerInvariant();
        return text.StartsWith("<!doctype", StringComparison.Ordinal) || text.StartsWith("<html", StringComparison.Ordinal) || text.StartsWith("<script", StringComparison.Ordinal);
    }
}
