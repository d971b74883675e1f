using System.Collections.Immutable;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>What the system told a customer, to the letter: no client makes up these words.</summary>
/// <param name="Code">Which saying it is, whatever the language.</param>
public sealed record Told(string Code, IReadOnlyDictionary<string, string> Params, string Text, string Language);

/// <summary>The sentences of the system to customers, in one place: per language, formal and informal.</summary>
internal static class Sayings
{
    public const string RatingAsk = "rating.ask";

    private const string Fallback = "en";

    private static readonly Dictionary<string, string> Nothing = [];

    private static readonly Dictionary<(string Code, string Language), (string Formal, string Informal)> Texts = new()
    {
        [(RatingAsk, "en")] = ("How did we do?", "How did we do?"),
        [(RatingAsk, "de")] = ("Wie zufrieden sind Sie mit unserer Antwort?", "Wie zufrieden bist du mit unserer Antwort?"),
        [(RatingAsk, "nl")] = ("Hoe hebben wij u geholpen?", "Hoe hebben we je geholpen?"),
        [(RatingAsk, "es")] = ("¿Qué le ha parecido nuestra ayuda?", "¿Qué te ha parecido nuestra ayuda?"),
    };

    /// <param name="languages">The dearest first; of none that we speak: English.</param>
    public static Told Of(string code, ImmutableSortedDictionary<string, Voice> voices, params ReadOnlySpan<string?> languages)
    {
        foreach (var language in languages)
        {
            var spoken = language?.Split('-')[0].ToLowerInvariant();
            if (spoken is not null && Texts.TryGetValue((code, spoken), out var text))
            {
                return new(code, Nothing, Wording.Of(voices, spoken) == Voice.Formal ? text.Formal : text.Informal, spoken);
            }
        }

        return new(code, Nothing, Texts[(code, Fallback)].Informal, Fallback);
    }
}
