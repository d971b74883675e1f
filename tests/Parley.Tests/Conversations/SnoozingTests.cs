using Parley.Conversations;
using Parley.Log;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class SnoozingTests
{
    private static readonly DateTimeOffset Tomorrow = Noon.AddDays(1);

    [Fact]
    public void It_sleeps_until_its_time()
    {
        var story = AnaWrote().When(new Snooze(ByKim, It, Tomorrow)).Then(new Snoozed(Tomorrow)).Done();
        story.State.Status.ShouldBe(Status.Snoozed);
        story.State.SnoozedUntil.ShouldBe(Tomorrow);
        new ConversationKind().Due(story.State).ShouldBe(Tomorrow);
    }

    [Fact]
    public void A_wake_in_time_ends_it_and_an_early_or_doubled_one_does_nothing()
    {
        var story = AnaWrote().Given(ByKim, new Snoozed(Tomorrow));
        story.After(TimeSpan.FromHours(23)).When(new Wake(Origin, It)).ThenNothing();
        story.After(TimeSpan.FromHours(1)).When(new Wake(Origin, It)).Then(new Unsnoozed("due")).Done();
        story.When(new Wake(Origin, It)).ThenNothing();
        new ConversationKind().Due(story.State).ShouldBeNull();
    }

    [Fact]
    public void The_customers_word_wakes_it() =>
        AnaWrote().Given(ByKim, new Snoozed(Tomorrow)).When(new Post(ByAna, It, Content.Of("x"), Blended)).Then(new Unsnoozed("message"), new Message(Content.Of("x")));

    [Fact]
    public void Ones_own_word_does_not_wake_it() =>
        AnaWrote().Given(ByKim, new Assigned(Kim, null, null, null, "manual"), new Snoozed(Tomorrow)).When(new Post(ByKim, It, Content.Of("x"), Blended)).Then(new Message(Content.Of("x")));

    [Fact]
    public void By_hand() => AnaWrote().Given(ByKim, new Snoozed(Tomorrow)).When(new EndSnooze(ByKim, It)).Then(new Unsnoozed("manual"));

    [Fact]
    public void What_does_not_sleep_is_not_woken() => AnaWrote().When(new EndSnooze(ByKim, It)).ThenNothing();

    [Fact]
    public void The_same_time_again_is_nothing_and_another_replaces_it()
    {
        var story = AnaWrote().Given(ByKim, new Snoozed(Tomorrow));
        story.When(new Snooze(ByKim, It, Tomorrow)).ThenNothing();
        story.When(new Snooze(ByKim, It, Tomorrow.AddHours(1))).Then(new Snoozed(Tomorrow.AddHours(1)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-60)]
    [InlineData(60 * 24 * 731)]
    public void Its_time_lies_ahead_and_within_two_years(int minutes) => AnaWrote().When(new Snooze(ByKim, It, Noon.AddMinutes(minutes))).ThenRefused("snooze.until", 400);

    [Fact]
    public void What_is_closed_is_not_snoozed() => AnaWrote().Given(ByKim, new Closed("manual")).When(new Snooze(ByKim, It, Tomorrow)).ThenRefused("conversation.closed");

    [Fact]
    public void What_sleeps_is_offered_to_nobody_until_it_is_awake()
    {
        var scene = new Scene().Opens().Offered(Kim).Does(by => new Snooze(by, It, Tomorrow), ByNoor);
        scene.State.Offer.ShouldBeNull();
        scene.Accepts(Kim).ShouldSay("refused offer.over");
        scene.Offered(Noor).ShouldSay("refused offer.over");
        scene.Does(by => new EndSnooze(by, It), ByNoor).Offered(Noor).Accepts(Noor).State.Mode.ShouldBe(Mode.Live);
    }

    private static Origin Origin => new(Lighthouse, Author.System, "wake:1");
}
