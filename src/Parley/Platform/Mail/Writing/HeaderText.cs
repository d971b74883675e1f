using System.Globalization;
using System.Text;

namespace Parley.Platform.Mail.Writing;

/// <summary>Text in the header of a mail: what is ASCII stays so, all else becomes encoded words (RFC 2047), no line longer than 76 (RFC 5322, 2.1.1).</summary>
internal static class HeaderText
{
    private const int Line = 76;

    private const int Word = 75;

    /// <summary>A field of words, with its end.</summary>
    public static string Field(string name, string text)
    {
        var clean = Clean(text);
        return $"{name}: {(IsPlain(clean) ? Folded(clean, name.Length + 2) : Encoded(clean, name.Length + 2))}\r\n";
    }

    /// <summary>A field of addresses, one a line; none: no field.</summary>
    public static string People(string name, IReadOnlyList<string> people) => people.Count == 0 ? "" : $"{name}: {string.Join(",\r\n ", people)}\r\n";

    /// <summary>Somebody, as such a field has them.</summary>
    /// <param name="used">Characters that stand before it on its line.</param>
    public static string Person(string? name, string address, int used)
    {
        var clean = Clean(name ?? "").Trim();
        if (clean.Length == 0)
        {
            return $"<{address}>";
        }

        var shown = clean.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is ' ' or '-' or '_') && clean.Length < Line - used && !clean.Contains("  ", StringComparison.Ordinal) ? clean
            : IsPlain(clean) && clean.Length < Line - used - 2 ? $"\"{clean.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
            : Encoded(clean, used);
        var last = shown.Length - (shown.LastIndexOf('\n') + 1) + (shown.Contains('\n') ? 0 : used);
        return $"{shown}{(last + address.Length + 3 > Line ? "\r\n " : " ")}<{address}>";
    }

    /// <summary>Ids of mails, one a line.</summary>
    public static string Ids(string name, IReadOnlyList<string> ids) => ids.Count == 0 ? "" : $"{name}: {string.Join("\r\n ", ids.Select(id => $"<{id}>"))}\r\n";

    /// <summary>A parameter of a field (RFC 2231) with the semicolon before it, each on a line: as it is if it is short and ASCII, else in percents and if need be in pieces.</summary>
    public static string Parameter(string name, string value)
    {
        var clean = Clean(value);
        if (IsPlain(clean) && clean.Length + name.Length < Line - 6)
        {
            return $";\r\n {name}=\"{clean.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
        }

        var pieces = new List<StringBuilder> { new("utf-8''") };
        foreach (var rune in clean.EnumerateRunes())
        {
            var coded = rune.IsAscii && (Rune.IsLetterOrDigit(rune) || rune.Value is '.' or '-' or '_') ? rune.ToString() : Percents(rune);
            if (pieces[^1].Length + coded.Length > Line - name.Length - 8)
            {
                pieces.Add(new());
            }

            pieces[^1].Append(coded);
        }

        return pieces.Count == 1 ? $";\r\n {name}*={pieces[0]}" : string.Concat(pieces.Select((piece, i) => string.Create(CultureInfo.InvariantCulture, $";\r\n {name}*{i}*={piece}")));
    }

    /// <summary>On one line, without what would begin another or end the text.</summary>
    public static string Clean(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            line.Append(rune.Value is '\t' or '\n' or '\r' ? " " : Rune.IsControl(rune) ? "" : rune.ToString());
        }

        return line.ToString();
    }

    private static bool IsPlain(string text) => text.All(letter => letter is >= ' ' and <= '~') && !text.Contains("=?", StringComparison.Ordinal) && text.Trim().Length == text.Length
        && !text.Contains("  ", StringComparison.Ordinal) && text.Split(' ').All(word => word.Length < 60);

    private static string Folded(string text, int used)
    {
        var (folded, column) = (new StringBuilder(), used);
        foreach (var word in text.Split(' '))
        {
            if (folded.Length > 0)
            {
                var isOver = column + 1 + word.Length > Line;
                folded.Append(isOver ? "\r\n " : " ");
                column = isOver ? 1 : column + 1;
            }

            folded.Append(word);
            column += word.Length;
        }

        return folded.ToString();
    }

    /// <summary>Of the two ways to encode the one that is shorter; cut between characters, so that each word can be read by itself (RFC 2047, 5).</summary>
    private static string Encoded(string text, int used)
    {
        var isQ = text.EnumerateRunes().Sum(Quoted) <= Encoding.UTF8.GetByteCount(text) * 4 / 3;
        var (words, word, room) = (new List<string>(), new StringBuilder(), Math.Max(30, Line - used) - 12);
        var size = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var more = isQ ? Quoted(rune) : rune.Utf8SequenceLength;
            if (size > 0 && (isQ ? size + more : (size + more + 2) / 3 * 4) > room)
            {
                words.Add(Written(word.ToString(), isQ));
                word.Clear();
                (size, room) = (0, Word - 12);
            }

            word.Append(rune);
            size += more;
        }

        words.Add(Written(word.ToString(), isQ));
        return string.Join("\r\n ", words);
    }

    private static int Quoted(Rune rune) => IsQ(rune) || rune.Value == ' ' ? 1 : 3 * rune.Utf8SequenceLength;

    /// <summary>What may stand bare also in a name (RFC 2047, 5 (3)).</summary>
    private static bool IsQ(Rune rune) => rune.IsAscii && (Rune.IsLetterOrDigit(rune) || rune.Value is '!' or '*' or '+' or '-' or '/');

    private static string Written(string text, bool isQ) => isQ
        ? $"=?utf-8?Q?{string.Concat(text.EnumerateRunes().Select(rune => IsQ(rune) ? rune.ToString() : rune.Value == ' ' ? "_" : Percents(rune).Replace('%', '=')))}?="
        : $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?=";

    private static string Percents(Rune rune)
    {
        Span<byte> bytes = stackalloc byte[4];
        var text = new StringBuilder();
        foreach (var octet in bytes[..rune.EncodeToUtf8(bytes)])
        {
            text.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
        }

        return text.ToString();
    }
}
