using Parley.Conversations;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class AssigningTests
{
    [Fact]
    public void To_an_agent() => AnaWrote().When(new Assign(ByKim, It, Kim, null)).Then(new Assigned(Kim, null, null, null, "manual"));

    [Fact]
    public void From_one_agent_to_another_says_from_whom() =>
        Held().When(new Assign(ByKim, It, Noor, null)).Then(new Assigned(Noor, Sails, Kim, Sails, "manual"));

    [Fact]
    public void OP3_What_somebody_held_who_left_goes_to_its_team() =>
        Held().When(new HandOver(ByKim, It, Kim, null)).Then(new Assigned(null, Sails, Kim, Sails, "deactivated"));

    [Fact]
    public void What_somebody_else_holds_by_now_stays_theirs() => Held().When(new HandOver(ByKim, It, Noor, null)).Then();

    [Fact]
    public void To_a_team_means_into_its_queue()
    {
        var story = Held().When(new Assign(ByKim, It, null, Sails)).Then(new Assigned(null, Sails, Kim, Sails, "manual")).Done();
        story.State.Agent.ShouldBeNull();
        story.State.Team.ShouldBe(Sails);
    }

    [Fact]
    public void To_nobody_goes_back_to_the_queue_it_came_from() => Held().When(new Assign(ByKim, It, null, null)).Then(new Assigned(null, Sails, Kim, Sails, "manual"));

    [Fact]
    public void What_is_so_already_is_nothing()
    {
        AnaWrote().When(new Assign(ByKim, It, null, null)).ThenNothing();
        Held().When(new Assign(ByKim, It, Kim, Sails)).ThenNothing();
        Held().When(new Assign(ByKim, It, Kim, null)).ThenNothing();
    }

    [Fact]
    public void An_agent_who_may_not_use_the_inbox_is_refused() => AnaWrote().When(new Assign(ByKim, It, Noor, null, AgentMay: false)).ThenRefused("agent.unknown", 400);

    [Fact]
    public void A_team_that_is_not_there_or_may_not_use_the_inbox_is_refused() => AnaWrote().When(new Assign(ByKim, It, null, Sails, TeamMay: false)).ThenRefused("team.unknown", 400);

    [Fact]
    public void Who_may_not_use_the_inbox_any_more_gives_it_up()
    {
        Held().When(new HandOver(ByKim, It, null, null, Sails, "inboxTeams")).Then(new Assigned(Kim, null, Kim, Sails, "inboxTeams"));
        Held().When(new HandOver(ByKim, It, Kim, null, Sails, "inboxTeams")).Then(new Assigned(null, null, Kim, Sails, "inboxTeams"));
        Held().When(new HandOver(ByKim, It, Kim, null, null, "inboxTeams")).Then(new Assigned(null, Sails, Kim, Sails, "inboxTeams"));
        AnaWrote().When(new HandOver(ByKim, It, null, null, Sails, "inboxTeams")).ThenNothing();
    }

    [Fact]
    public void A_closed_conversation_can_change_hands() =>
        AnaWrote().Given(ByKim, new Closed("manual")).When(new Assign(ByKim, It, Noor, null)).Then(new Assigned(Noor, null, null, null, "manual"));

    [Fact]
    public void What_is_due_before_its_agent_is_back_goes_to_their_team()
    {
        var scene = new Scene { AnaHere = false }.Opens().Answers(Kim);
        scene.Here.Clear();
        scene.Back = scene.Now.AddHours(15);
        scene.Writes().ShouldSay("message, promised +1d fixed");
        scene.State.Agent.ShouldBe(Kim);
        scene.Answers(Kim);
        scene.Back = scene.Now.AddHours(40);
        scene.Writes().ShouldSay("message, assigned nobody agentAway, promised +1d fixed");
        scene.State.Team.ShouldBe(Sails);
    }

    [Fact]
    public void F4_One_answer_more_than_who_has_it_can_owe_goes_to_their_team_and_what_they_owe_stays()
    {
        var scene = new Scene { AnaHere = false }.Opens().Answers(Kim).After(600);
        scene.Over = true;
        scene.Answers(Kim).State.Agent.ShouldBe(Kim, "Our own word is owed by nobody.");
        scene.Writes().ShouldSay("message, assigned nobody agentFull, promised +1d fixed");
        scene.State.Team.ShouldBe(Sails);
        scene.Writes().ShouldSay("message");
        // Where the customer is here somebody is looked for at once.
        scene = new Scene { AnaHere = false }.Opens().Answers(Kim).After(600);
        (scene.Over, scene.AnaHere) = (true, true);
        scene.Writes().State.Mode.ShouldBe(Mode.Waiting, scene.Last);
        scene.State.Agent.ShouldBeNull();
    }

    private static Story Held() => AnaWrote().Given(ByKim, new Assigned(Kim, Sails, null, null, "manual"));
}
