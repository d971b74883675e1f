using System.Collections.Immutable;
using Parley.Platform;

namespace Parley.Workspaces;

/// <summary>The form for when nobody is there, where an inbox shows one and nobody has made it: what one has to know to answer by mail, or by telephone.</summary>
internal static class AwayForm
{
    public const string Id = "away";

    /// <param name="voices">How customers are addressed, by language.</param>
    public static Form In(ImmutableSortedDictionary<string, Voice> voices)
    {
        return new(Id, Fields:
        [
            new("name", FieldType.Text, Said("Your name", ("Ihr Name", "Dein Name"), ("Uw naam", "Je naam"), ("Su nombre", "Tu nombre"))),
            new("email", FieldType.Email, Said("Your email address", ("Ihre E-Mail-Adresse", "Deine E-Mail-Adresse"), ("Uw e-mailadres", "Je e-mailadres"), ("Su correo electrónico", "Tu correo electrónico")), Required: true),
            new("phone", FieldType.Phone, Said(
                "Your telephone number, for an answer by phone",
                ("Ihre Telefonnummer, für eine Antwort am Telefon", "Deine Telefonnummer, für eine Antwort am Telefon"),
                ("Uw telefoonnummer, voor een antwoord per telefoon", "Je telefoonnummer, voor een antwoord per telefoon"),
                ("Su teléfono, para una respuesta por teléfono", "Tu teléfono, para una respuesta por teléfono"))),
            new("message", FieldType.LongText, Said("How can we help?", ("Wie können wir Ihnen helfen?", "Wie können wir dir helfen?"), ("Hoe kunnen wij u helpen?", "Hoe kunnen we je helpen?"), ("¿En qué podemos ayudarle?", "¿En qué podemos ayudarte?")), Required: true),
        ]);

        LocalText Said(string en, (string Formal, string Informal) de, (string Formal, string Informal) nl, (string Formal, string Informal) es) =>
            new([new("en", en), new("de", Spoken("de", de)), new("nl", Spoken("nl", nl)), new("es", Spoken("es", es))]);

        string Spoken(string language, (string Formal, string Informal) text) => Wording.Of(voices, language) == Voice.Formal ? text.Formal : text.Informal;
    }
}
