using Parley.Conversations;
using Parley.Log;
using Parley.Notifications;
using Parley.Tests.Conversations;
using Shouldly;

namespace Parley.Tests.Notifications;

/// <summary>What is mailed when, decided without a store.</summary>
public sealed class UnseenTests
{
    private static readonly TimeSpan Three = TimeSpan.FromMinutes(3);
    private long _seq;
    private Unseen _it = Unseen.None;

    [Fact, Trait("row", "SN1")]
    public void SN1_Words_of_people_bots_and_programs_are_due_three_minutes_after_the_first()
    {
        Say(AuthorKind.Agent).Due.ShouldBe(Story.Noon + Three);
        Say(AuthorKind.Bot).Due.ShouldBe(Story.Noon + Three, "Grouped: the first counts.");
        _it.News(seen: 0).ShouldBe((1, 2));
        _it.News(seen: 1).ShouldBe((2, 2));
        _it.News(seen: 2).ShouldBeNull();
    }

    [Theory, Trait("row", "SN1")]
    [InlineData(AuthorKind.System)]
    [InlineData(AuthorKind.Rule)]
    [InlineData(AuthorKind.Contact)]
    public void SN1_Nobody_is_mailed_what_is_automatic_or_their_own(AuthorKind kind) => Say(kind).Due.ShouldBeNull();

    [Fact]
    public void A_turn_is_mailed_once_until_the_customer_reads_or_writes()
    {
        Say(AuthorKind.Agent);
        Mailed(1, 1).Due.ShouldBeNull();
        Say(AuthorKind.Agent).Due.ShouldNotBeNull();
        _it.News(seen: 0).ShouldBeNull("What was mailed has not been read.");
        _it.News(seen: 1).ShouldBe((2, 3));
        Say(AuthorKind.Contact).ShouldBe(Unseen.None with { Position = _seq });
        Say(AuthorKind.Agent);
        _it.News(seen: 0).ShouldBe((5, 5));
    }

    /// <summary>They answer the mail that they got, and what was said after it they have not read.</summary>
    [Fact, Trait("row", "LV2")]
    public void LV2_Who_answers_by_mail_gets_what_is_left_at_once_and_the_rest_on_its_own()
    {
        Say(AuthorKind.Agent);
        Mailed(1, 1);
        Say(AuthorKind.Agent);
        var answered = Entry(AuthorKind.Contact, new Message(Content.Of("By mail")));
        _it = _it.With(answered, Three, Story.Noon, elsewhere: true);
        (_it.First, _it.Last, _it.Due, _it.Elsewhere).ShouldBe((2, 3, answered.At, true), "The second is that she was told of the first.");
        _it.News(seen: 0).ShouldBe((2, 3));
        _it.News(seen: 3).ShouldBeNull("They have read it here.");
        Mailed(3, 3);
        var before = _it;
        Say(AuthorKind.Agent).ShouldBe(before);
        _it.News(seen: 0).ShouldBeNull("It goes out as a mail of its own.");
        _it = _it.With(Entry(AuthorKind.Contact, new Message(Content.Of("Again by mail"))), Three, Story.Noon, elsewhere: true);
        (_it.First, _it.Elsewhere).ShouldBe((0, true));

        // And here again.
        Say(AuthorKind.Contact).ShouldBe(Unseen.None with { Position = _seq });
        Say(AuthorKind.Agent).Due.ShouldBe(Story.Noon + Three);
    }

    [Fact]
    public void Somebody_elses_mail_says_nothing_of_what_the_customer_has_read()
    {
        Say(AuthorKind.Agent);
        var other = Entry(AuthorKind.Contact, new Message(Content.Of("Me too") with { Mail = new Mailed { From = new("eve@evil.test"), Unverified = true } }));
        _it.With(other, Three, Story.Noon, elsewhere: true).ShouldBe(_it with { Position = other.Position });
    }

    [Fact]
    public void What_is_read_again_changes_nothing_and_what_is_old_or_imported_is_let_be()
    {
        var word = Entry(AuthorKind.Agent, new Message(Content.Of("Hello")));
        var once = Unseen.None.With(word, Three, Story.Noon);
        once.With(word, Three, Story.Noon).ShouldBe(once);
        Unseen.None.With(word with { Historic = true }, Three, Story.Noon).ShouldBe(Unseen.None);
        Unseen.None.With(word, Three, Story.Noon.AddDays(2)).ShouldBe(Unseen.None);
        Unseen.None.With(word, after: null, Story.Noon).ShouldBe(Unseen.None);
    }

    [Fact]
    public void What_was_changed_stands_as_it_was_changed_and_what_was_taken_back_does_not()
    {
        var words = Unread.Fold(
            [
                Entry(AuthorKind.Agent, new Message(Content.Of("Frist"))),
                Entry(AuthorKind.Agent, new RedactedBody("redacted")) with { Type = "message" },
                Entry(AuthorKind.Agent, new Message(Content.Of("Second"))),
                Entry(AuthorKind.Agent, new Edited(1, Content.Of("First"))),
                Entry(AuthorKind.Contact, new Message(Content.Of("Hers"))),
            ],
            _ => "Kim");
        words.Select(word => word.Text).ShouldBe(["First", "Second"]);
    }

    private Unseen Say(AuthorKind by) => _it = _it.With(Entry(by, new Message(Content.Of("Hello"))), Three, Story.Noon);

    private Unseen Mailed(long first, long last) => _it = _it.With(Entry(AuthorKind.System, new Notified("mail", first, last)), Three, Story.Noon);

    private Entry Entry(AuthorKind by, EntryBody body) => new()
    {
        Workspace = Story.Lighthouse,
        Subject = Conversation.Subject(Story.It),
        Seq = ++_seq,
        Position = _seq,
        At = Story.Noon,
        Type = body is Message ? "message" : "other",
        V = 1,
        Author = new Author(by, by == AuthorKind.System ? null : Guid.Empty),
        Visibility = body is Notified ? Visibility.Internal : Visibility.Public,
        Command = "c",
        Body = body,
    };
}
