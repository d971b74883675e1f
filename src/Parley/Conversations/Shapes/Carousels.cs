using System.Collections.Immutable;
using Parley.Platform;

namespace Parley.Conversations.Shapes;

/// <summary>What can be done with a card: chosen by its <paramref name="Id"/>, or, with a <paramref name="Url"/>, followed as a link.</summary>
public sealed record CardAction(string Id, string Text, string? Url = null);

/// <summary>One card beside others.</summary>
public sealed record Card(string Id, string Title, string? Text = null, FileCard? Image = null, ImmutableArray<CardAction>? Actions = null);

/// <summary>Cards beside each other, each with a picture and what can be done with it.</summary>
internal static class Carousels
{
    public const int Limit = 10;
    public const int ActionsLimit = 13;

    public static readonly Shape Shape = new("carousel", Parts.Cards, Flaws, Plain);

    /// <summary>What <c>card.action</c> says; null for one that is not there or only leads elsewhere.</summary>
    public static string? Chosen(Content question, string choice)
    {
        var dot = choice.IndexOf('.', StringComparison.Ordinal);
        var card = dot > 0 ? question.Cards?.FirstOrDefault(card => card.Id == choice[..dot]) : null;
        return card?.Actions?.FirstOrDefault(action => action.Url is null && action.Id == choice[(dot + 1)..]) is { } chosen ? $"{card.Title}: {chosen.Text}" : null;
    }

    private static IEnumerable<FieldFlaw> Flaws(Content content)
    {
        var cards = content.Cards ?? [];
        return Shape.Count(cards.Length, Limit, "cards")
            .Concat(Shape.Ids(cards.Select(card => card.Id), "cards"))
            .Concat(cards.SelectMany((card, i) => Flaws(card, $"cards[{i}]")));
    }

    private static IEnumerable<FieldFlaw> Flaws(Card card, string path)
    {
        var actions = card.Actions ?? [];
        return Shape.Needed(card.Title, $"{path}.title")
            .Concat(Shape.Optional(card.Text, $"{path}.text"))
            .Concat(Shape.Image(card.Image, $"{path}.image"))
            .Concat(actions.Length > ActionsLimit ? Shape.Count(actions.Length, ActionsLimit, $"{path}.actions") : [])
            .Concat(Shape.Ids(actions.Select(action => action.Id), $"{path}.actions"))
            .Concat(actions.SelectMany((action, i) => Shape.Needed(action.Text, $"{path}.actions[{i}].text").Concat(Shape.Link(action.Url, $"{path}.actions[{i}].url"))));
    }

    private static string Plain(Content content) => Shape.Lines(content.Text, Shape.Numbered((content.Cards ?? []).Select(Plain)));

    private static string Plain(Card card) =>
        Shape.Lines((card.Actions ?? []).Select(action => $"– {Shape.Beside(action.Text, action.Url)}").Prepend(Shape.Beside(card.Title, card.Text)));
}
