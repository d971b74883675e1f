using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class LeavingTests
{
    [Theory, Trait("row", "LC2")]
    [InlineData(Profile.Blended)]
    [InlineData(Profile.StrictLive)]
    public void Failure_3_Who_lost_their_agent_after_the_answer_waits_is_promised_one_and_is_never_timed_out(Profile profile)
    {
        var scene = Live(profile).Answers(Kim).Leaves(Kim).After(31);
        scene.Last.ShouldContain("requeued agentLeft Kim");
        scene.State.WaitingSince.ShouldNotBeNull().ShouldBeInRange(scene.Now.AddSeconds(-1), scene.Now);
        scene.After(4_000);
        scene.State.Mode.ShouldBe(Mode.Waiting);
        scene.State.Promise.ShouldNotBeNull();
        scene.Log.ShouldNotContain(entry => entry.Body is SessionReminded || (entry.Body is ModeChanged && ((ModeChanged)entry.Body).Cause == "idle"));
    }

    [Fact, Trait("row", "LC2")]
    public void Who_lost_their_agent_after_the_answer_and_leaves_is_promised_one()
    {
        var scene = Live().Answers(Kim).Leaves(Kim).After(31).AnaLeaves().After(121);
        scene.Last.ShouldContain("waiting → messaging (contactleft)");
        scene.State.Promise.ShouldNotBeNull();
    }

    [Fact, Trait("row", "LC2")]
    public void Whose_agent_is_back_first_is_owed_what_was_owed_before()
    {
        Live().Answers(Kim).Leaves(Kim).After(31).Comes(Kim).State.ShouldSatisfyAllConditions(it => it.Mode.ShouldBe(Mode.Live), it => it.WaitingSince.ShouldBeNull());
        Live().Leaves(Kim).After(31).Comes(Kim).State.WaitingSince.ShouldBe(Noon);
    }

    [Fact, Trait("row", "LC2")]
    public void While_the_agent_is_gone_the_silence_is_not_the_customers()
    {
        var scene = new Scene(Profile.StrictLive, new Switches { AgentGraceSeconds = 900 }).Opens().Offered(Kim).Accepts(Kim).Answers(Kim).Leaves(Kim);
        scene.After(800).ShouldSay("nothing");
    }

    [Fact, Trait("row", "LC5")]
    public void Who_leaves_with_an_answer_owed_is_promised_one_once()
    {
        var scene = Live().AnaLeaves().ShouldSay("live → paused (contactleft)");
        scene.After(119).ShouldSay("nothing");
        scene.After(2).ShouldSay("sessionEnded contactLeft, paused → messaging (contactleft), promised +1d fixed [promise.left]");
    }

    [Fact]
    public void Who_leaves_with_nothing_owed_is_told_nothing() =>
        Live().Answers(Kim).AnaLeaves().After(121).ShouldSay("sessionEnded contactLeft, paused → messaging (contactleft)").Told.ShouldBeEmpty();

    [Fact, Trait("row", "LC2")]
    public void In_strict_live_the_session_ends()
    {
        var scene = Live(Profile.StrictLive).Answers(Kim).AnaLeaves().After(121);
        scene.Last.ShouldBe("sessionEnded contactLeft hides [session.ended], paused → ended (contactleft), closed ended, episodeClosed");
        scene.State.CustomerSeesFrom.ShouldBe(scene.Log.Single(entry => entry.Type == "sessionEnded").Seq);
        scene.Writes().ShouldSay("refused conversation.ended");
    }

    [Theory, Trait("row", "BX1")]
    [InlineData(true)]
    [InlineData(false)]
    public void In_strict_live_too_what_was_promised_before_they_came_to_talk_stays_promised(bool asks)
    {
        // At night, by letter.
        var scene = new Scene(Profile.StrictLive, new Switches { WhenClosed = WhenClosed.Messaging, WhenAgentLeaves = WhenAgentLeaves.End }) { Open = false, OpensAt = Noon.AddHours(3) }.Opens();
        var due = scene.State.Promise!.Due;
        scene.Open = true;
        scene.After(60);
        _ = asks ? scene.Does(by => new RequestLive(by, It), ByAna) : scene.Writes();
        scene.State.Mode.ShouldBe(Mode.Waiting);
        scene.AnaLeaves().After(121).Last.ShouldContain("waiting → messaging (contactleft)");
        scene.State.Promise!.Due.ShouldBe(due);
        scene.AnaComes().AnaHere.ShouldBeTrue();
        scene.Writes().Offered(Kim).Accepts(Kim).AnaLeaves().After(121).Last.ShouldContain("paused → messaging (contactleft)");
        scene.AnaHere = true;
        scene.Does(by => new RequestLive(by, It), ByAna).Offered(Noor).Accepts(Noor).Leaves(Noor).After(31).Last.ShouldContain("live → messaging (agentleft)");
        scene.State.ShouldSatisfyAllConditions(it => it.Promise!.Due.ShouldBe(due), it => it.WaitingSince.ShouldNotBeNull());
        // Once that is answered, it is a chat like any other.
        scene.Here.Add(Noor);
        scene.Answers(Noor).State.Promise.ShouldBeNull();
        scene.Writes().AnaLeaves().After(121).State.Mode.ShouldBe(Mode.Ended);
    }

    [Fact, Trait("row", "LC2")]
    public void Failure_2_An_agent_who_drops_out_puts_it_back_at_its_old_place()
    {
        var scene = Live();
        var since = scene.State.Session!.Queued;
        scene.After(60).Leaves(Kim).ShouldSay("agentGone Kim").After(31).ShouldSay("sessionEnded agentLeft, requeued agentLeft Kim −90s [agent.lost], live → waiting (agentleft)");
        scene.State.Queue!.Since.ShouldBe(since!.Value);
        scene.State.Agent.ShouldBeNull();
        // Dropped by us: should she give up now, that is no abandonment.
        scene.AnaLeaves().After(121).Last.ShouldNotContain("abandoned");
    }

    [Fact, Trait("row", "LC2")]
    public void Where_the_inbox_says_so_the_session_ends_with_its_agent()
    {
        var scene = new Scene(Profile.Blended, new Switches { WhenAgentLeaves = WhenAgentLeaves.End }).Opens().Offered(Kim).Accepts(Kim).Leaves(Kim).After(31);
        scene.Last.ShouldBe("assigned nobody agentLeft, sessionEnded agentLeft, live → messaging (agentleft), promised +1d fixed [promise.left]");
    }

    [Fact, Trait("row", "LC11")]
    public void Who_waits_and_leaves_gets_a_promise_and_who_asked_or_is_in_strict_live_is_counted()
    {
        new Scene().Opens().After(10).AnaLeaves().After(121).ShouldSay("promised +1d fixed [promise.queue], waiting → messaging (contactleft)");
        new Scene(Profile.StrictLive).Opens().After(10).AnaLeaves().After(100).AnaComes().AnaLeaves().After(121).Last.ShouldContain("abandoned 230000, waiting → ended (contactleft)");
    }

    [Fact]
    public void What_is_left_of_the_grace_counts_for_who_is_accepted_while_gone()
    {
        var scene = new Scene().Opens().Offered(Kim).AnaLeaves().After(30).Accepts(Kim).ShouldSay("accepted Kim offer, sessionStarted, waiting → paused (accepted)");
        scene.After(91).Last.ShouldContain("paused → messaging");
    }

    [Fact]
    public void Our_own_outage_makes_nobody_leave()
    {
        var scene = Live().AnaLeaves();
        // We were away for ten minutes; since then she has the whole time again.
        scene.Up = scene.Now.AddSeconds(600);
        scene.After(601).Last.ShouldContain("contactGone");
        scene.State.Mode.ShouldBe(Mode.Paused);
        scene.After(100).AnaComes().State.Mode.ShouldBe(Mode.Live);
    }

    [Fact]
    public void After_our_own_outage_there_is_one_grace_from_when_we_are_there_again()
    {
        var scene = Live().AnaLeaves();
        scene.Up = scene.Now.AddSeconds(10);
        scene.After(121).ShouldSay("contactGone −110s");
        scene.After(7).ShouldSay("nothing").After(3).Last.ShouldContain("paused → messaging");

        var agent = Live().Leaves(Kim);
        agent.Up = agent.Now.AddSeconds(10);
        agent.After(31).ShouldSay("agentGone Kim −20s");
        agent.After(8).ShouldSay("nothing").After(2).Last.ShouldContain("live → waiting (agentleft)");
    }

    [Fact]
    public void Who_was_waited_for_since_we_are_there_is_not_waited_for_again()
    {
        var scene = Live();
        scene.Does(by => new ContactLeft(by, It, 77, scene.Now.AddSeconds(-119)), Scene.System).ShouldSay("live → paused (contactleft)");
        var other = Live();
        other.Does(by => new ContactLeft(by, It, 77, other.Now.AddSeconds(-120)), Scene.System)
            .ShouldSay("live → paused (contactleft), sessionEnded contactLeft, paused → messaging (contactleft), promised +1d fixed [promise.left]");
        var waiting = new Scene().Opens().After(30);
        waiting.Does(by => new ContactLeft(by, It, 77, waiting.Now.AddSeconds(-120)), Scene.System).Last.ShouldStartWith("contactGone");
        waiting.State.Mode.ShouldBe(Mode.Messaging);
        var agent = Live();
        agent.Does(by => new AgentLeft(by, It, Kim, 77, agent.Now.AddSeconds(-30)), Scene.System).Last.ShouldContain("live → waiting (agentleft)");
    }

    private static Scene Live(Profile profile = Profile.Blended) => new Scene(profile).Opens().Offered(Kim).Accepts(Kim);
}
