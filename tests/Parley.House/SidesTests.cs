using System.Text.RegularExpressions;

namespace Parley.House;

/// <summary>
/// PA21: screens are drawn from the beginning of a line to its end, never from the left to the right, so that a page in Arabic or Hebrew is mirrored by
/// its direction alone.
/// </summary>
public partial class SidesTests
{
    /// <summary>Where a side of the screen is meant. Each must still be needed.</summary>
    private static readonly Dictionary<(string File, string Line), string> Allowed = new()
    {
        [("web/kit/base.css", "text-align: right")] = "texts of another direction stand at the side where the page begins",
        [("web/kit/parts/Switch.svelte", "translate: 14px 0")] = "turned by its own rule for right-to-left",
        [("web/kit/parts/Switch.svelte", "translate: -14px 0")] = "the rule for right-to-left",
        [("web/console/app/Columns.svelte", "translate: var(--from) 0")] = "turned by its own rule for right-to-left",
        [("web/kit/parts/Popover.svelte", "style.left")] = "a place that was measured in the window",
        [("web/kit/parts/tip.ts", "style.left")] = "a place that was measured in the window",
        [("web/widget/app/thread/MessageMenu.svelte", "style:left")] = "a place that was measured in the window",
    };

    [Fact]
    public void PA21_No_style_names_the_left_or_the_right() => Found().Where(found => !Allowed.ContainsKey(found)).Select(found => $"{found.File}: {found.Line}").ShouldBeEmpty();

    [Fact]
    public void Every_exception_is_still_needed() => Allowed.Keys.Except(Found()).ShouldBeEmpty();

    [Theory]
    [InlineData("a { margin-left: 2px }", "margin-left: 2px")]
    [InlineData("a{left:0}", "left:0")]
    [InlineData("a { border-top-right-radius: 4px; }", "border-top-right-radius: 4px")]
    [InlineData("a { text-align: left; }", "text-align: left")]
    [InlineData("a { float: right; }", "float: right")]
    [InlineData("a { padding: 1px 2px 3px calc(4px + 1px); }", "padding: 1px 2px 3px calc(4px + 1px)")]
    [InlineData("a { inset: 0 4px auto auto; }", "inset: 0 4px auto auto")]
    [InlineData("a { border-radius: 4px 0 0 4px; }", "border-radius: 4px 0 0 4px")]
    [InlineData("a { transform: translateX(4px); }", "transform: translateX(4px)")]
    [InlineData("a { translate: 4px 0; }", "translate: 4px 0")]
    public void The_rule_sees_what_it_forbids(string style, string line) => Sided(style).ShouldBe([line]);

    [Theory]
    [InlineData("a { margin: 1px 2px 3px 2px; padding-inline-start: 4px; inset-inline-end: 0; text-align: start; }")]
    [InlineData("a { border-radius: 4px 4px 0 0; translate: 0 4px; inset: 0; transform: translate(-50%, 0) }")]
    [InlineData("a { padding: max(6px, env(safe-area-inset-left)) 4px; border-color: oklch(0.3 0.02 265 / 0.1) }")]
    public void And_nothing_else(string style) => Sided(style).ShouldBeEmpty();

    private static List<(string File, string Line)> Found() =>
    [
        .. from source in Tree.Sources.Where(source => source.Path.StartsWith("web/", StringComparison.Ordinal) || source.Path.StartsWith("src/", StringComparison.Ordinal))
           from line in Styles(source).SelectMany(Sided).Concat(Set(source))
           select (source.Path, line),
    ];

    /// <summary>What a file says as style: all of a sheet, the style of a part, and the sheet that the loader holds as text.</summary>
    private static IEnumerable<string> Styles(Source source) => Path.GetExtension(source.Path) switch
    {
        ".css" => [source.Text],
        ".svelte" or ".html" => StyleOfPart().Matches(source.Text).Select(style => style.Groups["style"].Value),
        ".ts" when source.Name == "style.ts" => [source.Text],
        _ => [],
    };

    /// <summary>What a script sets by itself.</summary>
    private static IEnumerable<string> Set(Source source) => Path.GetExtension(source.Path) is ".ts" or ".svelte" ? ByScript().Matches(source.Text).Select(set => set.Value).Distinct() : [];

    private static IEnumerable<string> Sided(string style) => Declaration().Matches(Comment().Replace(style, ""))
        .Where(match => IsSided(match.Groups["name"].Value, match.Groups["value"].Value.Trim())).Select(match => match.Value.Trim());

    private static bool IsSided(string name, string value) =>
        SidedName().IsMatch(name)
        || (name is "text-align" or "float" or "clear" && value is "left" or "right")
        || (name == "transform" && value.Contains("translateX", StringComparison.Ordinal))
        || (name == "translate" && Parts(value)[0] is not ("0" or "none"))
        || (FourSided().IsMatch(name) && Parts(value) is [_, var end, _, var start] && end != start)
        || (name == "border-radius" && Parts(value.Split('/')[0]) is var corners && corners.Count > 1 && !IsMirrored(corners));

    /// <summary>Corners from the top left clockwise, where what is not said is as the one opposite.</summary>
    private static bool IsMirrored(List<string> corners) =>
        corners[0] == corners[1] && (corners.Count > 2 ? corners[2] : corners[0]) == (corners.Count > 3 ? corners[3] : corners[1]);

    /// <summary>The values of a shorthand: what stands in brackets is one.</summary>
    private static List<string> Parts(string value) => [.. Part().Matches(value).Select(part => part.Value)];

    [GeneratedRegex(@"<style[^>]*>(?<style>.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex StyleOfPart();

    [GeneratedRegex(@"\bstyle[.:](?:left|right|margin(?:Left|Right)|padding(?:Left|Right))\b")]
    private static partial Regex ByScript();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?<=[{;]\s*)(?<name>[a-z][a-z-]*)\s*:\s*(?<value>[^;{}]+)(?=[;}])")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^(?:left|right|(?:scroll-)?(?:margin|padding)-(?:left|right)|border-(?:left|right)(?:-.*)?|border-(?:top|bottom)-(?:left|right)-radius)$")]
    private static partial Regex SidedName();

    [GeneratedRegex("^(?:(?:scroll-)?(?:margin|padding)|inset|border-(?:width|style|color))$")]
    private static partial Regex FourSided();

    [GeneratedRegex(@"(?:[^\s()]*\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)[^\s()]*)|[^\s()]+")]
    private static partial Regex Part();
}
