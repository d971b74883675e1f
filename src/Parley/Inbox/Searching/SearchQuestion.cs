using System.Globalization;
using System.Text.RegularExpressions;
using Parley.Platform;
using Parley.Platform.Store;

namespace Parley.Inbox.Searching;

/// <summary>
/// What is asked in the box: words, and what narrows them: <c>from:ana label:vip in:"Web shop" status:closed before:2026-03-01 after:2026</c>. Names are found
/// by their beginning, as words are. All labels must be worn; of several people, inboxes or statuses one will do.
/// </summary>
/// <param name="Text">What is left without them.</param>
/// <param name="Before">Exclusive: the first moment that is too late.</param>
internal sealed partial record SearchQuestion(string Text, IReadOnlyList<string> From, IReadOnlyList<string> Labels, IReadOnlyList<string> Inboxes, IReadOnlyList<string> Statuses, DateTimeOffset? Before, DateTimeOffset? After)
{
    private static readonly string[] KnownStatuses = [.. Enum.GetNames<Conversations.Status>().Select(name => name.ToLowerInvariant())];

    public IReadOnlyList<string> Words { get; } = [.. WordSplitting.Words(Text).Take(Searches.WordsLimit)];

    public bool Narrows => From.Count + Labels.Count + Inboxes.Count + Statuses.Count > 0 || Before is not null || After is not null;

    /// <returns>The question; or what of it makes no sense, under which refusal.</returns>
    public static (SearchQuestion? Question, (string Code, FieldFlaw Flaw)? Wrong) Of(string text)
    {
        var parts = Narrowing().Matches(text).Select(match => (Key: match.Groups["key"].Value.ToLowerInvariant(), Value: match.Groups["value"].Value.Trim())).Where(part => part.Value.Length > 0).ToList();
        List<string> All(string key) => [.. parts.Where(part => part.Key == key).Select(part => part.Value)];
        DateTimeOffset? before = null, after = null;
        foreach (var (key, value) in parts)
        {
            if (key == "status" && !KnownStatuses.Any(known => Begins(known, value)))
            {
                return (null, ("search.status", new("q.status", "unknown", $"One of {string.Join(", ", KnownStatuses)}.")));
            }

            if (key is not ("before" or "after"))
            {
                continue;
            }

            if (Day(value) is not { } day)
            {
                return (null, ("search.date", new($"q.{key}", "invalid", "A year, a month or a day: 2026-03-01.")));
            }

            (before, after) = key == "before" ? (before < day ? before : day, after) : (before, after > day ? after : day);
        }

        return after >= before
            ? (null, ("search.range", new("q.after", "order", "The day of after: comes before the day of before:.")))
            : (new(Narrowing().Replace(text, " "), All("from"), All("label"), All("in"), All("status"), before, after), null);
    }

    /// <summary>What a row alone can answer.</summary>
    public bool Fits(Conversations.Status status, IEnumerable<string> labels, string inbox) =>
        (Statuses.Count == 0 || Statuses.Any(asked => Begins(status.ToString(), asked)))
        && Labels.All(asked => labels.Any(label => Begins(label, asked)))
        && (Inboxes.Count == 0 || Inboxes.Any(asked => Begins(inbox, asked)));

    public bool Fits(DateTimeOffset at) => !(at >= Before) && !(at < After);

    /// <summary>A year, a month, a day or a moment; days begin at midnight UTC.</summary>
    private static DateTimeOffset? Day(string text)
    {
        string[] forms = ["yyyy", "yyyy-MM", "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"];
        return DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var day) ? day : null;
    }

    private static bool Begins(string name, string asked)
    {
        var words = WordSplitting.Kept(name);
        return WordSplitting.Words(asked) is { Count: > 0 } all && all.All(word => words.Any(known => known.StartsWith(word, StringComparison.Ordinal)));
    }

    [GeneratedRegex("(?<![\\p{L}\\p{N}])(?<key>from|label|in|status|before|after):(?:\"(?<value>[^\"]*)\"?|(?<value>[^\\s\"]*))", RegexOptions.IgnoreCase)]
    private static partial Regex Narrowing();
}
