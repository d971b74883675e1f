using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Parley.Server.Demo.Mailbox;

/// <summary>A letter as a mail program reads it: what stands in its head, and its plain text.</summary>
internal sealed partial record Received(int Number, string From, string To, string Subject, DateTimeOffset? At, string Text)
{
    /// <summary>Reads what a mail server was handed (RFC 5322, 2045, 2047). Of a letter in several forms the plain one is read.</summary>
    public static Received Of(int number, string raw)
    {
        var (head, body) = Split(raw.ReplaceLineEndings("\n"));
        return new(
            number,
            Words(head.GetValueOrDefault("from", "")),
            head.GetValueOrDefault("to", "").Trim('<', '>', ' '),
            Words(head.GetValueOrDefault("subject", "")),
            DateTimeOffset.TryParse(head.GetValueOrDefault("date"), CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : null,
            Plain(head, body) ?? "");
    }

    /// <summary>Who it is from, without the address where there is a name.</summary>
    public string Sender => From.IndexOf('<') is > 0 and var address ? From[..address].Trim(' ', '"') : From.Trim('<', '>', ' ');

    private static (Dictionary<string, string> Head, string Body) Split(string raw)
    {
        var end = raw.IndexOf("\n\n", StringComparison.Ordinal);
        var head = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        // What begins with a space goes on with the line before.
        foreach (var line in Folded().Replace(end < 0 ? raw : raw[..end], " ").Split('\n'))
        {
            if (line.IndexOf(':') is > 0 and var colon)
            {
                head.TryAdd(line[..colon], line[(colon + 1)..].Trim());
            }
        }

        return (head, end < 0 ? "" : raw[(end + 2)..]);
    }

    private static string? Plain(Dictionary<string, string> head, string body)
    {
        var type = head.GetValueOrDefault("content-type", "text/plain");
        if (type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) && Boundary().Match(type) is { Success: true } boundary)
        {
            return body.Split($"--{boundary.Groups["of"].Value}").Skip(1).Select(part => Split(part.TrimStart('\n'))).Select(part => Plain(part.Head, part.Body)).FirstOrDefault(text => text is not null);
        }

        return !type.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase) ? null
            : head.GetValueOrDefault("content-transfer-encoding")?.ToLowerInvariant() switch
            {
                "base64" => Decoded(body),
                "quoted-printable" => Quoted(body),
                _ => body,
            };
    }

    private static string Decoded(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64.Replace("\n", "", StringComparison.Ordinal), bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length).ReplaceLineEndings("\n") : base64;
    }

    private static string Quoted(string text)
    {
        var bytes = new List<byte>();
        foreach (var part in Octet().Split(text.Replace("=\n", "", StringComparison.Ordinal)))
        {
            bytes.AddRange(part is ['=', _, _] && byte.TryParse(part.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var octet) ? [octet] : Encoding.UTF8.GetBytes(part));
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static string Words(string text) => Word().Replace(Between().Replace(text, ""), word => Decoded(word.Groups["text"].Value));

    [GeneratedRegex(@"\n[ \t]+")]
    private static partial Regex Folded();

    [GeneratedRegex(@"boundary=""?(?<of>[^"";]+)""?", RegexOptions.IgnoreCase)]
    private static partial Regex Boundary();

    [GeneratedRegex(@"(=[0-9A-Fa-f]{2})")]
    private static partial Regex Octet();

    [GeneratedRegex(@"=\?utf-8\?B\?(?<text>[A-Za-z0-9+/=]*)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<=\?=)\s+(?==\?)")]
    private static partial Regex Between();
}
