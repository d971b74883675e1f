using Parley.Contacts;
using Parley.Live.Visitors;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Live.Visitors;

public class ExpectedTests
{
    private static readonly WorkspaceId Here = new(Guid.Parse("00000000-0000-7000-8000-000000000001"));
    private static readonly InboxId Shop = new(Guid.Parse("00000000-0000-7000-8000-000000000006"));
    private static readonly Page Sails = new("https://shop.test/sails");
    private readonly Clock _clock = new();
    private readonly Expected _expected;

    public ExpectedTests() => _expected = new Expected(_clock);

    [Fact]
    public void Who_is_expected_is_taken_once_by_themselves_and_on_the_page_where_they_are_by_then()
    {
        var (ana, ben) = (ContactId.New(_clock), ContactId.New(_clock));
        _expected.Keep(Here, Of(ana, "laptop"), Sails);
        _expected.Take(Here, "laptop", ben).ShouldBeNull();
        _expected.Went(Here, ben, "laptop", new("https://shop.test/other"));
        _expected.Of(Here, [ana, ben], [Shop])!.Value.Page.ShouldBe(Sails);
        _expected.Of(Here, [ana], []).ShouldBeNull("That inbox is not theirs who ask.");
        _expected.Went(Here, ana, "laptop", new("https://shop.test/ropes"));
        _expected.Take(Here, "laptop", ana)!.Value.Page.Url.ShouldBe("https://shop.test/ropes");
        _expected.Take(Here, "laptop", ana).ShouldBeNull();
    }

    [Fact]
    public void Who_says_no_or_takes_too_long_is_expected_no_longer()
    {
        var ana = ContactId.New(_clock);
        _expected.Keep(Here, Of(ana, "laptop"), Sails);
        _expected.Drop(Here, "laptop");
        _expected.Take(Here, "laptop", ana).ShouldBeNull();
        _expected.Keep(Here, Of(ana, "laptop"), Sails);
        _clock.Advance(Expected.Patience);
        _expected.Take(Here, "laptop", ana).ShouldBeNull();
    }

    [Fact]
    public void However_many_ask_no_more_than_fit_are_kept_and_the_newest_of_them()
    {
        var ana = ContactId.New(_clock);
        for (var i = 0; i <= Expected.Most; i++)
        {
            _expected.Keep(Here, Of(ana, $"device-{i}"), Sails);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        _expected.Take(Here, "device-0", ana).ShouldBeNull();
        _expected.Take(Here, $"device-{Expected.Most}", ana).ShouldNotBeNull();
    }

    private static VisitRow Of(ContactId who, string device) => new() { Device = device, Contact = who.Bytes, Person = who.Bytes, Inbox = Shop.Bytes };
}
