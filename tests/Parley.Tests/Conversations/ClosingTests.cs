using Parley.Conversations;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class ClosingTests
{
    [Fact]
    public void Closing_ends_the_episode_the_snooze_and_the_wait()
    {
        var story = AnaWrote().Given(ByKim, new Snoozed(Noon.AddDays(1))).When(new Close(ByKim, It)).Then(new Closed("manual"), new EpisodeClosed(1)).Done();
        story.State.Status.ShouldBe(Status.Closed);
        story.State.EpisodeOpen.ShouldBeFalse();
        story.State.SnoozedUntil.ShouldBeNull();
        story.State.WaitingSince.ShouldBeNull();
        new ConversationKind().Due(story.State).ShouldBeNull();
    }

    [Fact]
    public void Who_waited_before_a_closing_that_is_taken_back_waits_still()
    {
        var waiting = AnaWrote().State.WaitingSince;
        waiting.ShouldNotBeNull();
        var story = AnaWrote().After(TimeSpan.FromMinutes(5)).Given(ByKim, new Closed("manual")).After(TimeSpan.FromSeconds(8)).Given(ByKim, new Reopened("manual"));
        story.State.WaitingSince.ShouldBe(waiting);
        story.State.WaitedSince.ShouldBeNull();
    }

    [Fact]
    public void Who_was_answered_before_the_closing_waits_for_nothing_after_it_is_taken_back() =>
        AnaWrote().Given(ByKim, new Message(Content.Of("Yes")), new Closed("manual"), new Reopened("manual")).State.WaitingSince.ShouldBeNull();

    [Fact]
    public void A_word_after_the_closing_waits_from_then_on()
    {
        var story = AnaWrote().Given(ByKim, new Closed("manual")).After(TimeSpan.FromHours(1)).Given(ByAna, new Reopened("message"), new EpisodeReopened(1), new Message(Content.Of("One more")));
        story.State.WaitingSince.ShouldBe(Noon.AddHours(1));
        story.Given(ByKim, new Message(Content.Of("Yes")), new Closed("manual"), new Reopened("manual")).State.WaitingSince.ShouldBeNull();
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
