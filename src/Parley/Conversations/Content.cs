using System.Collections.Immutable;
using Parley.Log;
using Parley.Platform;

namespace Parley.Conversations;

/// <summary>A file as a message carries it. Its address is added on reading, signed for the side that reads.</summary>
public sealed record FileCard(FileId Id, string Name, long Size, string Mime, int? Width = null, int? Height = null);

/// <summary>What a message says. <paramref name="Type"/> names the shape; a poorer place to show it falls back to the text.</summary>
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
    public const int TextLimit = 10_000;

    public const int FilesLimit = 20;

    private static readonly string[] Types = ["text", "image", "file", "audio", "video"];

    private static readonly string[] Formats = ["plain", "markdown"];

    public static Content Of(string text) => new("text", text);

    /// <summary>Null when the content can stand in a thread; otherwise why not.</summary>
    public static Refusal? Flaw(Content content) => content switch
    {
        { Type: var type } when !Types.Contains(type) => new("content.typeUnknown", $"Content of type {Shown(type)} is not known here.", 400),
        { Format: { } format } when !Formats.Contains(format) => new("content.formatUnknown", "The format of a text is plain or markdown.", 400),
        { Text: { Length: > TextLimit } text } when Words.Exceed(text, TextLimit) => new("content.tooLong", $"A message has at most {TextLimit:N0} characters.", 400),
        { Files.Length: > FilesLimit } => new("content.tooManyFiles", $"A message carries at most {FilesLimit} files.", 400),
        { Language.Length: > 35 } => new("content.languageUnknown", "The language is no language tag.", 400),
        { Quote: <= 0 } => new("quote.unknown", "There is no such message to refer to.", 400),
        { Type: "text" } when string.IsNullOrWhiteSpace(content.Text) && !content.HasFiles => new("content.empty", "A message says something.", 400),
        { Type: not "text", HasFiles: false } => new("content.empty", "A message of this type carries a file.", 400),
        _ => null,
    };

    [System.Text.Json.Serialization.JsonIgnore]
    public bool HasFiles => Files is { IsDefaultOrEmpty: false };

    public Content Cleaned() => Text is null ? this : this with { Text = Words.Clean(Text) };

    private static string Shown(string type) => type.Length <= 40 ? $"\"{Words.Clean(type)}\"" : "of such a long name";
}
