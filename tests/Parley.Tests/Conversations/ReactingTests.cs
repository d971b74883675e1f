using Parley.Conversations;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class ReactingTests
{
    [Theory]
    [InlineData("👍")]
    [InlineData("❤️")]
    [InlineData("👩‍🚒")]
    [InlineData("🇳🇱")]
    public void One_emoji_is_a_reaction(string emoji)
    {
        var story = AnaWrote();
        story.When(new React(ByKim, It, 3, emoji, true, story.Target(3))).Then(new Reacted(3, emoji, true));
        story.When(new React(ByKim, It, 3, emoji, false, story.Target(3))).Then(new Reacted(3, emoji, false));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ok")]
    [InlineData("a")]
    [InlineData("1")]
    [InlineData("é")]
    [InlineData("👍👍")]
    [InlineData("<b>")]
    public void Words_are_no_reaction(string text)
    {
        var story = AnaWrote();
        story.When(new React(ByKim, It, 3, text, true, story.Target(3))).ThenRefused("reaction.unknown", 400);
    }

    [Fact]
    public void Only_messages_and_notes_are_reacted_to()
    {
        var story = AnaWrote();
        story.When(new React(ByKim, It, 2, "👍", true, story.Target(2))).ThenRefused("message.unknown", 404);
    }
}
