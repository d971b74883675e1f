using System.Globalization;
using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Conversations;

/// <summary>Puts a small sign on a message, or takes it off.</summary>
/// <param name="Emoji">One sign as people see it (one grapheme).</param>
/// <param name="Already">Whether it is so already, by the same person; then nothing is written.</param>
/// <param name="Seen">The last of all signs in the thread by which that was found out; null: nobody asked.</param>
public sealed record React(
    Origin Origin, ConversationId Conversation, long Of, string Emoji, bool On, [property: JsonIgnore] Target? Target, [property: JsonIgnore] bool Already = false, [property: JsonIgnore] long? Seen = null)
    : ConversationCommand(Origin, Conversation);

public sealed record Reacted(long Of, string Emoji, bool On) : EntryBody;

internal static class Reacting
{
    /// <summary>Another sign came in between: whether this one stands already is to be asked again.</summary>
    public static readonly Refusal Overtaken = new("reaction.overtaken", "Somebody was faster. Try again.");

    public static Decision Decide(Conversation it, React react)
    {
        if (react.Seen is { } seen && seen < it.LastReaction)
        {
            return Overtaken;
        }

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

    public static Conversation Apply(Conversation it, Entry entry) => it with { LastReaction = entry.Seq };

    /// <summary>Whether somebody's sign stands on a message, by all that was said of signs since.</summary>
    public static bool Stands(IEnumerable<Entry> since, Origin who, long of, string emoji) =>
        since.LastOrDefault(entry => entry.Body is Reacted reacted && reacted.Of == of && reacted.Emoji == emoji && who.Is(entry.Author))?.Body is Reacted { On: true };

    private static bool IsEmoji(string text) =>
        text.Length is > 0 and <= 32
        && StringInfo.GetNextTextElementLength(text) == text.Length
        && text.EnumerateRunes().First() is { IsAscii: false } first
        && !System.Text.Rune.IsLetter(first);
}
