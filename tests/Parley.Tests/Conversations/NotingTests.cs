using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class NotingTests
{
    [Fact]
    public void A_note_is_for_colleagues_and_changes_nothing_else()
    {
        var before = AnaWrote().State;
        var note = new WriteNote(ByKim, It, "Ask Noor", [Noor]);
        var story = AnaWrote().When(note).Then(new Note("Ask Noor", note.Mentions)).Done();
        story.Decision.Drafts.Single().Body.Visibility.ShouldBe(Visibility.Internal);
        story.State.ShouldBe(before);
    }

    [Fact]
    public void An_empty_or_endless_note_is_refused()
    {
        AnaWrote().When(new WriteNote(ByKim, It, " ")).ThenRefused("content.empty", 400);
        AnaWrote().When(new WriteNote(ByKim, It, new string('x', 10_001))).ThenRefused("content.tooLong", 400);
    }

    [Fact, Trait("row", "PA7")]
    public void Who_is_named_follows_from_now_on_and_the_people_of_a_named_team_are_only_told()
    {
        var ravi = new AgentId(Guid.CreateVersion7());
        var note = new WriteNote(ByKim, It, "@Noor, and the sails", [Noor, ravi, Kim]) { Named = [Noor, Kim], Teams = [Sails] };
        var story = AnaWrote().When(note).Then(new Note(note.Text, note.Mentions, null, note.Teams), new Followed(Noor, "mentioned")).Done();
        story.State.Followers.ShouldBe([Noor]);
        // Who follows already follows once.
        story.When(note).Then(new Note(note.Text, note.Mentions, null, note.Teams));
    }

    [Fact]
    public void A_note_takes_its_files()
    {
        var file = new FileCard(FileId.From(new byte[16]), "chart.png", 10, "image/png");
        AnaWrote().When(new WriteNote(ByKim, It, "The chart", null, [file])).Decision.Claims.ShouldBe([new Claim(FileStore.ClaimKey(file.Id), Conversation.Subject(It), Taken: FileStore.Taken)]);
    }
}
