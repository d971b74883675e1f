using Parley.Conversations;
using Parley.Log;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class RevisingTests
{
    private static readonly Content Better = Content.Of("Hello!");

    [Fact]
    public void Ones_own_message_is_edited()
    {
        var story = AnaWrote();
        story.When(new Edit(ByAna, It, 3, Better, story.Target(3))).Then(new Edited(3, Better));
        story.Decision.Drafts[0].Visibility.ShouldBe(Visibility.Public);
    }

    [Fact]
    public void An_edited_note_stays_among_colleagues()
    {
        var story = AnaWrote().Given(ByKim, new Note("hm"));
        story.When(new Edit(ByKim, It, 4, Better, story.Target(4))).Then(new Edited(4, Better));
        story.Decision.Drafts[0].Visibility.ShouldBe(Visibility.Internal);
    }

    [Fact]
    public void Another_persons_message_is_not_ours_to_change()
    {
        var story = AnaWrote().Given(ByKim, new Message(Content.Of("Yes")));
        story.When(new Edit(ByNoor, It, 4, Better, story.Target(4))).ThenRefused("message.notOwn", 403);
        story.When(new Delete(ByAna, It, 4, story.Target(4))).ThenRefused("message.notOwn", 403);
    }

    [Fact]
    public void For_a_customer_a_note_does_not_exist()
    {
        var story = AnaWrote().Given(ByKim, new Note("between us"));
        story.When(new Edit(ByAna, It, 4, Better, story.Target(4))).ThenRefused("message.unknown", 404);
        story.When(new Delete(ByAna, It, 4, story.Target(4))).ThenRefused("message.unknown", 404);
        story.When(new React(ByAna, It, 4, "👍", true, story.Target(4))).ThenRefused("message.unknown", 404);
    }

    [Fact]
    public void Only_messages_and_notes_are_revised()
    {
        var story = AnaWrote();
        story.When(new Edit(ByAna, It, 1, Better, story.Target(1))).ThenRefused("message.unknown", 404);
        story.When(new Delete(ByAna, It, 9, null)).ThenRefused("message.unknown", 404);
    }

    [Fact]
    public void An_edit_says_something()
    {
        var story = AnaWrote();
        story.When(new Edit(ByAna, It, 3, Content.Of(" "), story.Target(3))).ThenRefused("content.empty", 400);
    }

    [Fact]
    public void A_deleted_message_loses_its_words_and_the_fact_stays()
    {
        var story = AnaWrote();
        story.When(new Delete(ByAna, It, 3, story.Target(3))).Then(new Deleted(3));
        story.Decision.Overwrites.ShouldBe([new Overwrite(Conversation.Subject(It), 3, "deleted")]);
    }

    [Fact]
    public void What_is_deleted_is_not_edited_and_not_deleted_again()
    {
        var gone = new Target(3, "message", ByAna.Author, Visibility.Public, Redacted: true);
        AnaWrote().When(new Edit(ByAna, It, 3, Better, gone)).ThenRefused("message.deleted", 410);
        AnaWrote().When(new Delete(ByAna, It, 3, gone)).ThenNothing();
        AnaWrote().When(new React(ByKim, It, 3, "👍", true, gone)).ThenRefused("message.deleted", 410);
        AnaWrote().When(new Redact(ByKim, It, 3, "card", gone)).ThenNothing();
    }
}
