using Parley.Conversations;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class PrioritisingTests
{
    [Theory]
    [InlineData(Priority.Low)]
    [InlineData(Priority.High)]
    [InlineData(Priority.Urgent)]
    public void It_says_from_what_to_what(Priority priority)
    {
        var story = AnaWrote().When(new SetPriority(ByKim, It, priority)).Then(new PriorityChanged(Priority.Normal, priority)).Done();
        story.State.Priority.ShouldBe(priority);
        story.When(new SetPriority(ByKim, It, priority)).ThenNothing();
    }
}
