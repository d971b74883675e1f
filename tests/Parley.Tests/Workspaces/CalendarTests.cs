using System.Collections.Immutable;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Parley.Workspaces;
using Shouldly;
using Calendar = Parley.Workspaces.Calendar;

namespace Parley.Tests.Workspaces;

public class CalendarTests
{
    private const string Berlin = "Europe/Berlin";

    private static readonly WeekSpan[] Workdays = [.. new[] { Day.Mon, Day.Tue, Day.Wed, Day.Thu, Day.Fri }.Select(day => new WeekSpan(day, "09:00", "17:00"))];

    [Theory]
    [InlineData("2026-03-02T07:59:59Z", "2026-03-02T08:00:00Z")] // a Monday before nine in Berlin
    [InlineData("2026-03-02T08:00:00Z", null)]
    [InlineData("2026-03-02T15:59:59Z", null)]
    [InlineData("2026-03-02T16:00:00Z", "2026-03-03T08:00:00Z")]
    [InlineData("2026-03-06T18:00:00Z", "2026-03-09T08:00:00Z")] // over the weekend
    [InlineData("2026-03-27T18:00:00Z", "2026-03-30T07:00:00Z")] // over the weekend on which the clock is put forward
    [InlineData("2026-10-23T18:00:00Z", "2026-10-26T08:00:00Z")] // and back
    public void PA12_LC13_Closed_is_until_the_next_nine_o_clock_of_the_zone(string now, string? opens) => Opens(In(Berlin, Workdays), now).ShouldBe(opens);

    [Fact]
    public void Always_is_always()
    {
        var at = At("2026-03-01T03:00:00Z");
        Calendar.Always.IsOpen(at).ShouldBeTrue();
        (Calendar.Always.NextOpening(at), Calendar.Always.Turns(at)).ShouldBe((null, null));
        Calendar.Always.Between(at, at.AddHours(5)).ShouldBe(TimeSpan.FromHours(5));
        Calendar.Always.Add(at, TimeSpan.FromDays(3)).ShouldBe(at.AddDays(3));
    }

    [Fact]
    public void Never_is_never()
    {
        var never = In("UTC");
        var at = At("2026-03-01T03:00:00Z");
        (never.IsOpen(at), never.NextOpening(at), never.Turns(at), never.Add(at, TimeSpan.FromSeconds(1))).ShouldBe((false, null, null, null));
        never.Between(at, at.AddDays(400)).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void PA12_A_break_at_noon_is_a_span_of_its_own()
    {
        var split = In("Europe/London", new(Day.Mon, "13:00", "17:00"), new(Day.Mon, "09:00", "12:00"), new(Day.Sat, "10:00", "14:00"));
        Opens(split, "2026-03-02T12:30:00Z").ShouldBe("2026-03-02T13:00:00Z");
        Opens(split, "2026-03-02T17:00:00Z").ShouldBe("2026-03-07T10:00:00Z");
        Turns(split, "2026-03-02T10:00:00Z").ShouldBe("2026-03-02T12:00:00Z");
        Turns(split, "2026-03-02T12:00:00Z").ShouldBe("2026-03-02T13:00:00Z");
    }

    [Fact]
    public void What_touches_or_overlaps_is_one()
    {
        var day = In("UTC", new(Day.Mon, "12:00", "17:00"), new(Day.Mon, "09:00", "12:00"), new(Day.Mon, "11:00", "13:00"));
        Turns(day, "2026-03-02T09:00:00Z").ShouldBe("2026-03-02T17:00:00Z");
        day.Between(At("2026-03-01T00:00:00Z"), At("2026-03-08T00:00:00Z")).ShouldBe(TimeSpan.FromHours(8));
    }

    [Fact]
    public void PA12_A_night_belongs_to_the_day_on_which_it_begins()
    {
        var nights = In("UTC", new WeekSpan(Day.Fri, "22:00", "02:00", NextDay: true));
        Opens(nights, "2026-03-07T01:59:00Z").ShouldBeNull();
        Opens(nights, "2026-03-07T02:00:00Z").ShouldBe("2026-03-13T22:00:00Z");
        Opens(nights, "2026-03-06T01:00:00Z").ShouldBe("2026-03-06T22:00:00Z");
        // A holiday that begins at midnight sends nobody home who came the evening before; one on the Friday itself does.
        Opens(new(nights.Hours! with { Exceptions = [new("2026-03-07", [])] }), "2026-03-07T01:00:00Z").ShouldBeNull();
        Opens(new(nights.Hours! with { Exceptions = [new("2026-03-06", [])] }), "2026-03-07T01:00:00Z").ShouldBe("2026-03-13T22:00:00Z");
    }

    [Fact, Trait("row", "LC12")]
    public void PA12_On_a_special_day_the_week_does_not_count()
    {
        var it = new Calendar(new Timetable(Berlin, [.. Workdays], [new("2026-12-24", [new("09:00", "12:00")]), new("2026-12-25", []), new("2026-12-26", [new("20:00", "01:00", NextDay: true)])]));
        Turns(it, "2026-12-24T09:00:00Z").ShouldBe("2026-12-24T11:00:00Z");
        Opens(it, "2026-12-24T11:00:00Z").ShouldBe("2026-12-26T19:00:00Z");
        Opens(it, "2026-12-26T23:59:00Z").ShouldBeNull();
        Opens(it, "2026-12-27T00:00:00Z").ShouldBe("2026-12-28T08:00:00Z");
        it.Between(At("2026-12-24T00:00:00Z"), At("2026-12-28T00:00:00Z")).ShouldBe(TimeSpan.FromHours(3 + 5));
    }

    [Fact]
    public void Who_opens_on_Mondays_alone_and_not_on_the_next_fifty_opens_after_that()
    {
        var monday = new DateOnly(2026, 3, 2);
        var closed = Enumerable.Range(0, 50).Select(week => new SpecialDay(monday.AddDays(7 * week).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), []));
        var it = new Calendar(new Timetable("UTC", [new(Day.Mon, "09:00", "10:00")], [.. closed]));
        Opens(it, "2026-03-01T00:00:00Z").ShouldBe("2027-02-15T09:00:00Z");
        Turns(it, "2026-03-01T00:00:00Z").ShouldBe("2027-02-15T09:00:00Z");
        Turns(it, "2027-02-15T09:30:00Z").ShouldBe("2027-02-15T10:00:00Z");
    }

    [Fact]
    public void A_year_that_is_closed_but_for_one_day_opens_on_it()
    {
        var it = new Calendar(new Timetable("UTC", [], [new("2028-02-29", [new("09:00", "10:00")])]));
        Opens(it, "2026-03-01T00:00:00Z").ShouldBe("2028-02-29T09:00:00Z");
        Opens(it, "2028-02-29T10:00:00Z").ShouldBeNull();
        it.Add(At("2026-03-01T00:00:00Z"), TimeSpan.FromHours(1)).ShouldBe(At("2028-02-29T10:00:00Z"));
        it.Add(At("2026-03-01T00:00:00Z"), TimeSpan.FromHours(2)).ShouldBeNull();
    }

    [Fact]
    public void Around_the_clock_never_closes()
    {
        var ever = In(Berlin, [.. Enum.GetValues<Day>().Select(day => new WeekSpan(day, "00:00", "24:00"))]);
        for (var hour = 0; hour < 24 * 14; hour++)
        {
            ever.IsOpen(At("2026-10-19T00:30:00Z").AddHours(hour)).ShouldBeTrue();
        }

        ever.Turns(At("2026-10-19T00:30:00Z")).ShouldBeNull();
        ever.Between(At("2026-10-19T00:30:00Z"), At("2026-10-29T00:30:00Z")).ShouldBe(TimeSpan.FromDays(10));
    }

    [Fact, Trait("row", "LC12")]
    public void An_hour_that_does_not_exist_begins_with_the_next()
    {
        // On 29 March 2026 it is 3:00 in Berlin right after 1:59:59.
        var early = In(Berlin, new WeekSpan(Day.Sun, "02:30", "05:00"));
        Opens(early, "2026-03-29T00:59:00Z").ShouldBe("2026-03-29T01:00:00Z");
        Turns(early, "2026-03-29T01:00:00Z").ShouldBe("2026-03-29T03:00:00Z");
        Opens(In(Berlin, new WeekSpan(Day.Sun, "02:10", "02:50")), "2026-03-28T12:00:00Z").ShouldBe("2026-04-05T00:10:00Z");
    }

    [Fact, Trait("row", "LC12")]
    public void An_hour_that_comes_twice_is_open_both_times()
    {
        // On 25 October 2026 it is 2:00 in Berlin twice: at 0:00 and at 1:00 UTC.
        var night = In(Berlin, new WeekSpan(Day.Sun, "02:00", "03:00"));
        Opens(night, "2026-10-24T23:59:00Z").ShouldBe("2026-10-25T00:00:00Z");
        Turns(night, "2026-10-25T00:30:00Z").ShouldBe("2026-10-25T02:00:00Z");
        var quarter = In(Berlin, new WeekSpan(Day.Sun, "02:30", "02:45"));
        Turns(quarter, "2026-10-25T00:30:00Z").ShouldBe("2026-10-25T00:45:00Z");
        Opens(quarter, "2026-10-25T00:45:00Z").ShouldBe("2026-10-25T01:30:00Z");
        quarter.Between(At("2026-10-25T00:00:00Z"), At("2026-10-25T02:00:00Z")).ShouldBe(TimeSpan.FromMinutes(30));
    }

    [Fact]
    public void A_day_that_a_zone_left_out_is_no_trouble() =>
        // Samoa had no 30 December 2011, a Friday.
        Opens(In("Pacific/Apia", new WeekSpan(Day.Fri, "09:00", "17:00")), "2011-12-30T09:00:00Z").ShouldBe("2012-01-05T19:00:00Z");

    [Fact]
    public void Business_time_is_added_over_nights_and_weekends()
    {
        var it = In(Berlin, Workdays);
        it.Add(At("2026-03-06T15:00:00Z"), TimeSpan.FromHours(2)).ShouldBe(At("2026-03-09T09:00:00Z"));
        it.Add(At("2026-03-06T15:00:00Z"), TimeSpan.FromHours(1)).ShouldBe(At("2026-03-06T16:00:00Z"));
        it.Add(At("2026-03-07T15:00:00Z"), TimeSpan.FromMinutes(10)).ShouldBe(At("2026-03-09T08:10:00Z"));
        it.Add(At("2026-03-07T15:00:00Z"), TimeSpan.Zero).ShouldBe(At("2026-03-07T15:00:00Z"));
    }

    [Fact]
    public void Whatever_the_hours_every_zone_opens_when_its_clock_says_so()
    {
        foreach (var (zone, change) in Changes.Value)
        {
            Holds(In(zone, [.. Enum.GetValues<Day>().SelectMany(day => new WeekSpan[] { new(day, "00:15", "00:45"), new(day, "01:30", "02:20"), new(day, "02:40", "03:10"), new(day, "23:10", "00:05", NextDay: true) })]), change);
        }

        Changes.Value.Count.ShouldBeGreaterThan(300);
    }

    [Fact, Trait("row", "LC12")]
    public void Any_hours_at_any_change_of_the_clock_are_reckoned_as_minute_by_minute()
    {
        var clock = Gen.Choose(0, (24 * 12) - 1).Select(five => $"{five / 12:00}:{five % 12 * 5:00}");
        var span = from day in Gen.Choose(0, 6)
                   from early in Gen.OneOf(clock, Gen.Elements("00:00", "01:00", "02:00", "02:30", "03:00", "23:00"))
                   from late in Gen.OneOf(clock, Gen.Elements("00:00", "01:30", "02:30", "03:00", "24:00"))
                   select new WeekSpan((Day)day, early, late, string.CompareOrdinal(late, early) <= 0 ? true : null);
        var all = from change in Gen.Elements(Changes.Value.ToArray())
                  from week in Gen.ListOf(span)
                  from special in Gen.SubListOf(Enumerable.Range(-2, 5).ToArray())
                  from instead in Gen.ListOf(span)
                  select (change, Calendar: new Calendar(new Timetable(
                      change.Zone, [.. week.Take(30)], [.. special.Select(days => new SpecialDay(change.At.Plus(Duration.FromDays(days)).ToDateTimeOffset().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), [.. instead.Take(2).Select(one => one.Clock)]))])));
        Prop.ForAll(all.ToArbitrary(), it => Holds(it.Calendar, it.change.At)).Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithEndSize(20));
    }

    /// <summary>Every change of every zone's clock in three years.</summary>
    private static readonly Lazy<List<(string Zone, Instant At)>> Changes = new(() =>
    [
        .. from id in DateTimeZoneProviders.Tzdb.Ids
           from steady in DateTimeZoneProviders.Tzdb[id].GetZoneIntervals(Instant.FromUtc(2025, 1, 1, 0, 0), Instant.FromUtc(2028, 1, 1, 0, 0))
           where steady.HasStart && steady.Start >= Instant.FromUtc(2025, 1, 1, 0, 0)
           select (id, steady.Start),
    ]);

    /// <summary>Holds a calendar to the clock on the wall, minute by minute around a moment.</summary>
    private static void Holds(Calendar it, Instant around)
    {
        var start = around.Minus(Duration.FromHours(3)).ToDateTimeOffset();
        var minutes = Enumerable.Range(0, 6 * 60).Select(minute => start.AddMinutes(minute)).ToList();
        var open = minutes.ConvertAll(at => ByTheWall(it.Hours!, at));
        minutes.ConvertAll(it.IsOpen).ShouldBe(open, it.Hours!.Zone);

        var turn = open.FindIndex(now => now != open[0]);
        var turns = it.Turns(start);
        (turns is { } at && at < start.AddHours(6) ? at : (DateTimeOffset?)null).ShouldBe(turn < 0 ? null : minutes[turn], it.Hours.Zone);
        var first = open.IndexOf(true);
        (it.NextOpening(start) is { } opens && opens < start.AddHours(6) ? opens : (DateTimeOffset?)null).ShouldBe(first <= 0 ? null : minutes[first], it.Hours.Zone);

        var business = TimeSpan.FromMinutes(open.Count(now => now));
        it.Between(start, start.AddHours(6)).ShouldBe(business, it.Hours.Zone);
        if (business > TimeSpan.Zero)
        {
            it.Add(start, business).ShouldBe(minutes[open.LastIndexOf(true)].AddMinutes(1), it.Hours.Zone);
            var half = it.Add(start, business / 2)!.Value;
            (it.Between(start, half), it.Between(half, start.AddHours(6))).ShouldBe((business / 2, business / 2), it.Hours.Zone);
        }
    }

    private static bool ByTheWall(Timetable hours, DateTimeOffset at)
    {
        var wall = Instant.FromDateTimeOffset(at).InZone(DateTimeZoneProviders.Tzdb[hours.Zone]).LocalDateTime;
        var clock = wall.ToString("HH:mm", CultureInfo.InvariantCulture);
        return On(wall.Date).Any(span => string.CompareOrdinal(span.From, clock) <= 0 && (span.NextDay == true || string.CompareOrdinal(clock, span.To) < 0))
            || On(wall.Date.PlusDays(-1)).Any(span => span.NextDay == true && string.CompareOrdinal(clock, span.To) < 0);

        IEnumerable<ClockSpan> On(LocalDate day) => hours.Exceptions?.FirstOrDefault(special => special.Date == day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) is { } special
            ? special.Intervals
            : hours.Week.Where(span => (int)span.Day + 1 == (int)day.DayOfWeek).Select(span => span.Clock);
    }

    private static Calendar In(string zone, params WeekSpan[] week) => new(new Timetable(zone, [.. week]));

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    private static string? Opens(Calendar calendar, string now) => Text(calendar.NextOpening(At(now)));

    private static string? Turns(Calendar calendar, string now) => Text(calendar.Turns(At(now)));

    private static string? Text(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
