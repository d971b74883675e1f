using Parley.Contacts;
using Parley.Conversations;
using Parley.Live.Visitors;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Live.Visitors;

public class PictureTests
{
    private static readonly ContactId Ana = ContactId.New(TimeProvider.System);
    private static readonly ContactId Ben = ContactId.New(TimeProvider.System);
    private static readonly ConversationId Talk = new(Guid.CreateVersion7());
    private readonly Picture _picture = new(Clock.Morning);

    [Fact]
    public void What_is_known_of_somebody_is_known_until_something_is_written_of_them_or_of_what_they_talk_about()
    {
        _picture.Keep(Ana, "Ana", [Contact.Subject(Ana), Conversation.Subject(Talk)], _picture.Heard);
        _picture.Keep(Ben, "Ben", [Contact.Subject(Ben)], _picture.Heard);
        _picture.Known(Ana).ShouldBe("Ana");
        _picture.Forget(Conversation.Subject(Talk));
        (_picture.Known(Ana), _picture.Known(Ben)).ShouldBe((null, "Ben"));
        _picture.Forget(Contact.Subject(Ben));
        _picture.Known(Ben).ShouldBeNull();
    }

    [Fact]
    public void What_was_found_out_while_something_was_written_is_not_kept()
    {
        var before = _picture.Heard;
        _picture.Forget(Contact.Subject(Ana));
        _picture.Keep(Ana, "as she was", [Contact.Subject(Ana)], before);
        _picture.Known(Ana).ShouldBeNull();
    }
}
