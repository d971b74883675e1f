using System.Globalization;
using System.Text.RegularExpressions;

namespace Parley.Platform.Mail.Reading;

/// <summary>When a mail says that it was written: as RFC 5322 has it, as it was before, and as some programs write it.</summary>
internal static partial class MailDate
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>Hours from Greenwich (RFC 5322, 4.3); other names say nothing.</summary>
    private static readonly Dictionary<string, int> Zones = new(StringComparer.OrdinalIgnoreCase)
    {
        ["EST"] = -5, ["EDT"] = -4, ["CST"] = -6, ["CDT"] = -5, ["MST"] = -7, ["MDT"] = -6, ["PST"] = -8, ["PDT"] = -7,
        ["CET"] = 1, ["CEST"] = 2, ["EET"] = 2, ["EEST"] = 3, ["BST"] = 1, ["MSK"] = 3, ["JST"] = 9, ["KST"] = 9,
    };

    /// <summary>Null where it says none that can be.</summary>
    public static DateTimeOffset? Parse(string? raw)
    {
        var text = Comments().Replace(raw is { Length: < 500 } ? raw : "", " ");
        if (Written().Match(text) is { Success: true } written)
        {
            return At(written, Year(written.Groups["year"].Value));
        }

        if (Unix().Match(text) is { Success: true } unix)
        {
            return At(unix, Year(unix.Groups["year"].Value));
        }

        return Iso().IsMatch(text) && DateTimeOffset.TryParse(text.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
    }

    private static int Year(string year) => Number(year) + (year.Length, Number(year)) switch { (2, < 50) => 2000, ( <= 3, _) => 1900, _ => 0 };

    private static DateTimeOffset? At(Match match, int year)
    {
        var month = Array.FindIndex(Months, name => match.Groups["month"].Value.StartsWith(name, StringComparison.OrdinalIgnoreCase)) + 1;
        var (day, hour, minute) = (Number(match.Groups["day"].Value), Number(match.Groups["hour"].Value), Number(match.Groups["minute"].Value));
        var second = match.Groups["second"].Success ? Math.Min(59, Number(match.Groups["second"].Value)) : 0;
        if (month == 0 || year is < 1900 or > 9998 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59)
        {
            return null;
        }

        return new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero).Add(-Zone(match.Groups["zone"].Value)).ToOffset(Shown(Zone(match.Groups["zone"].Value)));
    }

    private static TimeSpan Zone(string zone) => zone is ['+' or '-', _, _, _, _, ..]
        ? TimeSpan.FromMinutes((zone[0] == '-' ? -1 : 1) * ((Number(zone[1..3]) * 60) + Number(zone[^2..])))
        : TimeSpan.FromHours(Zones.GetValueOrDefault(zone));

    /// <summary>No clock stands further from Greenwich; the moment is the same.</summary>
    private static TimeSpan Shown(TimeSpan zone) => zone.Duration() <= TimeSpan.FromHours(14) ? zone : TimeSpan.Zero;

    private static int Number(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"\([^()]*\)")]
    private static partial Regex Comments();

    [GeneratedRegex(@"(?<day>\d{1,2})[\s-]+(?<month>[A-Za-z]{3,9})[\s.,-]+(?<year>\d{2,4})[\s,]+(?<hour>\d{1,2})\s*[:.]\s*(?<minute>\d{2})(?:\s*[:.]\s*(?<second>\d{2}))?(?:[.,]\d+)?\s*(?<zone>[+-]\d{2}:?\d{2}|[A-Za-z]{1,5})?")]
    private static partial Regex Written();

    [GeneratedRegex(@"(?<month>[A-Za-z]{3})\s+(?<day>\d{1,2}),?\s+(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2}))?\s+(?<zone>[A-Za-z]{3,4}|[+-]\d{4})?\s*(?<year>\d{4})")]
    private static partial Regex Unix();

    [GeneratedRegex(@"^\s*\d{4}-\d{2}-\d{2}")]
    private static partial Regex Iso();
}
