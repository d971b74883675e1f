using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class PromisingTests
{
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
        scene.After(44 * 60).ShouldSay("nothing");
        scene.After(61).ShouldSay("promiseRenewed +1h fixed +900s [promise.renewed]");
        scene.State.Promise!.First.ShouldBe(Noon.AddHours(1));
        scene.After(3_600).ShouldSay("promiseBroken +0s fixed −2700s");
        scene.After(86_400).ShouldSay("nothing");
        scene.State.Promise!.Broken.ShouldBeTrue();
        scene.Answers(Kim).ShouldSay("message, accepted Kim answer");
        scene.State.Promise.ShouldBeNull();
    }

    [Fact]
    public void Nobody_is_woken_to_read_that_it_takes_longer()
    {
        var scene = new Scene(Profile.Messaging, new Switches { Promise = new PromiseRule(PromiseKind.Fixed, 14 * 3_600) }).Opens();
        scene.After(14 * 3_600 - 60).ShouldSay("promiseStands +900s");
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
}
