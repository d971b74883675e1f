using System.Collections.Immutable;
using Parley.Conversations;
using Parley.Platform.Mail;
using Parley.Workspaces;

namespace Parley.Notifications;

/// <summary>What stands around the words in a mail to a customer, in one language and voice.</summary>
/// <param name="Subject">With <c>{brand}</c>.</param>
/// <param name="Wrote">With <c>{who}</c>.</param>
/// <param name="HelloName">With <c>{name}</c>.</param>
/// <param name="Files">Stands for files, which are not sent along.</param>
/// <param name="Open">Above the link.</param>
/// <param name="Button">On it, where it is shown as a button.</param>
/// <param name="Only">What the link is good for.</param>
/// <param name="Reason">Why they are written to at all.</param>
internal sealed record AnswerWords(string Subject, string Hello, string HelloName, string Wrote, string Files, string Open, string Button, string Only, string Reason)
{
    private static readonly AnswerWords English = new(
        "New message from {brand}", "Hello,", "Hello {name},", "{who} wrote:", "(with files, in the conversation)",
        "Read on and answer here:", "Open the conversation", "The link opens this one conversation, for 14 days. Please do not pass it on.",
        "You receive this mail because you have not yet seen this in your conversation with {brand}.");

    private static readonly AnswerWords GermanFormal = new(
        "Neue Nachricht von {brand}", "Guten Tag,", "Guten Tag {name},", "{who} hat Ihnen geschrieben:", "(mit Dateien, in der Unterhaltung)",
        "Hier können Sie weiterlesen und antworten:", "Unterhaltung öffnen", "Der Link öffnet nur diese Unterhaltung und gilt 14 Tage. Bitte geben Sie ihn nicht weiter.",
        "Sie erhalten diese Mail, weil Sie dies in Ihrer Unterhaltung mit {brand} noch nicht gesehen haben.");

    private static readonly AnswerWords GermanInformal = new(
        "Neue Nachricht von {brand}", "Hallo,", "Hallo {name},", "{who} hat dir geschrieben:", "(mit Dateien, in der Unterhaltung)",
        "Hier kannst du weiterlesen und antworten:", "Unterhaltung öffnen", "Der Link öffnet nur diese Unterhaltung und gilt 14 Tage. Bitte gib ihn nicht weiter.",
        "Du bekommst diese Mail, weil du dies in deiner Unterhaltung mit {brand} noch nicht gesehen hast.");

    private static readonly AnswerWords DutchFormal = new(
        "Nieuw bericht van {brand}", "Goedendag,", "Goedendag {name},", "{who} heeft u geschreven:", "(met bestanden, in het gesprek)",
        "Hier kunt u verder lezen en antwoorden:", "Gesprek openen", "De link opent alleen dit gesprek en is 14 dagen geldig. Geef hem niet door.",
        "U krijgt deze mail omdat u dit in uw gesprek met {brand} nog niet hebt gezien.");

    private static readonly AnswerWords DutchInformal = new(
        "Nieuw bericht van {brand}", "Hallo,", "Hallo {name},", "{who} heeft je geschreven:", "(met bestanden, in het gesprek)",
        "Hier kun je verder lezen en antwoorden:", "Gesprek openen", "De link opent alleen dit gesprek en is 14 dagen geldig. Geef hem niet door.",
        "Je krijgt deze mail omdat je dit in je gesprek met {brand} nog niet hebt gezien.");

    private static readonly AnswerWords SpanishFormal = new(
        "Nuevo mensaje de {brand}", "Hola:", "Hola, {name}:", "{who} le ha escrito:", "(con archivos, en la conversación)",
        "Aquí puede seguir leyendo y responder:", "Abrir la conversación", "El enlace abre solo esta conversación y vale 14 días. Por favor, no lo comparta.",
        "Recibe este correo porque aún no ha visto esto en su conversación con {brand}.");

    private static readonly AnswerWords SpanishInformal = new(
        "Nuevo mensaje de {brand}", "Hola:", "Hola, {name}:", "{who} te ha escrito:", "(con archivos, en la conversación)",
        "Aquí puedes seguir leyendo y responder:", "Abrir la conversación", "El enlace abre solo esta conversación y vale 14 días. Por favor, no lo compartas.",
        "Recibes este correo porque aún no has visto esto en tu conversación con {brand}.");

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

    /// <summary>As an inbox or its brand words them, and ours where neither does.</summary>
    /// <param name="language">One of those that Parley speaks.</param>
    public static AnswerWords Of(Telling telling, string language)
    {
        var ours = Of(language, Wording.Of(telling.Voices, language) == Voice.Formal);
        return new(
            Own("subject", ours.Subject), Own("hello", ours.Hello), Own("helloName", ours.HelloName), Own("wrote", ours.Wrote), Own("files", ours.Files),
            Own("open", ours.Open), Own("button", ours.Button), Own("only", ours.Only), Own("reason", ours.Reason));

        string Own(string name, string text) => telling.Own(language, $"mail.{name}") ?? text;
    }

    /// <summary>With everything filled in that is the same throughout a mail; the greeting is the one that fits.</summary>
    public AnswerWords Filled(string brand, string? name)
    {
        return new(Fill(Subject), Fill(name is null ? Hello : HelloName), Fill(HelloName), Fill(Wrote), Fill(Files), Fill(Open), Fill(Button), Fill(Only), Fill(Reason));

        string Fill(string text) => text.Replace("{brand}", brand, StringComparison.Ordinal).Replace("{name}", name, StringComparison.Ordinal);
    }

    /// <summary>By the codes under which they are worded anew.</summary>
    public ImmutableSortedDictionary<string, string> ByCode() => new Dictionary<string, string>
    {
        ["mail.subject"] = Subject,
        ["mail.hello"] = Hello,
        ["mail.helloName"] = HelloName,
        ["mail.wrote"] = Wrote,
        ["mail.files"] = Files,
        ["mail.open"] = Open,
        ["mail.button"] = Button,
        ["mail.only"] = Only,
        ["mail.reason"] = Reason,
    }.ToImmutableSortedDictionary();
}

/// <summary>What customers are mailed, for those who set it.</summary>
internal sealed class Mailing(NotificationSettings settings, MailSettings mail, IMailboxes mailboxes) : IMailing
{
    public int AfterSeconds => settings.MailAfterSeconds;

    public bool Mails(Roster roster, InboxSettings inbox) => (mail.Set || mailboxes.Has(roster, inbox.Brand)) && (inbox.MailAfterSeconds ?? settings.MailAfterSeconds) > 0;

    public ImmutableSortedDictionary<string, string> Said(string language, Voice voice) => AnswerWords.Of(language, voice == Voice.Formal).ByCode();
}
