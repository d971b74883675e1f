using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Parley.Server.Demo;

/// <summary>One thing that somebody says or does.</summary>
/// <param name="After">How long after the line before.</param>
/// <param name="Verb">What is done; <c>says</c> for words.</param>
/// <param name="Subject">What the verb is about: a number of a message, a file, a label.</param>
internal sealed record Line(TimeSpan After, string Who, string Verb, string Subject, string Text);

/// <summary>
/// A conversation as it is written down in <c>Stories/*.txt</c>. A story begins with <c>= customer, address, language, inbox[, known], when</c>;
/// every further line is <c>delay who[ verb[ subject]][: text]</c>. Messages and notes are counted 1, 2, 3 … so that later lines can name them.
/// </summary>
/// <param name="Known">The site vouches for this customer.</param>
/// <param name="Ago">When it began: so long ago, or so many days ago at <paramref name="Hour"/>.</param>
internal sealed partial record Story(string Customer, string? Email, string Language, string Inbox, bool Known, TimeSpan Ago, TimeOnly? Hour, ImmutableArray<Line> Lines)
{
    private static readonly string[] Verbs = ["notes", "labels", "priority", "pends", "unpends", "snoozes", "assigns", "closes", "reopens", "edits", "deletes", "reacts", "quotes", "sends", "offers", "picks", "measures", "fills", "asks", "rates"];

    /// <summary>What the customer is called in the lines.</summary>
    public string Short => Customer.Split(' ')[0];

    public DateTimeOffset Begins(DateTimeOffset now) => Hour is { } hour ? new DateTimeOffset(now.UtcDateTime.Date - Ago + hour.ToTimeSpan(), TimeSpan.Zero) : now - Ago;

    /// <summary>All stories of the demo, in the order of their files.</summary>
    public static IReadOnlyList<Story> All() => [.. Resources.Named("Stories.").SelectMany(name => Read(Resources.Text(name)))];

    /// <summary>A set of those that are told at later starts, all of it within the last two hours; sets are numbered from 1. None: there is no further one.</summary>
    public static IReadOnlyList<Story> Later(int set) => [.. Resources.Named($"Later.{set}.").SelectMany(name => Read(Resources.Text(name)))];

    public static IEnumerable<Story> Read(string text) => text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(One);

    private static Story One(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var head = lines[0].TrimStart('=').Split(',', StringSplitOptions.TrimEntries);
        var (ago, hour) = When(head[^1]);
        return new Story(head[0], head[1] == "-" ? null : head[1], head[2], head[3], head[4] == "known", ago, hour, [.. lines.Skip(1).Select(Told)]);
    }

    private static Line Told(string text)
    {
        var match = Shape().Match(text);
        var words = match.Groups["verb"].Value;
        var verb = Verbs.FirstOrDefault(verb => words == verb || words.StartsWith(verb + " ", StringComparison.Ordinal));
        return match.Success && (verb is not null || words.Length == 0)
            ? new Line(Span(match.Groups["after"].Value), match.Groups["who"].Value, verb ?? "says", verb is null ? "" : words[verb.Length..].Trim(), match.Groups["text"].Value)
            : throw new FormatException($"This line of a story cannot be read: {text}");
    }

    private static (TimeSpan Ago, TimeOnly? Hour) When(string text) =>
        text.Split(' ') is [var days, var hour] ? (Span(days), TimeOnly.Parse(hour, CultureInfo.InvariantCulture)) : (Span(text), null);

    private static TimeSpan Span(string text) => text switch
    {
        "0" => TimeSpan.Zero,
        [.. var number, 'm'] => TimeSpan.FromMinutes(int.Parse(number, CultureInfo.InvariantCulture)),
        [.. var number, 'h'] => TimeSpan.FromHours(int.Parse(number, CultureInfo.InvariantCulture)),
        [.. var number, 'd'] => TimeSpan.FromDays(int.Parse(number, CultureInfo.InvariantCulture)),
        _ => throw new FormatException($"'{text}' is no time of a story: 40m, 3h, 2d, 2d 09:20."),
    };

    public static TimeSpan Until(Line snooze) => Span(snooze.Text.Length > 0 ? snooze.Text : snooze.Subject);

    [GeneratedRegex(@"^(?<after>\w+) (?<who>\p{L}+)(?: (?<verb>[^:]+))?(?:: (?<text>.*))?$")]
    private static partial Regex Shape();
}
