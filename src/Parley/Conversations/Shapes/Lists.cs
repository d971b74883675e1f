using Parley.Platform;

namespace Parley.Conversations.Shapes;

/// <summary>One thing of a list.</summary>
/// <param name="Image">A picture of ours; its address is added on reading.</param>
/// <param name="Url">Where to read more; shown as a link.</param>
public sealed record ListItem(string Id, string Title, string? Text = null, FileCard? Image = null, string? Url = null);

/// <summary>Things under each other; with <c>choose</c> the customer picks one.</summary>
internal static class Lists
{
    public const int Limit = 20;

    public static readonly Shape Shape = new("list", Parts.Items | Parts.Choose | Parts.Again, Flaws, Plain);

    /// <summary>What choosing an item says; null for one that is not there.</summary>
    public static string? Chosen(Content question, string choice) => question.Items?.FirstOrDefault(item => item.Id == choice)?.Title;

    private static IEnumerable<FieldFlaw> Flaws(Content content)
    {
        var items = content.Items ?? [];
        return Shape.Asked(content)
            .Concat(Shape.Count(items.Length, Limit, "items"))
            .Concat(Shape.Ids(items.Select(item => item.Id), "items"))
            .Concat(items.SelectMany((item, i) => Shape.Needed(item.Title, $"items[{i}].title")
                .Concat(Shape.Optional(item.Text, $"items[{i}].text"))
                .Concat(Shape.Image(item.Image, $"items[{i}].image"))
                .Concat(Shape.Link(item.Url, $"items[{i}].url"))));
    }

    private static string Plain(Content content) =>
        Shape.Lines(content.Text, Shape.Numbered((content.Items ?? []).Select(item => Shape.Lines(Shape.Beside(item.Title, item.Text), item.Url))));
}
