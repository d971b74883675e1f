using Parley.Platform;

namespace Parley.Conversations.Shapes;

/// <summary>Something to read.</summary>
/// <param name="Id">The article's own id, where it is one of ours.</param>
public sealed record Article(string Title, string? Summary = null, string? Url = null, string? Id = null);

internal static class Articles
{
    public static readonly Shape Shape = new("article", Parts.Article, Flaws, Plain);

    private static IEnumerable<FieldFlaw> Flaws(Content content) => content.Article is not { } article
        ? [new FieldFlaw("article", "required", "The value is missing.")]
        : Shape.Needed(article.Title, "article.title")
            .Concat(Shape.Optional(article.Summary, "article.summary"))
            .Concat(Shape.Link(article.Url, "article.url"))
            .Concat(Shape.Optional(article.Id, "article.id", Workspaces.Forming.IdLimit));

    private static string Plain(Content content) => content.Article is { } article ? Shape.Lines(content.Text, Shape.Beside(article.Title, article.Summary), article.Url) : content.Text ?? "";
}
