using Parley.Platform;
using Parley.Workspaces;

namespace Parley.Conversations.Shapes;

/// <summary>A kind of structured content: which parts it has, what can be wrong with them, and how it reads where nothing can be drawn.</summary>
/// <param name="Parts">The parts of <see cref="Content"/> that belong to it.</param>
/// <param name="Flaws">What is wrong, each with the field that has it.</param>
/// <param name="Plain">All of it as text, a line for each thing.</param>
internal sealed record Shape(string Type, Parts Parts, Func<Content, IEnumerable<FieldFlaw>> Flaws, Func<Content, string> Plain)
{
    public const int TitleLimit = Forming.LabelLimit;
    public const int TextLimit = 1_000;
    public const int UrlLimit = 2_000;

    /// <summary>Lines that say something, under each other.</summary>
    public static string Lines(params IEnumerable<string?> lines) => string.Join('\n', lines.Where(line => !string.IsNullOrWhiteSpace(line)));

    /// <summary>Numbered as a person reads them aloud.</summary>
    public static string Numbered(IEnumerable<string> lines) => string.Join('\n', lines.Select((line, i) => $"{i + 1}. {line}"));

    public static string Beside(string title, string? more) => string.IsNullOrWhiteSpace(more) ? title : $"{title}: {more}";

    public static IEnumerable<FieldFlaw> Asked(Content content) => string.IsNullOrWhiteSpace(content.Text) ? [Forming.Missing("text")] : [];

    public static IEnumerable<FieldFlaw> Count(int count, int limit, string path) =>
        count is 0 ? [Forming.Missing(path)] : count > limit ? [new FieldFlaw(path, "tooMany", $"At most {limit}.")] : [];

    /// <summary>A text that must be there.</summary>
    public static IEnumerable<FieldFlaw> Needed(string? text, string path, int limit = TitleLimit) =>
        string.IsNullOrWhiteSpace(text) ? [Forming.Missing(path)] : Optional(text, path, limit);

    public static IEnumerable<FieldFlaw> Optional(string? text, string path, int limit = TextLimit) =>
        text is null ? [] : Words.Exceed(text, limit) ? [Forming.TooLong(path, limit)] : Words.Clean(text) != text ? [new FieldFlaw(path, "invalid", "There are characters in it that cannot be shown.")] : [];

    public static IEnumerable<FieldFlaw> Ids(IEnumerable<string> ids, string path) => ids
        .SelectMany((id, i) => Forming.IsId(id) ? Enumerable.Empty<FieldFlaw>() : [Forming.BadId($"{path}[{i}].id")])
        .Concat(Forming.Twice(ids, path, "id"));

    /// <summary>A link that a person may follow. Nothing is loaded from it by itself.</summary>
    public static IEnumerable<FieldFlaw> Link(string? url, string path) =>
        url is null ? []
        : url.Length > UrlLimit ? [Forming.TooLong(path, UrlLimit)]
        : Uri.TryCreate(url, UriKind.Absolute, out var found) && found.Scheme is "http" or "https" && !url.Any(c => char.IsControl(c) || char.IsSurrogate(c)) ? []
        : [new FieldFlaw(path, "url", "An address begins with http:// or https://.")];

    /// <summary>Our own files only, and only what can be shown.</summary>
    public static IEnumerable<FieldFlaw> Image(FileCard? image, string path) =>
        image is null || image.Width is not null ? [] : [new FieldFlaw(path, "image", "That file is no picture that can be shown.")];
}

/// <summary>The parts of a content that only some kinds have.</summary>
[Flags]
internal enum Parts
{
    None = 0,
    Replies = 1,
    Items = 2,
    Choose = 4,
    Cards = 8,
    Form = 16,
    Values = 32,
    Location = 64,
    Ask = 128,
    Article = 256,
    Again = 512,
    Choice = 1_024,
    Files = 2_048,
    Template = 4_096,
}
