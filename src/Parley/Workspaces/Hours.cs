using System.Collections.Immutable;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;
using Parley.Log;
using Parley.Platform;

namespace Parley.Workspaces;

public enum Day { Mon, Tue, Wed, Thu, Fri, Sat, Sun }

/// <summary>From one time on the clock to another.</summary>
/// <param name="From">As in <c>09:00</c>.</param>
/// <param name="To">As in <c>17:30</c>, or <c>24:00</c>.</param>
/// <param name="NextDay">True where <paramref name="To"/> is meant on the day after; without it, it comes after <paramref name="From"/>.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ClockSpan(string From, string To, bool? NextDay = null);

/// <summary>Open every week on a day.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record WeekSpan(Day Day, string From, string To, bool? NextDay = null)
{
    [JsonIgnore]
    public ClockSpan Clock => new(From, To, NextDay);
}

/// <summary>Open every week on several days, as a brand has it.</summary>
public sealed record OpeningSpan(ImmutableArray<Day> Days, string From, string To, bool? NextDay = null)
{
    [JsonIgnore]
    public ClockSpan Clock => new(From, To, NextDay);

    /// <summary>As it is written now: entries of before <see cref="NextDay"/> have nights that do not say it.</summary>
    public OpeningSpan Said() => NextDay is null && string.CompareOrdinal(To, From) <= 0 ? this with { NextDay = true } : this;
}

/// <summary>One date on which the week does not count: a holiday, a longer evening.</summary>
/// <param name="Date">As in <c>2026-12-25</c>.</param>
/// <param name="Intervals">When it is open instead; empty: not at all.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SpecialDay(string Date, ImmutableArray<ClockSpan> Intervals);

/// <summary>Opening hours by the clock on the wall of a zone.</summary>
/// <param name="Zone">An IANA zone.</param>
/// <param name="Week">Several spans may stand on one day.</param>
/// <param name="Exceptions">Each date once.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record Timetable(string Zone, ImmutableArray<WeekSpan> Week, ImmutableArray<SpecialDay>? Exceptions = null);

/// <summary>What opening hours may be.</summary>
public static partial class Hours
{
    public const string FirstZone = "UTC";

    private const int SpansLimit = 100;
    private const int ExceptionsLimit = 400;
    private const int IntervalsLimit = 20;
    private const int FirstYear = 2000;
    private const int LastYear = 2199;

    private static readonly ImmutableArray<Day> Workdays = [Day.Mon, Day.Tue, Day.Wed, Day.Thu, Day.Fri];

    /// <summary>What whoever has said nothing yet begins with: Monday to Friday, nine to five.</summary>
    public static readonly ImmutableArray<OpeningSpan> Usual = [new(Workdays, "09:00", "17:00")];

    public static bool IsZone(string zone) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null;

    /// <summary>Why a calendar cannot be, with the fields named from <paramref name="path"/> on; null where it can.</summary>
    public static Refusal? Flaw(Calendar calendar, string path) => calendar.Hours is not { } it
        ? null
        : Zone(it.Zone, $"{path}.zone") ?? Refused([
            .. Most(it.Week.Length, SpansLimit, $"{path}.week"),
            .. it.Week.SelectMany((span, i) => Flaws(span.Clock, $"{path}.week[{i}]")),
            .. Flaws(it.Exceptions ?? [], $"{path}.exceptions"),
        ]);

    /// <summary>Why the hours of a brand cannot be; null where they can.</summary>
    internal static Refusal? Flaw(Brand brand) => Zone(brand.Zone, "zone") ?? Refused([
        .. Most(brand.Hours.Length, SpansLimit, "hours"),
        .. brand.Hours.SelectMany((span, i) => Flaws(span.Clock, $"hours[{i}]").Concat(DaysFlaws(span.Days, $"hours[{i}].days"))),
        .. Flaws(brand.Exceptions ?? [], "exceptions"),
    ]);

    internal static Refusal? Zone(string zone, string field = "zone") => IsZone(zone)
        ? null
        : new Refusal("zone.unknown", "A zone is written like Europe/Berlin, as in the IANA's list.", 400) { Errors = [new(field, "unknown", "There is no such zone.")] };

    private static Refusal? Refused(ImmutableArray<FieldFlaw> flaws) =>
        flaws.IsEmpty ? null : new Refusal("hours.invalid", $"{flaws[0].Field}: {flaws[0].Text}", 400) { Errors = flaws };

    private static IEnumerable<FieldFlaw> Flaws(ImmutableArray<SpecialDay> days, string path)
    {
        foreach (var flaw in Most(days.Length, ExceptionsLimit, path))
        {
            yield return flaw;
        }

        var seen = new HashSet<string>();
        foreach (var (i, day) in days.Index())
        {
            if (LocalDatePattern.Iso.Parse(day.Date) is not { Success: true, Value.Year: >= FirstYear and <= LastYear })
            {
                yield return new($"{path}[{i}].date", "malformed", "A date is written like 2026-12-25.");
            }
            else if (!seen.Add(day.Date))
            {
                yield return new($"{path}[{i}].date", "twice", "This date is there already.");
            }

            foreach (var flaw in Most(day.Intervals.Length, IntervalsLimit, $"{path}[{i}].intervals").Concat(day.Intervals.SelectMany((span, j) => Flaws(span, $"{path}[{i}].intervals[{j}]"))))
            {
                yield return flaw;
            }
        }
    }

    private static IEnumerable<FieldFlaw> Flaws(ClockSpan span, string path)
    {
        var (from, to) = (Clock().IsMatch(span.From), Clock().IsMatch(span.To) || (span.To == "24:00" && span.NextDay != true));
        if (!from)
        {
            yield return new($"{path}.from", "malformed", "A time is written like 09:00.");
        }

        if (!to)
        {
            yield return new($"{path}.to", "malformed", "A time is written like 17:30, and the end of a day 24:00.");
        }

        if (from && to && (string.CompareOrdinal(span.To, span.From) > 0) == (span.NextDay == true))
        {
            yield return span.NextDay == true
                ? new($"{path}.to", "tooLong", "Of one day to the next it is open at most 24 hours.")
                : new($"{path}.to", "order", "It ends after it begins; say nextDay where it is meant past midnight.");
        }
    }

    private static IEnumerable<FieldFlaw> DaysFlaws(ImmutableArray<Day> days, string path) =>
        days.IsDefaultOrEmpty ? [new(path, "required", "Name at least one day.")] : days.Distinct().Count() < days.Length ? [new(path, "twice", "Name each day once.")] : [];

    private static IEnumerable<FieldFlaw> Most(int count, int limit, string path) => count > limit ? [new(path, "tooMany", $"At most {limit}.")] : [];

    [GeneratedRegex(@"\A([01][0-9]|2[0-3]):[0-5][0-9]\z")]
    private static partial Regex Clock();
}
