using Parley.Conversations;
using Parley.Log;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class CombiningTests
{
    [Fact, Trait("row", "PA8")]
    public void PA8_Several_wishes_are_one_each_decided_on_what_those_before_it_left()
    {
        var story = AnaWrote().When(new Combine(ByKim, It, [new Post(ByKim, It, Content.Of("Done"), Blended), new Label(ByKim, It, "sails"), new Label(ByKim, It, "SAILS"), new SetPriority(ByKim, It, Priority.Low), new Close(ByKim, It)]));
        story.Then(new Message(Content.Of("Done")), new Accepted(Kim, "answer"), new Labelled("sails"), new PriorityChanged(Priority.Normal, Priority.Low), new Closed("manual"), new EpisodeClosed(1)).Done();
        (story.State.Status, story.State.Agent, story.State.WaitingSince).ShouldBe((Status.Closed, Kim, null));
    }

    [Fact, Trait("row", "PA8")]
    public void PA8_Of_what_cannot_be_done_nothing_is_done()
    {
        // Closing comes first, and what is closed is not put away.
        AnaWrote().When(new Combine(ByKim, It, [new Label(ByKim, It, "sails"), new Close(ByKim, It), new Snooze(ByKim, It, Noon.AddDays(1))])).ThenRefused("conversation.closed", 409, "actions[2] conversation.closed");
        AnaWrote().When(new Combine(ByKim, It, [new Post(ByKim, It, Content.Of(" "), Blended)])).ThenRefused("content.empty", 400, "actions[0] content.empty");
    }

    [Fact, Trait("row", "MS8")]
    public void MS8_What_was_done_under_a_name_says_so_and_nothing_under_none()
    {
        AnaWrote().When(new Combine(ByKim, It, [new Label(ByKim, It, "sails"), new SetPriority(ByKim, It, Priority.Low)]) { Name = "Sails first" })
            .Then(new Labelled("sails"), new PriorityChanged(Priority.Normal, Priority.Low), new Combined("Sails first")).Done();
        AnaWrote().When(new Combine(ByKim, It, [new SetPriority(ByKim, It, Priority.Normal)]) { Name = "Sails first" }).ThenNothing();
    }

    [Fact]
    public void Nothing_is_an_accepted_nothing() => AnaWrote().When(new Combine(ByKim, It, [])).ThenNothing();
}
