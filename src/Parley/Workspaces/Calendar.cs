using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace Parley.Workspaces;

/// <summary>
/// When somebody is there: always, or by a timetable. On the wire <c>"always"</c>, or the timetable.
/// It is open whenever the clock on the wall of its zone says so: an hour that the clock leaves out is no time at all, and an hour that it shows
/// twice is open both times. What runs past midnight belongs to the day on which it begins.
/// </summary>
[JsonConverter(typeof(Wire))]
public sealed class Calendar(Timetable? hours)
{
    private const string Ever = "always";

    /// <summary>Business time is looked for no further than this: whoever opens for a minute a week never gets through a month of it.</summary>
    private const int Furthest = 3660;

    public static readonly Calendar Always = new(null);

    /// <summary>What was reckoned out holds no longer than this, where nothing turns.</summary>
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(1);

    private Rules? _rules;
    private Stretch? _stretch;

    public Timetable? Hours => hours;

    private Rules It => _rules ??= new Rules(hours!);

    public bool IsOpen(DateTimeOffset at) => hours is null || At(at).Open;

    /// <summary>When it opens next; null while it is open, and where it never opens again.</summary>
    public DateTimeOffset? NextOpening(DateTimeOffset at) => hours is null ? null : At(at).Opens;

    /// <summary>When it opens or closes next; null where it never does.</summary>
    public DateTimeOffset? Turns(DateTimeOffset at)
    {
        if (hours is null)
        {
            return null;
        }

        var (now, end) = (Instant.FromDateTimeOffset(at), It.Reach(at));
        foreach (var span in Open(at, end))
        {
            return span.Start > now ? span.Start.ToDateTimeOffset() : span.End < end ? span.End.ToDateTimeOffset() : null;
        }

        return null;
    }

    /// <summary>How much of the time from one moment to another it is open.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to) =>
        to <= from ? TimeSpan.Zero
        : hours is null ? to - from
        : Open(from, Instant.FromDateTimeOffset(to)).Aggregate(Duration.Zero, (sum, span) => sum + span.Duration).ToTimeSpan();

    /// <summary>The first moment by which it was open for so long; null where that is more than ten years away.</summary>
    public DateTimeOffset? Add(DateTimeOffset at, TimeSpan time)
    {
        if (hours is null || time <= TimeSpan.Zero)
        {
            return at + (time > TimeSpan.Zero ? time : TimeSpan.Zero);
        }

        var left = Duration.FromTimeSpan(time);
        foreach (var span in Open(at, Instant.FromDateTimeOffset(at) + Duration.FromDays(Furthest)))
        {
            if (left <= span.Duration)
            {
                return (span.Start + left).ToDateTimeOffset();
            }

            left -= span.Duration;
        }

        return null;
    }

    /// <summary>Asked at every word of a customer, and the same from one turn to the next.</summary>
    private Stretch At(DateTimeOffset at)
    {
        if (_stretch is { } known && known.From <= at && at < known.Until)
        {
            return known;
        }

        var (open, turns) = (It.IsOpen(Instant.FromDateTimeOffset(at)), Turns(at));
        return _stretch = new Stretch(at, turns ?? at + Lasts, open, open ? null : turns);
    }

    /// <summary>The stretches from a moment on in which it is open, in order; what touches is one.</summary>
    private IEnumerable<Interval> Open(DateTimeOffset from, Instant end)
    {
        Interval? open = null;
        foreach (var span in It.Open(Instant.FromDateTimeOffset(from), end))
        {
            if (open is { } last && span.Start > last.End)
            {
                yield return last;
                open = span;
            }
            else
            {
                open = open is { } before ? new Interval(before.Start, Instant.Max(before.End, span.End)) : span;
            }
        }

        if (open is { } rest)
        {
            yield return rest;
        }
    }

    /// <summary>A time in which nothing turns, as far as it was looked at.</summary>
    /// <param name="Opens">While it is closed: when it opens.</param>
    private sealed record Stretch(DateTimeOffset From, DateTimeOffset Until, bool Open, DateTimeOffset? Opens);

    /// <summary>A timetable as it is reckoned with.</summary>
    private sealed class Rules(Timetable hours)
    {
        private readonly DateTimeZone _zone = DateTimeZoneProviders.Tzdb[hours.Zone];

        private readonly ILookup<IsoDayOfWeek, Span> _week = hours.Week.ToLookup(span => (IsoDayOfWeek)((int)span.Day + 1), span => Span.Of(span.Clock));

        private readonly Dictionary<LocalDate, ImmutableArray<Span>> _special =
            (hours.Exceptions ?? []).ToDictionary(day => LocalDatePattern.Iso.Parse(day.Date).Value, day => day.Intervals.Select(Span.Of).ToImmutableArray());

        public bool IsOpen(Instant at)
        {
            var wall = at.InZone(_zone).LocalDateTime;
            return On(wall.Date).Concat(On(wall.Date.PlusDays(-1))).Any(span => span.From <= wall && wall < span.To);
        }

        /// <summary>Beyond this nothing opens that did not open before: each special day ahead may take the only day of a week, and so may a change of the clock.</summary>
        public Instant Reach(DateTimeOffset from)
        {
            var at = Instant.FromDateTimeOffset(from);
            var today = at.InZone(_zone).Date;
            var ahead = _special.Keys.Where(day => day >= today).ToList();
            var days = _week.Count > 0 ? 7 * (ahead.Count + 2) : ahead.Count > 0 ? Period.DaysBetween(today, ahead.Max()) : 0;
            return at + Duration.FromDays(Math.Min(days + 2, Furthest));
        }

        /// <summary>
        /// The open stretches within a time, in order. Between two changes of the clock wall and time run side by side: each such stretch is gone
        /// through by itself, so that an hour that comes twice is found in both, and one that does not exist in none.
        /// </summary>
        public IEnumerable<Interval> Open(Instant from, Instant to)
        {
            if (from >= to)
            {
                yield break;
            }

            foreach (var steady in _zone.GetZoneIntervals(from, to))
            {
                var start = steady.HasStart ? Instant.Max(from, steady.Start) : from;
                var end = steady.HasEnd ? Instant.Min(to, steady.End) : to;
                var last = end.WithOffset(steady.WallOffset).Date;
                for (var day = start.WithOffset(steady.WallOffset).Date.PlusDays(-1); day <= last; day = day.PlusDays(1))
                {
                    foreach (var (begins, ends) in On(day))
                    {
                        var span = (Start: Instant.Max(start, begins.WithOffset(steady.WallOffset).ToInstant()), End: Instant.Min(end, ends.WithOffset(steady.WallOffset).ToInstant()));
                        if (span.Start < span.End)
                        {
                            yield return new Interval(span.Start, span.End);
                        }
                    }
                }
            }
        }

        /// <summary>What begins on a day, by the clock on the wall, in order.</summary>
        private IEnumerable<(LocalDateTime From, LocalDateTime To)> On(LocalDate day) =>
            (_special.TryGetValue(day, out var special) ? special : _week[day.DayOfWeek]).Select(span => span.From(day)).OrderBy(span => span.From);
    }

    /// <param name="Begins">Minutes after midnight.</param>
    /// <param name="Ends">Minutes after the same midnight.</param>
    private readonly record struct Span(int Begins, int Ends)
    {
        private const int Day = 24 * 60;

        public static Span Of(ClockSpan span)
        {
            var (from, to) = (Minutes(span.From), Minutes(span.To));
            return new(from, span.NextDay == true ? to + Day : to);
        }

        public (LocalDateTime From, LocalDateTime To) From(LocalDate day) => (day.AtMidnight().PlusMinutes(Begins), day.AtMidnight().PlusMinutes(Ends));

        private static int Minutes(string clock) => (60 * int.Parse(clock.AsSpan(0, 2), CultureInfo.InvariantCulture)) + int.Parse(clock.AsSpan(3), CultureInfo.InvariantCulture);
    }

    private sealed class Wire : JsonConverter<Calendar>
    {
        public override Calendar Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.TokenType == JsonTokenType.String
            ? reader.ValueTextEquals(Ever) ? Always : throw Odd()
            : new(Timetable(ref reader, options));

        public override void Write(Utf8JsonWriter writer, Calendar value, JsonSerializerOptions options)
        {
            if (value.Hours is { } hours)
            {
                JsonSerializer.Serialize(writer, hours, options);
            }
            else
            {
                writer.WriteStringValue(Ever);
            }
        }

        /// <summary>What is wrong is found by a reader of its own, which does not know within which field it reads: the outer one says that, and it where in the hours.</summary>
        private static Timetable Timetable(ref Utf8JsonReader reader, JsonSerializerOptions options)
        {
            try
            {
                var node = JsonNode.Parse(ref reader);
                Spelling.Mend(node);
                return node.Deserialize<Timetable>(options) ?? throw Odd();
            }
            catch (ArgumentException)
            {
                // The same name twice in one object is found only when it is asked for.
                throw Odd();
            }
            catch (JsonException error) when (error.Path is not null)
            {
                throw new JsonException(error.Message, error);
            }
        }

        private static JsonException Odd() => new("Hours are \"always\" or a timetable.");
    }
}
