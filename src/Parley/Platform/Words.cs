using System.Text;

namespace Parley.Platform;

/// <summary>Text as it comes from outside, made fit for every store.</summary>
public static class Words
{
    /// <summary>Replaces what no store takes: U+0000 (PostgreSQL) and halves of surrogate pairs (no UTF-8 has them).</summary>
    public static string Clean(string text)
    {
        // Nearly all text has nothing of the kind in it, and is looked at once.
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 && text.AsSpan().IndexOfAny('\0', '\uFFFD') < 0)
        {
            return text;
        }

        var clean = true;
        foreach (var rune in text.EnumerateRunes())
        {
            clean &= rune.Value is not 0 and not 0xFFFD;
        }

        return clean ? text : Replace(text);
    }

    /// <summary>True if a text has more characters than <paramref name="limit"/>: what Unicode counts as one, not the halves in which it is kept.</summary>
    public static bool Exceed(string text, int limit) => text.Length > limit && (text.Length > limit * 2 || text.EnumerateRunes().Count() > limit);

    private static string Replace(string text)
    {
        var builder = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            builder.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);
        }

        return builder.ToString();
    }
}
