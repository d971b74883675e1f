using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;
using Profile = Parley.Workspaces.Profile;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class PromisingTests
{
    [Fact]
    public void A_promise_says_where_else_the_answer_comes_where_their_address_is_known()
    {
        var scene = new Scene { Mailed = true };
        scene.Here.Clear();
        scene.Opens().ShouldSay("opened, episodeOpened, message, promised +1d fixed [promise.firstMailed]");
        scene.Log.Select(entry => entry.Body).OfType<Promised>().Single().Told!.Text.ShouldBe("Thank you for your message. Our answer will be here usually within a day; if you are not, it comes by mail.");
        new Scene { Mailed = true }.Opens().Offered(Kim).Accepts(Kim).AnaLeaves().After(121).Last.ShouldEndWith("promised +1d fixed [promise.leftMailed]");
    }

    [Fact, Trait("row", "MS12")]
    public void While_they_talk_nothing_is_renewed_and_nothing_breaks()
    {
        var scene = new Scene(Profile.Blended, new Switches { Promise = new(PromiseKind.Fixed, 200), LiveWaitSeconds = 10 }).Opens().After(11);
        scene.State.Promise.ShouldNotBeNull();
        scene.Offered(Kim).Accepts(Kim).State.Mode.ShouldBe(Mode.Live);
        scene.After(170).ShouldSay("nothing");
        scene.After(30).Log.ShouldNotContain(entry => entry.Body is PromiseRenewed || entry.Body is PromiseBroken || entry.Body is PromiseStands);
        scene.Answers(Kim).Last.ShouldContain("promiseKept");
    }

    [Fact, Trait("row", "MS12")]
    public void What_passed_while_they_talked_without_an_answer_breaks_when_they_no_longer_do()
    {
        var scene = new Scene(Profile.Blended, new Switches { Promise = new(PromiseKind.Fixed, 60), LiveWaitSeconds = 10 }).Opens().After(11).Offered(Kim).Accepts(Kim).After(100);
        scene.State.Promise!.Broken.ShouldBeFalse();
        scene.AnaLeaves().After(121);
        scene.State.ShouldSatisfyAllConditions(it => it.Mode.ShouldBe(Mode.Messaging), it => it.Promise!.Broken.ShouldBeTrue());
    }

    [Fact, Trait("row", "MS12")]
    public void A_promise_is_made_from_the_first_unanswered_word_and_more_words_do_not_move_it()
    {
        var scene = new Scene { AnaHere = false }.Opens();
        var promise = scene.State.Promise;
        scene.After(600).Writes().ShouldSay("message");
        scene.State.Promise.ShouldBe(promise);
        scene.Answers(Kim).ShouldSay("message, accepted Kim answer, promiseKept +23.83h fixed");
        scene.State.Promise.ShouldBeNull();
    }

    [Fact, Trait("row", "MS12")]
    public void It_is_renewed_once_before_it_breaks_and_then_it_breaks()
    {
        var scene = new Scene(Profile.Messaging, new Switches { Promise = new PromiseRule(PromiseKind.Fixed, 3_600) }).Opens();
        scene.After(29 * 60).ShouldSay("nothing");
        scene.After(15 * 60).ShouldSay("nudged");
        scene.After(61).ShouldSay("promiseRenewed +1h fixed +900s [promise.renewed]");
        scene.State.Promise!.First.ShouldBe(Noon.AddHours(1));
        scene.After(3_600).ShouldSay("promiseBroken +0s fixed −2700s");
        scene.After(86_400).ShouldSay("nothing");
        scene.State.Promise!.Broken.ShouldBeTrue();
        scene.Answers(Kim).ShouldSay("message, accepted Kim answer, promiseLate −1.03d");
        scene.State.Promise.ShouldBeNull();
    }

    [Fact]
    public void Nobody_is_woken_to_read_that_it_takes_longer()
    {
        var scene = new Scene(Profile.Messaging, new Switches { Promise = new PromiseRule(PromiseKind.Fixed, 14 * 3_600) }).Opens();
        scene.After(14 * 3_600 - 60).ShouldSay("nudged, promiseStands +900s");
        scene.After(61).Last.ShouldStartWith("promiseBroken");
    }

    [Fact, Trait("row", "MS12")]
    public void An_agent_promises_when_they_come_back()
    {
        var scene = new Scene().Opens().Offered(Kim).Accepts(Kim);
        scene.Does(by => new GoOnLater(by, It, Kim, scene.Now.AddDays(3)), ByKim, Kim).ShouldSay("sessionEnded later, live → messaging (later), promised +3d agent [promise.agent]");
        var told = scene.Log.Select(entry => (entry.Body as Promised)?.Told).OfType<Told>().Single();
        told.Text.ShouldBe("Kim will write here by Thursday, 12:00.");
        told.Params["agent"].ShouldBe("Kim");
        scene.Does(by => new GoOnLater(by, It, Kim, scene.Now.AddMinutes(-1)), ByKim, Kim).ShouldSay("refused by.invalid");
    }

    [Fact]
    public void Nothing_owed_no_promise_and_thanks_owe_nothing()
    {
        var scene = new Scene { AnaHere = false }.Opens().Answers(Kim).Closes(Kim).After(300).Writes("Thank you!");
        scene.Last.ShouldStartWith("reopened message, episodeReopened, message, thanked");
        scene.State.Promise.ShouldBeNull();
        scene.State.WaitingSince.ShouldBeNull();
        scene.Writes("But where is my sail?").Last.ShouldContain("promised");
    }

    [Fact]
    public void A_closing_ends_the_promise_and_taking_it_back_makes_another()
    {
        var scene = new Scene { AnaHere = false }.Opens().Closes(Kim);
        scene.State.Promise.ShouldBeNull();
        scene.Does(by => new Reopen(by, It), ByKim, Kim).ShouldSay("reopened manual, promised +1d fixed");
    }

    [Fact]
    public void What_a_bot_says_keeps_no_promise()
    {
        var scene = new Scene { AnaHere = false }.Opens();
        scene.Does(by => new Post(by, It, Content.Of("We got it"), Blended), ByKim with { Author = new Author(AuthorKind.Bot, Guid.Empty) }).ShouldSay("message");
        scene.State.Promise.ShouldNotBeNull();
        scene.State.WaitingSince.ShouldNotBeNull();
    }

    [Fact, Trait("row", "MS31")]
    public void Whoever_is_to_answer_is_told_while_there_is_time_to_and_who_is_not_back_by_then_has_it_no_longer()
    {
        var hour = new Switches { Promise = new PromiseRule(PromiseKind.Fixed, 3_600) };
        var scene = new Scene(Profile.Messaging, hour).Opens().Does(by => new Assign(by, It, Kim, null), ByNoor, Kim);
        scene.After(30 * 60).ShouldSay("nudged Kim");
        scene.After(10 * 60).ShouldSay("nothing");
        scene.Answers(Kim).ShouldSay("message, promiseKept +1200s fixed");

        // Kim went home: it is her team that is told.
        scene = new Scene(Profile.Messaging, hour).Opens().Does(by => new Assign(by, It, Kim, null), ByNoor, Kim);
        scene.Here.Remove(Kim);
        scene.Back = scene.Now.AddHours(14);
        scene.After(30 * 60).ShouldSay("assigned nobody agentAway, nudged");
        (scene.State.Agent, scene.State.Team).ShouldBe((null, Sails));
    }

    [Fact, Trait("row", "MS31")]
    public void Who_talks_is_nudged_by_the_clock_of_silence_alone()
    {
        var scene = new Scene(Profile.Blended, new Switches { LiveWaitSeconds = 60, Promise = new PromiseRule(PromiseKind.Fixed, 600) }).Opens().After(61);
        scene.State.Promise.ShouldNotBeNull();
        scene.Offered(Kim).Accepts(Kim).After(170).ShouldSay("nothing");
        scene.After(15).ShouldSay("nudged Kim");
        scene.After(170).ShouldSay("nothing");
    }

    [Fact, Trait("row", "BX2")]
    public void BX2_A_promise_is_stored_with_what_it_was_learned_from_and_only_colleagues_are_told()
    {
        var learned = new Learned(Like.Staffed, 42, TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(700), TimeSpan.FromSeconds(1_234.5));
        var scene = new Scene(Profile.Messaging) { Learned = learned }.Opens();
        var promised = scene.Log.Select(entry => entry.Body).OfType<Promised>().Single();
        (promised.Ground, promised.Due).ShouldBe((Ground.Learned, Noon.AddSeconds(1_234.5)), "What is promised is not rounded.");
        promised.Basis.ShouldBe(new Basis(Like.Staffed, 42, 90, 300_000, 700_000, 1_234_500));
        promised.Told!.Text.ShouldEndWith("usually within 30 minutes.", Case.Sensitive, "What is said is rounded up.");
        promised.Spoken.ShouldBe(Noon.AddMinutes(30), "Who is shown a time is shown the one that was said.");
        (scene.State.Promise!.Due, scene.State.Promise.Shown).ShouldBe((promised.Due, Noon.AddMinutes(30)));
        var wire = new EntryWire((_, _) => null, (_, _) => "");
        var entry = scene.Log.Single(entry => entry.Body is Promised);
        global::System.Text.Encoding.UTF8.GetString(wire.Write(entry, Audience.Customer, own: false)).ShouldNotContain("basis");
        global::System.Text.Encoding.UTF8.GetString(wire.Write(entry, Audience.Agent, own: false)).ShouldContain("\"answers\":42");
    }

    [Fact]
    public void A_fixed_promise_is_what_was_fixed_whatever_was_learned()
    {
        var learned = new Learned(Like.Staffed, 42, TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(700), TimeSpan.FromSeconds(1_234));
        var scene = new Scene(Profile.Messaging, new Switches { Promise = new PromiseRule(PromiseKind.Fixed, 3_600) }) { Learned = learned }.Opens();
        scene.State.Promise.ShouldBe(new Promise(Noon.AddHours(1), Ground.Fixed, Noon) { Spoken = Noon.AddHours(1) });
        scene.Log.Select(entry => entry.Body).OfType<Promised>().Single().Basis.ShouldBe(new Basis(Like.Staffed, 0));
    }

    [Fact, Trait("row", "MS13")]
    public void Where_it_closes_before_that_the_night_does_not_count_and_it_is_said_by_when()
    {
        var hours = new Calendar(new Timetable("UTC", [.. Enum.GetValues<Day>().Select(day => new WeekSpan(day, "08:00", "12:30"))]));
        var learned = new Learned(Like.Staffed, 42, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(50));
        var scene = new Scene(Profile.Messaging) { Learned = learned, Hours = hours }.Opens();
        var promised = scene.Log.Select(entry => entry.Body).OfType<Promised>().Single();
        (promised.Ground, promised.Due).ShouldBe((Ground.OpeningHours, Noon.Date.AddDays(1).AddHours(8).AddMinutes(20)));
        promised.Told!.Text.ShouldContain("by Tuesday, 08:30");
        scene.After(20 * 3_600 + 60).Answers(Kim);
        scene.Log.Select(entry => entry.Body).OfType<PromiseKept>().Single().TookMs.ShouldBe(31 * 60_000L, "Thirty minutes until noon thirty, and one in the morning.");
    }
}
