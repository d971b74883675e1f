using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class QueueingTests
{
    private static readonly Terms Letters = new("messaging", 72);

    [Fact, Trait("row", "ZD5")]
    public void ZD5_Talk_goes_on_by_the_rules_it_began_with_and_the_next_goes_by_those_of_now()
    {
        var scene = new Scene().Opens().Offered(Kim).Accepts(Kim).Answers(Kim);
        scene.Turned = Letters;
        scene.Writes().Answers(Kim).State.Mode.ShouldBe(Mode.Live);
        scene.AnaLeaves().After(200).State.Mode.ShouldBe(Mode.Messaging);
        scene.AnaComes().Writes().Answers(Kim).Writes().State.Mode.ShouldBe(Mode.Messaging, "One writes now, and is answered when there is time.");
        scene.Does(by => new RequestLive(by, It), ByAna).ShouldSay("refused live.off");

        scene = new Scene(Profile.Messaging).Opens();
        scene.Turned = new Terms("blended", 72);
        scene.Writes().Last.ShouldContain("termsTaken");
        scene.State.Policy.LiveAllowed.ShouldBeTrue();
        scene.State.Mode.ShouldBe(Mode.Waiting);
        scene.Offered(Kim).Accepts(Kim).State.Mode.ShouldBe(Mode.Live);
        scene.Log.Count(entry => entry.Body is TermsTaken).ShouldBe(1);
    }

    [Fact, Trait("row", "ZD5")]
    public void ZD5_A_thread_of_an_inbox_that_is_strict_now_ends_with_its_next_talk()
    {
        var scene = new Scene(Profile.Messaging).Opens().Answers(Kim);
        scene.Turned = new Terms("strictLive", 72);
        scene.After(10).Writes().Last.ShouldContain("→ live (bothPresent)");
        scene.State.Policy.EndsSessions.ShouldBeTrue();
        scene.Does(by => new EndSession(by, It), ByAna).State.Mode.ShouldBe(Mode.Ended);
    }

    [Fact, Trait("row", "LC10")]
    public void Where_all_who_are_online_are_full_a_promise_is_made_at_once_and_the_place_is_kept()
    {
        var scene = new Scene { Full = true, Waiting = 2 }.Opens().ShouldSay("opened, episodeOpened, message, queued 3, promised +1d fixed [promise.queue]");
        scene.State.Mode.ShouldBe(Mode.Waiting);
        scene.After(600).ShouldSay("nothing");
        scene.Offered(Kim).Accepts(Kim).State.Mode.ShouldBe(Mode.Live);
        // Whoever leaves a strict queue gives up their place: they are not told that they may.
        new Scene(Profile.StrictLive) { Full = true }.Opens().Last.ShouldEndWith("promised +1d fixed [promise.stay]");
    }

    [Fact, Trait("row", "LC1")]
    public void A_first_word_waits_where_somebody_can_talk()
    {
        var scene = new Scene { Waiting = 4 }.Opens().ShouldSay("opened, episodeOpened, message, queued 5");
        scene.State.Mode.ShouldBe(Mode.Waiting);
    }

    [Fact, Trait("row", "MS2")]
    public void Where_nobody_can_it_is_a_message_with_a_promise()
    {
        var nobody = new Scene();
        nobody.Here.Clear();
        nobody.Opens().ShouldSay("opened, episodeOpened, message, promised +1d fixed [promise.first]");
        new Scene { AnaHere = false }.Opens().Last.ShouldContain("promised");
        new Scene { Waiting = 50 }.Opens().Last.ShouldContain("promised");
        new Scene { Open = false, OpensAt = Noon.AddHours(21) }.Opens().ShouldSay("opened, episodeOpened, message, promised +22h openingHours [promise.first]");
        new Scene(Profile.Messaging).Opens().State.Mode.ShouldBe(Mode.Messaging);
    }

    [Fact, Trait("row", "LC1")]
    public void Strict_live_begins_nothing_with_nobody_but_what_its_switch_allows()
    {
        Closed(WhenClosed.Form).Opens().ShouldSay("refused inbox.closed");
        Closed(WhenClosed.Hide).Opens().ShouldSay("refused inbox.closed");
        Closed(WhenClosed.Messaging).Opens().State.Mode.ShouldBe(Mode.Messaging);

        static Scene Closed(WhenClosed when) => new(Profile.StrictLive, new Switches { WhenClosed = when }) { Open = false, OpensAt = Noon.AddHours(3) };
    }

    [Fact, Trait("row", "MS12")]
    public void Failure_3_Where_nobody_accepts_a_promise_follows_and_the_place_stays()
    {
        var scene = new Scene().Opens();
        var since = scene.State.Queue!.Since;
        scene.After(61).ShouldSay("soothed [queue.patience]");
        scene.After(60).ShouldSay("promised +1d fixed [promise.queue]");
        scene.State.Mode.ShouldBe(Mode.Waiting);
        scene.State.Queue!.Since.ShouldBe(since);
        scene.Offered(Kim).Accepts(Kim).State.Mode.ShouldBe(Mode.Live);
    }

    [Fact]
    public void Where_the_wait_is_known_it_is_said() =>
        new Scene { Wait = TimeSpan.FromMinutes(8) }.Opens().After(121).ShouldSay("soothed [queue.patience], promised +480s queue [promise.queue]");

    /// <summary>There the place goes with the page: a promise of an answer that comes anyway would not be kept.</summary>
    [Fact, Trait("row", "LC11")]
    public void In_strict_live_who_waits_long_is_asked_to_stay_and_nothing_of_a_mail_is_said_nor_later_of_a_time()
    {
        var scene = new Scene(Profile.StrictLive) { Mailed = true, Wait = TimeSpan.FromMinutes(8) }.Opens().After(121).ShouldSay("soothed [queue.patience], promised +480s queue [promise.stay]");
        scene.After(86_400).Last.ShouldContain("promiseRenewed");
        scene.Told.ShouldBe(["queue.patience", "promise.stay"]);
    }

    [Fact, Trait("row", "MS14")]
    public void Who_asks_to_talk_now_waits_or_reads_why_not()
    {
        var scene = new Scene { AnaHere = false }.Opens().Answers(Kim);
        scene.AnaHere = true;
        scene.Does(by => new RequestLive(by, It), ByAna).ShouldSay("liveRequested, assigned nobody asked, messaging → waiting (asked), queued 1 asked Kim");
        scene.State.Queue!.Former.ShouldBe(Kim);
        scene.AnaLeaves().After(121).ShouldSay("abandoned 120000, waiting → messaging (contactleft), promised +1d fixed");
        var patient = new Scene { AnaHere = false }.Opens().Answers(Kim);
        patient.AnaHere = true;
        patient.Does(by => new RequestLive(by, It), ByAna).After(121).Last.ShouldEndWith("promised +1d fixed [promise.queue]");
        new Scene(Profile.Messaging).Opens().Does(by => new RequestLive(by, It), ByAna).ShouldSay("refused live.off");
        var none = new Scene { AnaHere = false }.Opens();
        none.Here.Clear();
        none.Does(by => new RequestLive(by, It), ByAna).ShouldSay("refused live.nobody");
    }
}
