using System.Collections.Immutable;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.TimeZones;

namespace Parley.Workspaces;

public enum Day { Mon, Tue, Wed, Thu, Fri, Sat, Sun }

/// <summary>When somebody is there, by the clock on the wall of the brand's zone.</summary>
/// <param name="From">As in <c>09:00</c>.</param>
/// <param name="To">As in <c>17:30</c>, or <c>24:00</c>; at or before <paramref name="From"/> it is meant on the next day.</param>
public sealed record OpeningSpan(ImmutableArray<Day> Days, string From, string To);

/// <summary>
/// Opening hours in a zone. Where the clock is put forward, an hour that does not exist begins when the next one does; where it is put back, an hour that
/// comes twice is open both times. Without any span it is always open.
/// </summary>
public static partial class Hours
{
    public const string FirstZone = "UTC";

    private const int SpansLimit = 50;

    /// <summary>A week ahead finds every span; the days around it find those that began before and those that a change of the clock swallows.</summary>
    private const int DaysAhead = 15;

    public static bool IsZone(string zone) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null;

    public static bool Fit(ImmutableArray<OpeningSpan> hours) => hours.Length <= SpansLimit && hours.All(span =>
        span.Days is { IsDefaultOrEmpty: false } days && days.Distinct().Count() == days.Length && Clock().IsMatch(span.From) && (Clock().IsMatch(span.To) || span.To == "24:00") && span.From != span.To);

    /// <summary>When it opens next; null while it is open.</summary>
    public static DateTimeOffset? Opens(string zone, ImmutableArray<OpeningSpan> hours, DateTimeOffset now)
    {
        var at = Instant.FromDateTimeOffset(now);
        var open = Open(zone, hours, at);
        return hours.IsEmpty || open.Any(span => span.Contains(at)) ? null : open.Where(span => span.Start > at).Select(span => (DateTimeOffset?)span.Start.ToDateTimeOffset()).FirstOrDefault();
    }

    /// <summary>When it opens or closes next; null where it never does.</summary>
    public static DateTimeOffset? Turns(string zone, ImmutableArray<OpeningSpan> hours, DateTimeOffset now)
    {
        var at = Instant.FromDateTimeOffset(now);
        var end = at + Duration.FromDays(DaysAhead - 1);
        return Open(zone, hours, at).SelectMany(span => new[] { span.Start, span.End }).Where(turn => turn > at && turn < end).Select(turn => (DateTimeOffset?)turn.ToDateTimeOffset()).FirstOrDefault();
    }

    /// <summary>The stretches around a moment in which it is open, in order; what touches is one.</summary>
    private static List<Interval> Open(string zone, ImmutableArray<OpeningSpan> hours, Instant at)
    {
        var there = DateTimeZoneProviders.Tzdb[zone];
        var today = at.InZone(there).Date;
        var spans = from day in Enumerable.Range(-2, DaysAhead + 2).Select(today.PlusDays)
                    from span in hours
                    where span.Days.Contains((Day)((int)day.DayOfWeek - 1))
                    let start = Begins(there, At(day, span.From))
                    let end = Ends(there, At(string.CompareOrdinal(span.To, span.From) > 0 ? day : day.PlusDays(1), span.To))
                    where start < end
                    orderby start
                    select new Interval(start, end);
        var merged = new List<Interval>();
        foreach (var span in spans)
        {
            if (merged is [.., var last] && span.Start <= last.End)
            {
                merged[^1] = new Interval(last.Start, Instant.Max(last.End, span.End));
            }
            else
            {
                merged.Add(span);
            }
        }

        return merged;
    }

    private static LocalDateTime At(LocalDate day, string clock) => clock == "24:00"
        ? day.PlusDays(1).AtMidnight()
        : day.At(new LocalTime(int.Parse(clock.AsSpan(0, 2), System.Globalization.CultureInfo.InvariantCulture), int.Parse(clock.AsSpan(3), System.Globalization.CultureInfo.InvariantCulture)));

    private static Instant Begins(DateTimeZone zone, LocalDateTime time) => zone.ResolveLocal(time, EarlierOrNext).ToInstant();

    private static Instant Ends(DateTimeZone zone, LocalDateTime time) => zone.ResolveLocal(time, LaterOrNext).ToInstant();

    private static readonly ZoneLocalMappingResolver EarlierOrNext = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    private static readonly ZoneLocalMappingResolver LaterOrNext = Resolvers.CreateMappingResolver(Resolvers.ReturnLater, Resolvers.ReturnStartOfIntervalAfter);

    [GeneratedRegex(@"\A([01][0-9]|2[0-3]):[0-5][0-9]\z")]
    private static partial Regex Clock();
}
