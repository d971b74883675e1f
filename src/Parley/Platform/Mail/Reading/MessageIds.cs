using System.Text.RegularExpressions;

namespace Parley.Platform.Mail.Reading;

/// <summary>By which name mails name each other: without the angle brackets, in the order they stand in.</summary>
internal static partial class MessageIds
{
    /// <summary>A thread names some of its mails; a thousand of them are no thread.</summary>
    private const int Most = 1_000;

    private const int Longest = 998;

    public static IReadOnlyList<string> Parse(string? raw)
    {
        if (string.IsNullOrWhiteSpace(raw))
        {
            return [];
        }

        var named = Bracketed().Matches(raw).Take(Most).Select(match => Bare(match.Groups[1].Value)).Where(id => id.Length is > 0 and <= Longest).ToList();
        // In the wild some stand without brackets, and In-Reply-To may be a sentence.
        return named.Count > 0 ? named : [.. Between().Split(raw).Where(word => word.Contains('@') && word.Length <= Longest).Take(Most)];
    }

    private static string Bare(string id) => Space().Replace(Comment().Replace(id, ""), "");

    /// <summary>One that is no id, without what begins another line.</summary>
    public static string Odd(string raw) => Space().Replace(raw.Trim('<', '>', ' '), "");

    [GeneratedRegex(@"<([^<>]+)>")]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"\([^()]*\)")]
    private static partial Regex Comment();

    [GeneratedRegex(@"[\s\p{Cc}]+")]
    private static partial Regex Space();

    [GeneratedRegex(@"[\s\p{Cc},<>]+")]
    private static partial Regex Between();
}
