using System.Globalization;
using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Conversations;

/// <summary>Puts a small sign on a message, or takes it off.</summary>
/// <param name="Emoji">One sign as people see it (one grapheme).</param>
/// <param name="Already">Whether it is so already, by the same person; then nothing is written.</param>
public sealed record React(Origin Origin, ConversationId Conversation, long Of, string Emoji, bool On, [property: JsonIgnore] Target? Target, [property: JsonIgnore] bool Already = false)
    : ConversationCommand(Origin, Conversation);

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

        if (!IsEmoji(react.Emoji))
        {
            return new Refusal("reaction.unknown", "A reaction is one emoji.", 400);
        }

        return react.Already ? Decision.Nothing : new Decision { Drafts = [new Draft(new Reacted(react.Of, react.Emoji, react.On), Visibility: target.Visibility)] };
    }

    /// <summary>Whether somebody's sign stands on a message, by all that was said of signs since.</summary>
    public static bool Stands(IEnumerable<Entry> since, Origin who, long of, string emoji) =>
        since.LastOrDefault(entry => entry.Body is Reacted reacted && reacted.Of == of && reacted.Emoji == emoji && who.Is(entry.Author))?.Body is Reacted { On: true };

    private static bool IsEmoji(string text) =>
        text.Length is > 0 and <= 32
        && StringInfo.GetNextTextElementLength(text) == text.Length
        && text.EnumerateRunes().First() is { IsAscii: false } first
        && !System.Text.Rune.IsLetter(first);
}
