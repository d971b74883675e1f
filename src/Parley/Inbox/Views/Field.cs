using Parley.Conversations;
using Parley.Inbox.Lists;
using Parley.Workspaces;

namespace Parley.Inbox.Views;

/// <summary>What stands in a field, which says what can be asked of it.</summary>
internal enum FieldKind { Word, Inbox, Team, Holder, Label, Language, Text, Flag, Time, Ahead, Number, Chosen, Day }

/// <summary>Something that a filter can ask for. This is the list of all; a new one is one line.</summary>
/// <param name="Words">What a row says there, as words to compare; null for a time.</param>
/// <param name="Time">What a row says there, as a time.</param>
internal sealed record Field(string Name, FieldKind Kind, Func<Facts, string[]?>? Words = null, Func<Facts, DateTimeOffset?>? Time = null)
{
    public const string Status = "status";
    public const string Holder = "holder";
    public const string Me = "me";
    public const string ClosedWord = "closed";

    private static readonly string[] Choice = ["is", "isNot", "in", "notIn"];
    private static readonly string[] Presence = ["isSet", "isNotSet"];

    /// <summary>What may be asked for, where only some words make sense.</summary>
    public string[]? Allowed { get; init; }

    public int Number { get; private init; }

    /// <summary>Whether the contact has to be known to answer.</summary>
    public bool OfContact => Name.StartsWith("contact.", StringComparison.Ordinal);

    /// <summary>A row says exactly one word there, so that two of them exclude each other.</summary>
    public bool Single => Kind is FieldKind.Inbox || Name is Status or "mode" or "priority" or "promise" or "channel" || Kind == FieldKind.Flag;

    public IReadOnlyList<string> Ops { get; } = Kind switch
    {
        FieldKind.Word or FieldKind.Inbox or FieldKind.Holder => Choice,
        FieldKind.Team or FieldKind.Label or FieldKind.Language or FieldKind.Chosen => [.. Choice, .. Presence],
        FieldKind.Text => ["is", "isNot", "in", "notIn", "contains", "notContains", "startsWith", "endsWith", .. Presence],
        FieldKind.Flag => ["is"],
        FieldKind.Number => [.. Choice, "atLeast", "atMost", .. Presence],
        FieldKind.Day => ["before", "after", "olderThan", "newerThan", "within", .. Presence],
        FieldKind.Time => ["before", "after", "olderThan", "newerThan", .. Presence],
        _ => ["before", "after", "within", .. Presence],
    };

    public static IReadOnlyList<Field> All { get; } = Numbered(
    [
        new(Status, FieldKind.Word, it => [Word(it.Row.Status)]) { Allowed = Names<Status>() },
        new("mode", FieldKind.Word, it => [Word(it.Row.Details.Mode)]) { Allowed = Names<Mode>() },
        new(Holder, FieldKind.Holder, it => it.Row.Agent is { } agent ? ["agent", agent.ToString()] : it.Row.Closed ? ["nobody"] : ["nobody", "queue"]) { Allowed = ["agent", "nobody", "queue", Me] },
        new("team", FieldKind.Team, it => it.Row.Team is { } team ? [team.ToString()] : null),
        new("inbox", FieldKind.Inbox, it => [it.Row.Inbox.ToString()]),
        new("channel", FieldKind.Word, it => [it.Row.Details.Channel]),
        new("label", FieldKind.Label, it => [.. it.Row.Details.Labels.Select(Facts.Folded)]),
        new("priority", FieldKind.Word, it => [Word(it.Row.Details.Priority)]) { Allowed = Names<Priority>() },
        new("language", FieldKind.Language, it => Languages(it.Row.Details.Language)),
        new("promise", FieldKind.Word, it => [it.Promised()]) { Allowed = ["none", "running", "atRisk", "broken"] },
        new("contact.name", FieldKind.Text, it => Text(it.Contact?.Name)),
        new("contact.email", FieldKind.Text, it => Text(it.Contact?.Email)),
        new("contact.phone", FieldKind.Text, it => Text(it.Contact?.Phone)),
        new("contact.language", FieldKind.Language, it => Languages(it.Contact?.Language)),
        new("contact.verified", FieldKind.Flag, it => [it.Contact?.Verified == true ? "true" : "false"]) { Allowed = ["true", "false"] },
        new("waitingSince", FieldKind.Time, Time: it => it.Row.Details.WaitingSince),
        new("lastCustomerAt", FieldKind.Time, Time: it => it.Row.Details.CustomerAt),
        new("lastAt", FieldKind.Time, Time: it => it.Row.At),
        new("createdAt", FieldKind.Time, Time: it => it.Row.Details.OpenedAt),
        new("snoozedUntil", FieldKind.Ahead, Time: it => it.Row.Details.SnoozedUntil),
        new("promiseDue", FieldKind.Ahead, Time: it => it.Row.Details.Promise?.Due),
    ]);

    public static int Count => 32;

    /// <summary>A field; of an attribute what a row says there, whatever it is: which questions make sense is asked before (<see cref="Attributes"/>).</summary>
    public static Field? Of(string name) => All.FirstOrDefault(field => field.Name == name) ?? Attributes.Field(name);

    /// <summary>What stands in an attribute, in a place of its own: it has no number, for the workspace makes these.</summary>
    public static Field OfAttribute(string name, Func<Facts, string?> value) =>
        new(name, FieldKind.Text, it => Text(value(it)), it => Day(value(it))) { Number = -1 };

    private static string[] Names<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName)];

    private static string Word<T>(T value)
        where T : struct, Enum => Known<T>.Words[Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture)];

    private static DateTimeOffset? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day) ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) : null;

    private static string[]? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : [Facts.Folded(text)];

    /// <summary>Who speaks a country's way of a language speaks the language.</summary>
    private static string[]? Languages(string? tag) =>
        string.IsNullOrEmpty(tag) ? null : tag.ToLowerInvariant() is var it && it.IndexOf('-', StringComparison.Ordinal) is > 0 and var end ? [it, it[..end]] : [it];

    private static IReadOnlyList<Field> Numbered(Field[] fields) => [.. fields.Select((field, i) => field with { Number = i })];

    private static class Known<T>
        where T : struct, Enum
    {
        public static readonly string[] Words = Names<T>();
    }
}
