using System.Text;
using Parley.Platform.Store;

namespace Parley.Inbox.Searching;

/// <summary>A piece of a text around the first word that was looked for; every such word in it stands between U+0002 and U+0003.</summary>
internal static class Snippet
{
    private const char Opens = '\u0002';
    private const char Closes = '\u0003';
    private const int Before = 40;
    private const int Longest = 160;

    public static bool Fits(string text, IReadOnlyList<string> words) =>
        words.All(word => WordSplitting.Places(text).Any(place => Begins(text, place, word)));

    public static string Of(string text, IReadOnlyList<string> words)
    {
        var hits = WordSplitting.Places(text).Where(place => words.Any(word => Begins(text, place, word))).ToList();
        var from = hits.Count == 0 ? 0 : Begin(text, hits[0].Start);
        var to = End(text, from + Longest);
        var snippet = new StringBuilder(from > 0 ? "…" : "");
        var at = from;
        foreach (var (start, length) in hits.Where(hit => hit.Start >= from && hit.Start + hit.Length <= to))
        {
            snippet.Append(Line(text[at..start])).Append(Opens).Append(text, start, length).Append(Closes);
            at = start + length;
        }

        return snippet.Append(Line(text[at..to])).Append(to < text.Length ? "…" : "").ToString();
    }

    private static bool Begins(string text, (int Start, int Length) place, string word) =>
        WordSplitting.Spellings(text.AsSpan(place.Start, place.Length)).Any(known => known.StartsWith(word, StringComparison.Ordinal));

    /// <summary>Some way before the first hit, at the beginning of a word where the language parts them.</summary>
    private static int Begin(string text, int hit)
    {
        var from = hit - Before;
        if (from <= 0)
        {
            return 0;
        }

        var space = text.AsSpan(from - 1, Before).IndexOfAny(' ', '\n');
        return space < 0 ? Edge(text, from) : from + space;
    }

    /// <summary>At the end of a word, unless the last one is so long that half the piece would go.</summary>
    private static int End(string text, int to)
    {
        if (to >= text.Length)
        {
            return text.Length;
        }

        var space = text.AsSpan(to - (Longest / 2), (Longest / 2) + 1).LastIndexOfAny(' ', '\n');
        return space < 0 ? Edge(text, to) : to - (Longest / 2) + space;
    }

    /// <summary>Never in the middle of a character of two halves.</summary>
    private static int Edge(string text, int at) => at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) ? at + 1 : at;

    private static string Line(string text) => text.ReplaceLineEndings(" ").Replace(Opens, ' ').Replace(Closes, ' ');
}
