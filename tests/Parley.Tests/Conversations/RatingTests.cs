using System.Net;
using Parley.Conversations;
using Parley.Log;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

[Trait("row", "PA2")]
public class RatingTests
{
    private static readonly Told HowWasIt = new("rating.ask", new Dictionary<string, string>(), "How did we do?", "en");
    private static readonly Content Question = new("rating", "How was it?");

    [Fact, Trait("row", "LC25")]
    public void Closing_asks_how_it_was_where_the_inbox_asks_and_remembers_the_mode()
    {
        var story = AnaWrote().When(new Close(ByKim, It, HowWasIt)).Then(new Closed("manual"), new EpisodeClosed(1), new RatingAsked(1, Mode.Messaging, HowWasIt));
        story.Decision.Drafts[2].Author.ShouldBe(Author.System);
        story.Decision.Drafts[2].Body.Visibility.ShouldBe(Visibility.Public);
        AnaWrote().When(new Close(ByKim, It)).Then(new Closed("manual"), new EpisodeClosed(1));
    }

    [Fact]
    public void An_episode_is_asked_about_once()
    {
        var story = AnaWrote().When(new Close(ByKim, It, HowWasIt)).Done().Given(ByKim, new Reopened("manual"));
        story.When(new Close(ByKim, It, HowWasIt)).Then(new Closed("manual"), new EpisodeClosed(1));
        story.Given(ByKim, new Closed("manual")).Given(ByAna, new Reopened("message"), new EpisodeOpened(2, Blended), new Message(Content.Of("Another thing")));
        story.When(new Close(ByKim, It, HowWasIt)).Then(new Closed("manual"), new EpisodeClosed(2), new RatingAsked(2, Mode.Messaging, HowWasIt));
    }

    [Fact]
    public void Nobody_is_asked_about_what_they_have_rated_or_never_began()
    {
        Asked().When(Rates(4, 5)).Done().When(new Close(ByKim, It, HowWasIt)).Then(new Closed("manual"), new EpisodeClosed(1));
        new Story().Given(ByKim, new Opened(Shop, Brand, Ana, "web"), new Message(Content.Of("Your mast is here"))).When(new Close(ByKim, It, HowWasIt)).Then(new Closed("manual"));
    }

    [Fact, Trait("row", "LC25")]
    public void A_rating_says_score_words_and_the_mode_in_which_it_ended()
    {
        var story = AnaWrote().When(new Close(ByKim, It, HowWasIt)).Done();
        story.When(new Rate(ByAna, It, 5, 4, "  Quick, thank you  ", new Question(5, Rating: new RatingAsked(1, Mode.Live, HowWasIt)))).Then(new Rated(1, Mode.Live, 4, 5, "Quick, thank you"), new Answered(5, 1));
        Asked().When(Rates(4, 1)).Then(new Rated(1, Mode.Messaging, 1, 4), new Answered(4, 1));
    }

    [Fact]
    public void An_episode_is_rated_once()
    {
        var story = Asked().When(Rates(4, 5)).Done();
        story.State.Rated.ShouldBe(1);
        story.When(Rates(4, 1)).ThenRefused("rating.given", 409, "of answered");
    }

    [Fact]
    public void A_rating_whose_words_were_taken_out_still_counts_as_given()
    {
        var story = Asked().When(Rates(4, 5)).Done();
        var again = AnaWrote().Given(ByKim, new Message(Question));
        var bare = (Conversation)new ConversationKind().Apply(again.State, Taken("rated", 5));
        again.Given(ByAna, new Note("stands for it"), new Answered(4, 1));
        (bare.Rated, again.State.Rated).ShouldBe((null, story.State.Rated));
        again.When(Rates(4, 1)).ThenRefused("rating.given", 409, "of answered");
    }

    [Fact]
    public void A_rating_reopens_nothing_and_ends_no_wait()
    {
        var story = Asked().Given(ByKim, new Closed("manual")).When(Rates(4, 2)).Done();
        story.State.Status.ShouldBe(Status.Closed);
        story.State.LastMessage.ShouldBe(4);
    }

    [Fact]
    public void What_was_asked_before_something_new_began_is_rated_as_what_it_was_about()
    {
        var story = AnaWrote().When(new Close(ByKim, It, HowWasIt)).Done();
        Another(story, 2);
        var old = new Rate(ByAna, It, 5, 2, null, new Question(5, Rating: new RatingAsked(1, Mode.Live, HowWasIt)));
        story.When(old).Then(new Rated(1, Mode.Live, 2, 5), new Answered(5, 1)).Done();
        story.When(old).ThenRefused("rating.given", 409, "of answered");

        // What goes on is another matter, asked about on its own.
        (story.State.Rated, story.State.Past!.Value.Single().Rated).ShouldBe((null, true));
        story.When(new Close(ByKim, It, HowWasIt)).Then(new Closed("manual"), new EpisodeClosed(2), new RatingAsked(2, Mode.Messaging, HowWasIt));
    }

    [Fact]
    public void What_an_agent_asked_in_between_is_known_by_where_it_stands()
    {
        var story = Asked().Given(ByKim, new Closed("manual"));
        Another(story, 2);
        story.Given(ByKim, new Message(Question), new Closed("manual"));
        var second = story.Seq - 1;
        Another(story, 3);
        story.When(Rates(second, 4)).Then(new Rated(2, Mode.Messaging, 4, second), new Answered(second, 2)).Done();
        story.When(Rates(4, 5)).Then(new Rated(1, Mode.Messaging, 5, 4), new Answered(4, 1)).Done();
        story.State.Past!.Value.ShouldAllBe(past => past.Rated);
    }

    [Fact]
    public void What_was_rated_in_its_time_is_not_rated_again_and_what_is_long_ago_is_over()
    {
        var story = Asked().When(Rates(4, 5)).Done().Given(ByKim, new Closed("manual"));
        Another(story, 2);
        story.When(Rates(4, 1)).ThenRefused("rating.given", 409, "of answered");
        for (var episode = 3; episode < 8; episode++)
        {
            story.Given(ByKim, new Closed("manual"));
            Another(story, episode);
        }

        story.State.Past!.Value.Select(past => past.Episode).ShouldBe([2, 3, 4, 5, 6]);
        story.When(Rates(4, 1)).ThenRefused("rating.over", 409, "of over");
    }

    [Fact]
    public void What_an_agent_asks_before_the_customers_first_word_is_rated_too()
    {
        var story = AskedFirst().When(Rates(2, 5)).Then(new Rated(0, Mode.Messaging, 5, 2), new Answered(2, 0)).Done();
        story.When(Rates(2, 1)).ThenRefused("rating.given", 409, "of answered");

        // What the customer then comes with is a matter of its own.
        story.Given(ByAna, new EpisodeOpened(1, Blended), new Message(Content.Of("Hello?"))).When(Rates(2, 1)).ThenRefused("rating.given", 409, "of answered");
        story.When(new Close(ByKim, It, HowWasIt)).Then(new Closed("manual"), new EpisodeClosed(1), new RatingAsked(1, Mode.Messaging, HowWasIt));
    }

    [Fact]
    public void What_was_asked_before_the_customers_first_word_can_be_rated_after_it()
    {
        var story = AskedFirst().Given(ByAna, new EpisodeOpened(1, Blended), new Message(Content.Of("Hello?")));
        story.When(Rates(2, 4)).Then(new Rated(0, Mode.Messaging, 4, 2), new Answered(2, 0)).Done();
        story.When(Rates(2, 4)).ThenRefused("rating.given", 409, "of answered");
        story.State.Rated.ShouldBeNull();
    }

    [Fact]
    public async Task PA2_The_same_rating_under_the_same_id_is_answered_the_same()
    {
        await using var house = await Cast.Lighthouse.Open();
        (await house.Kim.Patch($"/v1/inboxes/{house.Inbox}", new { rating = true })).Expect(HttpStatusCode.OK);
        var ana = await house.Ana();
        var it = await ana.Write("Thank you, all is well");
        var closed = (await house.Kim.Put($"/v1/conversations/{it}/closure")).Expect(HttpStatusCode.OK);
        var of = closed.Body.GetProperty("entries").EnumerateArray().Last().GetProperty("seq").GetInt64();
        var path = $"/v1/widget/conversations/{it}/rating";
        var first = (await ana.Put(path, new { of, score = 5, clientId = "r1" })).Expect(HttpStatusCode.OK);
        (await ana.Put(path, new { of, score = 5, clientId = "r1" })).Expect(HttpStatusCode.OK).Text.ShouldBe(first.Text);
        (await ana.Put(path, new { of, score = 4, clientId = "r1" })).Refused(HttpStatusCode.Conflict, "clientId.reused");
        (await ana.Put(path, new { of, score = 5, clientId = "r2" })).Refused(HttpStatusCode.Conflict, "rating.given");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void A_score_is_between_one_and_five(int score)
    {
        var story = Asked().When(Rates(4, score)).ThenRefused("rating.invalid", 400);
        story.Decision.Refusal!.Errors.Single().Field.ShouldBe("score");
    }

    [Fact]
    public void Words_are_optional_and_of_bounded_length()
    {
        Asked().When(Rates(4, 5, "   ")).Then(new Rated(1, Mode.Messaging, 5, 4), new Answered(4, 1));
        Asked().When(Rates(4, 5, new string('x', 2_000))).Then(new Rated(1, Mode.Messaging, 5, 4, new string('x', 2_000)), new Answered(4, 1));
        Asked().When(Rates(4, 5, new string('x', 2_001))).ThenRefused("rating.invalid", 400).Decision.Refusal!.Errors.Single().Field.ShouldBe("text");
    }

    [Fact]
    public void Only_what_asks_can_be_rated_and_only_by_the_customer()
    {
        Asked().When(new Rate(ByAna, It, 3, 5, null, new Question(3, Content.Of("Hello?")))).ThenRefused("question.unknown", 400, "of unknown");
        Asked().When(new Rate(ByAna, It, 99, 5, null)).ThenRefused("question.unknown", 400, "of unknown");
        Asked().When(Rates(4, 5) with { Origin = ByKim }).ThenRefused("content.notYours", 403);
    }

    [Fact]
    public async Task PA2_Closing_asks_the_customer_rates_and_nothing_reopens()
    {
        await using var house = await Cast.Lighthouse.Open();
        (await house.Kim.Patch($"/v1/inboxes/{house.Inbox}", new { rating = true })).Expect(HttpStatusCode.OK);
        var ana = await house.Ana();
        var it = await ana.Write("Thank you, all is well");
        var closed = (await house.Kim.Put($"/v1/conversations/{it}/closure")).Expect(HttpStatusCode.OK);
        var asked = closed.Body.GetProperty("entries").EnumerateArray().Last();
        (asked.GetProperty("type").GetString(), asked.GetProperty("author").GetProperty("kind").GetString()).ShouldBe(("ratingAsked", "system"));
        asked.GetProperty("told").GetRawText().ShouldBe("""{"code":"rating.ask","params":{},"text":"How did we do?","language":"en"}""");

        var path = $"/v1/widget/conversations/{it}/rating";
        var of = asked.GetProperty("seq").GetInt64();
        (await ana.Put(path, new { of, score = 6 })).Refused(HttpStatusCode.BadRequest, "rating.invalid").Body.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("score");
        (await ana.Put(path, new { of = 1, score = 5 })).Refused(HttpStatusCode.BadRequest, "question.unknown");
        (await ana.Put(path, new { of, score = 5, text = "Splendidly done" })).Expect(HttpStatusCode.OK).Body.GetProperty("entries").GetArrayLength().ShouldBe(1);
        (await ana.Put(path, new { of, score = 1 })).Refused(HttpStatusCode.Conflict, "rating.given");
        (await (await house.Ben()).Put(path, new { of, score = 1 })).Refused(HttpStatusCode.NotFound, "conversation.unknown");

        var summary = (await house.Kim.Get($"/v1/conversations/{it}")).Expect(HttpStatusCode.OK);
        (summary["status"], summary["preview.text"]).ShouldBe(("closed", "Thank you, all is well"));
        (await ana.Get("/v1/widget/conversations")).Body.GetProperty("items")[0].GetProperty("unread").GetInt64().ShouldBe(0);

        // Its words are found, and can be taken out.
        var rated = (await ana.Read(it)).Body.GetProperty("items").EnumerateArray().Single(entry => entry.GetProperty("type").GetString() == "rated");
        rated.GetProperty("text").GetString().ShouldBe("Splendidly done");
        await Found(house, 1);
        (await house.Kim.Post($"/v1/conversations/{it}/redactions", new { of = rated.GetProperty("seq").GetInt64(), reason = "a name" })).Expect(HttpStatusCode.OK);
        (await ana.Read(it)).Text.ShouldNotContain("Splendidly");
        await Found(house, 0);
        (await ana.Put(path, new { of, score = 1 })).Refused(HttpStatusCode.Conflict, "rating.given");
    }

    private static async Task Found(Cast.Lighthouse house, int count)
    {
        for (var i = 0; i < 100 && (await house.Kim.Get("/v1/search?q=splendidly")).Body.GetProperty("items").GetArrayLength() != count; i++)
        {
            await Task.Delay(50);
        }

        (await house.Kim.Get("/v1/search?q=splendidly")).Body.GetProperty("items").GetArrayLength().ShouldBe(count);
    }

    /// <summary>Kim asked in between, in the fourth entry.</summary>
    private static Story Asked() => AnaWrote().Given(ByKim, new Message(Question));

    /// <summary>Kim began, and asked; Ana has not said anything yet.</summary>
    private static Story AskedFirst() => new Story().Given(ByKim, new Opened(Shop, Brand, Ana, "web"), new Message(Question));

    private static Rate Rates(long of, int score, string? text = null) => new(ByAna, It, of, score, text, new Question(of, Question));

    /// <summary>Long after the closing Ana comes with something else.</summary>
    private static void Another(Story story, int episode) =>
        story.Given(ByAna, new Reopened("message"), new EpisodeOpened(episode, Blended), new Message(Content.Of("Another thing")));

    private static Entry Taken(string type, long seq) => new()
    {
        Workspace = Lighthouse, Subject = Conversation.Subject(It), Seq = seq, Position = seq, At = Noon, Type = type, V = 1, Author = ByAna.Author,
        Visibility = Visibility.Public, Command = "given", Body = new RedactedBody("redacted"),
    };
}
