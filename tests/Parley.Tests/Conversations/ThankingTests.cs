using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class ThankingTests
{
    [Theory]
    [InlineData("Thank you!", true)]
    [InlineData("Thanks a lot 👍", true)]
    [InlineData("Vielen Dank für Ihre Hilfe!", true)]
    [InlineData("Dankjewel", true)]
    [InlineData("muchas gracias", true)]
    [InlineData("👍", true)]
    [InlineData("Thanks, but where is it", false)]
    [InlineData("Thanks?", false)]
    [InlineData("ok", false)]
    [InlineData("It is still broken", false)]
    public void Thanks_are_short_and_say_nothing_else(string text, bool thanks) => Thanking.Is(Closed().State, Content.Of(text), Closed().Now.AddMinutes(9)).ShouldBe(thanks);

    [Fact]
    public void After_ten_minutes_and_in_what_is_open_they_are_a_word_like_any_other()
    {
        Thanking.Is(Closed().State, Content.Of("Thanks"), Closed().Now.AddMinutes(11)).ShouldBeFalse();
        Thanking.Is(new Scene().Opens().State, Content.Of("Thanks"), Noon).ShouldBeFalse();
    }

    private static Scene Closed() => new Scene { AnaHere = false }.Opens().Answers(Kim).Closes(Kim);
}
