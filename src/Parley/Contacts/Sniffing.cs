using System.Text.Unicode;

namespace Parley.Contacts;

/// <summary>What a file is by its first bytes, whatever its name says. https://mimesniff.spec.whatwg.org and the formats' own specifications.</summary>
public static class Sniffing
{
    /// <summary>How many bytes from the beginning are looked at.</summary>
    public const int Length = 4096;

    private static readonly Dictionary<string, string> ByExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = "image/png", [".jpg"] = "image/jpeg", [".jpeg"] = "image/jpeg", [".gif"] = "image/gif", [".webp"] = "image/webp", [".svg"] = "image/svg+xml",
        [".pdf"] = "application/pdf", [".txt"] = "text/plain", [".log"] = "text/plain", [".csv"] = "text/csv", [".md"] = "text/markdown", [".html"] = "text/html", [".htm"] = "text/html",
        [".js"] = "text/javascript", [".zip"] = "application/zip", [".docx"] = Office("wordprocessingml.document"), [".xlsx"] = Office("spreadsheetml.sheet"),
        [".pptx"] = Office("presentationml.presentation"), [".mp3"] = "audio/mpeg", [".ogg"] = "audio/ogg", [".oga"] = "audio/ogg", [".wav"] = "audio/wav", [".m4a"] = "audio/mp4",
        [".mp4"] = "video/mp4", [".webm"] = "video/webm", [".exe"] = "application/x-msdownload",
    };

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["image/jpg"] = "image/jpeg", ["image/pjpeg"] = "image/jpeg", ["application/x-zip-compressed"] = "application/zip", ["audio/x-wav"] = "audio/wav", ["audio/wave"] = "audio/wav",
        ["audio/x-m4a"] = "audio/mp4", ["audio/mp3"] = "audio/mpeg", ["application/ogg"] = "audio/ogg", ["application/csv"] = "text/csv", ["application/vnd.ms-excel"] = "text/csv",
        ["audio/webm"] = "video/webm",
    };

    /// <summary>The type a file claims to be: what its sender said, else what its name says.</summary>
    public static string Claimed(string? mime, string name)
    {
        var said = (mime ?? "").Split(';')[0].Trim().ToLowerInvariant();
        var known = Aliases.GetValueOrDefault(said, said);
        return known is "" or "application/octet-stream" ? ByExtension.GetValueOrDefault(Path.GetExtension(name), "application/octet-stream") : known;
    }

    /// <summary>True where the beginning of a file bears out what it claims to be. A type that has no signature must be text.</summary>
    public static bool BearsOut(string claimed, ReadOnlySpan<byte> head)
    {
        var found = Of(head);
        return found is null
            ? claimed.StartsWith("text/", StringComparison.Ordinal) && IsText(head)
            : claimed == found || (found == "application/zip" && claimed.StartsWith(Office(""), StringComparison.Ordinal)) || (found == "video/mp4" && claimed == "audio/mp4");
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
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => "video/mp4",
        [0x1A, 0x45, 0xDF, 0xA3, ..] => "video/webm",
        [(byte)'M', (byte)'Z', ..] => "application/x-msdownload",
        [0x7F, (byte)'E', (byte)'L', (byte)'F', ..] => "application/x-elf",
        _ => null,
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
