using Parley.Platform;

namespace Parley.Conversations.Shapes;

/// <summary>One of the answers that are offered. What is chosen by it is its <paramref name="Id"/>.</summary>
public sealed record Reply(string Id, string Text);

/// <summary>A question with its likely answers as buttons.</summary>
internal static class QuickReplies
{
    public const int Limit = 13;

    public static readonly Shape Shape = new("quickReplies", Parts.Replies | Parts.Again, Flaws, Plain);

    /// <summary>What choosing an answer says; null for one that was not offered.</summary>
    public static string? Chosen(Content question, string choice) => question.Replies?.FirstOrDefault(reply => reply.Id == choice)?.Text;

    private static IEnumerable<FieldFlaw> Flaws(Content content)
    {
        var replies = content.Replies ?? [];
        return Shape.Asked(content)
            .Concat(Shape.Count(replies.Length, Limit, "replies"))
            .Concat(Shape.Ids(replies.Select(reply => reply.Id), "replies"))
            .Concat(replies.SelectMany((reply, i) => Shape.Needed(reply.Text, $"replies[{i}].text")));
    }

    private static string Plain(Content content) => Shape.Lines(content.Text, Shape.Numbered((content.Replies ?? []).Select(reply => reply.Text)));
}
