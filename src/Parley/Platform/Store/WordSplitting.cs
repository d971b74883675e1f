using System.Globalization;
using System.Text;

namespace Parley.Platform.Store;

/// <summary>Splits text into words in the one way in which both are done, keeping and looking for: letters and digits, in small letters, without accents.</summary>
public static class WordSplitting
{
    /// <summary>Longer ones are cut: nobody types them, and an index is no place for a kilobyte of base64.</summary>
    public const int LongestWord = 40;

    /// <summary>The words of a text, each once, in the order of their first appearance.</summary>
    public static IReadOnlyList<string> Words(string text)
    {
        var words = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (start, length) in Places(text))
        {
            var word = Fold(text.AsSpan(start, length));
            if (word.Length > 0 && known.Add(word))
            {
                words.Add(word);
            }
        }

        return words;
    }

    /// <summary>
    /// The words under which a text is kept: each as it is folded, and as others write it. Who asks for "Mueller", "Müller" or "Muller" finds all three, and "yssel"
    /// finds the IJssel: only what is kept knows of it, so a question stays as narrow as it was asked.
    /// </summary>
    public static IReadOnlyList<string> Kept(string text)
    {
        var words = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (start, length) in Places(text))
        {
            foreach (var word in Spellings(text.AsSpan(start, length)))
            {
                if (word.Length > 0 && known.Add(word))
                {
                    words.Add(word);
                }
            }
        }

        return words;
    }

    /// <summary>How a word is written: folded first.</summary>
    public static IEnumerable<string> Spellings(ReadOnlySpan<char> word)
    {
        var folded = Fold(word);
        var spelled = new List<string>(2) { folded };
        var lower = Ascii.IsValid(word) ? "" : word.ToString().Normalize(NormalizationForm.FormC).ToLowerInvariant();
        if (lower.AsSpan().IndexOfAny("äöüåø") >= 0)
        {
            spelled.Add(Fold(lower.Replace("ä", "ae", StringComparison.Ordinal).Replace("ö", "oe", StringComparison.Ordinal).Replace("ü", "ue", StringComparison.Ordinal)
                .Replace("å", "aa", StringComparison.Ordinal).Replace("ø", "oe", StringComparison.Ordinal)));
        }

        if (folded.Contains("ae", StringComparison.Ordinal) || folded.Contains("oe", StringComparison.Ordinal) || folded.Contains("ue", StringComparison.Ordinal))
        {
            spelled.Add(folded.Replace("ae", "a", StringComparison.Ordinal).Replace("oe", "o", StringComparison.Ordinal).Replace("ue", "u", StringComparison.Ordinal));
        }

        if (folded.Contains("ij", StringComparison.Ordinal))
        {
            spelled.Add(folded.Replace("ij", "y", StringComparison.Ordinal));
        }

        return spelled;
    }

    /// <summary>Where the words of a text stand in it.</summary>
    public static IEnumerable<(int Start, int Length)> Places(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var inside = i < text.Length && (char.IsLetterOrDigit(text[i]) || char.IsSurrogate(text[i]) || IsMark(text[i]));
            if (inside && start < 0)
            {
                start = i;
            }
            else if (!inside && start >= 0)
            {
                yield return (start, i - start);
                start = -1;
            }
        }
    }

    public static string Fold(ReadOnlySpan<char> word)
    {
        if (Ascii.IsValid(word))
        {
            // Most words of most texts, and nothing in them that could be taken off.
            return string.Create(Math.Min(word.Length, LongestWord), word, static (into, from) => from[..into.Length].ToLowerInvariant(into));
        }

        var builder = new StringBuilder(word.Length);
        foreach (var c in word.ToString().Normalize(NormalizationForm.FormKD))
        {
            if (!IsMark(c) && builder.Length < LongestWord)
            {
                builder.Append(char.ToLowerInvariant(c));
            }
        }

        // Half of a surrogate pair at the cut is no text.
        if (builder.Length > 0 && char.IsHighSurrogate(builder[^1]))
        {
            builder.Length--;
        }

        return builder.Replace("ß", "ss").Replace("æ", "ae").Replace("œ", "oe").Replace("ø", "o").Replace("ł", "l").Replace("đ", "d").ToString();
    }

    private static bool IsMark(char c) => CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
