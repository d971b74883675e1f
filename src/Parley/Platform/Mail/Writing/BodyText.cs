using System.Globalization;
using System.Text;

namespace Parley.Platform.Mail.Writing;

/// <summary>How a text travels (RFC 2045, 6): as it is where nothing on the way would change it, else as what is shorter of quoted-printable and base64.</summary>
internal static class BodyText
{
    private const int Line = 76;

    /// <summary>The name of the packing, and the packed lines, each with its end. No line begins with a dot or with <c>From </c>, whatever the text is.</summary>
    /// <param name="eight">Whether all servers on the way take letters as they are (RFC 6152).</param>
    public static (string Encoding, string Lines) Pack(string text, bool eight = false)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        // What ends with a line end does not have an empty line after it.
        lines = lines is [.., ""] && lines.Length > 1 ? lines[..^1] : lines;
        if (lines.All(line => IsBare(line, eight)))
        {
            return (lines.All(line => Ascii.IsValid(line)) ? "7bit" : "8bit", string.Concat(lines.Select(line => line + "\r\n")));
        }

        var quoted = string.Concat(lines.Select(line => Quoted(line) + "\r\n"));
        var bytes = Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));
        return quoted.Length <= bytes.Length * 3 / 2 ? ("quoted-printable", quoted) : ("base64", Base64(bytes));
    }

    public static string Base64(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        for (var at = 0; at < bytes.Length; at += Line / 4 * 3)
        {
            text.Append(Convert.ToBase64String(bytes[at..Math.Min(bytes.Length, at + (Line / 4 * 3))])).Append("\r\n");
        }

        return text.ToString();
    }

    private static bool IsBare(string line, bool eight) => Encoding.UTF8.GetByteCount(line) <= Line && !line.StartsWith('.') && !line.StartsWith("From ", StringComparison.Ordinal) && !line.EndsWith(' ')
        && line.All(letter => letter is >= ' ' and <= '~' || (eight && letter >= '\u00a0' && !char.IsSurrogate(letter)));

    /// <summary>RFC 2045, 6.7: characters stay whole, so that a line that goes astray takes no half of one along.</summary>
    private static string Quoted(string line)
    {
        var (text, column, at) = (new StringBuilder(), 0, 0);
        var end = line.TrimEnd(' ', '\t').Length;
        foreach (var rune in line.EnumerateRunes())
        {
            var isBare = rune.Value is > ' ' and <= '~' and not '=' || (rune.Value is ' ' or '\t' && at < end);
            isBare &= column > 0 || !(rune.Value == '.' || (rune.Value == 'F' && line.AsSpan(at).StartsWith("From ")));
            var coded = isBare ? rune.ToString() : Octets(rune);
            if (column + coded.Length > Line - 1)
            {
                text.Append("=\r\n");
                column = 0;
                coded = rune.Value == '.' || (rune.Value == 'F' && line.AsSpan(at).StartsWith("From ")) ? Octets(rune) : coded;
            }

            text.Append(coded);
            (column, at) = (column + coded.Length, at + rune.Utf16SequenceLength);
        }

        return text.ToString();
    }

    private static string Octets(Rune rune)
    {
        Span<byte> bytes = stackalloc byte[4];
        var text = new StringBuilder();
        foreach (var octet in bytes[..rune.EncodeToUtf8(bytes)])
        {
            text.Append(CultureInfo.InvariantCulture, $"={octet:X2}");
        }

        return text.ToString();
    }
}
