using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Workspaces;

public class HoursTests
{
    [Theory]
    [InlineData("09:00", "09:00", null, "hours.week[1].to order")]
    [InlineData("17:00", "09:00", null, "hours.week[1].to order")]
    [InlineData("17:00", "09:00", false, "hours.week[1].to order")]
    [InlineData("09:00", "17:00", true, "hours.week[1].to tooLong")]
    [InlineData("9:00", "17:00", null, "hours.week[1].from malformed")]
    [InlineData("09:00", "25:00", null, "hours.week[1].to malformed")]
    [InlineData("24:00", "09:00", true, "hours.week[1].from malformed")]
    [InlineData("22:00", "24:00", true, "hours.week[1].to malformed")]
    [InlineData("09:60", "1700", null, "hours.week[1].from malformed, hours.week[1].to malformed")]
    public void PA12_A_time_that_cannot_be_is_refused_where_it_stands(string from, string to, bool? nextDay, string flaws) =>
        Flaws(Week(new(Day.Mon, "09:00", "17:00"), new(Day.Tue, from, to, nextDay))).ShouldBe(flaws);

    [Theory]
    [InlineData("09:00", "17:00", null)]
    [InlineData("00:00", "24:00", null)]
    [InlineData("22:00", "02:00", true)]
    [InlineData("08:00", "08:00", true)]
    [InlineData("09:00", "17:00", false)]
    public void What_can_be_is_taken(string from, string to, bool? nextDay) => Hours.Flaw(Week(new WeekSpan(Day.Sun, from, to, nextDay)), "hours").ShouldBeNull();

    [Fact]
    public void PA12_A_holiday_stands_there_once_and_is_a_date()
    {
        Flaws(Special(new("2026-12-25", []), new("2026-12-24", [new("09:00", "12:00")]), new("2026-12-25", [new("09:00", "12:00")]))).ShouldBe("hours.exceptions[2].date twice");
        Flaws(Special(new("25.12.2026", []), new("2026-02-29", []), new("1899-12-31", []))).ShouldBe("hours.exceptions[0].date malformed, hours.exceptions[1].date malformed, hours.exceptions[2].date malformed");
        Flaws(Special(new SpecialDay("2026-12-24", [new("09:00", "12:00"), new("12:00", "9:00")]))).ShouldBe("hours.exceptions[0].intervals[1].to malformed");
    }

    [Fact]
    public void There_is_an_end_to_all_of_it()
    {
        Flaws(Week([.. Enumerable.Repeat(new WeekSpan(Day.Mon, "09:00", "17:00"), 101)])).ShouldBe("hours.week tooMany");
        Flaws(Special([.. Enumerable.Range(0, 401).Select(i => new SpecialDay(new DateOnly(2026, 1, 1).AddDays(i).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), []))])).ShouldBe("hours.exceptions tooMany");
        Flaws(Special(new SpecialDay("2026-12-24", [.. Enumerable.Repeat(new ClockSpan("09:00", "12:00"), 21)]))).ShouldBe("hours.exceptions[0].intervals tooMany");
    }

    [Theory]
    [InlineData("Europe/Berlin", true)]
    [InlineData("America/Argentina/Buenos_Aires", true)]
    [InlineData("Asia/Calcutta", true)]
    [InlineData("UTC", true)]
    [InlineData("Berlin", false)]
    [InlineData("", false)]
    [InlineData("+02:00", false)]
    public void Zones_are_those_of_the_list(string zone, bool known)
    {
        Hours.IsZone(zone).ShouldBe(known);
        (Hours.Flaw(new Calendar(new Timetable(zone, [])), "hours")?.Code).ShouldBe(known ? null : "zone.unknown");
    }

    [Fact]
    public void Always_is_no_flaw() => Hours.Flaw(Calendar.Always, "hours").ShouldBeNull();

    private static Calendar Week(params WeekSpan[] spans) => new(new Timetable("UTC", [.. spans]));

    private static Calendar Special(params SpecialDay[] days) => new(new Timetable("UTC", [], [.. days]));

    private static string Flaws(Calendar calendar) => string.Join(", ", Hours.Flaw(calendar, "hours")!.Errors.Select(flaw => $"{flaw.Field} {flaw.Code}"));
}
