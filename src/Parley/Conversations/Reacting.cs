using System.Globalization;
using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Conversations;

/// <summary>Puts a small sign on a message, or takes it off.</summary>
/// <param name="Emoji">One sign as people see it (one grapheme).</param>
public sealed record React(Origin Origin, ConversationId Conversation, long Of, string Emoji, bool On, [property: JsonIgnore] Target? Target) : ConversationCommand(Origin, Conversation);

public sealed record Reacted(long Of, string Emoji, bool On) : EntryBody;

internal static class Reacting
{
    public static Decision Decide(React react)
    {
        if (react.Target is not { Type: "message" or "note" } target
            || (target.Visibility == Visibility.Internal && react.Origin.Author.Kind == AuthorKind.Contact))
        {
            return Refusal.Unknown("message");
        }

        if (target.Redacted)
        {
            return new Refusal("message.deleted", "This message was deleted.", 410);
        }

        return IsEmoji(react.Emoji)
            ? new Decision { Drafts = [new Draft(new Reacted(react.Of, react.Emoji, react.On), Visibility: target.Visibility)] }
            : new Refusal("reaction.unknown", "A reaction is one emoji.", 400);
    }

    private static bool IsEmoji(string text) =>
        text.Length is > 0 and <= 32
        && StringInfo.GetNextTextElementLength(text) == text.Length
        && text.EnumerateRunes().First() is { IsAscii: false } first
        && !System.Text.Rune.IsLetter(first);
}
