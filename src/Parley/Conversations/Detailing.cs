using System.Collections.Immutable;
using System.Globalization;
using Parley.Conversations.Shapes;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>Says something of a conversation under the workspace's attributes. That there are these, and that the values make sense, was seen to before.</summary>
/// <param name="Values">As they are kept; no text takes one away.</param>
public sealed record SetAttributes(Origin Origin, ConversationId Conversation, ImmutableSortedDictionary<string, string> Values) : ConversationCommand(Origin, Conversation);

/// <summary>What is known of the conversation now. Words that a person wrote may be among it, so that no fold reads them: lists and screens are made from the entries.</summary>
/// <param name="Of">The answer to a form that says so: it goes when the answer goes. First, for that is found by how the body begins.</param>
public sealed record AttributesSet(long? Of, ImmutableSortedDictionary<string, string> Values) : EntryBody;

internal static class Detailing
{
    public static Decision Decide(SetAttributes command) => command.Values.IsEmpty ? Decision.Nothing : new AttributesSet(null, command.Values);

    /// <summary>What of an answer stands under the name of an attribute; null for nothing. What does not make sense there stays in the answer alone.</summary>
    public static ImmutableSortedDictionary<string, string>? Read(Content response, AttributeOf of, ImmutableArray<AttributeDefinition> definitions)
    {
        var said = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var definition in definitions.Where(one => one.Of == of && one.Retired != true))
        {
            if (response.Values?.GetValueOrDefault(definition.Key) is { IsEmpty: false } value && Attributing.Said(definition, Text(value)) is { } kept)
            {
                said[definition.Key] = kept;
            }
        }

        return said.Count == 0 ? null : said.ToImmutable();
    }

    /// <summary>An answer that says something of the conversation, in the same breath.</summary>
    public static Decision Noted(Decision decision, Content response, ImmutableArray<AttributeDefinition> definitions, Deciding deciding)
    {
        if (definitions.IsDefaultOrEmpty || Read(response, AttributeOf.Conversation, definitions) is not { } values)
        {
            return decision;
        }

        var own = decision.Drafts.Where(draft => draft.Subject is null).ToList();
        return decision.Then(new AttributesSet(deciding.Seq + 1 + own.FindLastIndex(draft => draft.Body is Message), values));
    }

    private static string Text(FormValue value) => value switch
    {
        { Number: { } number } => number.ToString(CultureInfo.InvariantCulture),
        { Yes: { } yes } => yes ? "true" : "false",
        { Chosen: { } chosen } => string.Join(", ", chosen),
        _ => value.Text ?? "",
    };
}
