using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class OpeningTests
{
    private static readonly Subject AnaHerself = new("contact", Ana.Value);

    [Fact]
    public void A_customer_opens_with_a_message_in_an_episode() =>
        new Story().When(Open(ByAna)).Then(new Opened(Shop, Brand, Ana, "web"), new EpisodeOpened(1, Blended), new Message(Content.Of("Hello")));

    [Fact]
    public void An_agent_opens_without_an_episode() =>
        new Story().When(Open(ByKim)).Then(new Opened(Shop, Brand, Ana, "web"), new Message(Content.Of("Hello")));

    [Fact]
    public void Its_state_knows_where_it_arrived_and_whose_it_is()
    {
        var state = AnaWrote().State;
        state.Exists.ShouldBeTrue();
        state.Inbox.ShouldBe(Shop);
        state.Contact.ShouldBe(Ana);
        state.Channel.ShouldBe("web");
        state.OpenedAt.ShouldBe(Noon);
        state.Status.ShouldBe(Status.Open);
        state.Episode.ShouldBe(1);
    }

    [Fact]
    public void The_same_conversation_is_not_opened_twice() => AnaWrote().When(Open(ByAna)).ThenRefused("conversation.exists");

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void An_empty_first_message_opens_nothing(string text) => new Story().When(Open(ByAna, text)).ThenRefused("content.empty", 400);

    [Fact]
    public void A_first_message_refers_to_nothing() =>
        new Story().When(Open(ByAna) with { Content = Content.Of("x") with { Quote = 1 } }).ThenRefused("quote.unknown", 400);

    [Fact]
    public void A_new_contact_is_introduced_in_the_same_decision()
    {
        var first = new Note("stands for what a contact's timeline begins with");
        var each = new Note("stands for what every opening adds to it");
        var open = Open(ByAna) with { Introduction = new Introduction(AnaHerself, [first], [each]) };
        var story = new Story().When(open);
        story.Decision.Drafts[..2].ShouldBe([new Draft(first, AnaHerself), new Draft(each, AnaHerself)]);
    }

    [Fact]
    public void A_known_contact_is_not_introduced_again()
    {
        var each = new Note("stands for what every opening adds to it");
        var open = Open(ByAna) with { Introduction = new Introduction(AnaHerself, [new Note("stands for the beginning")], [each]) };
        var decision = Decide(open, Contact.None, seq: 3);
        decision.Drafts[0].ShouldBe(new Draft(each, AnaHerself));
        decision.Drafts[1].Body.ShouldBeOfType<Opened>();
    }

    [Fact]
    public void Who_was_erased_opens_nothing() => Decide(Open(ByAna), Contact.None with { Erased = true }, seq: 3).Refusal!.Code.ShouldBe("contact.erased");

    [Fact]
    public void The_id_of_a_repeat_counts_within_the_contact() => Open(ByAna).Scope.ShouldBe(AnaHerself);

    private static Decision Decide(Open open, Contact contact, long seq) =>
        new ConversationKind().Decide(Conversation.None, open, new Deciding(Noon, 0, new Dictionary<Subject, (object, long)> { [AnaHerself] = (contact, seq) }));

    private static Open Open(Origin by, string text = "Hello") =>
        new(by, It, Shop, Brand, "web", Ana, Blended, new Introduction(AnaHerself, [], []), Content.Of(text));
}
