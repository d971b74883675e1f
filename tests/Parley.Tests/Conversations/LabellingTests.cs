using Parley.Conversations;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class LabellingTests
{
    [Fact]
    public void A_label_is_put_on_once_whatever_its_case()
    {
        var story = AnaWrote().When(new Label(ByKim, It, "Rig")).Then(new Labelled("Rig")).Done();
        story.State.Labels.ShouldBe(["Rig"]);
        story.When(new Label(ByKim, It, "rig")).ThenNothing();
        story.When(new Unlabel(ByKim, It, "RIG")).Then(new Unlabelled("RIG")).Done();
        story.State.Labels.ShouldBeEmpty();
    }

    [Fact]
    public void A_label_that_is_not_there_is_not_taken_off() => AnaWrote().When(new Unlabel(ByKim, It, "rig")).ThenNothing();

    [Theory]
    [InlineData("")]
    [InlineData(" rig")]
    [InlineData("r\nig")]
    [InlineData("0123456789012345678901234567890123456789x")]
    public void A_label_is_a_short_word(string name) => AnaWrote().When(new Label(ByKim, It, name)).ThenRefused("label.invalid", 400);

    [Fact]
    public void Thirty_are_enough()
    {
        var story = AnaWrote();
        for (var i = 0; i < 30; i++)
        {
            story.Given(ByKim, new Labelled($"label {i}"));
        }

        story.When(new Label(ByKim, It, "one more")).ThenRefused("label.tooMany");
    }
}
