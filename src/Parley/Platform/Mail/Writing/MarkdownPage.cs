using System.Text;
using System.Text.RegularExpressions;

namespace Parley.Platform.Mail.Writing;

/// <summary>
/// Words as a page (HTML): paragraphs, and where they are Markdown what people use of it (headings, lists, quotes, code, emphasis, links). Everything else stands there as it was
/// typed, so that nothing but what is written here can be in the page.
/// </summary>
public static partial class MarkdownPage
{
    private const string Quoted = "margin:0 0 0 .8ex;border-left:2px solid #c9cbd1;padding-left:1ex";

    /// <param name="isMarkdown">False: as it was typed, line for line.</param>
    public static string Of(string text, bool isMarkdown)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        return isMarkdown ? Blocks(lines) : Paragraphs(lines, line => Linked(line));
    }

    /// <summary>Words of somebody's else, as what is quoted.</summary>
    public static string Quote(string text) => $"<blockquote type=\"cite\" style=\"{Quoted}\">{Of(text, isMarkdown: false)}</blockquote>";

    /// <summary>What would be a mark of the page is none; letters of any script stay as they are, which mails carry.</summary>
    public static string Safe(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);

    private static string Blocks(IReadOnlyList<string> lines)
    {
        var (page, open) = (new StringBuilder(), new List<string>());
        for (var at = 0; at < lines.Count;)
        {
            var (block, used) = Fenced(lines, at) ?? Listed(lines, at) ?? Cited(lines, at) ?? Headed(lines[at]) ?? (null, 0);
            if (block is null)
            {
                open.Add(lines[at++]);
                continue;
            }

            page.Append(Paragraphs(open, Inline)).Append(block);
            open.Clear();
            at += used;
        }

        return page.Append(Paragraphs(open, Inline)).ToString();
    }

    private static string Paragraphs(IEnumerable<string> lines, Func<string, string> inline)
    {
        var page = new StringBuilder();
        foreach (var paragraph in string.Join('\n', lines).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(each => each.Trim('\n')).Where(each => each.Trim().Length > 0))
        {
            page.Append("<p dir=\"auto\">").AppendJoin("<br>\n", paragraph.Split('\n').Select(inline)).Append("</p>\n");
        }

        return page.ToString();
    }

    private static (string? Block, int Used)? Fenced(IReadOnlyList<string> lines, int at)
    {
        if (!lines[at].TrimStart().StartsWith("```", StringComparison.Ordinal))
        {
            return null;
        }

        var inside = lines.Skip(at + 1).TakeWhile(line => !line.TrimStart().StartsWith("```", StringComparison.Ordinal)).ToList();
        return ($"<pre>{Safe(string.Join('\n', inside))}</pre>\n", Math.Min(inside.Count + 2, lines.Count - at));
    }

    private static (string? Block, int Used)? Listed(IReadOnlyList<string> lines, int at)
    {
        var numbered = Number().IsMatch(lines[at]);
        if (!numbered && !Bullet().IsMatch(lines[at]))
        {
            return null;
        }

        var mark = numbered ? Number() : Bullet();
        var items = lines.Skip(at).TakeWhile(line => mark.IsMatch(line)).ToList();
        var tag = numbered ? "ol" : "ul";
        return ($"<{tag}>{string.Concat(items.Select(item => $"<li dir=\"auto\">{Inline(mark.Replace(item, "", 1))}</li>"))}</{tag}>\n", items.Count);
    }

    private static (string? Block, int Used)? Cited(IReadOnlyList<string> lines, int at)
    {
        var inside = lines.Skip(at).TakeWhile(line => line.StartsWith('>')).ToList();
        return inside.Count == 0 ? null : ($"<blockquote style=\"{Quoted}\">{Paragraphs(inside.Select(line => line[1..].TrimStart()), Inline)}</blockquote>\n", inside.Count);
    }

    private static (string? Block, int Used)? Headed(string line) =>
        Rule().IsMatch(line) ? ("<hr>\n", 1)
        : Heading().Match(line) is { Success: true } head ? ($"<h{head.Groups[1].Length}>{Inline(head.Groups[2].Value)}</h{head.Groups[1].Length}>\n", 1)
        : null;

    /// <summary>What is code is not looked into; what is emphasised is looked into once it is safe.</summary>
    private static string Inline(string line) => string.Concat(Code().Split(line).Select((piece, i) => i % 2 == 1 ? $"<code>{Safe(piece)}</code>" : Emphasised(piece)));

    private static string Emphasised(string text)
    {
        var links = new List<string>();
        var bare = Link().Replace(text, match =>
        {
            links.Add($"<a href=\"{Safe(match.Groups[2].Value)}\">{Marked(Safe(match.Groups[1].Value))}</a>");
            return $"\u0001{links.Count - 1}\u0002";
        });
        // What stands in an address is no emphasis.
        bare = Address().Replace(bare, match =>
        {
            links.Add($"<a href=\"{Safe(match.Value)}\">{Safe(match.Value)}</a>");
            return $"\u0001{links.Count - 1}\u0002";
        });
        return Kept().Replace(Marked(Safe(bare)), match => int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) is var number && number < links.Count ? links[number] : "");
    }

    private static string Marked(string safe) => Struck().Replace(Slanted().Replace(Strong().Replace(safe, "<strong>$2</strong>"), "<em>$2</em>"), "<del>$1</del>");

    /// <summary>Addresses that stand in the text lead to where they say.</summary>
    private static string Linked(string text) => string.Concat(Address().Split(text).Select((piece, i) => i % 2 == 1 ? $"<a href=\"{Safe(piece)}\">{Safe(piece)}</a>" : Spaced(Safe(piece), first: i == 0)));

    /// <summary>Tables and code that were typed stand as they were typed: a page shows several spaces as one, and those before a line not at all.</summary>
    private static string Spaced(string safe, bool first) => Gap().Replace(safe.Replace("\t", "    ", StringComparison.Ordinal), match => match.Index == 0 && first ? string.Concat(Enumerable.Repeat("&nbsp;", match.Length)) : string.Concat(Enumerable.Repeat("&nbsp;", match.Length - 1)) + (match.Length > 0 ? " " : ""));

    [GeneratedRegex("^ +| {2,}")]
    private static partial Regex Gap();

    [GeneratedRegex(@"^\s{0,3}[-*+]\s+")]
    private static partial Regex Bullet();

    [GeneratedRegex(@"^\s{0,3}\d{1,3}[.)]\s+")]
    private static partial Regex Number();

    [GeneratedRegex(@"^\s{0,3}(#{1,6})\s+(\S.*?)\s*#*$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\s{0,3}(?:-{3,}|\*{3,}|_{3,})\s*$")]
    private static partial Regex Rule();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\[([^\]\n]{1,500})\]\(((?:https?://|mailto:)[^\s)""<>]{1,2000})\)")]
    private static partial Regex Link();

    [GeneratedRegex("\u0001(\\d{1,4})\u0002")]
    private static partial Regex Kept();

    [GeneratedRegex(@"(\*\*|__)(?=\S)([^\n]{1,500}?)(?<=\S)\1")]
    private static partial Regex Strong();

    [GeneratedRegex(@"(?<![\w*])([*_])(?=[^\s*_])([^\n*_]{1,500}?)(?<=\S)\1(?![\w*])")]
    private static partial Regex Slanted();

    [GeneratedRegex(@"~~(?=\S)([^\n~]{1,500}?)(?<=\S)~~")]
    private static partial Regex Struck();

    [GeneratedRegex(@"(https?://[^\s<>""\u0001\u0002]{1,2000}[^\s<>""\u0001\u0002.,;:!?)\]'])")]
    private static partial Regex Address();
}
