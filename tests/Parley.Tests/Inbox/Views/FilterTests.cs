using System.Collections.Immutable;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Inbox.Lists;
using Parley.Inbox.Views;
using Parley.Workspaces;
using Shouldly;
using Profile = Parley.Contacts.Profile;

namespace Parley.Tests.Inbox.Views;

public class FilterTests
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly AgentId Kim = Id<AgentIds>(10);
    private static readonly AgentId Noor = Id<AgentIds>(11);
    private static readonly TeamId Sails = Id<TeamIds>(20);
    private static readonly InboxId Shop = Id<InboxIds>(2);

    private static readonly Summary Row = new(Id<ConversationIds>(1), Id<Parley.Log.WorkspaceIds>(9), Shop, Id<ContactIds>(30), Status.Open, Kim, Sails, Noon.AddMinutes(-10), 5)
    {
        Details = new SummaryDetails
        {
            Mode = Mode.Messaging, Priority = Priority.High, Labels = ["Rückgabe", "vip"], Channel = "web", Language = "de-AT", OpenedAt = Noon.AddDays(-3),
            WaitingSince = Noon.AddHours(-1), CustomerAt = Noon.AddMinutes(-30), Promise = new Promise(Noon.AddHours(1), Ground.Fixed, Noon.AddHours(-1)),
        },
    };

    private static readonly Profile Ana = new(Id<ContactIds>(30)) { Name = "Ana Müller", Email = "ana@example.test", Language = "nl" };

    [Theory]
    [InlineData("status", "is", "open", true)]
    [InlineData("status", "is", "pending", false)]
    [InlineData("status", "isNot", "pending", true)]
    [InlineData("status", "in", "pending,open", true)]
    [InlineData("status", "notIn", "pending,open", false)]
    [InlineData("mode", "is", "messaging", true)]
    [InlineData("mode", "in", "live,paused", false)]
    [InlineData("holder", "is", "agent", true)]
    [InlineData("holder", "is", "nobody", false)]
    [InlineData("holder", "is", "queue", false)]
    [InlineData("holder", "isNot", "nobody", true)]
    [InlineData("team", "isSet", "", true)]
    [InlineData("team", "isNotSet", "", false)]
    [InlineData("channel", "is", "web", true)]
    [InlineData("channel", "isNot", "web", false)]
    [InlineData("label", "is", "vip", true)]
    [InlineData("label", "is", "VIP", true)]
    [InlineData("label", "is", "rückgabe", true)]
    [InlineData("label", "is", "ruckgabe", true)]
    [InlineData("label", "is", "refund", false)]
    [InlineData("label", "isNot", "refund", true)]
    [InlineData("label", "in", "refund,vip", true)]
    [InlineData("label", "notIn", "refund,vip", false)]
    [InlineData("label", "isSet", "", true)]
    [InlineData("label", "isNotSet", "", false)]
    [InlineData("priority", "is", "high", true)]
    [InlineData("priority", "in", "urgent,high", true)]
    [InlineData("priority", "notIn", "urgent,high", false)]
    [InlineData("language", "is", "de", true)]
    [InlineData("language", "is", "de-at", true)]
    [InlineData("language", "is", "de-CH", false)]
    [InlineData("language", "is", "en", false)]
    [InlineData("language", "isSet", "", true)]
    [InlineData("promise", "is", "running", true)]
    [InlineData("promise", "is", "none", false)]
    [InlineData("promise", "in", "atRisk,broken", false)]
    [InlineData("contact.name", "contains", "muller", true)]
    [InlineData("contact.name", "is", "ANA MÜLLER", true)]
    [InlineData("contact.name", "startsWith", "mul", false)]
    [InlineData("contact.name", "startsWith", "ana", true)]
    [InlineData("contact.email", "endsWith", "@example.test", true)]
    [InlineData("contact.email", "notContains", "example", false)]
    [InlineData("contact.email", "in", "ben@example.test,ana@example.test", true)]
    [InlineData("contact.phone", "isNotSet", "", true)]
    [InlineData("contact.phone", "contains", "49", false)]
    [InlineData("contact.phone", "isNot", "49", true)]
    [InlineData("contact.language", "is", "nl", true)]
    [InlineData("contact.verified", "is", "true", false)]
    [InlineData("contact.verified", "is", "false", true)]
    [InlineData("waitingSince", "olderThan", "PT30M", true)]
    [InlineData("waitingSince", "olderThan", "PT2H", false)]
    [InlineData("waitingSince", "newerThan", "PT2H", true)]
    [InlineData("waitingSince", "newerThan", "PT30M", false)]
    [InlineData("waitingSince", "isSet", "", true)]
    [InlineData("lastCustomerAt", "newerThan", "PT1H", true)]
    [InlineData("lastAt", "olderThan", "PT5M", true)]
    [InlineData("createdAt", "before", "2026-05-30", true)]
    [InlineData("createdAt", "after", "2026-05-30", false)]
    [InlineData("createdAt", "after", "2026-05-29T12:00:00Z", true)]
    [InlineData("createdAt", "olderThan", "P2D", true)]
    [InlineData("snoozedUntil", "isSet", "", false)]
    [InlineData("snoozedUntil", "within", "PT1H", false)]
    [InlineData("promiseDue", "within", "PT2H", true)]
    [InlineData("promiseDue", "within", "PT30M", false)]
    public void A_condition_says_what_it_says(string field, string op, string values, bool meets) => Meets(new(field, op, Values(values))).ShouldBe(meets);

    [Fact]
    public void Who_holds_it_can_be_one_agent_or_me()
    {
        Meets(Holder(Kim.ToString())).ShouldBeTrue();
        Meets(Holder(Noor.ToString())).ShouldBeFalse();
        Meets(Holder("me"), me: Kim).ShouldBeTrue();
        Meets(Holder("me"), me: Noor).ShouldBeFalse();
        Meets(new("team", "is", [Sails.ToString()])).ShouldBeTrue();
        Meets(new("inbox", "notIn", [Shop.ToString()])).ShouldBeFalse();
        var shared = Filter.Of(new([Holder("me")]), null);
        shared.Personal.ShouldBeTrue();
        shared.Meets(new Facts(Row, Ana, Now(Noon))).ShouldBeTrue();
        shared.Meets(new Facts(Row with { Agent = null }, Ana, Now(Noon))).ShouldBeFalse();
    }

    [Fact]
    public void Nobody_holds_what_waits_in_a_queue_and_what_is_closed_without_anybody()
    {
        var closed = Row with { Agent = null, Status = Status.Closed };
        Filter.Of(new([Holder("nobody"), new("status", "in", ["open", "closed"])]), null).Meets(new Facts(closed, null, 0)).ShouldBeTrue();
        Filter.Of(new([Holder("queue"), new("status", "in", ["open", "closed"])]), null).Meets(new Facts(closed, null, 0)).ShouldBeFalse();
        Meets(Holder("queue"), Row with { Agent = null }).ShouldBeTrue();
    }

    [Fact]
    public void Groups_are_all_any_and_none()
    {
        ViewCondition yes = new("status", "is", ["open"]), no = new("status", "is", ["pending"]);
        bool Of(ViewFilter filter) => Filter.Of(filter, null).Meets(new Facts(Row, Ana, Now(Noon)));
        Of(new([yes, yes])).ShouldBeTrue();
        Of(new([yes, no])).ShouldBeFalse();
        Of(new(Any: [no, yes])).ShouldBeTrue();
        Of(new(Any: [no, no])).ShouldBeFalse();
        Of(new([yes], [no, yes], [no])).ShouldBeTrue();
        Of(new([yes], None: [no, yes])).ShouldBeFalse();
    }

    [Fact]
    public void What_is_closed_is_in_it_only_where_it_is_asked_for_and_spam_never()
    {
        var closed = Row with { Status = Status.Closed };
        Meets(new("label", "is", ["vip"]), closed).ShouldBeFalse();
        Meets(new("status", "isNot", ["open"]), closed).ShouldBeFalse();
        Meets(new("status", "is", ["closed"]), closed).ShouldBeTrue();
        Meets(new("status", "in", ["open", "closed"]), closed).ShouldBeTrue();
        Meets(new("status", "is", ["open"]), Row with { Details = Row.Details with { Spam = true } }).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0, "running")]
    [InlineData(29, "running")]
    [InlineData(30, "atRisk")]
    [InlineData(59, "atRisk")]
    [InlineData(60, "broken")]
    public void A_promise_is_at_risk_once_three_quarters_of_its_time_have_gone(int minutes, string state) =>
        new Facts(Row, null, Now(Noon.AddMinutes(minutes))).Promised().ShouldBe(state);

    [Theory]
    [InlineData("waitingSince", "olderThan", "PT2H", 60)]
    [InlineData("waitingSince", "newerThan", "PT2H", 60)]
    [InlineData("waitingSince", "olderThan", "PT30M", null)]
    [InlineData("promiseDue", "within", "PT30M", 30)]
    [InlineData("promise", "is", "broken", 30)]
    [InlineData("createdAt", "before", "2030-01-01", null)]
    [InlineData("snoozedUntil", "within", "PT30M", null)]
    public void What_is_asked_of_the_time_says_when_the_answer_changes(string field, string op, string value, int? minutes)
    {
        var facts = new Facts(Row, Ana, Now(Noon));
        Filter.Of(new([new(field, op, [value])]), null).Meets(facts);
        facts.Flips.ShouldBe(minutes is { } after ? Now(Noon.AddMinutes(after)) : long.MaxValue);
    }

    [Fact]
    public void At_that_moment_it_is_another_one()
    {
        var filter = Filter.Of(new([new("waitingSince", "olderThan", ["PT2H"])]), null);
        var flips = Now(Noon.AddHours(1));
        filter.Meets(new Facts(Row, null, flips - 1)).ShouldBeFalse();
        filter.Meets(new Facts(Row, null, flips)).ShouldBeTrue();
    }

    [Fact]
    public void Rows_stand_in_the_order_of_the_view()
    {
        var calm = Row with { At = Noon, Details = Row.Details with { WaitingSince = null, Promise = null, Priority = Priority.Low } };
        long Place(ViewOrder order, Summary row) => KeptView.Place(order, row);
        Place(ViewOrder.Newest, calm).ShouldBeGreaterThan(Place(ViewOrder.Newest, Row));
        Place(ViewOrder.Oldest, calm).ShouldBeLessThan(Place(ViewOrder.Oldest, Row));
        Place(ViewOrder.Waiting, Row).ShouldBeGreaterThan(Place(ViewOrder.Waiting, calm));
        Place(ViewOrder.Due, Row).ShouldBeGreaterThan(Place(ViewOrder.Due, calm));
        Place(ViewOrder.Priority, Row).ShouldBeGreaterThan(Place(ViewOrder.Priority, calm));
        Place(ViewOrder.Waiting, Row with { Details = Row.Details with { WaitingSince = Noon.AddHours(-2) } }).ShouldBeGreaterThan(Place(ViewOrder.Waiting, Row));
    }

    private static ViewCondition Holder(string value) => new("holder", "is", [value]);

    private static bool Meets(ViewCondition condition, Summary? row = null, AgentId? me = null) => Filter.Of(new([condition]), me).Meets(new Facts(row ?? Row, Ana, Now(Noon)));

    private static ImmutableArray<string> Values(string values) => [.. values.Split(',', StringSplitOptions.RemoveEmptyEntries)];

    private static long Now(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private static Parley.Platform.Id<T> Id<T>(byte last)
        where T : Parley.Platform.IIdKind => Parley.Platform.Id<T>.From([.. new byte[15], last]);
}
