using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Shouldly;
using static Parley.Tests.Conversations.Shapes.Asking;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

[Trait("row", "PA2")]
public class AnsweringTests
{
    private const string How = """{"type":"quickReplies","text":"How?","replies":[{"id":"post","text":"Post"}]}""";
    private const string Post = """{"type":"text","choice":"post"}""";
    private const string Who = """{"type":"form","form":{"fields":[{"name":"name","type":"text","label":"Name"},{"name":"email","type":"email","label":"E-mail"}]}}""";
    private const string Me = """{"type":"formResponse","values":{"name":"Ana","email":"ana@example.test"}}""";

    [Theory]
    [InlineData(How)]
    [InlineData("""{"type":"list","text":"?","items":[{"id":"a","title":"A"}]}""")]
    [InlineData("""{"type":"carousel","cards":[{"id":"a","title":"A"}]}""")]
    [InlineData(Who)]
    [InlineData("""{"type":"location","text":"?","ask":true}""")]
    [InlineData("""{"type":"article","article":{"title":"A"}}""")]
    [InlineData("""{"type":"rating"}""")]
    public void What_the_company_sends_a_customer_does_not(string content)
    {
        AnaWrote().When(new Post(ByAna, It, Said(content), Blended)).ThenRefused("content.notYours", 403);
        AnaWrote().When(Sends(content)).Decision.Refusal.ShouldBeNull();
        AnaWrote().When(Sends(content) with { Origin = ByKim with { Author = new Author(AuthorKind.Program, Guid.Empty) } }).Decision.Refusal.ShouldBeNull();
    }

    [Theory]
    [InlineData(Post)]
    [InlineData(Me)]
    public void What_a_customer_answers_the_company_does_not(string answer)
    {
        Asked(How).When(Answers(How, answer) with { Origin = ByKim }).ThenRefused("content.notYours", 403, "of unexpected");
        AnaWrote().When(Sends(answer)).ThenRefused("content.notYours", 403);
    }

    [Theory]
    [InlineData(Post)]
    [InlineData(Me)]
    public void Nobody_answers_what_was_not_asked(string answer)
    {
        AnaWrote().When(new Post(ByAna, It, Said(answer), Blended)).ThenRefused("question.unknown", 400, "of required");
        AnaWrote().When(new Post(ByAna, It, Said(answer), Blended) { Of = 99 }).ThenRefused("question.unknown", 400, "of unknown");
        AnaWrote().When(new Post(ByAna, It, Said(answer), Blended) { Of = 3, Asked = new Question(3, Content.Of("Hello?")) }).ThenRefused("question.unknown", 400, "of unknown");
    }

    [Fact]
    public void Only_what_we_said_is_a_question_and_only_while_it_is_there()
    {
        Question.Of(null).ShouldBeNull();
        Question.Of(Entry(ByAna, new Message(Said(How)))).ShouldBeNull();
        Question.Of(Entry(ByKim, new RedactedBody("deleted"))).ShouldBeNull();
        Question.Of(Entry(ByKim, new Note("How?"))).ShouldBeNull();
        Question.Of(Entry(ByKim, new Message(Said(How))))!.Content!.Type.ShouldBe("quickReplies");
    }

    [Fact]
    public void An_answer_is_a_customers_word_it_wakes_what_rests()
    {
        var story = Asked(How).Given(ByKim, new Closed("manual")).After(TimeSpan.FromHours(1)).When(Answers(How, Post));
        story.Decision.Drafts.Select(draft => draft.Body.GetType()).ShouldBe([typeof(Reopened), typeof(EpisodeReopened), typeof(Message), typeof(Answered)]);
        story.Decision.Drafts[^1].Body.Visibility.ShouldBe(Visibility.Internal);
    }

    [Fact]
    public void That_it_was_answered_is_known_after_the_answer_is_gone()
    {
        var story = Asked(How).Given(ByAna, new Message(Said("""{"type":"text","text":"Post","choice":"post"}"""), 4), new Answered(4));
        story.When(new Delete(ByAna, It, 5, story.Target(5))).Done();
        story.When(Answers(How, Post)).ThenRefused("question.answered", 409, "of answered");
    }

    [Fact]
    public void Each_question_has_its_own_answer_in_whatever_order()
    {
        var story = Asked(How).Given(ByKim, new Message(Said(How)), new Message(Said(How)));
        story.When(Answers(How, Post, of: 6)).Done().When(Answers(How, Post, of: 4)).Done();
        story.State.Answered!.Value.ShouldBe([4L, 6L]);
        story.When(Answers(How, Post, of: 4)).ThenRefused("question.answered", 409, "of answered");
        story.When(Answers(How, Post, of: 5)).Decision.Refusal.ShouldBeNull();
    }

    [Fact]
    public void A_hundred_answered_questions_are_remembered_those_before_are_over()
    {
        var story = AnaWrote();
        for (var i = 0; i < 101; i++)
        {
            story.Given(ByKim, new Message(Said(How))).Given(ByAna, new Answered(story.Seq));
        }

        story.State.Answered!.Value.Length.ShouldBe(100);
        story.State.AnsweredTo.ShouldBe(4);
        story.When(Answers(How, Post, of: 4)).ThenRefused("question.answered", 409, "of answered");
    }

    [Fact]
    public void The_body_of_an_answer_does_not_begin_with_the_question_so_it_outlives_it() =>
        System.Text.Json.JsonSerializer.Serialize(new Message(Said(Post), 4), Parley.Platform.Json.Options).ShouldBe("""{"content":{"type":"text","choice":"post"},"of":4}""");

    [Fact]
    public void What_a_form_says_of_a_person_is_noted_with_them()
    {
        var contact = Contact.Subject(Ana);
        var story = Asked(Who);
        var post = Answers(Who, Me) with { Contact = Ana };
        post.Others.ShouldBe([contact]);
        Drafts(new Contact(), 1).ShouldContain(new Draft(new Described(Source.Typed, "Ana", "ana@example.test", In: new SaidIn(It, 5)), contact));
        Drafts(new Contact { Erased = true }, 5).ShouldAllBe(draft => draft.Subject == null);
        Drafts(new Contact(), 0).ShouldAllBe(draft => draft.Subject == null);

        IEnumerable<Draft> Drafts(Contact who, long seq) =>
            new ConversationKind().Decide(story.State, post, new Deciding(Noon, story.Seq, new Dictionary<Subject, (object, long)> { [contact] = (who, seq) })).Drafts;
    }

    [Fact]
    public void A_plain_message_reads_nothing_of_all_this()
    {
        new Post(ByAna, It, Content.Of("Hello"), Blended).Others.ShouldBeEmpty();
        Content.Of("Hello").IsPlain.ShouldBeTrue();
        System.Text.Json.JsonSerializer.Serialize(AnaWrote().State, Parley.Platform.Json.Options).ShouldNotContain("answered");
    }

    private static Entry Entry(Origin by, EntryBody body) => new()
    {
        Workspace = Lighthouse, Subject = Conversation.Subject(It), Seq = 4, Position = 4, At = Noon, Type = "message", V = 1, Author = by.Author,
        Visibility = Visibility.Public, Command = "given", Body = body,
    };
}
