using System.Text.RegularExpressions;

namespace Parley.Chaos.Proof;

/// <summary>
/// A word that is said once in the whole run and tells whose it is, wherever it turns up: <c>qls7w12q</c> is the twelfth word (<c>w</c>) of the seventh customer (<c>s7</c>, in the shop)
/// of Lighthouse (<c>l</c>). It is one word for the search, too.
/// </summary>
/// <param name="House">The workspace: <c>l</c> or <c>b</c>.</param>
/// <param name="Inbox"><c>s</c>hop, <c>p</c>rivate quay, <c>c</c>hannel.</param>
/// <param name="Kind">A customer's <c>w</c>ord, an agent's <c>a</c>nswer or <c>n</c>ote.</param>
public readonly partial record struct Mark(char House, char Inbox, int Customer, char Kind, int Number)
{
    public static IEnumerable<Mark> In(string text) => Shape().Matches(text).Select(match =>
        new Mark(match.Groups[1].Value[0], match.Groups[2].Value[0], int.Parse(match.Groups[3].Value), match.Groups[4].Value[0], int.Parse(match.Groups[5].Value)));

    public override string ToString() => $"q{House}{Inbox}{Customer}{Kind}{Number}q";

    [GeneratedRegex("q([lb])([spc])([0-9]{1,6})([wan])([0-9]{1,9})q")]
    private static partial Regex Shape();
}
