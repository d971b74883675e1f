using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class EndingTests
{
    [Fact, Trait("row", "LC19")]
    public void Who_ends_the_chat_goes_on_by_message_and_in_strict_live_not_at_all()
    {
        End(new Scene().Opens().Offered(Kim).Accepts(Kim).Answers(Kim)).ShouldSay("sessionEnded contact, live → messaging (ended)");
        End(new Scene(Profile.StrictLive).Opens().Offered(Kim).Accepts(Kim).Answers(Kim)).ShouldSay("sessionEnded contact hides [session.ended], live → ended (ended), closed ended, episodeClosed");
    }

    [Fact]
    public void An_answer_that_is_owed_stays_owed() => End(new Scene().Opens().Offered(Kim).Accepts(Kim)).Last.ShouldContain("promised");

    [Fact, Trait("row", "LC19")]
    public void Who_has_just_ended_it_does_not_talk_again_because_the_answer_comes_at_once()
    {
        var scene = End(new Scene().Opens().Offered(Kim).Accepts(Kim).Answers(Kim).Writes());
        scene.After(5).Answers(Kim).ShouldSay("message, promiseKept +24h fixed");
        scene.After(5).Writes().Last.ShouldContain("messaging → live (bothPresent)");
    }

    [Fact, Trait("row", "LC11")]
    public void Who_will_not_wait_is_written_to_also_in_strict_live_unless_there_is_nothing_but_talk()
    {
        End(new Scene(Profile.StrictLive).Opens()).Last.ShouldStartWith("abandoned 0, waiting → messaging (ended), promised");
        End(new Scene(Profile.StrictLive, new Switches { WhenClosed = WhenClosed.Hide }).Opens()).ShouldSay("abandoned 0, waiting → ended (ended), closed unanswered, episodeClosed");
    }

    [Fact, Trait("row", "LC19")]
    public void In_strict_live_a_question_that_stayed_without_an_answer_is_closed_with_the_chat_and_says_so()
    {
        var left = new Scene(Profile.StrictLive).Opens().Offered(Kim).Accepts(Kim).Answers(Kim).Writes().AnaLeaves();
        left.After(121).ShouldSay("sessionEnded contactLeft hides [session.ended], paused → ended (contactleft), closed unanswered, episodeClosed");
        left.State.WaitingSince.ShouldBeNull();
        left.Due.ShouldBeNull("Nothing wakes what is over.");
        left.Does(by => new Reopen(by, It), ByKim).ShouldSay("refused conversation.ended");

        var dropped = new Scene(Profile.StrictLive, new Switches { WhenAgentLeaves = WhenAgentLeaves.End }).Opens().Offered(Kim).Accepts(Kim);
        dropped.Leaves(Kim).After(31).Last.ShouldEndWith("closed unanswered, episodeClosed");
    }

    [Fact]
    public void What_is_no_session_has_no_end() => End(new Scene { AnaHere = false }.Opens()).ShouldSay("nothing");

    private static Scene End(Scene scene) => scene.Does(by => new EndSession(by, It), ByAna);
}
