using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform;
using Parley.Workspaces;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

[Trait("row", "SN3")]
public class StartingTests
{
    private static readonly Subject AnaHerself = new("contact", Ana.Value);
    private static readonly Here In = new(true, 7);

    [Fact]
    public void SN3_Who_begins_has_it_and_owes_nothing_and_no_matter_is_opened_before_the_customer_answers()
    {
        var story = new Story().When(Begin()).Then(new Opened(Shop, Story.Brand, Ana, "web"), new Accepted(Kim, "started"), new Message(Content.Of("Hello")));
        story.Done().State.ShouldSatisfyAllConditions(
            it => it.Mode.ShouldBe(Mode.Messaging), it => it.Agent.ShouldBe(Kim), it => it.Episode.ShouldBe(0), it => it.Promise.ShouldBeNull(), it => it.WaitingSince.ShouldBeNull());
    }

    [Fact]
    public void SN3_Their_answer_opens_the_matter_and_stays_with_who_began()
    {
        var story = new Story().When(Begin()).Done().When(new Post(ByAna, It, Content.Of("Yes?"), Blended));
        story.Then(new EpisodeOpened(1, Blended), new Message(Content.Of("Yes?")));
        story.Done().State.Agent.ShouldBe(Kim);
    }

    [Theory]
    [InlineData(Standing.Own)]
    [InlineData(Standing.Free)]
    [InlineData(Standing.Bot)]
    [InlineData(Standing.Other)]
    public void SN3_Beside_one_that_is_open_no_second_one_begins_and_it_is_told_who_has_it(Standing standing)
    {
        var has = new Holder("agent", Noor.ToString(), "Noor");
        var story = new Story().When(Begin() with { Found = new(standing, It, has) }).ThenRefused("start.open", 409, "conversation open");
        story.Decision.Refusal!.Holder.ShouldBe(has);
        // Of one that they may not see, who asks learns that it is there, and nothing else.
        new Story().When(Begin() with { Found = new(standing) }).ThenRefused("start.open").Decision.Refusal!.Errors.ShouldBeEmpty();
    }

    [Fact]
    public void SN3_Who_can_be_reached_in_no_way_is_not_spoken_to()
    {
        new Story().When(Begin(default(Here))).ThenRefused("contact.unreachable", 409);
        new Story().When(Begin(default(Here), addressed: true)).Decision.Refusal.ShouldBeNull();
        new Story().When(Begin(default(Here), addressed: true, profile: "strictLive")).ThenRefused("contact.unreachable");
    }

    [Fact]
    public void SN3_Who_knows_us_under_another_brand_hears_nothing_from_this_one()
    {
        var story = new Story().When(Begin() with { Foreign = true }).ThenRefused("start.brand", 400, "inbox brand");
        story.Decision.Drafts.ShouldBeEmpty();
    }

    [Fact]
    public void SN3_Where_there_are_only_sessions_one_begins() =>
        new Story().When(Begin(profile: "strictLive")).Done().State.ShouldSatisfyAllConditions(it => it.Mode.ShouldBe(Mode.Live), it => it.Session.ShouldNotBeNull(), it => it.Agent.ShouldBe(Kim));

    [Fact]
    public void SN3_Who_is_blocked_or_was_forgotten_is_not_spoken_to()
    {
        new Story().When(Begin() with { Blocked = true }).ThenRefused("start.blocked");
        Decide(new Contact { Erased = true }, Begin()).Refusal!.Code.ShouldBe("contact.erased");
        Decide(new Contact { BlockedFor = "manual" }, Begin()).Refusal!.Code.ShouldBe("start.blocked");
    }

    [Fact]
    public void SN3_Who_began_themselves_meanwhile_is_not_talked_to_twice() =>
        Decide(new Contact { Threads = [new OpenedThread(It, Shop, "d", Noon)] }, Begin()).Refusal!.Code.ShouldBe("start.overtaken");

    [Fact]
    public void SN3_Only_an_agent_begins_and_with_words()
    {
        new Story().When(Begin() with { Origin = ByAna }).ThenRefused("message.author");
        new Story().When(Begin() with { Content = Content.Of(" ") }).ThenRefused("content.empty", 400);
        AnaWrote().When(Begin()).ThenRefused("conversation.exists");
    }

    private static Start Begin(Here? ana = null, bool addressed = false, string profile = "blended") =>
        new(ByKim, It, Shop, Story.Brand, "web", Ana, new Introduction(AnaHerself, [], []), Content.Of("Hello"))
        {
            Moment = new Moment { Contact = ana ?? In, Agent = In, Addressed = addressed, Terms = new Terms(profile, 72) },
        };

    private static Decision Decide(Contact contact, Start start) =>
        Starting.Decide(Conversation.None, start, new Deciding(Noon, 0, new Dictionary<Subject, (object, long)> { [AnaHerself] = (contact, 1) }));
}
