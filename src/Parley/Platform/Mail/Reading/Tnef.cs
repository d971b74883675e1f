using System.Buffers.Binary;
using System.Text;

namespace Parley.Platform.Mail.Reading;

/// <summary>A file within a winmail.dat.</summary>
internal sealed record TnefFile(string? Name, string Type, byte[] Bytes, string? ContentId);

/// <summary>What is in a winmail.dat ([MS-OXTNEF]): what was said, and the files. Nothing of its other properties is of use to anybody here.</summary>
/// <param name="Rich">What was said as RTF, where it is said in no other way.</param>
/// <param name="IsWhole">Nothing is in it besides: no mail within it, no end that is broken off.</param>
internal sealed record Tnef(string? Text, string? Page, byte[]? Rich, IReadOnlyList<TnefFile> Files, bool IsWhole)
{
    private const uint Signature = 0x223E9F78;
    private const int Most = 1_000;

    private const uint Body = 0x0002800C;
    private const uint Properties = 0x00069003;
    private const uint CodePage = 0x00069007;
    private const uint FileBegins = 0x00069002;
    private const uint FileTitle = 0x00018010;
    private const uint FileData = 0x0006800F;
    private const uint FileProperties = 0x00069005;

    /// <summary>Null: it is none, or broken before anything of it could be read.</summary>
    public static Tnef? Read(byte[] packed)
    {
        if (packed.Length < 6 || BinaryPrimitives.ReadUInt32LittleEndian(packed) != Signature)
        {
            return null;
        }

        var it = new Reading(packed);
        while (it.Next())
        {
        }

        var files = it.Files();
        return it.Text is null && it.Page is null && it.Rich is null && files.Count == 0 ? null : new(it.Text, it.Page, it.Rich, files, it.IsWhole);
    }

    /// <summary>As much of a text as of any other in a mail.</summary>
    private static ReadOnlyMemory<byte> Cut(ReadOnlyMemory<byte> text) => text[..Math.Min(text.Length, MailLimits.Text)];

    private sealed class Reading(byte[] all)
    {
        private readonly List<(string? Name, string? Long, string? Type, string? Id, byte[]? Bytes)> _files = [];
        private int _at = 6;
        private Encoding _letters = Charsets.Find("windows-1252")!;

        public string? Text { get; private set; }

        public string? Page { get; private set; }

        public byte[]? Rich { get; private set; }

        public bool IsWhole { get; private set; } = true;

        public List<TnefFile> Files() => [.. _files.Where(file => file.Bytes is { Length: > 0 }).Select(file => new TnefFile(file.Long ?? file.Name, file.Type is { } type && IsPlain(type) ? type : "application/octet-stream", file.Bytes!, file.Id))];

        /// <summary>Level, name and kind, length, that much, and a sum over it that nobody needs.</summary>
        public bool Next()
        {
            if (_at + 9 > all.Length)
            {
                return false;
            }

            var (id, length) = (BinaryPrimitives.ReadUInt32LittleEndian(all.AsSpan(_at + 1)), BinaryPrimitives.ReadInt32LittleEndian(all.AsSpan(_at + 5)));
            if (_files.Count > Most || length < 0 || length > all.Length - _at - 9)
            {
                return IsWhole = false;
            }

            Take(id, all.AsMemory(_at + 9, length));
            _at += 9 + length + 2;
            return true;
        }

        private void Take(uint id, ReadOnlyMemory<byte> value)
        {
            switch (id)
            {
                case CodePage when value.Length >= 4 && Charsets.Find($"windows-{BinaryPrimitives.ReadInt32LittleEndian(value.Span)}") is { } letters:
                    _letters = letters;
                    break;
                case Body:
                    Text ??= Said(Cut(value).Span);
                    break;
                case Properties:
                    new MapiReading(value, _letters).Each(Message);
                    break;
                case FileBegins:
                    _files.Add(default);
                    break;
                case FileTitle when _files.Count > 0:
                    _files[^1] = _files[^1] with { Name = Said(Cut(value).Span) };
                    break;
                case FileData when _files.Count > 0:
                    _files[^1] = _files[^1] with { Bytes = value.ToArray() };
                    break;
                case FileProperties when _files.Count > 0:
                    new MapiReading(value, _letters).Each(File);
                    break;
            }
        }

        private void Message(ushort name, string? text, ReadOnlyMemory<byte> bytes)
        {
            switch (name)
            {
                case 0x1000:
                    Text ??= text;
                    break;
                case 0x1013:
                    Page ??= text ?? Charsets.Decode(Cut(bytes).Span, Pages.Charset(Cut(bytes).ToArray())).Text;
                    break;
                case 0x1009:
                    Rich ??= RichText.Unpacked(bytes.Span);
                    break;
            }
        }

        private void File(ushort name, string? text, ReadOnlyMemory<byte> bytes)
        {
            var file = _files[^1];
            // An object of Outlook's own, such as a mail within the mail.
            IsWhole &= name != 0x3701 || bytes.Length > 0;
            _files[^1] = name switch
            {
                0x3707 => file with { Long = text },
                0x370E => file with { Type = text },
                0x3712 => file with { Id = text },
                // A file, and no object of Outlook's own, behind whose name it begins.
                0x3701 when file.Bytes is null && bytes.Length > 0 => file with { Bytes = bytes.ToArray() },
                _ => file,
            };
        }

        /// <summary>A file is one: what says that it has parts of its own has none here.</summary>
        private static bool IsPlain(string type) => type.Contains('/') && !type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) && !type.StartsWith("message/", StringComparison.OrdinalIgnoreCase);

        private string? Said(ReadOnlySpan<byte> bytes) => _letters.GetString(bytes).TrimEnd('\0') is { Length: > 0 } said ? said : null;
    }

    /// <summary>Properties as MAPI writes them: kind, name, and what they are.</summary>
    private sealed class MapiReading(ReadOnlyMemory<byte> all, Encoding letters)
    {
        private int _at;

        public void Each(Action<ushort, string?, ReadOnlyMemory<byte>> take)
        {
            if (Number() is not { } count)
            {
                return;
            }

            for (var one = 0; one < Math.Min(count, 10_000) && Number() is { } tag; one++)
            {
                var (kind, name) = ((ushort)(tag & 0xFFFF), (ushort)(tag >> 16));
                if (name >= 0x8000 && !Named())
                {
                    return;
                }

                var several = (kind & 0x1000) != 0;
                if (!One((ushort)(kind & 0xFFF), several, name, take))
                {
                    return;
                }
            }
        }

        /// <summary>A name of its own (a GUID with a number or a text) stands before it.</summary>
        private bool Named()
        {
            if (!Skip(16) || Number() is not { } kind || Number() is not { } length)
            {
                return false;
            }

            return kind == 0 || (length <= int.MaxValue / 2 && Skip(Even((int)length)));
        }

        private bool One(ushort kind, bool several, ushort name, Action<ushort, string?, ReadOnlyMemory<byte>> take)
        {
            var size = kind switch { 2 or 3 or 4 or 10 or 11 => 4, 5 or 6 or 7 or 20 => 8, 0x48 => 16, _ => 0 };
            if (size > 0)
            {
                return !several ? Skip(size) : Number() is { } each && each < 100_000 && Skip((int)each * size);
            }

            if (kind is not (0x1E or 0x1F or 0x102 or 0x0D) || Number() is not { } times || times > 1_000)
            {
                return false;
            }

            for (var one = 0; one < times; one++)
            {
                if (Number() is not { } said || said > all.Length - _at)
                {
                    return false;
                }

                var value = all.Slice(_at, (int)said);
                if (!Skip(Math.Min(Even((int)said), all.Length - _at)))
                {
                    return false;
                }

                take(name, kind == 0x1E ? letters.GetString(Cut(value).Span).TrimEnd('\0') : kind == 0x1F ? Encoding.Unicode.GetString(Cut(value).Span).TrimEnd('\0') : null, kind == 0x102 ? value : default);
            }

            return true;
        }

        private uint? Number()
        {
            if (_at + 4 > all.Length)
            {
                return null;
            }

            _at += 4;
            return BinaryPrimitives.ReadUInt32LittleEndian(all.Span[(_at - 4)..]);
        }

        private bool Skip(int bytes)
        {
            if (bytes < 0 || bytes > all.Length - _at)
            {
                return false;
            }

            _at += bytes;
            return true;
        }

        /// <summary>Everything ends where a number of four bytes may begin.</summary>
        private static int Even(int length) => (length + 3) / 4 * 4;
    }
}

/// <summary>RTF as Outlook packs it ([MS-OXRTFCP]).</summary>
internal static class RichText
{
    private const uint Packed = 0x75465A4C;
    private const uint Plain = 0x414C454D;
    private const int Most = 16 * 1024 * 1024;

    private static readonly byte[] Known = Encoding.ASCII.GetBytes(
        "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx");

    /// <summary>Null: it is none, or broken.</summary>
    public static byte[]? Unpacked(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 16)
        {
            return null;
        }

        var kind = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        return kind == Plain ? bytes[16..].ToArray() : kind == Packed ? Unpack(bytes[16..]) : null;
    }

    private static byte[]? Unpack(ReadOnlySpan<byte> from)
    {
        var (window, write, into) = (new byte[4096], Known.Length, new MemoryStream());
        Known.CopyTo(window, 0);
        for (var at = 0; at < from.Length;)
        {
            var flags = from[at++];
            for (var bit = 0; bit < 8 && at < from.Length && into.Length < Most; bit++)
            {
                if ((flags & (1 << bit)) == 0)
                {
                    Write(from[at++]);
                    continue;
                }

                if (at + 1 >= from.Length)
                {
                    return null;
                }

                var token = BinaryPrimitives.ReadUInt16BigEndian(from[at..]);
                var (read, length) = (token >> 4, (token & 0xF) + 2);
                at += 2;
                if (read == write)
                {
                    // So it ends.
                    return into.ToArray();
                }

                for (; length > 0; length--, read = (read + 1) % window.Length)
                {
                    Write(window[read]);
                }
            }
        }

        return into.ToArray();

        void Write(byte one)
        {
            window[write] = one;
            write = (write + 1) % window.Length;
            into.WriteByte(one);
        }
    }
}
