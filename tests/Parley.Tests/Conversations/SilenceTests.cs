using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class SilenceTests
{
    [Fact]
    public void A_silence_of_ours_is_the_agents_and_then_somebody_elses()
    {
        var scene = Live();
        scene.After(181).ShouldSay("nudged Kim");
        scene.After(180).ShouldSay("sessionEnded silence, requeued silence Kim −360s, live → waiting (silence)");
        scene.Offered(Kim).ShouldSay("refused offer.passed");
        scene.Offered(Noor).Accepts(Noor).State.Mode.ShouldBe(Mode.Live);
    }

    [Fact]
    public void Later_answers_have_more_time()
    {
        var scene = Live().After(10).Answers(Kim).After(5).Writes();
        scene.After(299).ShouldSay("nothing");
        scene.After(2).ShouldSay("nudged Kim");
        scene.Answers(Kim).After(400).ShouldSay("nothing");
    }

    [Fact]
    public void Who_is_typing_has_their_time_anew()
    {
        var scene = Live();
        scene.Typed = scene.Now.AddSeconds(100);
        scene.After(181).ShouldSay("composing Kim −80s");
        scene.After(98).ShouldSay("nothing").After(2).ShouldSay("nudged Kim");
        scene.After(181).Last.ShouldContain("requeued");
    }

    [Fact, Trait("row", "LC8")]
    public void A_silence_of_the_customers_ends_the_talk_and_says_nothing()
    {
        var scene = Live().Answers(Kim);
        scene.After(599).ShouldSay("nothing");
        scene.After(2).ShouldSay("sessionEnded idle, live → messaging (idle)");
        scene.Told.ShouldBeEmpty();
    }

    [Fact, Trait("row", "LC2")]
    public void In_strict_live_they_are_asked_first_and_can_say_that_they_are_here()
    {
        var scene = Live(Profile.StrictLive).Answers(Kim);
        scene.After(241).ShouldSay("sessionReminded [session.reminder]");
        scene.Does(by => new StayHere(by, It), ByAna).ShouldSay("stayed");
        scene.After(239).ShouldSay("nothing").After(2).ShouldSay("sessionReminded [session.reminder]");
        scene.After(360).ShouldSay("sessionEnded idle hides [session.idle], live → ended (idle), closed ended, episodeClosed");
    }

    [Fact]
    public void Who_waits_is_never_reminded_and_never_timed_out()
    {
        var scene = Live(Profile.StrictLive);
        scene.After(3_600);
        scene.Log.ShouldNotContain(entry => entry.Body is SessionReminded || (entry.Body is SessionEnded && ((SessionEnded)entry.Body).Reason == "idle"));
        scene.State.Mode.ShouldBe(Mode.Waiting);
        scene.State.Promise.ShouldNotBeNull();
    }

    [Fact]
    public void A_message_that_postpones_the_idle_time_asks_for_no_earlier_wake_up()
    {
        var scene = Live().Answers(Kim);
        var due = scene.Due;
        scene.After(5).Answers(Kim, "And more");
        scene.Due.ShouldNotBeNull();
        (scene.Due > due).ShouldBeTrue();
    }

    [Fact]
    public void A_silence_while_we_were_not_there_is_nobody_s()
    {
        // The customer's: ten minutes of ours do not end the talk; ten of theirs do.
        var scene = Live().Answers(Kim);
        scene.Up = scene.Now.AddSeconds(590);
        scene.After(601).ShouldSay("resumed −10s");
        scene.After(588).ShouldSay("nothing").After(2).ShouldSay("sessionEnded idle, live → messaging (idle)");
        scene.State.Resumed.ShouldBeNull();

        // The agent's: who could not answer is neither reminded nor relieved of it.
        var owed = Live();
        owed.Up = owed.Now.AddSeconds(100);
        owed.After(181).ShouldSay("resumed −80s");
        owed.After(98).ShouldSay("nothing").After(2).ShouldSay("nudged Kim");
        owed.After(181).Last.ShouldContain("requeued");

        // A word makes it all new.
        var talk = Live(Profile.StrictLive).Answers(Kim);
        talk.Up = talk.Now.AddSeconds(100);
        talk.After(241).ShouldSay("resumed −140s").After(10).Writes().Answers(Kim).After(239).ShouldSay("nothing").After(2).ShouldSay("sessionReminded [session.reminder]");
    }

    private static Scene Live(Profile profile = Profile.Blended) => new Scene(profile).Opens().Offered(Kim).Accepts(Kim);
}
