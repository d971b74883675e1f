namespace Parley.Notifications.Transcripts;

/// <summary>What stands around what was said in a conversation, in one language.</summary>
/// <param name="Subject">With <c>{brand}</c>, as all of it may.</param>
/// <param name="Customer">Who the customer is, of whom no name is known.</param>
/// <param name="Other">Who else wrote in it, of whom no name is known.</param>
/// <param name="File">Before the name of a file, which is not sent along.</param>
/// <param name="Cut">Where it is too long for a mail, above its newest part.</param>
internal sealed record TranscriptWords(string Subject, string Intro, string Customer, string Other, string File, string Cut, string Reason)
{
    public static TranscriptWords Of(string language, string brand)
    {
        var words = language switch
        {
            "de" => German,
            "nl" => Dutch,
            "es" => Spanish,
            _ => English,
        };
        return new(Fill(words.Subject), Fill(words.Intro), words.Customer, words.Other, words.File, words.Cut, Fill(words.Reason));

        string Fill(string text) => text.Replace("{brand}", brand, StringComparison.Ordinal);
    }

    private static readonly TranscriptWords English = new(
        "Transcript of the conversation with {brand}", "This was said in the conversation with {brand}:", "Customer", "Somebody else", "File:", "(The beginning is left out here.)",
        "This mail was asked for in the conversation with {brand}.");

    private static readonly TranscriptWords German = new(
        "Mitschrift der Unterhaltung mit {brand}", "Das wurde in der Unterhaltung mit {brand} gesagt:", "Kunde", "Jemand anderes", "Datei:", "(Der Anfang ist hier ausgelassen.)",
        "Diese Mail wurde in der Unterhaltung mit {brand} angefordert.");

    private static readonly TranscriptWords Dutch = new(
        "Verslag van het gesprek met {brand}", "Dit is er in het gesprek met {brand} gezegd:", "Klant", "Iemand anders", "Bestand:", "(Het begin is hier weggelaten.)",
        "Deze mail is in het gesprek met {brand} aangevraagd.");

    private static readonly TranscriptWords Spanish = new(
        "Transcripción de la conversación con {brand}", "Esto se dijo en la conversación con {brand}:", "Cliente", "Otra persona", "Archivo:", "(Aquí se omite el principio.)",
        "Este correo se pidió en la conversación con {brand}.");
}
