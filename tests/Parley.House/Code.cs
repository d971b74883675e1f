using System.Text.RegularExpressions;

namespace Parley.House;

/// <summary>C# as the house looks at it: without comments and texts, cut into functions. It relies on the one way this tree is formatted in.</summary>
internal static partial class Code
{
    /// <summary>The code alone: comments and the insides of strings are blanked, lines stay where they are.</summary>
    public static string Bare(string text) => Noise().Replace(text, match => new string('\n', match.Value.Count(c => c == '\n')) + (match.Value[0] is '/' ? "" : "\"\""));

    /// <summary>The length in lines of every function and accessor with a body, from its brace or arrow to its end.</summary>
    public static IEnumerable<int> Functions(string text)
    {
        var lines = Bare(text).Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (!Head().IsMatch(lines[i]) || lines[i].TrimEnd().EndsWith(';') && !lines[i].Contains("=>"))
            {
                continue;
            }

            var margin = lines[i].Length - lines[i].TrimStart().Length;
            var end = i;
            while (end < lines.Length - 1 && !Ends(lines, end, margin))
            {
                end++;
            }

            yield return Math.Max(1, end - i + 1 - (lines[end].Trim() == "}" ? 3 : 0));
            i = end;
        }
    }

    /// <summary>How many parameters each constructor takes, the primary ones of classes included; records are data and not counted.</summary>
    public static IEnumerable<(string Type, int Count)> Constructors(string text)
    {
        var bare = Bare(text);
        foreach (Match match in Primary().Matches(bare))
        {
            yield return (match.Groups["name"].Value, Parameters(bare, match.Index + match.Length));
        }

        foreach (var type in TypeNames(bare))
        {
            foreach (Match match in Regex.Matches(bare, $@"^ +(?:public|internal|private|protected) {type}\(", RegexOptions.Multiline))
            {
                yield return (type, Parameters(bare, match.Index + match.Length));
            }
        }
    }

    public static IEnumerable<string> TypeNames(string text) => Types().Matches(Bare(text)).Select(match => match.Groups["name"].Value).Distinct();

    private static bool Ends(string[] lines, int at, int margin)
    {
        var line = lines[at];
        var own = line.Length - line.TrimStart().Length;
        return (own == margin && line.Trim() is "}" or "};") || (own >= margin && line.TrimEnd().EndsWith(';') && Depth(lines, at, margin));
    }

    /// <summary>An expression body ends at the semicolon of its statement: no brace is open since the head.</summary>
    private static bool Depth(string[] lines, int at, int margin)
    {
        var depth = 0;
        for (var i = at; i >= 0; i--)
        {
            depth += lines[i].Count(c => c == '}') - lines[i].Count(c => c == '{');
            if (lines[i].Length - lines[i].TrimStart().Length == margin && Head().IsMatch(lines[i]))
            {
                return depth == 0;
            }
        }

        return true;
    }

    private static int Parameters(string text, int from)
    {
        var (depth, count, any) = (0, 1, false);
        for (var i = from; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '(' or '<' or '[' or '{': depth++; break;
                case ')' when depth == 0: return any ? count : 0;
                case ')' or '>' or ']' or '}': depth--; break;
                case ',' when depth == 0: count++; break;
                case var c when !char.IsWhiteSpace(c): any = true; break;
            }
        }

        return count;
    }

    [GeneratedRegex(""""//[^\n]*|/\*.*?\*/|\$*"""+.*?"""+|[$@]*"(?:""|\\.|[^"\\\n])*"|'(?:\\.|[^'\\])'"""", RegexOptions.Singleline)]
    private static partial Regex Noise();

    [GeneratedRegex(@"^ {4,12}(?:(?:public|private|protected|internal|static|async|override|virtual|sealed|extern|unsafe|partial|new) )+[^=;{]*\(")]
    private static partial Regex Head();

    [GeneratedRegex(@"\bclass (?<name>\w+)(?:<[^>]*>)?\(")]
    private static partial Regex Primary();

    [GeneratedRegex(@"\b(?:class|record struct|record|struct|interface|enum) (?<name>[A-Z]\w*)")]
    private static partial Regex Types();
}
