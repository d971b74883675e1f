using Parley.Conversations;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class PendingTests
{
    [Theory]
    [InlineData(PendingOn.Customer)]
    [InlineData(PendingOn.ThirdParty)]
    public void It_waits_on_somebody(PendingOn on)
    {
        var story = AnaWrote().When(new Pend(ByKim, It, on)).Then(new SetPending(on)).Done();
        story.State.Status.ShouldBe(Status.Pending);
        story.State.PendingOn.ShouldBe(on);
        story.When(new Pend(ByKim, It, on)).ThenNothing();
        story.When(new EndPending(ByKim, It)).Then(new Unpended("manual")).Done();
        story.State.Status.ShouldBe(Status.Open);
        story.State.PendingOn.ShouldBeNull();
    }

    [Fact]
    public void The_customers_word_ends_a_wait_for_the_customer() =>
        AnaWrote().Given(ByKim, new SetPending(PendingOn.Customer)).When(new Post(ByAna, It, Content.Of("x"), Blended)).Then(new Unpended("message"), new Message(Content.Of("x")));

    [Fact]
    public void A_wait_for_a_third_party_goes_on_whatever_the_customer_says() =>
        AnaWrote().Given(ByKim, new SetPending(PendingOn.ThirdParty)).When(new Post(ByAna, It, Content.Of("x"), Blended)).Then(new Message(Content.Of("x")));

    [Fact]
    public void What_is_closed_waits_for_nobody() => AnaWrote().Given(ByKim, new Closed("manual")).When(new Pend(ByKim, It, PendingOn.Customer)).ThenRefused("conversation.closed");

    [Fact]
    public void Pending_ends_a_snooze_and_a_snooze_ends_pending()
    {
        AnaWrote().Given(ByKim, new Snoozed(Noon.AddDays(1)), new SetPending(PendingOn.Customer)).State.SnoozedUntil.ShouldBeNull();
        AnaWrote().Given(ByKim, new SetPending(PendingOn.Customer), new Snoozed(Noon.AddDays(1))).State.PendingOn.ShouldBeNull();
    }
}
