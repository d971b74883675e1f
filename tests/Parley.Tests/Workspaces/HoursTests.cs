using System.Collections.Immutable;
using System.Globalization;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Workspaces;

public class HoursTests
{
    private const string Berlin = "Europe/Berlin";

    private static readonly ImmutableArray<OpeningSpan> Weekdays = [Span("09:00", "17:00", Day.Mon, Day.Tue, Day.Wed, Day.Thu, Day.Fri)];

    [Theory]
    [InlineData("2026-03-02T07:59:59Z", "2026-03-02T08:00:00Z")] // a Monday before nine in Berlin
    [InlineData("2026-03-02T08:00:00Z", null)]
    [InlineData("2026-03-02T15:59:59Z", null)]
    [InlineData("2026-03-02T16:00:00Z", "2026-03-03T08:00:00Z")]
    [InlineData("2026-03-06T18:00:00Z", "2026-03-09T08:00:00Z")] // over the weekend
    [InlineData("2026-03-27T18:00:00Z", "2026-03-30T07:00:00Z")] // over the weekend on which the clock is put forward
    [InlineData("2026-10-23T18:00:00Z", "2026-10-26T08:00:00Z")] // and back
    public void Closed_is_until_the_next_nine_o_clock_of_the_zone(string now, string? opens) => Opens(Berlin, Weekdays, now).ShouldBe(opens);

    [Fact]
    public void Without_any_span_it_is_always_open()
    {
        Opens(Berlin, [], "2026-03-01T03:00:00Z").ShouldBeNull();
        Hours.Turns(Berlin, [], At("2026-03-01T03:00:00Z")).ShouldBeNull();
    }

    [Fact]
    public void A_break_at_noon_is_a_span_of_its_own()
    {
        ImmutableArray<OpeningSpan> split = [Span("09:00", "12:00", Day.Mon), Span("13:00", "17:00", Day.Mon), Span("10:00", "14:00", Day.Sat)];
        Opens("Europe/London", split, "2026-03-02T12:30:00Z").ShouldBe("2026-03-02T13:00:00Z");
        Opens("Europe/London", split, "2026-03-02T17:00:00Z").ShouldBe("2026-03-07T10:00:00Z");
        Turns("Europe/London", split, "2026-03-02T10:00:00Z").ShouldBe("2026-03-02T12:00:00Z");
        Turns("Europe/London", split, "2026-03-02T12:00:00Z").ShouldBe("2026-03-02T13:00:00Z");
    }

    [Fact]
    public void What_touches_or_overlaps_is_one()
    {
        ImmutableArray<OpeningSpan> day = [Span("12:00", "17:00", Day.Mon), Span("09:00", "12:00", Day.Mon), Span("11:00", "13:00", Day.Mon)];
        Turns("UTC", day, "2026-03-02T09:00:00Z").ShouldBe("2026-03-02T17:00:00Z");
    }

    [Fact]
    public void A_night_belongs_to_the_day_on_which_it_begins()
    {
        ImmutableArray<OpeningSpan> nights = [Span("22:00", "02:00", Day.Fri)];
        Opens("UTC", nights, "2026-03-07T01:59:00Z").ShouldBeNull();
        Opens("UTC", nights, "2026-03-07T02:00:00Z").ShouldBe("2026-03-13T22:00:00Z");
        Opens("UTC", nights, "2026-03-06T01:00:00Z").ShouldBe("2026-03-06T22:00:00Z");
    }

    [Fact]
    public void Around_the_clock_never_closes()
    {
        ImmutableArray<OpeningSpan> ever = [Span("00:00", "24:00", Enum.GetValues<Day>())];
        for (var hour = 0; hour < 24 * 14; hour++)
        {
            Hours.Opens(Berlin, ever, At("2026-10-19T00:30:00Z").AddHours(hour)).ShouldBeNull();
        }

        Hours.Turns(Berlin, ever, At("2026-10-19T00:30:00Z")).ShouldBeNull();
    }

    [Fact]
    public void An_hour_that_does_not_exist_begins_with_the_next()
    {
        // On 29 March 2026 it is 3:00 in Berlin right after 1:59:59.
        ImmutableArray<OpeningSpan> early = [Span("02:30", "05:00", Day.Sun)];
        Opens(Berlin, early, "2026-03-29T00:59:00Z").ShouldBe("2026-03-29T01:00:00Z");
        Turns(Berlin, early, "2026-03-29T01:00:00Z").ShouldBe("2026-03-29T03:00:00Z");
        ImmutableArray<OpeningSpan> lost = [Span("02:10", "02:50", Day.Sun)];
        Opens(Berlin, lost, "2026-03-28T12:00:00Z").ShouldBe("2026-04-05T00:10:00Z");
    }

    [Fact]
    public void An_hour_that_comes_twice_is_open_both_times()
    {
        // On 25 October 2026 it is 2:00 in Berlin twice: at 0:00 and at 1:00 UTC.
        ImmutableArray<OpeningSpan> night = [Span("02:00", "03:00", Day.Sun)];
        Opens(Berlin, night, "2026-10-24T23:59:00Z").ShouldBe("2026-10-25T00:00:00Z");
        Opens(Berlin, night, "2026-10-25T00:30:00Z").ShouldBeNull();
        Opens(Berlin, night, "2026-10-25T01:30:00Z").ShouldBeNull();
        Turns(Berlin, night, "2026-10-25T00:30:00Z").ShouldBe("2026-10-25T02:00:00Z");
    }

    [Fact]
    public void A_day_that_a_zone_left_out_is_no_trouble()
    {
        // Samoa had no 30 December 2011, a Friday.
        ImmutableArray<OpeningSpan> friday = [Span("09:00", "17:00", Day.Fri)];
        Opens("Pacific/Apia", friday, "2011-12-30T09:00:00Z").ShouldBe("2012-01-05T19:00:00Z");
    }

    [Theory]
    [InlineData("09:00", "09:00")]
    [InlineData("9:00", "17:00")]
    [InlineData("09:00", "25:00")]
    [InlineData("24:00", "09:00")]
    [InlineData("09:60", "17:00")]
    public void What_is_no_time_does_not_fit(string from, string to) => Hours.Fit([Span(from, to, Day.Mon)]).ShouldBeFalse();

    [Fact]
    public void A_span_has_days_and_each_once()
    {
        Hours.Fit([Span("09:00", "17:00")]).ShouldBeFalse();
        Hours.Fit([Span("09:00", "17:00", Day.Mon, Day.Mon)]).ShouldBeFalse();
        Hours.Fit([Span("09:00", "24:00", Day.Mon), Span("22:00", "02:00", Day.Sat)]).ShouldBeTrue();
        Hours.Fit([.. Enumerable.Repeat(Span("09:00", "17:00", Day.Mon), 51)]).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Europe/Berlin", true)]
    [InlineData("America/Argentina/Buenos_Aires", true)]
    [InlineData("Asia/Calcutta", true)]
    [InlineData("UTC", true)]
    [InlineData("Berlin", false)]
    [InlineData("", false)]
    [InlineData("+02:00", false)]
    public void Zones_are_those_of_the_list(string zone, bool known) => Hours.IsZone(zone).ShouldBe(known);

    private static OpeningSpan Span(string from, string to, params Day[] days) => new([.. days], from, to);

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    private static string? Opens(string zone, ImmutableArray<OpeningSpan> hours, string now) => Text(Hours.Opens(zone, hours, At(now)));

    private static string? Turns(string zone, ImmutableArray<OpeningSpan> hours, string now) => Text(Hours.Turns(zone, hours, At(now)));

    private static string? Text(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
