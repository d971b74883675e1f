using System.Text;

namespace Parley.Platform.Mail.Reading;

/// <summary>Header text in other scripts (RFC 2047), also as it comes in the wild: with spaces in it, without its padding, cut within a letter, in quotation marks.</summary>
internal static class EncodedWords
{
    private const int LongestCharset = 60;

    /// <summary>One word as it stands at this place; false if there is none.</summary>
    public static bool At(string text, int at, out int length) => Find(text, at, out length, out _, out _, out _);

    public static string Decode(string text)
    {
        if (!text.Contains("=?", StringComparison.Ordinal))
        {
            return text;
        }

        var read = new StringBuilder();
        var (waiting, charset) = (new List<byte>(), "");
        var (at, plain, last) = (0, 0, text.LastIndexOf("?=", StringComparison.Ordinal));
        while (text.IndexOf("=?", at, StringComparison.Ordinal) is >= 0 and var start && start < last)
        {
            if (!Find(text, start, out var length, out var named, out var isBase64, out var inside))
            {
                at = start + 2;
                continue;
            }

            // Between two words spaces mean nothing; and a letter may have been cut in two.
            var between = text.AsSpan(plain, start - plain);
            var isNext = charset.Length > 0 && between.IsWhiteSpace();
            if (!isNext || !charset.Equals(named, StringComparison.OrdinalIgnoreCase))
            {
                Flush(read, waiting, charset);
                read.Append(isNext ? "" : between);
            }

            charset = named;
            waiting.AddRange(isBase64 ? Base64(inside) : Quoted(inside));
            at = plain = start + length;
        }

        Flush(read, waiting, charset);
        return read.Append(text.AsSpan(plain)).ToString();
    }

    private static bool Find(string text, int at, out int length, out string charset, out bool isBase64, out string inside)
    {
        (length, charset, isBase64, inside) = (0, "", false, "");
        if (at + 2 > text.Length || text[at] != '=' || text[at + 1] != '?')
        {
            return false;
        }

        var named = text.AsSpan(at + 2, Math.Min(LongestCharset, text.Length - at - 2)).IndexOf('?');
        var how = at + 2 + named + 1;
        if (named < 1 || how + 1 >= text.Length || text[how + 1] != '?' || text[how] is not ('B' or 'b' or 'Q' or 'q'))
        {
            return false;
        }

        var end = text.IndexOf("?=", how + 2, StringComparison.Ordinal);
        if (end < 0 || text.AsSpan(at + 2, named).ContainsAny(' ', '\t'))
        {
            return false;
        }

        // RFC 2231, 5: a language may follow the charset.
        charset = text.Substring(at + 2, named).Split('*')[0];
        (length, isBase64, inside) = (end + 2 - at, text[how] is 'B' or 'b', text[(how + 2)..end]);
        return true;
    }

    private static void Flush(StringBuilder read, List<byte> waiting, string charset)
    {
        if (waiting.Count > 0)
        {
            read.Append(Charsets.Decode(waiting.ToArray(), charset).Text);
            waiting.Clear();
        }
    }

    private static byte[] Base64(string text)
    {
        using var into = new MemoryStream();
        var decoding = new Base64Decoding(into);
        decoding.Line(Encoding.Latin1.GetBytes(text), default, true);
        decoding.Finish();
        return into.ToArray();
    }

    private static byte[] Quoted(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                i += 2;
            }
            else if (text[i] < 0x80)
            {
                bytes.Add(text[i] == '_' ? (byte)' ' : (byte)text[i]);
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? text.Substring(i++, 2) : text[i].ToString()));
            }
        }

        return [.. bytes];
    }
}
