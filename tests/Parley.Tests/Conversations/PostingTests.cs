using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class PostingTests
{
    [Fact]
    public void A_customers_word_in_an_open_episode_is_only_the_word() =>
        AnaWrote().When(Post(ByAna, "Are you there?")).Then(new Message(Content.Of("Are you there?")));

    [Fact]
    public void Who_answers_a_conversation_that_nobody_holds_takes_it() =>
        AnaWrote().When(Post(ByKim, "Yes!")).Then(new Message(Content.Of("Yes!")), new Accepted(Kim, "answer"));

    [Fact]
    public void An_answer_to_a_colleagues_conversation_leaves_it_hers() =>
        AnaWrote().Given(ByNoor, new Assigned(Noor, null, null, null, "manual")).When(Post(ByKim, "Yes!")).Then(new Message(Content.Of("Yes!")));

    [Fact, Trait("row", "PA11")]
    public void Who_answers_because_nobody_has_it_reads_who_was_first()
    {
        var story = AnaWrote().When(Post(ByKim, "Yes!") with { Unheld = true }).Then(new Message(Content.Of("Yes!")), new Accepted(Kim, "answer")).Done();
        story.When(Post(ByNoor, "No!") with { Unheld = true }).ThenRefused("conversation.taken", 409);
        story.Decision.Refusal!.Holder.ShouldNotBeNull().Id.ShouldBe(Kim.ToString());
        story.When(Post(ByNoor, "No!")).Then(new Message(Content.Of("No!")));
        story.When(Post(ByKim, "And…") with { Unheld = true }).Then(new Message(Content.Of("And…")));
    }

    [Fact, Trait("row", "PA7")]
    public void Nothing_is_sent_over_a_colleagues_answer_that_whoever_writes_has_not_seen()
    {
        var story = AnaWrote().When(Post(ByKim, "Yes!") with { Seen = 1 }).Then(new Message(Content.Of("Yes!")), new Accepted(Kim, "answer")).Done();
        var answer = story.State.Answer.ShouldNotBeNull();
        answer.Agent.ShouldBe(Kim);
        story.When(Post(ByNoor, "No!") with { Seen = answer.Seq - 1 }).ThenRefused("conversation.answered", 409);
        story.Decision.Refusal!.Holder.ShouldNotBeNull().Id.ShouldBe(Kim.ToString());
        // Who has seen it, who says nothing of it, and who goes on after themselves is sent.
        story.When(Post(ByNoor, "No!") with { Seen = answer.Seq }).Then(new Message(Content.Of("No!")));
        story.When(Post(ByNoor, "No!")).Then(new Message(Content.Of("No!")));
        story.When(Post(ByKim, "And…") with { Seen = 1 }).Then(new Message(Content.Of("And…")));
    }

    [Fact]
    public void A_word_after_closing_does_not_make_an_agent_the_holder() =>
        AnaWrote().Given(ByKim, new Closed("manual")).When(Post(ByKim, "One thing more.")).Then(new Message(Content.Of("One thing more.")));

    [Fact]
    public void The_system_never_writes_a_message() => AnaWrote().When(new Post(ByKim with { Author = Author.System }, It, Content.Of("Hi"), Blended)).ThenRefused("message.author", 403);

    [Fact]
    public void A_body_holds_nothing_of_the_envelope() =>
        System.Text.Json.JsonSerializer.Serialize(new Message(Content.Of("Hi")), Parley.Platform.Json.Options).ShouldBe("""{"content":{"type":"text","text":"Hi"}}""");

    [Fact]
    public void A_bots_word_takes_nothing() =>
        AnaWrote().When(new Post(ByKim with { Author = new Author(AuthorKind.Bot, Guid.Empty) }, It, Content.Of("Hi"), Blended)).Then(new Message(Content.Of("Hi")));

    [Theory]
    [InlineData("")]
    [InlineData("   \n\t ")]
    [InlineData(null)]
    public void Empty_content_is_refused(string? text) => AnaWrote().When(new Post(ByAna, It, new Content("text", text), Blended)).ThenRefused("content.empty", 400);

    [Fact]
    public void Ten_thousand_characters_are_taken_and_one_more_is_refused()
    {
        AnaWrote().When(Post(ByAna, new string('x', 10_000))).Then(new Message(Content.Of(new string('x', 10_000))));
        AnaWrote().When(Post(ByAna, new string('x', 10_001))).ThenRefused("content.tooLong", 400);
    }

    [Fact]
    public void An_emoji_is_one_character_however_it_is_kept()
    {
        var sails = string.Concat(Enumerable.Repeat("⛵🌊", 5_000));
        AnaWrote().When(Post(ByAna, sails)).Then(new Message(Content.Of(sails)));
        AnaWrote().When(Post(ByAna, sails + "🌊")).ThenRefused("content.tooLong", 400);
    }

    [Theory]
    [InlineData("hologram")]
    [InlineData("")]
    public void An_unknown_type_of_content_is_refused(string type) =>
        AnaWrote().When(new Post(ByAna, It, new Content(type, "x"), Blended)).ThenRefused("content.typeUnknown", 400);

    [Fact]
    public void A_file_message_carries_a_file_and_its_text_may_be_empty()
    {
        var file = new FileCard(FileId.From(new byte[16]), "chart.png", 10, "image/png");
        AnaWrote().When(new Post(ByAna, It, new Content("image"), Blended)).ThenRefused("content.empty", 400);
        var story = AnaWrote().When(new Post(ByAna, It, new Content("image", Files: [file]), Blended));
        story.Decision.Refusal.ShouldBeNull();
        story.Decision.Claims.ShouldBe([new Claim(FileStore.ClaimKey(file.Id), Conversation.Subject(It), Taken: FileStore.Taken)]);
    }

    [Fact]
    public void A_message_carries_at_most_twenty_files()
    {
        var file = new FileCard(FileId.From(new byte[16]), "a", 1, "text/plain");
        AnaWrote().When(new Post(ByAna, It, new Content("file", Files: [.. Enumerable.Repeat(file, 21)]), Blended)).ThenRefused("content.tooManyFiles", 400);
    }

    [Fact, Trait("row", "MS29")]
    public void A_quote_refers_to_a_public_message_of_the_thread()
    {
        var story = AnaWrote();
        story.When(new Post(ByAna, It, Content.Of("that one") with { Quote = 3 }, Blended, story.Target(3))).Then(new Message(Content.Of("that one") with { Quote = 3 }));
    }

    [Fact]
    public void A_quote_of_a_note_or_of_nothing_is_refused()
    {
        var story = AnaWrote().Given(ByKim, new Note("between us"));
        story.When(new Post(ByAna, It, Content.Of("x") with { Quote = 4 }, Blended, story.Target(4))).ThenRefused("quote.unknown", 400);
        story.When(new Post(ByAna, It, Content.Of("x") with { Quote = 99 }, Blended)).ThenRefused("quote.unknown", 400);
        story.When(new Post(ByAna, It, Content.Of("x") with { Quote = 1 }, Blended, story.Target(1))).ThenRefused("quote.unknown", 400);
    }

    [Fact]
    public void Nothing_is_said_in_a_conversation_that_does_not_exist() => new Story().When(Post(ByAna, "x")).ThenRefused("conversation.unknown", 404);

    [Fact]
    public void The_customer_waits_since_the_first_word_that_nobody_answered()
    {
        var story = AnaWrote();
        story.State.WaitingSince.ShouldBe(Noon);
        story.After(TimeSpan.FromMinutes(5)).Given(ByAna, new Message(Content.Of("?")));
        story.State.WaitingSince.ShouldBe(Noon);
        story.Given(ByKim, new Message(Content.Of("!")));
        story.State.WaitingSince.ShouldBeNull();
        story.After(TimeSpan.FromMinutes(5)).Given(ByAna, new Message(Content.Of("Thanks")));
        story.State.WaitingSince.ShouldBe(Noon.AddMinutes(10));
    }

    [Fact]
    public void A_note_does_not_end_the_customers_wait() => AnaWrote().Given(ByKim, new Note("hm")).State.WaitingSince.ShouldBe(Noon);

    private static Post Post(Origin by, string text) => new(by, It, Content.Of(text), Blended);
}
