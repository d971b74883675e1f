using Parley.Conversations;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class WakingTests
{
    [Fact]
    public void What_is_due_is_done_and_nothing_before_its_time()
    {
        Asleep().After(TimeSpan.FromMinutes(59)).When(new Wake(ByKim, It)).ThenNothing();
        Asleep().After(TimeSpan.FromHours(1)).When(new Wake(ByKim, It)).Then(new Unsnoozed("due"));
    }

    [Fact]
    public void Late_or_doubled_it_does_nothing()
    {
        Asleep().After(TimeSpan.FromDays(3)).When(new Wake(ByKim, It)).Then(new Unsnoozed("due")).Done().When(new Wake(ByKim, It)).ThenNothing();
        Asleep().Given(ByKim, new Unsnoozed("manual")).After(TimeSpan.FromDays(3)).When(new Wake(ByKim, It)).ThenNothing();
    }

    [Fact]
    public void A_conversation_wants_to_be_woken_when_its_snooze_ends_and_else_never()
    {
        new ConversationKind().Due(Asleep().State).ShouldBe(Noon.AddHours(1));
        new ConversationKind().Due(AnaWrote().State).ShouldBeNull();
        new ConversationKind().Due(Asleep().Given(ByKim, new Closed("manual")).State).ShouldBeNull();
    }

    private static Story Asleep() => AnaWrote().Given(ByKim, new Snoozed(Noon.AddHours(1)));
}
