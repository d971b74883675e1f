using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class OfferingTests
{
    [Fact, Trait("row", "LC2")]
    public void Who_dropped_out_and_was_asked_before_that_was_known_has_it_back_all_the_same()
    {
        var scene = new Scene().Opens().Offered(Kim).Accepts(Kim).Leaves(Kim).After(31).Offered(Kim);
        scene.Leaves(Kim).Last.ShouldContain("declined");
        scene.State.Queue!.Passed.ShouldBeNull();
        scene.Comes(Kim).State.ShouldSatisfyAllConditions(it => it.Mode.ShouldBe(Mode.Live), it => it.Agent.ShouldBe(Kim));
    }

    [Fact, Trait("row", "LC10")]
    public void An_offer_stands_for_its_time_and_goes_to_nobody_twice()
    {
        var scene = new Scene().Opens().Offered(Kim).ShouldSay("offered Kim +45s");
        scene.Offered(Noor).ShouldSay("refused offer.open");
        scene.After(46).ShouldSay("declined Kim missed");
        scene.Offered(Kim).ShouldSay("refused offer.passed");
        scene.Offered(Noor).Declines(Noor).ShouldSay("declined Noor declined");
        scene.State.Mode.ShouldBe(Mode.Waiting);
    }

    [Fact]
    public void Whoever_our_own_outage_kept_from_answering_is_asked_for_the_same_time_anew()
    {
        var scene = new Scene().Opens().Offered(Kim);
        scene.Up = scene.Now.AddSeconds(20);
        // From when we are there again, and once.
        scene.After(46).ShouldSay("offered Kim +20s");
        scene.After(18).ShouldSay("soothed [queue.patience]").After(2).Last.ShouldEndWith("declined Kim missed");
    }

    [Fact]
    public void No_two_agents_get_one_conversation()
    {
        var scene = new Scene().Opens().Offered(Kim);
        scene.Accepts(Noor).ShouldSay("refused offer.over");
        scene.Accepts(Kim).ShouldSay("accepted Kim offer, sessionStarted, waiting → live (accepted)");
        scene.Accepts(Kim).ShouldSay("refused offer.over");
        scene.Offered(Noor).ShouldSay("refused offer.over");
    }

    [Fact]
    public void Who_comes_too_late_reads_who_was_first()
    {
        var scene = new Scene().Opens().Offered(Kim).Answers(Noor);
        scene.Last.ShouldBe("message, accepted Noor answer, sessionStarted, waiting → live (answered)");
        var late = new ConversationKind().Decide(scene.State, new AcceptOffer(ByKim, It, Scene.OfferId, Kim), new Deciding(scene.Now, scene.Log.Count, new Dictionary<Subject, (object, long)>()));
        late.Refusal!.Status.ShouldBe(409);
        late.Refusal.Errors.Single().Text.ShouldBe(Noor.ToString());
    }

    [Fact]
    public void Where_no_yes_is_asked_it_is_accepted_at_once() =>
        new Scene(Profile.Blended, new Switches { AutoAccept = true }).Opens().Offered(Kim).ShouldSay("accepted Kim auto, sessionStarted, waiting → live (accepted)");

    [Fact]
    public void Who_leaves_hands_the_offer_back() => new Scene().Opens().Offered(Kim).Leaves(Kim).ShouldSay("declined Kim gone");

    [Fact]
    public void A_message_that_nobody_has_can_be_offered_too()
    {
        var scene = new Scene { AnaHere = false }.Opens().Offered(Kim).Accepts(Kim);
        scene.Last.ShouldBe("accepted Kim offer");
        scene.State.Mode.ShouldBe(Mode.Messaging);
        scene.State.Promise.ShouldNotBeNull();
    }
}
