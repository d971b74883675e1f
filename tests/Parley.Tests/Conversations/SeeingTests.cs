using Parley.Conversations;
using Parley.Log;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class SeeingTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(99, 3)]
    public void A_mark_never_runs_ahead_of_the_thread(long said, long kept)
    {
        var story = AnaWrote().When(new Seen(ByKim, It, said));
        story.Decision.Marks.ShouldBe([new Mark(Conversation.Subject(It), "seen", ByKim.Author, kept, Noon)]);
        story.ThenNothing();
    }

    [Fact, Trait("row", "MS9")]
    public void All_devices_of_a_customer_move_one_mark()
    {
        var otherDevice = ByAna with { Author = new Author(AuthorKind.Contact, Ben.Value) };
        AnaWrote().When(new Seen(otherDevice, It, 2)).Decision.Marks.Single().Participant.ShouldBe(new Author(AuthorKind.Contact, Ana.Value));
    }

    [Fact]
    public void Nothing_seen_moves_nothing() => AnaWrote().When(new Seen(ByKim, It, 0)).Decision.Marks.ShouldBeEmpty();

    [Fact]
    public void Below_zero_is_no_place() => AnaWrote().When(new Seen(ByKim, It, -1)).ThenRefused("seen.invalid", 400);

    [Fact]
    public void Delivery_is_marked_for_the_side_that_received() =>
        AnaWrote().When(new Deliver(ByKim, It, ByAna.Author, 3)).Decision.Marks.ShouldBe([new Mark(Conversation.Subject(It), "delivered", ByAna.Author, 3, Noon)]);
}
