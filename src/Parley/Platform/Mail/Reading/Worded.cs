using System.Globalization;
using System.Text;

namespace Parley.Platform.Mail.Reading;

/// <summary>A value with parameters, as Content-Type and Content-Disposition have them (RFC 2045, 2183, 2231), read as leniently as they are written.</summary>
public sealed record Worded(string Value, IReadOnlyDictionary<string, string> Parameters)
{
    private const int MostParameters = 200;

    public string? this[string name] => Parameters.GetValueOrDefault(name);

    public static Worded Parse(string? raw)
    {
        var pieces = Pieces(raw ?? "");
        var plain = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var cut = new Dictionary<string, SortedDictionary<int, (string Text, bool IsEncoded)>>(StringComparer.OrdinalIgnoreCase);
        foreach (var piece in pieces.Skip(1).Take(MostParameters))
        {
            var equals = piece.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
            {
                continue;
            }

            var (name, value) = (piece[..equals].Trim(), Unquoted(piece[(equals + 1)..].Trim()));
            if (Numbered(name) is { } numbered)
            {
                cut.TryAdd(numbered.Name, []);
                cut[numbered.Name].TryAdd(numbered.Number, (value, numbered.IsEncoded));
            }
            else
            {
                plain.TryAdd(name, EncodedWords.Decode(value));
            }
        }

        // What is written both ways is meant the new way (RFC 6266, 4.3, says so of the same in HTTP).
        foreach (var (name, segments) in cut)
        {
            plain[name] = Joined(segments.Values);
        }

        return new(Bare(pieces[0]), plain);
    }

    /// <summary>Cut at semicolons that stand in no quotation marks.</summary>
    private static List<string> Pieces(string raw)
    {
        var (pieces, from, quoted) = (new List<string>(), 0, false);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '\\' && quoted)
            {
                i++;
            }
            else if (raw[i] == '"')
            {
                quoted = !quoted;
            }
            else if (raw[i] == ';' && !quoted)
            {
                pieces.Add(raw[from..i]);
                from = i + 1;
            }
        }

        pieces.Add(raw[from..]);
        return pieces;
    }

    /// <summary>Without a comment or anything else behind it.</summary>
    private static string Bare(string value)
    {
        var bare = value.Split('(')[0].Trim().Trim('"', '\'');
        return (bare.IndexOfAny([' ', '\t', ',']) is > 0 and var end && !bare.AsSpan(end).TrimStart().StartsWith("/") ? bare[..end] : string.Concat(bare.Where(c => !char.IsWhiteSpace(c)))).ToLowerInvariant();
    }

    private static string Unquoted(string value)
    {
        if (value is not ['"', ..])
        {
            return value.Trim('\'') is var bare && bare.Length == value.Length - 2 ? bare : value;
        }

        var text = new StringBuilder();
        for (var i = 1; i < value.Length && value[i] != '"'; i++)
        {
            // A backslash before anything else is of a path on Windows.
            text.Append(value[i] == '\\' && i + 1 < value.Length && value[i + 1] is '"' or '\\' ? value[++i] : value[i]);
        }

        return text.ToString();
    }

    /// <summary>name*, name*0, name*0* (RFC 2231, 3 and 4).</summary>
    private static (string Name, int Number, bool IsEncoded)? Numbered(string name)
    {
        var parts = name.Split('*');
        return parts switch
        {
            [var bare, ""] => (bare, 0, true),
            [var bare, var number] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) => (bare, n, false),
            [var bare, var number, ""] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) => (bare, n, true),
            _ => null,
        };
    }

    private static string Joined(IEnumerable<(string Text, bool IsEncoded)> segments)
    {
        var (bytes, charset, isFirst) = (new List<byte>(), (string?)null, true);
        foreach (var (text, isEncoded) in segments)
        {
            var rest = text;
            if (isEncoded && isFirst && text.Split('\'', 3) is [var named, _, var behind])
            {
                (charset, rest) = (named, behind);
            }

            bytes.AddRange(isEncoded ? Percents(rest) : Encoding.UTF8.GetBytes(rest));
            isFirst = false;
        }

        return EncodedWords.Decode(Charsets.Decode(bytes.ToArray(), charset).Text);
    }

    private static List<byte> Percents(string text)
    {
        var raw = Encoding.UTF8.GetBytes(text);
        var bytes = new List<byte>(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            var isEscape = raw[i] == '%' && i + 2 < raw.Length && char.IsAsciiHexDigit((char)raw[i + 1]) && char.IsAsciiHexDigit((char)raw[i + 2]);
            bytes.Add(isEscape ? Convert.ToByte($"{(char)raw[i + 1]}{(char)raw[i + 2]}", 16) : raw[i]);
            i += isEscape ? 2 : 0;
        }

        return bytes;
    }
}
