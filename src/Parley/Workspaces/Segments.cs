using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Parley.Log;

namespace Parley.Workspaces;

/// <summary>Part of a site that is greeted in its own words. The first of an inbox's segments that fits the page and the language decides.</summary>
/// <param name="Name">For those who administer; customers never see it.</param>
/// <param name="Paths">Of pages, like <c>/cart*</c>: a star stands for anything. What follows a question mark or # does not count.</param>
/// <param name="Languages">Only for customers who are spoken to in one of these; null: for all.</param>
/// <param name="Texts">Per language: <c>greeting</c>, <c>teaser</c>. What is not here is the inbox's.</param>
public sealed partial record Segment(string Id, string Name, ImmutableArray<string> Paths, ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> Texts, ImmutableArray<string>? Languages = null)
{
    private const int Limit = 50;
    private const int PathsLimit = 50;
    private const int PathLimit = 300;

    /// <summary>The paths as one regular expression as browsers know it. Addresses spell what is not ASCII in per cent; a slash at the end makes no difference.</summary>
    public string Pattern() => Pattern(Paths);

    internal static string Pattern(ImmutableArray<string> paths) => $"^(?:{string.Join('|', paths.Select(path => string.Concat(path.EnumerateRunes().Select(Letter))))})/?$";

    internal static bool ArePaths(ImmutableArray<string> paths) => paths.Length is > 0 and <= PathsLimit && paths.All(path => path.Length <= PathLimit && Path().IsMatch(path));

    private static string Letter(Rune letter) => letter.Value switch
    {
        '*' => ".*",
        > 0x7f => Uri.EscapeDataString(letter.ToString()),
        _ when @"\^$.|?+()[]{}".Contains((char)letter.Value) => $@"\{letter}",
        _ => letter.ToString(),
    };

    /// <summary>Null when they may stand.</summary>
    public static Refusal? Flaw(ImmutableArray<Segment> segments) =>
        segments.Length > Limit || segments.Select(segment => segment.Id).Distinct().Count() < segments.Length
            ? new Refusal("segments.invalid", $"There are at most {Limit} segments, each with an id of its own.", 400)
            : segments.Select(segment => segment.Flaw()).FirstOrDefault(flaw => flaw is not null);

    public Segment Tidied() => this with
    {
        Name = Name.Trim(),
        Paths = [.. Paths.Select(path => path.Trim()).Where(path => path.Length > 0).Distinct()],
        Languages = Languages is { IsEmpty: false } languages ? Wording.Tidy(languages) : null,
        Texts = Wording.Tidy(Texts),
    };

    private Refusal? Flaw() =>
        (Handle().IsMatch(Id) ? null : new Refusal("segments.invalid", "A segment's id is made of letters, digits, - and _.", 400))
        ?? Naming.Name(Name)
        ?? (ArePaths(Paths)
            ? null
            : new Refusal("paths.invalid", "A segment has paths like /cart or /cart*; each begins with / or *.", 400))
        ?? (Languages is { } languages ? Wording.Languages(languages, 1) : null)
        ?? Wording.Typed(Texts);

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex Handle();

    [GeneratedRegex(@"\A[/*][^\s\p{Cc}?#]*\z")]
    private static partial Regex Path();
}
