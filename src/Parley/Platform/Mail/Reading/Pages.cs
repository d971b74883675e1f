using System.Buffers;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Parley.Platform.Mail.Reading;

/// <summary>What a page (HTML) is before anybody takes it apart.</summary>
internal static partial class Pages
{
    /// <summary>As far as browsers look (HTML, 13.2.3.2).</summary>
    private const int Looked = 1024;

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private const int MostTags = 20_000;

    private const int MostEnds = 30_000;

    /// <summary>Nodes that a page may become.</summary>
    private const long MostNodes = 2_000_000;

    /// <summary>These are opened anew in every paragraph after them (HTML, 13.2.4.3), three times each where they are the same: so a small page becomes an endless tree.</summary>
    private static readonly HashSet<string> Reopened = new(["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The charset that it names in its head; null: none.</summary>
    public static string? Charset(ReadOnlySpan<byte> page) => Named().Match(Encoding.Latin1.GetString(page[..Math.Min(Looked, page.Length)])) is { Success: true } match
        ? match.Groups[1].Value.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase) ? "utf-8" : match.Groups[1].Value
        : null;

    /// <summary>Whether taking it apart costs no more than its length says. What looks like a tag is counted wherever it stands: too many rather than too few.</summary>
    public static bool IsSound(string page)
    {
        var (tags, ends, reopened) = (0, 0, new HashSet<string>());
        for (var at = page.IndexOf('<'); at >= 0; at = page.IndexOf('<', at + 1))
        {
            var isEnd = at + 1 < page.Length && page[at + 1] == '/';
            (tags, ends) = isEnd ? (tags, ends + 1) : (tags + 1, ends);
            var rest = page.AsSpan(at + 1, Math.Min(100, page.Length - at - 1));
            var length = rest.IndexOfAnyExcept(Letters);
            if (!isEnd && length > 0 && Reopened.Contains(rest[..length].ToString()))
            {
                reopened.Add(rest[..(rest.IndexOf('>') is >= 0 and var end ? end : rest.Length)].ToString() + (rest.Contains('>') ? "" : at));
            }

            if (tags > MostTags || ends > MostEnds)
            {
                return false;
            }
        }

        return 3L * reopened.Count * tags <= MostNodes;
    }

    /// <summary>Its words, without any tag: what is shown of a page that is not taken apart.</summary>
    public static string Bare(string page)
    {
        var text = new StringBuilder();
        var at = 0;
        while (at < page.Length)
        {
            var tag = page.IndexOf('<', at);
            text.Append(page.AsSpan(at, (tag < 0 ? page.Length : tag) - at));
            var end = tag < 0 ? -1 : page.IndexOf('>', tag);
            at = end < 0 ? page.Length : end + 1;
        }

        return WebUtility.HtmlDecode(text.ToString()).Trim();
    }

    [GeneratedRegex(@"<meta[^>]{0,200}charset\s*=\s*[""']?([\w.:-]{1,40})", RegexOptions.IgnoreCase)]
    private static partial Regex Named();
}
