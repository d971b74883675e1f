using Parley.Conversations;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class ClosingTests
{
    [Fact]
    public void Closing_ends_the_episode_the_snooze_and_the_wait()
    {
        var story = AnaWrote().Given(ByKim, new Snoozed(Noon.AddDays(1))).When(new Close(ByKim, It)).Then(new Closed("manual")).Done();
        story.State.Status.ShouldBe(Status.Closed);
        story.State.EpisodeOpen.ShouldBeFalse();
        story.State.SnoozedUntil.ShouldBeNull();
        story.State.WaitingSince.ShouldBeNull();
        new ConversationKind().Due(story.State).ShouldBeNull();
    }

    [Fact]
    public void Twice_is_once()
    {
        AnaWrote().Given(ByKim, new Closed("manual")).When(new Close(ByKim, It)).ThenNothing();
        AnaWrote().When(new Reopen(ByKim, It)).ThenNothing();
    }

    [Fact]
    public void The_holder_and_the_labels_stay()
    {
        var state = AnaWrote().Given(ByKim, new Assigned(Kim, Sails, null, null, "manual"), new Labelled("rig"), new Closed("manual")).State;
        state.Agent.ShouldBe(Kim);
        state.Team.ShouldBe(Sails);
        state.Labels.ShouldBe(["rig"]);
    }
}
