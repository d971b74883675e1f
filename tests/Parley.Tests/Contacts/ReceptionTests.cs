using Parley.Contacts;
using Parley.Workspaces;
using Shouldly;
using Profile = Parley.Workspaces.Profile;

namespace Parley.Tests.Contacts;

/// <summary>What a customer finds, for every profile, every hour and every staffing.</summary>
public class ReceptionTests
{
    private static readonly Calendar Office = new(new Timetable("UTC", [new(Day.Mon, "09:00", "17:00")]));
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Sunday = Monday.AddDays(-1);
    private static readonly Floor Staffed = new(Online: 1, Room: 4, Waiting: 0);
    private static readonly Floor Full = Staffed with { Room = 0 };
    private static readonly Floor Crowded = Staffed with { Waiting = 50 };

    [Theory, Trait("row", "MS13")]
    // Inside the hours: what does not fit before it closes goes on when it opens, and a day is to the same time of the next day on which it is open.
    [InlineData(7_200, "2026-03-02 16:30", "2026-03-03 10:30")]
    [InlineData(86_400, "2026-03-06 16:30", "2026-03-09 16:30")]
    [InlineData(86_400, "2026-03-02 10:00", "2026-03-03 10:00")]
    [InlineData(90_000, "2026-03-06 16:30", "2026-03-10 09:30")]
    // Outside: what the inbox says counts from when it opens.
    [InlineData(7_200, "2026-03-01 10:00", "2026-03-02 11:00")]
    [InlineData(259_200, "2026-03-01 10:00", "2026-03-05 09:00")]
    [InlineData(null, "2026-03-01 10:00", "2026-03-02 10:00")]
    // The default, on a Friday afternoon and before the holiday.
    [InlineData(null, "2026-03-06 16:30", "2026-03-09 16:30")]
    [InlineData(null, "2026-12-24 16:00", "2026-12-28 16:00")]
    public void MS13_What_the_inbox_says_is_said_of_time_in_which_it_is_open(int? seconds, string at, string due)
    {
        var policy = Policy.Of(Profile.Blended, new Switches { Promise = seconds is { } set ? new(PromiseKind.Fixed, set) : null });
        var hours = new Calendar(new Timetable("UTC", [.. new[] { Day.Mon, Day.Tue, Day.Wed, Day.Thu, Day.Fri }.Select(day => new WeekSpan(day, "09:00", "17:00"))], [new SpecialDay("2026-12-25", [])]));
        var now = DateTimeOffset.Parse(at + "Z", System.Globalization.CultureInfo.InvariantCulture);
        AnswerTime.Said(policy, hours, now, hours.IsOpen(now) ? null : hours.NextOpening(now)).From(now).ShouldBe(DateTimeOffset.Parse(due + "Z", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact, Trait("row", "MS13")]
    public void MS13_A_day_from_the_opening_is_to_the_opening_though_the_clock_is_put_back_in_between()
    {
        var hours = new Calendar(new Timetable("Europe/Berlin", [.. Enum.GetValues<Day>().Select(day => new WeekSpan(day, "09:00", "17:00"))]));
        var saturday = new DateTimeOffset(2026, 10, 24, 7, 0, 0, TimeSpan.Zero);
        AnswerTime.Said(Policy.Of(Profile.Blended), hours, saturday, null).From(saturday).ShouldBe(saturday.AddHours(25));
    }

    [Theory]
    [InlineData(Profile.StrictLive, "Live Live", "Live Live", "Closed Form Nobody", "Closed Form Queue", "Closed Form Hours")]
    [InlineData(Profile.Blended, "Live Live", "Live Live", "Messaging Messaging Nobody", "Messaging Messaging Queue", "Messaging Messaging Hours")]
    [InlineData(Profile.Messaging, "Messaging Messaging", "Messaging Messaging", "Messaging Messaging", "Messaging Messaging", "Messaging Messaging Hours")]
    public void LC1_LC13_The_profiles(Profile profile, string staffed, string full, string nobody, string crowded, string closed) =>
        Found(Policy.Of(profile)).ShouldBe([staffed, full, nobody, crowded, closed]);

    [Theory]
    [InlineData(Profile.StrictLive, WhenClosed.Messaging, "Live Live", "Messaging Messaging Nobody", "Messaging Messaging Hours")]
    [InlineData(Profile.StrictLive, WhenClosed.Hide, "Live Live", "Closed Hidden Nobody", "Closed Hidden Hours")]
    [InlineData(Profile.Blended, WhenClosed.Form, "Live Live", "Closed Form Nobody", "Closed Form Hours")]
    [InlineData(Profile.Blended, WhenClosed.Hide, "Live Live", "Closed Hidden Nobody", "Closed Hidden Hours")]
    [InlineData(Profile.Messaging, WhenClosed.Form, "Messaging Messaging", "Messaging Messaging", "Closed Form Hours")]
    public void LC23_What_is_shown_while_nobody_is_available_is_a_switch_of_its_own(Profile profile, WhenClosed shown, string staffed, string nobody, string closed)
    {
        var found = Found(Policy.Of(profile, new Switches { WhenClosed = shown }));
        (found[0], found[2], found[4]).ShouldBe((staffed, nobody, closed));
    }

    [Fact]
    public void Of_another_time_only_the_hours_are_known()
    {
        Reception.Of(Policy.Of(Profile.StrictLive), Office, null, Monday).State.ShouldBe(ReceptionState.Live);
        Reception.Of(Policy.Of(Profile.StrictLive), Office, null, Sunday).Button.ShouldBe(ButtonState.Form);
        Reception.Of(Policy.Of(Profile.Messaging), Office, null, Monday).State.ShouldBe(ReceptionState.Messaging);
    }

    [Fact, Trait("row", "LC12")]
    public void LC12_It_says_when_it_opens_and_by_when_there_is_an_answer()
    {
        var opens = Monday.AddHours(-1);
        var it = Reception.Of(Policy.Of(Profile.Blended), Office, Staffed, Sunday);
        (it.Open, it.OpensAt, it.Answer!.From(Sunday)).ShouldBe((false, opens, opens.AddHours(1)));
        var quick = Policy.Of(Profile.Blended, new Switches { Promise = new(PromiseKind.Fixed, 600) });
        Reception.Of(quick, Office, Staffed, Sunday).Answer!.From(Sunday).ShouldBe(opens.AddMinutes(10));
        Reception.Of(quick, Office, default(Floor), Monday).Answer!.From(Monday).ShouldBe(Monday.AddMinutes(10));
        Reception.Of(quick, Office, Staffed, Monday).Answer.ShouldBeNull("Who talks at once is promised nothing.");
        Reception.Of(Policy.Of(Profile.StrictLive, new Switches { WhenClosed = WhenClosed.Hide }), Office, default(Floor), Monday).Answer.ShouldBeNull("Who cannot write is not answered.");
        var form = Policy.Of(Profile.StrictLive, new Switches { Promise = new(PromiseKind.Fixed, 600) });
        Reception.Of(form, Office, default(Floor), Monday).Answer!.From(Monday).ShouldBe(Monday.AddMinutes(10), "A form is a message with a promise.");
        Reception.Of(form, Office, Staffed, Sunday).Answer!.From(Sunday).ShouldBe(opens.AddMinutes(10));
        // Where it never opens, what is written is answered as ever.
        var never = Reception.Of(quick, new Calendar(new Timetable("UTC", [])), Staffed, Monday);
        (never.OpensAt, never.Answer!.From(Monday)).ShouldBe((null, Monday.AddMinutes(10)));
    }

    [Fact, Trait("row", "MS12")]
    public void MS12_What_was_learned_is_said_before_anybody_writes_rounded_up_and_the_night_does_not_count()
    {
        var asked = new List<Like>();
        Func<Like, Learned?> learned = like =>
        {
            asked.Add(like);
            return new Learned(like, 40, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(21.5));
        };
        var policy = Policy.Of(Profile.Messaging);
        Reception.Of(policy, Office, Staffed, Monday, learned).Answer.ShouldBe(new AnswerTime(TimeSpan.FromMinutes(30)));
        var evening = Monday.AddHours(6.9);
        Reception.Of(policy, Office, default(Floor), evening, learned).Answer!.From(evening).ShouldBe(Monday.AddDays(7).AddHours(-0.5), "Six minutes were left of today; the rest is next Monday, said to the quarter.");
        Reception.Of(policy, Office, Staffed, Sunday, learned).Answer!.From(Sunday).ShouldBe(Monday.AddHours(-0.5));
        asked.ShouldBe([Like.Staffed, Like.Unstaffed, Like.Closed]);
        Reception.Of(Policy.Of(Profile.Messaging, new Switches { Promise = new(PromiseKind.Fixed, 600) }), Office, Staffed, Monday, learned).Answer.ShouldBe(new AnswerTime(TimeSpan.FromMinutes(10)));
        Reception.Of(policy, Office, Staffed, Monday, _ => null).Answer.ShouldBe(new AnswerTime(TimeSpan.FromDays(1), Monday.AddDays(7)), "It is open on Mondays.");
    }

    [Fact]
    public void With_a_limit_of_none_nobody_waits_and_who_finds_room_talks()
    {
        var none = Policy.Of(Profile.StrictLive, new Switches { QueueLimit = 0 });
        Reception.Of(none, Office, Staffed, Monday).State.ShouldBe(ReceptionState.Live);
        Reception.Of(none, Office, Full, Monday).Why.ShouldBe(Unavailable.Queue);
        Reception.Of(Policy.Of(Profile.StrictLive, new Switches { QueueLimit = 1 }), Office, Full, Monday).State.ShouldBe(ReceptionState.Live, "One may wait.");
    }

    [Theory, Trait("row", "BX2")]
    // To five minutes within the hour, to a quarter further away; what is round stays.
    [InlineData("2026-03-02T11:58:31Z", "2026-03-02T12:00:00Z", "Europe/Berlin", "13:00")]
    [InlineData("2026-03-02T12:00:00Z", "2026-03-02T12:00:00Z", "Europe/Berlin", "13:00")]
    [InlineData("2026-03-02T16:50:00Z", "2026-03-02T17:00:00Z", "Europe/Berlin", "18:00")]
    // Where the clock stands three quarters of an hour apart it is round too.
    [InlineData("2026-03-02T16:50:00Z", "2026-03-02T17:00:00Z", "Asia/Kathmandu", "22:45")]
    // Two o'clock is not there in the night in which summer begins, and there twice when it ends: never an hour later than it is due.
    [InlineData("2026-03-29T00:52:00Z", "2026-03-29T01:00:00Z", "Europe/Berlin", "03:00")]
    [InlineData("2026-10-25T00:52:00Z", "2026-10-25T01:00:00Z", "Europe/Berlin", "02:00")]
    public void By_when_is_said_as_a_clock_shows_it_in_every_zone_and_never_before_it_is_due(string due, string said, string zone, string clock)
    {
        var spoken = AnswerTime.Spoken(At(due), At(due) - TimeSpan.FromHours(said.EndsWith("12:00:00Z", StringComparison.Ordinal) ? 0.5 : 3));
        spoken.ShouldBe(At(said));
        (Parley.Conversations.Telling.Plain with { Zone = zone }).Local(spoken).ToString("HH:mm", global::System.Globalization.CultureInfo.InvariantCulture).ShouldBe(clock);

        static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, global::System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Within_how_long_and_by_when_are_one_time()
    {
        var now = Monday.AddMinutes(3);
        new AnswerTime(TimeSpan.FromMinutes(37)).SpokenFrom(now).ShouldBe(Monday.AddMinutes(50), "In 45 minutes is said, which is 48 minutes past, and the clock says it by 50.");
        new AnswerTime(TimeSpan.FromMinutes(37), Monday.AddHours(5).AddMinutes(1)).SpokenFrom(now).ShouldBe(Monday.AddHours(5).AddMinutes(15));
    }

    /// <summary>Staffed, full, nobody online, too many waiting, closed.</summary>
    private static string[] Found(Policy policy) =>
        [Said(policy, Staffed, Monday), Said(policy, Full, Monday), Said(policy, default, Monday), Said(policy, Crowded, Monday), Said(policy, Staffed, Sunday)];

    private static string Said(Policy policy, Floor floor, DateTimeOffset at) =>
        Reception.Of(policy, Office, floor, at) is var it ? $"{it.State} {it.Button} {it.Why}".TrimEnd() : "";
}
