using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Parley.Server.Demo.Mailbox;

/// <summary>A letter as a mail program reads it: what stands in its head, its plain text, and the page beside it.</summary>
/// <param name="Page">HTML as it was sent, with the pictures that travelled along in it; null: text alone.</param>
internal sealed partial record Received(int Number, string From, string To, string Subject, DateTimeOffset? At, string Text, string? Page)
{
    /// <summary>A leaf of a letter: what it is, and what it holds, decoded.</summary>
    private sealed record Part(string Type, string Id, byte[] Bytes)
    {
        public string Text => Encoding.UTF8.GetString(Bytes).ReplaceLineEndings("\n");

        public bool Is(string type) => Type.StartsWith(type, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads what a mail server was handed (RFC 5322, 2045, 2047).</summary>
    public static Received Of(int number, string raw)
    {
        var (head, body) = Split(raw.ReplaceLineEndings("\n"));
        Part[] parts = [.. Parts(head, body)];
        return new(
            number,
            Words(head.GetValueOrDefault("from", "")),
            head.GetValueOrDefault("to", "").Trim('<', '>', ' '),
            Words(head.GetValueOrDefault("subject", "")),
            DateTimeOffset.TryParse(head.GetValueOrDefault("date"), CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : null,
            parts.FirstOrDefault(part => part.Is("text/plain"))?.Text ?? "",
            parts.FirstOrDefault(part => part.Is("text/html")) is { } page ? Illustrated(page.Text, parts) : null);
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

    /// <summary>The leaves of what may hold several, in their order (RFC 2046).</summary>
    private static IEnumerable<Part> Parts(Dictionary<string, string> head, string body)
    {
        var type = head.GetValueOrDefault("content-type", "text/plain");
        return type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) && Boundary().Match(type) is { Success: true } boundary
            ? body.Split($"--{boundary.Groups["of"].Value}").Skip(1).Where(part => !part.StartsWith("--", StringComparison.Ordinal)).Select(part => Split(Own(part.TrimStart('\n')))).SelectMany(part => Parts(part.Head, part.Body))
            : [new(type, head.GetValueOrDefault("content-id", "").Trim('<', '>'), Bytes(head, body))];
    }

    /// <summary>The last line's end belongs to the boundary after it (RFC 2046, 5.1.1).</summary>
    private static string Own(string part) => part.EndsWith('\n') ? part[..^1] : part;

    private static byte[] Bytes(Dictionary<string, string> head, string body) => head.GetValueOrDefault("content-transfer-encoding")?.ToLowerInvariant() switch
    {
        "base64" => Decoded(body),
        "quoted-printable" => Quoted(body),
        _ => Encoding.UTF8.GetBytes(body),
    };

    /// <summary>What the page names by its id (RFC 2392) stands in it.</summary>
    private static string Illustrated(string page, Part[] parts) => parts.Where(part => part.Id.Length > 0 && part.Is("image/")).Aggregate(page, (html, picture) =>
        html.Replace($"cid:{picture.Id}", $"data:{picture.Type.Split(';')[0]};base64,{Convert.ToBase64String(picture.Bytes)}", StringComparison.Ordinal));

    private static byte[] Decoded(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64.Replace("\n", "", StringComparison.Ordinal), bytes, out var length) ? bytes[..length] : Encoding.UTF8.GetBytes(base64);
    }

    private static byte[] Quoted(string text)
    {
        var bytes = new List<byte>();
        foreach (var part in Octet().Split(text.Replace("=\n", "", StringComparison.Ordinal)))
        {
            bytes.AddRange(part is ['=', _, _] && byte.TryParse(part.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var octet) ? [octet] : Encoding.UTF8.GetBytes(part));
        }

        return [.. bytes];
    }

    private static string Words(string text) => Word().Replace(Between().Replace(text, ""), word =>
        Encoding.UTF8.GetString(word.Groups["how"].Value is "B" or "b" ? Decoded(word.Groups["text"].Value) : Quoted(word.Groups["text"].Value.Replace('_', ' '))));

    [GeneratedRegex(@"\n[ \t]+")]
    private static partial Regex Folded();

    [GeneratedRegex(@"boundary=""?(?<of>[^"";]+)""?", RegexOptions.IgnoreCase)]
    private static partial Regex Boundary();

    [GeneratedRegex(@"(=[0-9A-Fa-f]{2})")]
    private static partial Regex Octet();

    [GeneratedRegex(@"=\?utf-8\?(?<how>[BQ])\?(?<text>[^?\s]*)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<=\?=)\s+(?==\?)")]
    private static partial Regex Between();
}
