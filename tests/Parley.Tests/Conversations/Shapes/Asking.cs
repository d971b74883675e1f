using System.Text.Json;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations.Shapes;

/// <summary>Structured content as JSON says it, sent by Kim and answered by Ana.</summary>
internal static class Asking
{
    public const string Picture = """{"id":"fil_0000000000000000000000000a","name":"jib.png","size":10,"mime":"image/png","width":2,"height":2}""";

    public static Content Said(string json) => JsonSerializer.Deserialize<Content>(json, Json.Options)!;

    public static Post Sends(string json) => new(ByKim, It, Said(json), Blended) { Language = "en" };

    /// <summary>The flaws that a content is refused for, as <c>field code</c>.</summary>
    public static string[] Flaws(string json)
    {
        var refusal = AnaWrote().When(Sends(json)).ThenRefused("content.invalid", 400).Decision.Refusal!;
        refusal.Errors.ShouldAllBe(flaw => flaw.Text.Length > 0);
        refusal.Detail.ShouldStartWith(refusal.Errors[0].Field);
        return [.. refusal.Errors.Select(flaw => $"{flaw.Field} {flaw.Code}")];
    }

    public static void Stands(string json)
    {
        var story = AnaWrote().When(Sends(json));
        story.Decision.Refusal.ShouldBeNull();
        JsonSerializer.Serialize(((Message)story.Decision.Drafts[0].Body).Content, Json.Options).ShouldBe(JsonSerializer.Serialize(Said(json), Json.Options));
    }

    /// <summary>Kim's question stands in the fourth entry.</summary>
    public static Story Asked(string question) => AnaWrote().Given(ByKim, new Message(Said(question)));

    public static Post Answers(string question, string answer, long of = 4) => new(ByAna, It, Said(answer), Blended) { Of = of, Asked = new Question(of, Said(question)), Language = "en" };

    /// <summary>What the thread says after an answer.</summary>
    public static Content Answer(string question, string answer)
    {
        var story = Asked(question).When(Answers(question, answer));
        story.Decision.Refusal.ShouldBeNull();
        var message = story.Decision.Drafts.Select(draft => draft.Body).OfType<Message>().Single();
        message.Of.ShouldBe(4);
        return message.Content;
    }
}
