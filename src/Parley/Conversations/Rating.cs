using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Conversations;

/// <summary>
/// Says how it was. No message: it reopens nothing and calls nobody. What is rated is the episode in which it was asked: who comes back with something
/// new and then finds the old question says how the old matter went, and that must neither be lost nor be taken for the new one.
/// </summary>
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

/// <param name="Episode">The one in which it was asked.</param>
/// <param name="Mode">The mode in which that ended; of what still goes on, the mode when it was rated.</param>
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
        { Asked: not ({ Content.Type: "rating" } or { Rating: not null }) } => Answering.Unknown,
        { Score: < 1 or > Best } => Invalid("score", "invalid", $"A score is between 1 and {Best}."),
        { Text.Length: > TextLimit } => Invalid("text", "tooLong", $"At most {TextLimit} characters."),
        _ => About(it, rate.Of) switch
        {
            null => Gone("rating.over", "over", "This was about something long ago."),
            { Rated: true } => Gone("rating.given", "answered", "This was rated already."),
            var (episode, _, mode, _) => Decision.Of(
                new Rated(episode, rate.Asked!.Rating?.Mode ?? mode, rate.Score, rate.Of, string.IsNullOrWhiteSpace(rate.Text) ? null : rate.Text.Trim()),
                new Answered(rate.Of, episode)),
        },
    };

    /// <summary>What a closing asks, once per episode; null for nothing.</summary>
    /// <param name="told">The question in the customer's language; null where the inbox does not ask.</param>
    public static Draft? Asking(Conversation it, Told? told) => told is not null && it.EpisodeOpen && it.Episode != (it.RatingAsked ?? 0) && it.Episode != (it.Rated ?? 0)
        ? new Draft(new RatingAsked(it.Episode, it.Mode, told)) { Author = Author.System }
        : null;

    public static Conversation Apply(Conversation it, RatingAsked asked) => it with { RatingAsked = asked.Episode };

    public static Conversation Apply(Conversation it, int rated) => rated == it.Episode
        ? it with { Rated = rated }
        : it with { Past = it.Past?.Select(past => past.Episode == rated ? past with { Rated = true } : past).ToImmutableArray() };

    /// <summary>The episode in which something was asked; null for one of which nothing is known any more. Before the customer's first word none has begun (0).</summary>
    private static PastEpisode? About(Conversation it, long of) =>
        of >= it.EpisodeFrom ? new PastEpisode(it.Episode, it.EpisodeFrom, it.Mode, it.Rated == it.Episode)
        : it.Past?.LastOrDefault(past => past.From <= of);

    private static Refusal Gone(string code, string flaw, string text) => new(code, text) { Errors = [new("of", flaw, text)] };

    private static Refusal Invalid(string field, string code, string text) => new("rating.invalid", $"{field}: {text}", 400) { Errors = [new(field, code, text)] };
}
