using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Conversations.Shapes;
using Parley.Log;
using Parley.Platform;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>A file as a message carries it. Its address is added on reading, signed for the side that reads.</summary>
public sealed record FileCard(FileId Id, string Name, long Size, string Mime, int? Width = null, int? Height = null);

/// <summary>
/// What a message says. <paramref name="Type"/> names the shape; a poorer place to show it falls back to <see cref="Plain"/>. This file is the table of
/// contents: each structured kind stands in a file of its own in <c>Shapes/</c>, with its records, what can be wrong with them, and how it reads as text.
/// </summary>
/// <param name="Quote">The seq of an earlier public message that this one refers to.</param>
public sealed record Content(
    string Type,
    string? Text = null,
    string? Format = null,
    ImmutableArray<FileCard>? Files = null,
    long? Quote = null,
    string? Language = null,
    ImmutableArray<AgentId>? Mentions = null)
{
    /// <summary>No words and no files: nobody can send it.</summary>
    public static readonly Content Nothing = new("text");

    public const int TextLimit = 10_000;

    public const int FilesLimit = 20;

    private static readonly string[] Types = ["text", "image", "file", "audio", "video"];

    private static readonly string[] Formats = ["plain", "markdown"];

    private static readonly FrozenDictionary<string, Shape> Structured = new[]
    {
        QuickReplies.Shape,
        Lists.Shape,
        Carousels.Shape,
        Forms.Shape,
        Forms.Response,
        Locations.Shape,
        Articles.Shape,
        Ratings.Shape,
        Templates.Shape,
    }.ToFrozenDictionary(shape => shape.Type);

    /// <summary>The answers that quick replies offer.</summary>
    public ImmutableArray<Reply>? Replies { get; init; }

    public ImmutableArray<ListItem>? Items { get; init; }

    /// <summary>True where one of the items is to be chosen.</summary>
    public bool? Choose { get; init; }

    public ImmutableArray<Card>? Cards { get; init; }

    public Form? Form { get; init; }

    /// <summary>What was filled in, by the names of the form's fields.</summary>
    public IReadOnlyDictionary<string, FormValue>? Values { get; init; }

    public Place? Location { get; init; }

    /// <summary>True where a place is asked for.</summary>
    public bool? Ask { get; init; }

    public Article? Article { get; init; }

    /// <summary>True for a question that may be answered more than once.</summary>
    public bool? Again { get; init; }

    /// <summary>The id of what was chosen.</summary>
    public string? Choice { get; init; }

    /// <summary>The prepared text of its channel that it is.</summary>
    public TemplateUse? Template { get; init; }

    /// <summary>What a mail has beside its words; null: it is none.</summary>
    public Mailed? Mail { get; init; }

    public static Content Of(string text) => new("text", text);

    /// <summary>Null when the content can stand in a thread; otherwise why not.</summary>
    public static Refusal? Flaw(Content content) => content switch
    {
        { Format: { } format } when !Formats.Contains(format) => new("content.formatUnknown", "The format of a text is plain or markdown.", 400),
        { Text: { Length: > TextLimit } text } when Words.Exceed(text, TextLimit) => new("content.tooLong", $"A message has at most {TextLimit:N0} characters.", 400),
        { Files.Length: > FilesLimit } => new("content.tooManyFiles", $"A message carries at most {FilesLimit} files.", 400),
        { Language.Length: > 35 } => new("content.languageUnknown", "The language is no language tag.", 400),
        { Quote: <= 0 } => new("quote.unknown", "There is no such message to refer to.", 400),
        { Mail: not null } when Mailed.Flaw(content) is { } flaw => flaw,
        _ when Structured.TryGetValue(content.Type, out var shape) => Invalid(Strange(content, shape.Parts).Concat(shape.Flaws(content))),
        { Type: var type } when !Types.Contains(type) => new("content.typeUnknown", $"Content of type {Shown(type)} is not known here.", 400),
        { IsPlain: false, Choice: null } => Invalid(Strange(content, Parts.Files)),
        { Type: "text", Choice: null } when string.IsNullOrWhiteSpace(content.Text) && !content.HasFiles => new("content.empty", "A message says something.", 400),
        { Type: not "text", HasFiles: false } => new("content.empty", "A message of this type carries a file.", 400),
        _ => null,
    };

    /// <summary>All of it as text: for previews, search, and wherever nothing can be drawn.</summary>
    public string Plain() => Structured.TryGetValue(Type, out var shape) ? shape.Plain(this) : Text ?? "";

    /// <summary>True for text and files, which most messages are: nothing in it is for a screen to draw or for us to check against something else.</summary>
    [JsonIgnore]
    public bool IsPlain => Has == Parts.None && !Structured.ContainsKey(Type);

    [JsonIgnore]
    public bool HasFiles => Files is { IsDefaultOrEmpty: false };

    /// <summary>All files that go with it: what is attached, the pictures of items and cards, and the page of a mail.</summary>
    [JsonIgnore]
    public IEnumerable<FileCard> AllFiles => (Files ?? []).Concat(Beside);

    /// <summary>True where files stand in it elsewhere than among those that are attached.</summary>
    [JsonIgnore]
    public bool HasBeside => Beside.Any();

    private IEnumerable<FileCard> Beside => Items is null && Cards is null && Mail is null ? []
        : (Items ?? []).Select(item => item.Image).Concat((Cards ?? []).Select(card => card.Image)).Append(Mail?.Page).OfType<FileCard>();

    private Parts Has =>
        (Replies is null ? 0 : Parts.Replies) | (Items is null ? 0 : Parts.Items) | (Choose is null ? 0 : Parts.Choose) | (Cards is null ? 0 : Parts.Cards)
        | (Form is null ? 0 : Parts.Form) | (Values is null ? 0 : Parts.Values) | (Location is null ? 0 : Parts.Location) | (Ask is null ? 0 : Parts.Ask)
        | (Article is null ? 0 : Parts.Article) | (Again is null ? 0 : Parts.Again) | (Choice is null ? 0 : Parts.Choice) | (Template is null ? 0 : Parts.Template);

    public Content Cleaned() => Text is null || Words.Clean(Text) is var clean && ReferenceEquals(clean, Text) ? this : this with { Text = clean };

    private static Refusal? Invalid(IEnumerable<FieldFlaw> flaws) =>
        flaws.ToImmutableArray() is { IsEmpty: false } all ? new Refusal("content.invalid", $"{all[0].Field}: {all[0].Text}", 400) { Errors = all } : null;

    /// <summary>Parts that do not belong to the type.</summary>
    private static IEnumerable<FieldFlaw> Strange(Content content, Parts known)
    {
        var strange = (content.Has | (content.HasFiles ? Parts.Files : Parts.None)) & ~known;
        return Enum.GetValues<Parts>().Where(part => part != Parts.None && strange.HasFlag(part))
            .Select(part => new FieldFlaw(part.ToString().ToLowerInvariant(), "unknown", $"Content of type {content.Type} has no {part.ToString().ToLowerInvariant()}."));
    }

    private static string Shown(string type) => type.Length <= 40 ? $"\"{Words.Clean(type)}\"" : "of such a long name";
}
