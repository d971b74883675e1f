namespace Parley.Notifications;

/// <summary>What stands around the words in a mail to a customer, in one language and voice.</summary>
/// <param name="Subject">With <c>{brand}</c>.</param>
/// <param name="Wrote">With <c>{who}</c>.</param>
/// <param name="Files">Stands for files, which are not sent along.</param>
/// <param name="Only">What the link is good for.</param>
internal sealed record AnswerWords(string Subject, string Hello, string HelloName, string Wrote, string Files, string Open, string Only)
{
    private static readonly AnswerWords English = new(
        "New message from {brand}", "Hello,", "Hello {name},", "{who} wrote:", "(with files, in the conversation)",
        "Read on and answer here:", "The link opens this one conversation, for 14 days. Please do not pass it on.");

    private static readonly AnswerWords GermanFormal = new(
        "Neue Nachricht von {brand}", "Guten Tag,", "Guten Tag {name},", "{who} hat Ihnen geschrieben:", "(mit Dateien, in der Unterhaltung)",
        "Hier können Sie weiterlesen und antworten:", "Der Link öffnet nur diese Unterhaltung und gilt 14 Tage. Bitte geben Sie ihn nicht weiter.");

    private static readonly AnswerWords GermanInformal = new(
        "Neue Nachricht von {brand}", "Hallo,", "Hallo {name},", "{who} hat dir geschrieben:", "(mit Dateien, in der Unterhaltung)",
        "Hier kannst du weiterlesen und antworten:", "Der Link öffnet nur diese Unterhaltung und gilt 14 Tage. Bitte gib ihn nicht weiter.");

    private static readonly AnswerWords DutchFormal = new(
        "Nieuw bericht van {brand}", "Goedendag,", "Goedendag {name},", "{who} heeft u geschreven:", "(met bestanden, in het gesprek)",
        "Hier kunt u verder lezen en antwoorden:", "De link opent alleen dit gesprek en is 14 dagen geldig. Geef hem niet door.");

    private static readonly AnswerWords DutchInformal = new(
        "Nieuw bericht van {brand}", "Hallo,", "Hallo {name},", "{who} heeft je geschreven:", "(met bestanden, in het gesprek)",
        "Hier kun je verder lezen en antwoorden:", "De link opent alleen dit gesprek en is 14 dagen geldig. Geef hem niet door.");

    private static readonly AnswerWords SpanishFormal = new(
        "Nuevo mensaje de {brand}", "Hola:", "Hola, {name}:", "{who} le ha escrito:", "(con archivos, en la conversación)",
        "Aquí puede seguir leyendo y responder:", "El enlace abre solo esta conversación y vale 14 días. Por favor, no lo comparta.");

    private static readonly AnswerWords SpanishInformal = new(
        "Nuevo mensaje de {brand}", "Hola:", "Hola, {name}:", "{who} te ha escrito:", "(con archivos, en la conversación)",
        "Aquí puedes seguir leyendo y responder:", "El enlace abre solo esta conversación y vale 14 días. Por favor, no lo compartas.");

    /// <param name="language">One of those that Parley speaks; English for any other.</param>
    public static AnswerWords Of(string language, bool formal) => (language, formal) switch
    {
        ("de", true) => GermanFormal,
        ("de", false) => GermanInformal,
        ("nl", true) => DutchFormal,
        ("nl", false) => DutchInformal,
        ("es", true) => SpanishFormal,
        ("es", false) => SpanishInformal,
        _ => English,
    };
}
