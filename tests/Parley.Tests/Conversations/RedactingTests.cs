using Parley.Conversations;
using Parley.Log;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class RedactingTests
{
    [Fact]
    public void A_redaction_overwrites_one_body_and_says_so_where_it_was_seen()
    {
        var story = AnaWrote();
        story.When(new Redact(ByKim, It, 3, "a card number", story.Target(3))).Then(new Redacted(3, "a card number"));
        story.Decision.Drafts[0].Visibility.ShouldBe(Visibility.Public);
        story.Decision.Overwrites.ShouldBe([new Overwrite(Conversation.Subject(It), 3, "redacted")]);
    }

    [Fact]
    public void A_redacted_note_stays_among_colleagues()
    {
        var story = AnaWrote().Given(ByKim, new Note("secret"));
        story.When(new Redact(ByKim, It, 4, "x", story.Target(4)));
        story.Decision.Drafts[0].Visibility.ShouldBe(Visibility.Internal);
    }

    [Fact]
    public void Facts_are_not_redacted()
    {
        var story = AnaWrote();
        story.When(new Redact(ByKim, It, 1, "x", story.Target(1))).ThenRefused("message.unknown", 404);
    }

    [Fact]
    public void An_erasure_overwrites_all_and_the_thread_takes_nothing_more()
    {
        var story = AnaWrote().When(new Erase(ByKim, It, "asked")).Then(new Erased("asked"));
        story.Decision.Overwrites.ShouldBe([new Overwrite(Conversation.Subject(It), null, "erased")]);
        story.Done();
        story.When(new Post(ByAna, It, Content.Of("x"), Blended)).ThenRefused("conversation.erased", 410);
        story.When(new Erase(ByKim, It, "asked")).ThenNothing();
    }
}
