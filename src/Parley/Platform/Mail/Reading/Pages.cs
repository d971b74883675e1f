using System.Text;
using System.Text.RegularExpressions;

namespace Parley.Platform.Mail.Reading;

/// <summary>What a page (HTML) says of itself.</summary>
internal static partial class Pages
{
    /// <summary>As far as browsers look (HTML, 13.2.3.2).</summary>
    private const int Looked = 1024;

    /// <summary>The charset that it names in its head; null: none.</summary>
    public static string? Charset(ReadOnlySpan<byte> page) => Named().Match(Encoding.Latin1.GetString(page[..Math.Min(Looked, page.Length)])) is { Success: true } match
        ? match.Groups[1].Value.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase) ? "utf-8" : match.Groups[1].Value
        : null;

    [GeneratedRegex(@"<meta[^>]{0,200}charset\s*=\s*[""']?([\w.:-]{1,40})", RegexOptions.IgnoreCase)]
    private static partial Regex Named();
}
