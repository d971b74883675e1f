using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class ArrivingTests
{
    [Fact, Trait("row", "LC6")]
    public void Who_is_back_in_time_goes_on_in_the_same_session()
    {
        var scene = new Scene().Opens().Offered(Kim).Accepts(Kim);
        var session = scene.State.Session;
        scene.AnaLeaves().After(100).AnaComes().ShouldSay("paused → live (contactreturned)");
        scene.State.Session.ShouldBe(session);
    }

    [Fact]
    public void An_older_number_says_nothing_any_more()
    {
        var scene = new Scene().Opens().Offered(Kim).Accepts(Kim).AnaLeaves().AnaComes();
        scene.Does(by => new ContactLeft(by, It, 1), Scene.System).ShouldSay("nothing");
        scene.Does(by => new ContactCame(by, It, 2), Scene.System).ShouldSay("nothing");
        scene.State.Mode.ShouldBe(Mode.Live);
    }

    [Fact]
    public void A_number_that_came_before_an_older_one_still_counts()
    {
        var scene = new Scene().Opens().Offered(Kim).Accepts(Kim);
        scene.Does(by => new ContactCame(by, It, 9), Scene.System).Does(by => new ContactLeft(by, It, 8), Scene.System).ShouldSay("nothing");
    }

    [Fact, Trait("row", "LC6")]
    public void An_agent_who_is_back_before_anybody_else_took_it_has_it_again()
    {
        var scene = new Scene().Opens().Offered(Kim).Accepts(Kim).Leaves(Kim).After(31).Offered(Noor);
        scene.Comes(Kim).ShouldSay("accepted Kim returned, sessionStarted, waiting → live (accepted)");
        scene.Accepts(Noor).ShouldSay("refused offer.over");
    }

    [Fact]
    public void An_agent_who_is_back_too_late_does_not() =>
        new Scene().Opens().Offered(Kim).Accepts(Kim).Leaves(Kim).After(31).Offered(Noor).Accepts(Noor).Comes(Kim).ShouldSay("nothing").State.Agent.ShouldBe(Noor);

    [Fact]
    public void Where_nobody_is_awaited_it_does_not_matter_who_comes()
    {
        var scene = new Scene { AnaHere = false }.Opens();
        scene.AnaComes().ShouldSay("nothing").Comes(Kim).ShouldSay("nothing");
    }
}
