using Parley.Contacts;
using Parley.Platform.Store;

namespace Parley.Inbox.Searching;

/// <summary>
/// What a person can be found by: the name, every address and number that is known of them, also of those who turned out to be them. Numbers are found
/// by any run of their digits, for nobody types one as it was written down.
/// </summary>
internal static class Known
{
    private const int ShortestRun = 3;
    private const string Punctuation = " +-()/.";

    /// <param name="same">The person's own profile first, then those of the contacts that turned out to be them.</param>
    public static IReadOnlyList<string> Fields(IEnumerable<Profile> same) =>
        [.. same.SelectMany(profile => new[] { profile.Name, profile.Email, profile.Phone }.Concat(profile.Identities.Select(identity => identity.Value))).OfType<string>().Distinct()];

    /// <summary>The words under which fields are kept.</summary>
    public static IReadOnlyList<string> Words(IEnumerable<string> fields) =>
        [.. fields.SelectMany(field => Digits(field) is { } digits ? Runs(digits) : WordSplitting.Kept(field)).Select(Bare).Distinct()];

    /// <summary>The words that a question asks for. One that is nothing but a number is one word, however it is divided.</summary>
    public static List<string> Asked(string question) =>
        Digits(question) is { } digits ? [digits] : [.. WordSplitting.Words(question).Select(Bare).Distinct().Take(Searches.WordsLimit)];

    /// <summary>Whether some fields have all the words, as the index says they have.</summary>
    public static bool Fit(IReadOnlyList<string> fields, IReadOnlyList<string> words)
    {
        var known = Words(fields);
        return words.All(word => known.Any(other => other.StartsWith(word, StringComparison.Ordinal)));
    }

    /// <summary>The fields that have one of the words, with the hits marked.</summary>
    public static string Snippet(IEnumerable<string> fields, IReadOnlyList<string> words) => string.Join(
        " · ",
        fields.Where(field => words.Any(word => Words([field]).Any(other => other.StartsWith(word, StringComparison.Ordinal)))).Select(field => Searching.Snippet.Of(field, words)));

    /// <summary>The digits of what is a number and nothing else, without what stands before it at home and abroad (0, 00, (0)); null for all else.</summary>
    private static string? Digits(string text)
    {
        if (!text.All(c => char.IsAsciiDigit(c) || Punctuation.Contains(c)))
        {
            return null;
        }

        var digits = string.Concat(text.Replace("(0)", "", StringComparison.Ordinal).Where(char.IsAsciiDigit)).TrimStart('0');
        return digits.Length == 0 ? null : digits;
    }

    private static IEnumerable<string> Runs(string digits) =>
        Enumerable.Range(0, Math.Max(1, digits.Length - ShortestRun + 1)).Select(start => digits[start..]);

    /// <summary>Zeros before a number are how somebody dials it.</summary>
    private static string Bare(string word) => word.All(char.IsAsciiDigit) && word.TrimStart('0') is { Length: > 0 } bare ? bare : word;
}
