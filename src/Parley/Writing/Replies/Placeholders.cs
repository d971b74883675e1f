using System.Text;
using Parley.Platform;

namespace Parley.Writing.Replies;

/// <summary>What stands in a text for what is known only when it is used: <c>{{contact.firstName|there}}</c>, with what is said where nothing is known.</summary>
internal static class Placeholders
{
    public static readonly string[] Known = ["contact.name", "contact.firstName", "contact.email", "contact.phone", "agent.name", "inbox.name", "brand.name"];

    private const string Opens = "{{";
    private const string Closes = "}}";

    /// <summary>What is wrong with those of a text; nothing where all can be filled in.</summary>
    public static IEnumerable<FieldFlaw> Flaws(string text, string field)
    {
        foreach (var (_, name, _) in Parts(text))
        {
            if (name is "")
            {
                yield return new FieldFlaw(field, "placeholderUnclosed", $"A placeholder is not closed: it ends with {Closes}.");
            }
            else if (name is not null && !Known.Contains(name))
            {
                yield return new FieldFlaw(field, "placeholderUnknown", $"There is no placeholder {Shown(name)}. There are: {string.Join(", ", Known)}.");
            }
        }
    }

    /// <param name="missing">Is told the names of which nothing is known and nothing is said instead.</param>
    public static string Fill(string text, Func<string, string?> value, ICollection<string> missing)
    {
        var filled = new StringBuilder();
        foreach (var (words, name, instead) in Parts(text))
        {
            filled.Append(words);
            if (name is null or "")
            {
                continue;
            }

            var known = value(name);
            if (string.IsNullOrWhiteSpace(known) && instead is null)
            {
                missing.Add(name);
            }

            filled.Append(string.IsNullOrWhiteSpace(known) ? instead : known);
        }

        return filled.ToString();
    }

    /// <summary>A text in its parts: words, and what follows them. The name is null at the end, and empty where nothing closes it.</summary>
    private static IEnumerable<(string Words, string? Name, string? Instead)> Parts(string text)
    {
        var at = 0;
        while (text.IndexOf(Opens, at, StringComparison.Ordinal) is >= 0 and var open)
        {
            var close = text.IndexOf(Closes, open + Opens.Length, StringComparison.Ordinal);
            var inner = close < 0 ? "" : text[(open + Opens.Length)..close];
            if (close < 0 || inner.Contains(Opens, StringComparison.Ordinal) || string.IsNullOrWhiteSpace(inner))
            {
                yield return (text[at..open], "", null);
                at = open + Opens.Length;
                continue;
            }

            var parts = inner.Split('|', 2);
            yield return (text[at..open], parts[0].Trim(), parts is [_, var instead] ? instead.Trim() : null);
            at = close + Closes.Length;
        }

        yield return (text[at..], null, null);
    }

    private static string Shown(string name) => name.Length <= 40 ? $"\"{Words.Clean(name)}\"" : "of such a long name";
}
