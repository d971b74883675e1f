using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Shouldly;

namespace Parley.Tests.Simulation;

/// <summary>What holds between questions and answers, worked out from the log alone, without the code that decides.</summary>
internal static class Replied
{
    /// <summary>So many answers and ratings were looked at: a story without any proves nothing.</summary>
    public static (int Answers, int Ratings) Check(Audit audit)
    {
        var (answers, ratings) = (0, 0);
        foreach (var thread in Threads(audit))
        {
            answers += Answers(thread);
            ratings += Ratings(thread);
        }

        return (answers, ratings);
    }

    /// <summary>As the store is now: what was taken back is said of nobody any more, what stands is.</summary>
    public static int CheckClaims(Audit audit)
    {
        var said = Threads(audit).SelectMany(thread => thread).ToDictionary(entry => new SaidIn(new ConversationId(entry.Subject.Id), entry.Seq));
        var claims = audit.Folds.Keys.Where(subject => subject.Kind == Contact.Kind).SelectMany(audit.Of).Where(entry => entry.Body is Described { In: not null }).ToList();
        foreach (var claim in claims)
        {
            var described = (Described)claim.Body;
            switch (said[described.In!.Value].Body)
            {
                case Message message:
                    (described.Name, described.Email).ShouldBe((Value(message, "name"), Value(message, "email")));
                    break;
                case RedactedBody { Redacted: "erased" }:
                    break;
                case var body:
                    throw new ShouldAssertException($"{claim.Subject} still says what {described.In} said, which is {body}.");
            }
        }

        claims.Select(claim => ((Described)claim.Body).In).ShouldBeUnique();
        return claims.Count;
    }

    private static int Answers(IReadOnlyList<Entry> thread)
    {
        var given = thread.Where(entry => entry.Body is Message { Of: not null }).ToList();
        foreach (var (entry, answer) in given.Select(entry => (entry, (Message)entry.Body)))
        {
            var question = thread[(int)answer.Of!.Value - 1];
            question.Seq.ShouldBeLessThan(entry.Seq, "Nobody answers what is not asked yet.");
            if (question.Body is not Message { Content: var asked })
            {
                // Written and taken back between two looks.
                question.Body.ShouldBeOfType<RedactedBody>();
                continue;
            }

            question.Author.Kind.ShouldNotBe(AuthorKind.Contact);
            (asked.Type, answer.Content).ShouldSatisfyAllConditions(
                pair => pair.Item1.ShouldBeOneOf("quickReplies", "list", "carousel", "form", "location"),
                pair => (pair.Item1 == "form").ShouldBe(pair.Content.Type == "formResponse"),
                pair => (pair.Item1 == "location").ShouldBe(pair.Content.Location is not null),
                pair => pair.Content.Choice?.ShouldNotBe("nowhere"));
            if (asked.Again != true && asked is { Type: "form" or "quickReplies" } or { Type: "list", Choose: true })
            {
                given.Count(other => ((Message)other.Body).Of == answer.Of).ShouldBe(1, "A question has one answer.");
            }
        }

        return given.Count;
    }

    /// <summary>Each rating is of the episode in which it was asked, and the only one of it.</summary>
    private static int Ratings(IReadOnlyList<Entry> thread)
    {
        var given = thread.Select(entry => entry.Body).OfType<Rated>().ToList();
        foreach (var rated in given)
        {
            rated.Episode.ShouldBe(thread.Count(entry => entry.Body is EpisodeOpened && entry.Seq <= rated.Of));
            rated.Score.ShouldBeInRange(1, 5);
        }

        given.Select(rated => rated.Episode).ShouldBeUnique();
        return given.Count;
    }

    private static IEnumerable<IReadOnlyList<Entry>> Threads(Audit audit) => audit.Folds.Keys.Where(subject => subject.Kind == Conversation.Kind).Select(audit.Of);

    private static string? Value(Message message, string name) => message.Content.Values!.GetValueOrDefault(name)?.Text;
}
