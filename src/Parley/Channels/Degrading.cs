using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Parley.Conversations;
using Parley.Conversations.Shapes;

namespace Parley.Channels;

/// <summary>What a message becomes on a channel.</summary>
/// <param name="Notes">How it is poorer than it was written: <c>numbered</c> (choices became numbers), <c>links</c> (files go as links), <c>split</c> (in several messages).</param>
public sealed record Degraded(ImmutableArray<OutboundPart> Parts, ImmutableSortedSet<string> Notes);

/// <summary>
/// Makes of a message what a channel can carry, by its capabilities alone: what cannot be drawn reads as text, choices are numbered (and a number answers them), files that are too
/// large or of a wrong kind go as links, long texts in several messages. Nothing is dropped.
/// </summary>
public static class Degrading
{
    public const string Numbered = "numbered";
    public const string Links = "links";
    public const string Split = "split";

    private static readonly Dictionary<string, string> AnswerByNumber = new()
    {
        ["en"] = "Answer with a number.",
        ["de"] = "Antworten Sie mit einer Zahl.",
        ["nl"] = "Antwoord met een nummer.",
        ["es"] = "Responda con un número.",
    };

    /// <param name="file">A file as it would go out.</param>
    /// <param name="language">Of the customer.</param>
    public static Degraded Of(Content content, Capabilities can, Func<FileCard, OutboundFile> file, string? language)
    {
        if (can.Templates && content.Template is { } template)
        {
            // Its provider puts it together as it was approved.
            return new([new OutboundPart(content.Text) { Template = template }], []);
        }

        var notes = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        var parts = ImmutableArray.CreateBuilder<OutboundPart>();
        var (text, buttons, cards) = Said(content, can, file, language, notes);
        var carried = can.Carried(content.Files ?? []);
        var linked = (content.Files ?? []).Where(one => !carried.Contains(one)).ToList();
        if (linked.Count > 0)
        {
            notes.Add(Links);
            text = Lines([text, .. linked.Select(one => $"{one.Name}: {file(one).Url}")]);
        }

        var pieces = Pieces(text, can.TextLimit);
        if (pieces.Count > 1)
        {
            notes.Add(Split);
        }

        parts.AddRange(pieces.Select((piece, i) => new OutboundPart(piece) { Buttons = i == pieces.Count - 1 ? buttons : [], Cards = i == pieces.Count - 1 ? cards : [] }));
        if (pieces.Count == 0 && !cards.IsEmpty)
        {
            parts.Add(new OutboundPart(Text: null) { Cards = cards });
        }

        return new(carried.Count == 0 ? parts.ToImmutable() : With(parts.ToImmutable(), [.. carried.Select(file)], can), notes.ToImmutable());
    }

    /// <summary>With the files: beside the last of the words, or each as a message of its own.</summary>
    private static ImmutableArray<OutboundPart> With(ImmutableArray<OutboundPart> parts, ImmutableArray<OutboundFile> files, Capabilities can) =>
        !can.FilesBeside ? [.. parts, .. files.Select(one => new OutboundPart(Text: null) { File = one })]
        : parts.IsEmpty ? [new OutboundPart(Text: null) { Files = files }]
        : parts.SetItem(parts.Length - 1, parts[^1] with { Files = files });

    /// <summary>What can be chosen, in the order in which it is numbered.</summary>
    public static ImmutableArray<(string Choice, string Text)> Choices(Content content) => content switch
    {
        { Type: "quickReplies", Replies: { } replies } => [.. replies.Select(reply => (reply.Id, reply.Text))],
        { Type: "list", Choose: true, Items: { } items } => [.. items.Select(item => (item.Id, item.Title))],
        { Type: "carousel", Cards: { } cards } => [.. from card in cards from action in card.Actions ?? [] where action.Url is null select ($"{card.Id}.{action.Id}", action.Text)],
        _ => [],
    };

    /// <summary>What somebody chose who was asked and wrote a number, or the very words; null: they said something else.</summary>
    public static string? Chosen(Content question, string? said)
    {
        var (choices, word) = (Choices(question), said?.Trim().TrimEnd('.', ')') ?? "");
        return int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number >= 1 && number <= choices.Length ? choices[number - 1].Choice : null
            : choices.Where(choice => string.Equals(choice.Text, word, StringComparison.OrdinalIgnoreCase)).Select(choice => choice.Choice).FirstOrDefault();
    }

    private static (string Text, ImmutableArray<OutboundButton> Buttons, ImmutableArray<OutboundCard> Cards) Said(
        Content content, Capabilities can, Func<FileCard, OutboundFile> file, string? language, ImmutableSortedSet<string>.Builder notes)
    {
        var choices = Choices(content);
        if (content is { Type: "carousel", Cards: { } cards })
        {
            if (can.Carousels)
            {
                return (content.Text ?? "", [], [.. cards.Select(card => new OutboundCard(card.Title, card.Text, card.Image is { } image ? file(image) : null, [.. (card.Actions ?? []).Select(action => new OutboundButton($"{card.Id}.{action.Id}", action.Text, action.Url))]))]);
            }

            notes.Add(Numbered);
            var number = 0;
            return (Lines([content.Text, .. cards.Select(card => Drawn(card, file, ref number)), .. Asked(choices.Length, language)]), [], []);
        }

        if (choices.Length > 0 && choices.Length <= can.Buttons && choices.All(choice => choice.Text.Length <= can.ButtonTitle))
        {
            return (content.Type == "quickReplies" ? content.Text ?? "" : content.Plain(), [.. choices.Select(choice => new OutboundButton(choice.Choice, choice.Text))], []);
        }

        if (choices.Length > 0)
        {
            notes.Add(Numbered);
        }

        // Lists and quick replies are numbered as they read aloud already.
        return (Lines([content.Plain(), .. Asked(choices.Length, language)]), [], []);
    }

    /// <summary>A card as text: what it is, its picture, and what can be done with it; what is chosen bears its number.</summary>
    private static string Drawn(Card card, Func<FileCard, OutboundFile> file, ref int number)
    {
        var lines = new List<string?> { string.IsNullOrWhiteSpace(card.Text) ? card.Title : $"{card.Title}: {card.Text}", card.Image is { } image ? file(image).Url : null };
        foreach (var action in card.Actions ?? [])
        {
            lines.Add(action.Url is { } url ? $"– {action.Text}: {url}" : $"{++number}. {action.Text}");
        }

        return Lines(lines);
    }

    private static IEnumerable<string> Asked(int choices, string? language) =>
        choices == 0 ? [] : [AnswerByNumber.GetValueOrDefault(language?.Split('-')[0].ToLowerInvariant() ?? "en", AnswerByNumber["en"])];

    private static string Lines(IEnumerable<string?> lines) => string.Join('\n', lines.Where(line => !string.IsNullOrWhiteSpace(line)));

    /// <summary>In pieces of at most so many characters, cut where a reader would: between paragraphs, lines, sentences, words; never inside a character.</summary>
    internal static List<string> Pieces(string text, int limit)
    {
        var pieces = new List<string>();
        var rest = text.Trim();
        while (rest.Length > limit)
        {
            var cut = Cut(rest, limit);
            pieces.Add(rest[..cut].TrimEnd());
            rest = rest[cut..].TrimStart();
        }

        if (rest.Length > 0)
        {
            pieces.Add(rest);
        }

        return pieces;
    }

    private static int Cut(string text, int limit)
    {
        foreach (var mark in (string[])["\n\n", "\n", ". ", " "])
        {
            var at = text.LastIndexOf(mark, limit - 1, limit, StringComparison.Ordinal);
            if (at >= limit / 2)
            {
                return Math.Min(limit, at + mark.Length);
            }
        }

        // A character of several parts stays whole: flags and families count as one.
        var whole = 0;
        var each = StringInfo.GetTextElementEnumerator(text);
        while (each.MoveNext() && each.ElementIndex + each.GetTextElement().Length <= limit)
        {
            whole = each.ElementIndex + each.GetTextElement().Length;
        }

        return whole > 0 ? whole : Rune.GetRuneAt(text, 0).Utf16SequenceLength;
    }
}
