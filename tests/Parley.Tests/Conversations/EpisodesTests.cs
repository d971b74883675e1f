using Parley.Conversations;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class EpisodesTests
{
    private static readonly Message Word = new(Content.Of("And another thing"));

    [Theory]
    [InlineData(0)]
    [InlineData(24)]
    [InlineData(72)]
    public void The_customers_word_within_the_reopening_time_reopens_the_same_episode(int hours) =>
        Closed().After(TimeSpan.FromHours(hours)).When(Says()).Then(new Reopened("message"), new EpisodeReopened(1), Word);

    [Theory]
    [InlineData(72.01)]
    [InlineData(24 * 200)]
    public void A_later_word_opens_the_next_episode(double hours) =>
        Closed().After(TimeSpan.FromHours(hours)).When(Says()).Then(new Reopened("message"), new EpisodeOpened(2, Blended), Word);

    [Fact]
    public void The_terms_of_the_episode_decide_and_not_those_of_today() =>
        Closed().After(TimeSpan.FromHours(10)).When(Says(new Terms("blended", 1))).Then(new Reopened("message"), new EpisodeReopened(1), Word);

    [Fact]
    public void Quiet_alone_opens_and_closes_nothing() => AnaWrote().After(TimeSpan.FromDays(400)).When(Says()).Then(Word);

    [Fact]
    public void A_conversation_that_an_agent_started_has_no_episode_until_the_customer_answers()
    {
        var story = new Story().Given(ByKim, new Opened(Shop, Brand, Ana, "web"), new Message(Content.Of("Your sail is ready")));
        story.State.Episode.ShouldBe(0);
        story.When(Says()).Then(new EpisodeOpened(1, Blended), Word);
    }

    [Fact]
    public void Closing_taken_back_by_hand_is_the_same_episode_and_no_reopening()
    {
        var story = Closed().When(new Reopen(ByKim, It)).Then(new Reopened("manual")).Done();
        story.State.EpisodeOpen.ShouldBeTrue();
        story.State.Episode.ShouldBe(1);
        story.When(Says()).Then(Word);
    }

    [Fact]
    public void Notes_open_nothing()
    {
        var story = Closed().When(new WriteNote(ByKim, It, "She will be back")).Then(new Note("She will be back")).Done();
        story.State.EpisodeOpen.ShouldBeFalse();
        story.State.Status.ShouldBe(Status.Closed);
    }

    private static Story Closed() => AnaWrote().Given(ByKim, new Closed("manual"));

    private static Post Says(Terms? terms = null) => new(ByAna, It, Word.Content, terms ?? Blended);
}
