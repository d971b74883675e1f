using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Parley.Tests.Guides;

/// <summary>A fenced block of a guide, with what stands in the comment right above it.</summary>
/// <param name="Mark">What the comment begins with: <c>not run</c>, <c>file</c>, <c>identity</c>; empty for none.</param>
public sealed record Block(int Number, string Language, string Text, string Mark, string Marked);

/// <summary>A page of <c>docs/guide</c> as a reader follows it: its blocks from top to bottom.</summary>
public sealed partial record Guide(string Name, string Text, IReadOnlyList<Block> Blocks)
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", ".."));

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Path.Combine(Root, "docs", "guide"), "*.md").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    public static Guide Open(string name)
    {
        var text = File.ReadAllText(Path.Combine(Root, "docs", "guide", $"{name}.md"));
        return new Guide(name, text, [.. Fence().Matches(text).Select((match, number) => new Block(
            number, match.Groups["language"].Value, Bare(match.Groups["text"].Value, match.Groups["indent"].Value), match.Groups["mark"].Value, match.Groups["marked"].Value.Trim()))]);
    }

    /// <summary>The files of the tree that it names.</summary>
    public IEnumerable<string> Paths => Named().Matches(Text).Select(match => match.Groups[1].Value).Distinct();

    private static string Bare(string text, string indent) => string.Join('\n', text.Split('\n').Select(line => line.StartsWith(indent, StringComparison.Ordinal) ? line[indent.Length..] : line));

    private static string Here([CallerFilePath] string path = "") => path;

    [GeneratedRegex(@"(?:<!-- *(?<mark>not run|file|identity)(?:: *(?<marked>[^\n]*?))? *-->\n)?^(?<indent> *)```(?<language>\w+)\n(?<text>.*?)\n *```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"(?:`|\()(?:\.\./\.\./)?((?:src|tests|web|deploy|eng|docs)/[\w./-]+?)/?(?:`|\))")]
    private static partial Regex Named();
}
