using Parley.Platform;

namespace Parley.Workspaces;

/// <summary>The form for when nobody is there, where an inbox shows one and nobody has made it: what one has to know to answer by mail, or by telephone.</summary>
internal static class AwayForm
{
    public static Form Built { get; } = new(
        "away",
        Fields:
        [
            new("name", FieldType.Text, In("Name", "Name", "Naam", "Nombre")),
            new("email", FieldType.Email, In("Email", "E-Mail", "E-mail", "Correo electrónico"), Required: true),
            new("phone", FieldType.Phone, In("Telephone, for an answer by phone", "Telefon, für eine Antwort am Telefon", "Telefoon, voor een antwoord per telefoon", "Teléfono, para una respuesta por teléfono")),
            new("message", FieldType.LongText, In("What is it about?", "Worum geht es?", "Waar gaat het over?", "¿De qué se trata?"), Required: true),
        ]);

    private static LocalText In(string en, string de, string nl, string es) => new([new("en", en), new("de", de), new("nl", nl), new("es", es)]);
}
