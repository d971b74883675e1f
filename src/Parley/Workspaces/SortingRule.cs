using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Parley.Log;
using Parley.Platform;

namespace Parley.Workspaces;

/// <summary>How much a matter presses; in which order what waits is given out.</summary>
public enum Urgency { Low, Normal, High, Urgent }

/// <summary>
/// Where a conversation belongs, decided from its first message before anybody has read it. The first of an inbox's rules that fits decides; each condition
/// that is there has to hold.
/// </summary>
/// <param name="Name">For those who administer, and beside what it did.</param>
/// <param name="Words">One of them is said, or answered in the form before the chat. A star at the end stands for any ending; null: whatever is said.</param>
/// <param name="Paths">Of the page, as in a <see cref="Segment"/>. Whose page is not recorded fits none.</param>
/// <param name="Languages">The customer is spoken to in one of these.</param>
/// <param name="Team">In whose queue it goes.</param>
public sealed partial record SortingRule(
    string Id,
    string Name,
    ImmutableArray<string>? Words = null,
    ImmutableArray<string>? Paths = null,
    ImmutableArray<string>? Languages = null,
    TeamId? Team = null,
    string? Label = null,
    Urgency? Priority = null)
{
    private const int Limit = 100;
    private const int WordsLimit = 100;
    private const int WordLimit = 100;
    private const int LabelLimit = 40;
    private const int FieldsLimit = 20;
    private const int FallbacksLimit = 5;
    private const int LongestFallback = 86_400;

    /// <summary>What was filled in, or is known of the person; each has to hold.</summary>
    public ImmutableArray<FieldTest>? Fields { get; init; }

    /// <summary>Only who knows all this as well is asked (1 to 3), until a fallback.</summary>
    public ImmutableSortedDictionary<string, int>? Skills { get; init; }

    /// <summary>Who of several is asked first; null: as the inbox has it.</summary>
    public ImmutableArray<Preference>? By { get; init; }

    /// <summary>Who is asked instead where it still waits after so long, one after the other.</summary>
    public ImmutableArray<Fallback>? Fallbacks { get; init; }

    /// <summary>True for what is hard: beginners are spared as long as anybody else is there, and it is spread.</summary>
    public bool? Hard { get; init; }

    /// <summary>Talked about at once, or written about; null: as the inbox has it.</summary>
    public Pace? Pace { get; init; }

    /// <summary>Null when they may stand.</summary>
    public static Refusal? Flaw(ImmutableArray<SortingRule> rules, Func<TeamId, bool> known)
    {
        if (rules.Length > Limit || rules.Select(rule => rule.Id).Distinct().Count() < rules.Length)
        {
            return Wrong("sorting", $"There are at most {Limit} rules, each with an id of its own.");
        }

        return rules.Select((rule, at) => rule.Flaw($"sorting[{at}]", known)).FirstOrDefault(flaw => flaw is not null);
    }

    public SortingRule Tidied() => this with
    {
        Name = Name.Trim(),
        Words = Some(Words),
        Paths = Some(Paths),
        Languages = Languages is { IsDefaultOrEmpty: false } languages ? Wording.Tidy(languages) : null,
        Label = string.IsNullOrWhiteSpace(Label) ? null : Label.Trim(),
        Fields = Fields is { IsDefaultOrEmpty: false } fields ? [.. fields.Select(test => new FieldTest(test.Field.Trim(), Some(test.Values) ?? []))] : null,
        Skills = Skills is { IsEmpty: false } skills ? skills.ToImmutableSortedDictionary(pair => Skilling.Tidy(pair.Key), pair => pair.Value, StringComparer.Ordinal) : null,
        By = By is { IsDefaultOrEmpty: false } by ? [.. by.Distinct()] : null,
        Fallbacks = Fallbacks is { IsDefaultOrEmpty: false } fallbacks ? [.. fallbacks.OrderBy(fallback => fallback.AfterSeconds)] : null,
        Hard = Hard == true ? true : null,
    };

    public bool Fits(Matter matter) => Fits(matter.Said, matter.Path, matter.Language) && (Fields is not { } fields || fields.All(test => test.Holds(matter)));

    /// <summary>Each condition, by its name, and whether it holds: for who tries the rules out.</summary>
    public IEnumerable<(string Condition, bool Holds)> Judge(Matter matter)
    {
        var only = new SortingRule(Id, Name);
        return new (string, SortingRule?)[]
        {
            ("words", Words is null ? null : only with { Words = Words }),
            ("paths", Paths is null ? null : only with { Paths = Paths }),
            ("languages", Languages is null ? null : only with { Languages = Languages }),
        }
        .Concat((Fields ?? []).Select(test => ($"fields.{test.Field}", (SortingRule?)(only with { Fields = [test] }))))
        .Where(each => each.Item2 is not null).Select(each => (each.Item1, each.Item2!.Fits(matter)));
    }

    /// <param name="said">The first message and what was answered before it.</param>
    /// <param name="path">Of the page, where it is known.</param>
    public bool Fits(string said, string? path, string? language) =>
        (Words is not { } words || words.Any(word => Says(said, word)))
        && (Paths is not { } paths || (path is not null && Regex.IsMatch(path, Segment.Pattern(paths), RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100))))
        && (Languages is not { } languages || (language is not null && languages.Any(each => Speaks(language, each))));

    /// <summary>Whole words, in whatever case: "rope" is not in "Europe"; "refund*" is in "refunds".</summary>
    private static bool Says(string said, string word)
    {
        var open = word.EndsWith('*');
        var stem = open ? word[..^1] : word;
        for (var at = said.IndexOf(stem, StringComparison.OrdinalIgnoreCase); at >= 0; at = said.IndexOf(stem, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + stem.Length;
            if ((at == 0 || !char.IsLetterOrDigit(said[at - 1])) && (open || end == said.Length || !char.IsLetterOrDigit(said[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Speaks(string language, string each) =>
        language.Equals(each, StringComparison.OrdinalIgnoreCase) || language.StartsWith($"{each}-", StringComparison.OrdinalIgnoreCase);

    private static ImmutableArray<string>? Some(ImmutableArray<string>? texts) =>
        texts is { IsDefaultOrEmpty: false } some && some.Select(text => text.Trim()).Where(text => text.Length > 0).Distinct().ToImmutableArray() is { IsEmpty: false } kept ? kept : null;

    private Refusal? Flaw(string at, Func<TeamId, bool> known) =>
        !Handle().IsMatch(Id) ? Wrong($"{at}.id", "A rule's id is made of letters, digits, - and _.")
        : Naming.Name(Name) is not null ? Wrong($"{at}.name", "The name is empty or too long.")
        : Words is null && Paths is null && Languages is null && Fields is null ? Wrong($"{at}.words", "A rule has a condition: words, paths, languages or fields.")
        : Words is { } words && (words.Length > WordsLimit || words.Any(word => word.Length > WordLimit || word.TrimEnd('*').Length == 0)) ? Wrong($"{at}.words", $"At most {WordsLimit} words, each of at most {WordLimit} characters.")
        : Paths is { } paths && !Segment.ArePaths(paths) ? Wrong($"{at}.paths", "Paths are like /cart or /cart*; each begins with / or *.")
        : Languages is { } languages && Wording.Languages(languages, 1) is not null ? Wrong($"{at}.languages", "Languages are like de or pt-BR.")
        : Team is { } team && !known(team) ? Wrong($"{at}.team", "There is no such team.")
        : Label is { } label && (label.Length > LabelLimit || label.Any(char.IsControl)) ? Wrong($"{at}.label", $"A label has 1 to {LabelLimit} characters.")
        : Team is null && Label is null && Priority is null && Skills is null && By is null && Hard is null && Pace is null ? Wrong($"{at}.team", "A rule does something: a team, skills, a pace, a label or a priority.")
        : Skills is { } skills && Skilling.Flaw(skills, $"{at}.skills") is { } unskilled ? unskilled with { Code = "sorting.invalid" }
        : FieldFlaw(at) ?? FallbackFlaw(at, known);

    private Refusal? FieldFlaw(string at)
    {
        for (var i = 0; Fields is { } fields && i < fields.Length; i++)
        {
            if (fields.Length > FieldsLimit || fields[i].Field.Length is 0 or > WordLimit)
            {
                return Wrong($"{at}.fields[{i}].field", $"At most {FieldsLimit} fields, each with a name.");
            }

            if (fields[i].Values.Length is 0 or > WordsLimit || fields[i].Values.Any(value => value.Length > WordLimit))
            {
                return Wrong($"{at}.fields[{i}].values", $"A field has 1 to {WordsLimit} values, each of at most {WordLimit} characters.");
            }
        }

        return null;
    }

    private Refusal? FallbackFlaw(string at, Func<TeamId, bool> known)
    {
        for (var i = 0; Fallbacks is { } steps && i < steps.Length; i++)
        {
            if (steps.Length > FallbacksLimit || steps[i].AfterSeconds is < 0 or > LongestFallback || (i > 0 && steps[i].AfterSeconds == steps[i - 1].AfterSeconds))
            {
                return Wrong($"{at}.fallbacks[{i}].afterSeconds", $"At most {FallbacksLimit} fallbacks, each after another time of 0 to {LongestFallback} seconds.");
            }

            if (steps[i].Team is { } team && !known(team))
            {
                return Wrong($"{at}.fallbacks[{i}].team", "There is no such team.");
            }

            // Whoever let it pass is not asked again: to come back to the same people leads nowhere.
            if (steps[i].Team is { } again && (again == Team ? Skills is null : steps[..i].Any(earlier => earlier.Team == again)))
            {
                return Wrong($"{at}.fallbacks[{i}].team", "This team has been asked before that: it would go round in a circle.");
            }
        }

        return null;
    }

    private static Refusal Wrong(string field, string text) => new("sorting.invalid", $"{field}: {text}", 400) { Errors = [new FieldFlaw(field, "invalid", text)] };

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex Handle();
}
