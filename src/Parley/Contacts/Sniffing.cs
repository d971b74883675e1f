using System.IO.Compression;
using System.Text;
using System.Text.Unicode;

namespace Parley.Contacts;

/// <summary>What a file is by its first bytes, whatever its name says. https://mimesniff.spec.whatwg.org and the formats' own specifications.</summary>
public static class Sniffing
{
    /// <summary>How many bytes from the beginning are looked at.</summary>
    public const int Length = 4096;

    private const string Unknown = "application/octet-stream";
    private const string Text = "text/plain";

    private static readonly Dictionary<string, string> ByExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = "image/png", [".jpg"] = "image/jpeg", [".jpeg"] = "image/jpeg", [".jfif"] = "image/jpeg", [".gif"] = "image/gif", [".webp"] = "image/webp", [".svg"] = "image/svg+xml",
        [".heic"] = "image/heic", [".heif"] = "image/heif",
        [".pdf"] = "application/pdf", [".txt"] = Text, [".text"] = Text, [".log"] = Text, [".json"] = Text, [".yml"] = Text, [".yaml"] = Text, [".csv"] = "text/csv", [".tsv"] = Text,
        [".md"] = "text/markdown", [".html"] = "text/html", [".htm"] = "text/html",
        [".js"] = "text/javascript", [".zip"] = "application/zip", [".docx"] = Office("wordprocessingml.document"), [".xlsx"] = Office("spreadsheetml.sheet"),
        [".pptx"] = Office("presentationml.presentation"), [".mp3"] = "audio/mpeg", [".ogg"] = "audio/ogg", [".oga"] = "audio/ogg", [".wav"] = "audio/wav", [".m4a"] = "audio/mp4",
        [".mp4"] = "video/mp4", [".mov"] = "video/quicktime", [".webm"] = "video/webm", [".exe"] = "application/x-msdownload",
    };

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["image/jpg"] = "image/jpeg", ["image/pjpeg"] = "image/jpeg", ["application/x-zip-compressed"] = "application/zip", ["audio/x-wav"] = "audio/wav", ["audio/wave"] = "audio/wav",
        ["audio/x-m4a"] = "audio/mp4", ["audio/mp3"] = "audio/mpeg", ["application/ogg"] = "audio/ogg", ["application/csv"] = "text/csv", ["application/vnd.ms-excel"] = "text/csv",
        ["application/json"] = Text, ["application/yaml"] = Text, ["application/x-yaml"] = Text, ["audio/webm"] = "video/webm",
    };

    /// <summary>Types that senders give one file as well as the other: one container, or plain text all of them.</summary>
    private static readonly string[][] Kindred =
    [
        [Text, "text/csv", "text/markdown"], ["audio/mp4", "video/mp4", "video/quicktime"], ["image/heic", "image/heif"], ["audio/ogg", "video/ogg"],
    ];

    /// <summary>
    /// The type a file claims to be. Whoever gets it opens it by its name, so the name must be one of that type: what runs when it is opened does not come in as text.
    /// Null where what its sender said and what its name says are two things.
    /// </summary>
    public static string? Claimed(string? mime, string name)
    {
        var said = (mime ?? "").Split(';')[0].Trim().ToLowerInvariant();
        said = Aliases.GetValueOrDefault(said, said) is var known and not "" ? known : Unknown;
        var extension = Extension(name);
        if (extension is "")
        {
            return said;
        }

        var named = ByExtension.GetValueOrDefault(extension, Unknown);
        return said == named || said == Unknown || named == Unknown ? named
            : Kindred.Any(types => types.Contains(said) && types.Contains(named)) ? named
            // A browser calls notes and tables what its system calls them: text/x-log, text/comma-separated-values.
            : Kindred[0].Contains(named) && said.StartsWith("text/", StringComparison.Ordinal) ? named
            : null;
    }

    /// <summary>Windows drops dots and spaces at the end of a name, and opens what is before them. Digits alone are no extension: nothing is opened by them.</summary>
    private static string Extension(string name) =>
        Path.GetExtension(name.TrimEnd('.', ' ')) is [_, ..] extension && !extension[1..].All(char.IsAsciiDigit) ? extension : "";

    /// <summary>True where the beginning of a file bears out what it claims to be. A type that has no signature must be text.</summary>
    public static bool BearsOut(string claimed, ReadOnlySpan<byte> head)
    {
        var found = Of(head);
        return found is null
            ? claimed.StartsWith("text/", StringComparison.Ordinal) && IsText(head)
            : claimed == found
                || (found == "application/zip" && IsOffice(claimed))
                || Array.Exists(Kindred[1..], types => types.Contains(claimed) && types.Contains(found));
    }

    public static bool IsOffice(string type) => type.StartsWith(Office(""), StringComparison.Ordinal);

    /// <summary>True for the container of an office document of this type, and no other archive. ECMA-376, part 2.</summary>
    public static bool HoldsDocument(string type, Stream content)
    {
        try
        {
            using var archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            var folder = type == Office("wordprocessingml.document") ? "word/" : type == Office("spreadsheetml.sheet") ? "xl/" : "ppt/";
            return archive.GetEntry("[Content_Types].xml") is not null && archive.Entries.Any(entry => entry.FullName.StartsWith(folder, StringComparison.Ordinal));
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentException or IOException)
        {
            // Damaged, or made so: its places lie outside of it.
            return false;
        }
    }

    public static string? Of(ReadOnlySpan<byte> head) => head switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => "image/gif",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "image/webp",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'A', (byte)'V', (byte)'E', ..] => "audio/wav",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-', ..] => "application/pdf",
        [(byte)'P', (byte)'K', 3 or 5, 4 or 6, ..] => "application/zip",
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => "audio/ogg",
        [(byte)'I', (byte)'D', (byte)'3', ..] or [0xFF, 0xFB or 0xF3 or 0xF2, ..] => "audio/mpeg",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => Brand(head),
        // QuickTime before it had brands.
        [_, _, _, _, (byte)'m', (byte)'o', (byte)'o', (byte)'v', ..] or [_, _, _, _, (byte)'m', (byte)'d', (byte)'a', (byte)'t', ..] or [_, _, _, _, (byte)'w', (byte)'i', (byte)'d', (byte)'e', ..] => "video/quicktime",
        [0x1A, 0x45, 0xDF, 0xA3, ..] => "video/webm",
        [(byte)'M', (byte)'Z', ..] => "application/x-msdownload",
        [0x7F, (byte)'E', (byte)'L', (byte)'F', ..] => "application/x-elf",
        _ => null,
    };

    /// <summary>What an ISO container holds, by its brand. ISO/IEC 14496-12; https://mp4ra.org/registered-types/brands</summary>
    private static string Brand(ReadOnlySpan<byte> head) => (head.Length < 12 ? "" : Encoding.Latin1.GetString(head[8..12])) switch
    {
        "qt  " => "video/quicktime",
        "heic" or "heix" or "hevc" or "hevx" or "heim" or "heis" => "image/heic",
        "mif1" or "msf1" => "image/heif",
        "avif" or "avis" => "image/avif",
        _ => "video/mp4",
    };

    private static bool IsText(ReadOnlySpan<byte> head)
    {
        // The head may end in the middle of a character.
        var whole = head.Length < Length ? head : head[..^4];
        return !head.Contains((byte)0) && (Utf8.IsValid(whole) || IsLatin(head));
    }

    /// <summary>Old tables and notes are often Latin-1: no control characters but white space.</summary>
    private static bool IsLatin(ReadOnlySpan<byte> head)
    {
        foreach (var c in head)
        {
            if (c is < 9 or (> 13 and < 32) or 127)
            {
                return false;
            }
        }

        return true;
    }

    private static string Office(string kind) => $"application/vnd.openxmlformats-officedocument.{kind}";
}
