using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Conversations;

/// <summary>Says how it was. No message: it reopens nothing and calls nobody.</summary>
/// <param name="Score">1 (bad) to 5 (good).</param>
/// <param name="Asked">The question; null when there is none.</param>
public sealed record Rate(Origin Origin, ConversationId Conversation, long Of, int Score, string? Text, [property: JsonIgnore] Question? Asked = null)
    : ConversationCommand(Origin, Conversation);

/// <summary>The closing asked how it was, in these words.</summary>
/// <param name="Mode">The mode in which the episode ended.</param>
public sealed record RatingAsked(int Episode, Mode Mode, Told Told) : EntryBody
{
    internal override Visibility Visibility => Visibility.Public;
}

/// <param name="Mode">The mode in which what is rated ended; of a rating asked in between, the mode when it was given.</param>
/// <param name="Of">The question. Not first: what begins with it goes with the question when that is taken back, and a bad rating must not.</param>
public sealed record Rated(int Episode, Mode Mode, int Score, long Of, string? Text = null) : EntryBody
{
    internal override Visibility Visibility => Visibility.Public;
}

internal static class Rating
{
    private const int Best = 5;
    private const int TextLimit = 2_000;

    public static Decision Decide(Conversation it, Rate rate) => rate switch
    {
        { Origin.Author.Kind: not AuthorKind.Contact } => new Refusal("content.notYours", "Only the customer rates.", 403),
        { Asked: not ({ Content.Type: "rating" } or { Rating: not null }) } => Answering.Unasked,
        { Score: < 1 or > Best } => Invalid("score", "invalid", $"A score is between 1 and {Best}."),
        { Text.Length: > TextLimit } => Invalid("text", "tooLong", $"At most {TextLimit} characters."),
        _ when rate.Of < it.EpisodeFrom || it.Episode == 0 => new Refusal("rating.over", "This was about something earlier; something new has begun since."),
        _ when it.Rated == it.Episode => new Refusal("rating.given", "This was rated already."),
        _ => new Rated(it.Episode, rate.Asked!.Rating?.Mode ?? it.Mode, rate.Score, rate.Of, string.IsNullOrWhiteSpace(rate.Text) ? null : rate.Text.Trim()),
    };

    /// <summary>What a closing asks, once per episode; null for nothing.</summary>
    /// <param name="told">The question in the customer's language; null where the inbox does not ask.</param>
    public static Draft? Asking(Conversation it, Told? told) => told is not null && it.EpisodeOpen && it.Episode != (it.RatingAsked ?? 0) && it.Episode != (it.Rated ?? 0)
        ? new Draft(new RatingAsked(it.Episode, it.Mode, told)) { Author = Author.System }
        : null;

    public static Conversation Apply(Conversation it, RatingAsked asked) => it with { RatingAsked = asked.Episode };

    /// <summary>Only the episode that goes on, or was the last, can be rated: so this needs nothing of the entry's words, which may be gone.</summary>
    public static Conversation ApplyRated(Conversation it) => it with { Rated = it.Episode };

    private static Refusal Invalid(string field, string code, string text) => new("rating.invalid", $"{field}: {text}", 400) { Errors = [new(field, code, text)] };
}
