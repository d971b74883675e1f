using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>What the system told a customer, to the letter: no client makes up these words.</summary>
/// <param name="Code">Which saying it is, whatever the language.</param>
public sealed record Told(string Code, IReadOnlyDictionary<string, string> Params, string Text, string Language)
{
    /// <summary>What is not said twice in an episode: the same saying, unless it promises something else.</summary>
    [JsonIgnore]
    public string Key => Params.TryGetValue("when", out var when) ? $"{Code} {when}" : Code;
}

/// <summary>An entry that may have told the customer something.</summary>
internal interface ITold
{
    Told? Told { get; }
}

/// <summary>
/// The sentences of the system to customers: per language, formal and informal. Each can be said otherwise by an inbox or its brand, under its code; what
/// stands there in braces is filled in.
/// </summary>
internal static class Sayings
{
    public const string RatingAsk = "rating.ask";
    public const string PromiseFirst = "promise.first";
    public const string PromiseLeft = "promise.left";
    public const string PromiseFirstMailed = "promise.firstMailed";
    public const string PromiseLeftMailed = "promise.leftMailed";
    public const string PromiseQueue = "promise.queue";
    public const string PromiseStay = "promise.stay";
    public const string PromiseRenewed = "promise.renewed";
    public const string PromiseAgent = "promise.agent";
    public const string Patience = "queue.patience";
    public const string AgentLost = "agent.lost";
    public const string AgentFinished = "agent.finished";
    public const string TransferAgent = "transfer.agent";
    public const string TransferTeam = "transfer.team";
    public const string StillThere = "session.reminder";
    public const string SessionOver = "session.ended";
    public const string SessionIdle = "session.idle";
    public const string NowMessaging = "profile.messaging";
    public const string NowBlended = "profile.blended";
    public const string NowStrict = "profile.strictLive";

    private const string Fallback = "en";

    private static readonly Dictionary<string, string> Nothing = [];

    private static readonly Dictionary<(string Code, string Language), (string Formal, string Informal)> Texts = new()
    {
        [(RatingAsk, "en")] = ("How did we do?", "How did we do?"),
        [(RatingAsk, "de")] = ("Wie zufrieden sind Sie mit unserer Antwort?", "Wie zufrieden bist du mit unserer Antwort?"),
        [(RatingAsk, "nl")] = ("Hoe hebben wij u geholpen?", "Hoe hebben we je geholpen?"),
        [(RatingAsk, "es")] = ("¿Qué le ha parecido nuestra ayuda?", "¿Qué te ha parecido nuestra ayuda?"),

        [(PromiseFirst, "en")] = ("Thank you for your message. Our answer will be here {when}.", "Thank you for your message. Our answer will be here {when}."),
        [(PromiseFirst, "de")] = ("Vielen Dank für Ihre Nachricht. Unsere Antwort finden Sie {when} hier.", "Danke für deine Nachricht. Unsere Antwort findest du {when} hier."),
        [(PromiseFirst, "nl")] = ("Bedankt voor uw bericht. Ons antwoord vindt u hier {when}.", "Bedankt voor je bericht. Ons antwoord vind je hier {when}."),
        [(PromiseFirst, "es")] = ("Gracias por su mensaje. Nuestra respuesta estará aquí {when}.", "Gracias por tu mensaje. Nuestra respuesta estará aquí {when}."),

        [(PromiseLeft, "en")] = ("Our answer will be here {when}.", "Our answer will be here {when}."),
        [(PromiseLeft, "de")] = ("Unsere Antwort finden Sie {when} hier.", "Unsere Antwort findest du {when} hier."),
        [(PromiseLeft, "nl")] = ("Ons antwoord vindt u hier {when}.", "Ons antwoord vind je hier {when}."),
        [(PromiseLeft, "es")] = ("Nuestra respuesta estará aquí {when}.", "Nuestra respuesta estará aquí {when}."),

        // Where their address is known an answer that they do not see comes by mail: which address, whoever reads over their shoulder need not learn.
        [(PromiseFirstMailed, "en")] = ("Thank you for your message. Our answer will be here {when}; if you are not, it comes by mail.", "Thank you for your message. Our answer will be here {when}; if you are not, it comes by mail."),
        [(PromiseFirstMailed, "de")] = ("Vielen Dank für Ihre Nachricht. Unsere Antwort finden Sie {when} hier; sind Sie dann nicht da, kommt sie per E-Mail.", "Danke für deine Nachricht. Unsere Antwort findest du {when} hier; bist du dann nicht da, kommt sie per E-Mail."),
        [(PromiseFirstMailed, "nl")] = ("Bedankt voor uw bericht. Ons antwoord vindt u hier {when}; bent u er dan niet, dan komt het per e-mail.", "Bedankt voor je bericht. Ons antwoord vind je hier {when}; ben je er dan niet, dan komt het per e-mail."),
        [(PromiseFirstMailed, "es")] = ("Gracias por su mensaje. Nuestra respuesta estará aquí {when}; si no está usted, le llegará por correo.", "Gracias por tu mensaje. Nuestra respuesta estará aquí {when}; si no estás tú, te llegará por correo."),

        [(PromiseLeftMailed, "en")] = ("Our answer will be here {when}; if you are not, it comes by mail.", "Our answer will be here {when}; if you are not, it comes by mail."),
        [(PromiseLeftMailed, "de")] = ("Unsere Antwort finden Sie {when} hier; sind Sie dann nicht da, kommt sie per E-Mail.", "Unsere Antwort findest du {when} hier; bist du dann nicht da, kommt sie per E-Mail."),
        [(PromiseLeftMailed, "nl")] = ("Ons antwoord vindt u hier {when}; bent u er dan niet, dan komt het per e-mail.", "Ons antwoord vind je hier {when}; ben je er dan niet, dan komt het per e-mail."),
        [(PromiseLeftMailed, "es")] = ("Nuestra respuesta estará aquí {when}; si no está usted, le llegará por correo.", "Nuestra respuesta estará aquí {when}; si no estás tú, te llegará por correo."),

        [(PromiseQueue, "en")] = ("Our answer will be here {when}; there is no need to wait.", "Our answer will be here {when}; you need not wait."),
        [(PromiseQueue, "de")] = ("Unsere Antwort finden Sie {when} hier; Sie müssen nicht warten.", "Unsere Antwort findest du {when} hier; du musst nicht warten."),
        [(PromiseQueue, "nl")] = ("Ons antwoord vindt u hier {when}; u hoeft niet te wachten.", "Ons antwoord vind je hier {when}; je hoeft niet te wachten."),
        [(PromiseQueue, "es")] = ("Nuestra respuesta estará aquí {when}; no hace falta que espere.", "Nuestra respuesta estará aquí {when}; no hace falta que esperes."),

        [(PromiseStay, "en")] = ("Thank you for waiting, everybody is still busy. Please keep this page open: your place is kept.", "Thanks for waiting, everybody is still busy. Please keep this page open: your place is kept."),
        [(PromiseStay, "de")] = ("Danke für Ihre Geduld, noch sind alle im Gespräch. Bitte lassen Sie diese Seite offen, Ihr Platz bleibt Ihnen.", "Danke für deine Geduld, noch sind alle im Gespräch. Bitte lass diese Seite offen, dein Platz bleibt dir."),
        [(PromiseStay, "nl")] = ("Bedankt voor uw geduld, iedereen is nog in gesprek. Houd deze pagina open, uw plaats blijft bewaard.", "Bedankt voor je geduld, iedereen is nog in gesprek. Houd deze pagina open, je plaats blijft bewaard."),
        [(PromiseStay, "es")] = ("Gracias por su paciencia, todavía están todos ocupados. Mantenga abierta esta página: conserva su turno.", "Gracias por tu paciencia, todavía están todos ocupados. Mantén abierta esta página: conservas tu turno."),

        [(PromiseRenewed, "en")] = ("It takes longer than we said: our answer will be here {when}.", "It takes longer than we said: our answer will be here {when}."),
        [(PromiseRenewed, "de")] = ("Es dauert länger, als wir sagten: Unsere Antwort finden Sie {when} hier.", "Es dauert länger, als wir sagten: Unsere Antwort findest du {when} hier."),
        [(PromiseRenewed, "nl")] = ("Het duurt langer dan we zeiden: ons antwoord vindt u hier {when}.", "Het duurt langer dan we zeiden: ons antwoord vind je hier {when}."),
        [(PromiseRenewed, "es")] = ("Tardamos más de lo que dijimos: nuestra respuesta estará aquí {when}.", "Tardamos más de lo que dijimos: nuestra respuesta estará aquí {when}."),

        [(PromiseAgent, "en")] = ("{agent} will write here {when}.", "{agent} will write here {when}."),
        [(PromiseAgent, "de")] = ("{agent} schreibt Ihnen {when} hier.", "{agent} schreibt dir {when} hier."),
        [(PromiseAgent, "nl")] = ("{agent} schrijft u hier {when}.", "{agent} schrijft je hier {when}."),
        [(PromiseAgent, "es")] = ("{agent} le escribirá aquí {when}.", "{agent} te escribirá aquí {when}."),

        [(Patience, "en")] = ("One moment please, we are finding somebody for you.", "One moment please, we are finding somebody for you."),
        [(Patience, "de")] = ("Einen Moment bitte, wir suchen jemanden für Sie.", "Einen Moment bitte, wir suchen jemanden für dich."),
        [(Patience, "nl")] = ("Een moment geduld, we zoeken iemand voor u.", "Een momentje, we zoeken iemand voor je."),
        [(Patience, "es")] = ("Un momento, por favor: estamos buscando a alguien para usted.", "Un momento, por favor: estamos buscando a alguien para ti."),

        [(AgentLost, "en")] = ("{agent} lost the connection, we are finding somebody.", "{agent} lost the connection, we are finding somebody."),
        [(AgentLost, "de")] = ("{agent} hat die Verbindung verloren, wir suchen jemanden für Sie.", "{agent} hat die Verbindung verloren, wir suchen jemanden für dich."),
        [(AgentLost, "nl")] = ("{agent} heeft geen verbinding meer, we zoeken iemand voor u.", "{agent} heeft geen verbinding meer, we zoeken iemand voor je."),
        [(AgentLost, "es")] = ("{agent} ha perdido la conexión; estamos buscando a alguien.", "{agent} ha perdido la conexión; estamos buscando a alguien."),

        [(AgentFinished, "en")] = ("{agent} has finished; write here if there is more.", "{agent} has finished; write here if there is more."),
        [(AgentFinished, "de")] = ("{agent} ist fertig; schreiben Sie einfach hier, wenn noch etwas ist.", "{agent} ist fertig; schreib einfach hier, wenn noch etwas ist."),
        [(AgentFinished, "nl")] = ("{agent} is klaar; schrijft u hier gerust als er nog iets is.", "{agent} is klaar; schrijf hier gerust als er nog iets is."),
        [(AgentFinished, "es")] = ("{agent} ha terminado; escriba aquí si hay algo más.", "{agent} ha terminado; escribe aquí si hay algo más."),

        [(TransferAgent, "en")] = ("{agent} takes over from here and can read everything above; you need not say it again.", "{agent} takes over from here and can read everything above; no need to say it again."),
        [(TransferAgent, "de")] = ("Ab hier übernimmt {agent} und kann alles oben lesen; Sie müssen nichts wiederholen.", "Ab hier übernimmt {agent} und kann alles oben lesen; du musst nichts wiederholen."),
        [(TransferAgent, "nl")] = ("{agent} neemt het vanaf hier over en kan alles hierboven lezen; u hoeft niets te herhalen.", "{agent} neemt het vanaf hier over en kan alles hierboven lezen; je hoeft niets te herhalen."),
        [(TransferAgent, "es")] = ("A partir de aquí continúa {agent}, que puede leer todo lo anterior; no hace falta que lo repita.", "A partir de aquí continúa {agent}, que puede leer todo lo anterior; no hace falta que lo repitas."),

        [(TransferTeam, "en")] = ("We are passing this on to the colleagues who know most about it. They can read everything above.", "We are passing this on to the colleagues who know most about it. They can read everything above."),
        [(TransferTeam, "de")] = ("Wir geben Ihr Anliegen an die Kollegen weiter, die sich damit am besten auskennen. Sie können alles oben lesen.", "Wir geben dein Anliegen an die Kollegen weiter, die sich damit am besten auskennen. Sie können alles oben lesen."),
        [(TransferTeam, "nl")] = ("We geven uw vraag door aan de collega's die er het meest van weten. Zij kunnen alles hierboven lezen.", "We geven je vraag door aan de collega's die er het meest van weten. Zij kunnen alles hierboven lezen."),
        [(TransferTeam, "es")] = ("Pasamos su consulta a los compañeros que más saben de ello. Pueden leer todo lo anterior.", "Pasamos tu consulta a los compañeros que más saben de ello. Pueden leer todo lo anterior."),

        [(StillThere, "en")] = ("Are you still there?", "Are you still there?"),
        [(StillThere, "de")] = ("Sind Sie noch da?", "Bist du noch da?"),
        [(StillThere, "nl")] = ("Bent u er nog?", "Ben je er nog?"),
        [(StillThere, "es")] = ("¿Sigue ahí?", "¿Sigues ahí?"),

        [(SessionOver, "en")] = ("The chat has ended.", "The chat has ended."),
        [(SessionOver, "de")] = ("Der Chat ist beendet.", "Der Chat ist beendet."),
        [(SessionOver, "nl")] = ("De chat is beëindigd.", "De chat is beëindigd."),
        [(SessionOver, "es")] = ("El chat ha terminado.", "El chat ha terminado."),

        [(SessionIdle, "en")] = ("The chat has ended because nothing was said for a while.", "The chat has ended because nothing was said for a while."),
        [(SessionIdle, "de")] = ("Der Chat ist beendet, weil eine Weile nichts gesagt wurde.", "Der Chat ist beendet, weil eine Weile nichts gesagt wurde."),
        [(SessionIdle, "nl")] = ("De chat is beëindigd omdat er een tijdje niets is gezegd.", "De chat is beëindigd omdat er een tijdje niets is gezegd."),
        [(SessionIdle, "es")] = ("El chat ha terminado porque hace un rato que no se dice nada.", "El chat ha terminado porque hace un rato que no se dice nada."),

        [(NowMessaging, "en")] = ("New here: write whenever you like, there is no need to wait. Our answer comes into this conversation.", "New here: write whenever you like, no need to wait. Our answer comes into this conversation."),
        [(NowMessaging, "de")] = ("Neu bei uns: Schreiben Sie, wann Sie möchten, Sie müssen nicht warten. Unsere Antwort kommt in dieses Gespräch.", "Neu bei uns: Schreib, wann du möchtest, du musst nicht warten. Unsere Antwort kommt in dieses Gespräch."),
        [(NowMessaging, "nl")] = ("Nieuw hier: schrijf wanneer u wilt, u hoeft niet te wachten. Ons antwoord komt in dit gesprek.", "Nieuw hier: schrijf wanneer je wilt, je hoeft niet te wachten. Ons antwoord komt in dit gesprek."),
        [(NowMessaging, "es")] = ("Novedad: escriba cuando quiera, no hace falta esperar. Nuestra respuesta llegará a esta conversación.", "Novedad: escribe cuando quieras, no hace falta esperar. Nuestra respuesta llegará a esta conversación."),

        [(NowBlended, "en")] = ("New here: we talk at once when somebody is here, and otherwise answer later. The conversation stays, you can always go on.", "New here: we talk at once when somebody is here, and otherwise answer later. The conversation stays, you can always go on."),
        [(NowBlended, "de")] = ("Neu bei uns: Ist jemand da, sprechen wir gleich mit Ihnen, sonst antworten wir später. Das Gespräch bleibt, Sie können jederzeit weiterschreiben.", "Neu bei uns: Ist jemand da, sprechen wir gleich mit dir, sonst antworten wir später. Das Gespräch bleibt, du kannst jederzeit weiterschreiben."),
        [(NowBlended, "nl")] = ("Nieuw hier: is er iemand, dan praten we meteen met u, en anders antwoorden we later. Het gesprek blijft, u kunt altijd verder schrijven.", "Nieuw hier: is er iemand, dan praten we meteen met je, en anders antwoorden we later. Het gesprek blijft, je kunt altijd verder schrijven."),
        [(NowBlended, "es")] = ("Novedad: si hay alguien, hablamos con usted al momento; si no, respondemos más tarde. La conversación se queda y puede continuarla siempre.", "Novedad: si hay alguien, hablamos contigo al momento; si no, respondemos más tarde. La conversación se queda y puedes continuarla siempre."),

        [(NowStrict, "en")] = ("New here: we talk while you are here. When you leave, the chat ends.", "New here: we talk while you are here. When you leave, the chat ends."),
        [(NowStrict, "de")] = ("Neu bei uns: Wir sprechen mit Ihnen, solange Sie hier sind. Wenn Sie gehen, endet der Chat.", "Neu bei uns: Wir sprechen mit dir, solange du hier bist. Wenn du gehst, endet der Chat."),
        [(NowStrict, "nl")] = ("Nieuw hier: we praten met u zolang u hier bent. Als u weggaat, eindigt de chat.", "Nieuw hier: we praten met je zolang je hier bent. Als je weggaat, eindigt de chat."),
        [(NowStrict, "es")] = ("Novedad: hablamos con usted mientras esté aquí. Cuando se vaya, el chat termina.", "Novedad: hablamos contigo mientras estés aquí. Cuando te vayas, el chat termina."),
    };

    /// <summary>The codes under which an inbox may say it otherwise.</summary>
    public static IEnumerable<string> Codes => Texts.Keys.Select(key => key.Code).Distinct();

    /// <summary>In our own words, with its blanks.</summary>
    public static string Ours(string code, string language, Voice voice) => Texts[(code, language)] is var (formal, informal) && voice == Voice.Formal ? formal : informal;

    /// <summary>The same with where else the answer comes, where it does. Who worded the plain one anew, and not this one, is heard.</summary>
    public static string Mailed(string code, Telling telling, string? language) =>
        (code switch { PromiseFirst => PromiseFirstMailed, PromiseLeft => PromiseLeftMailed, _ => null }) is { } mailed
        && Spoken(telling, language) is var spoken && (telling.Own(spoken, mailed) is not null || telling.Own(spoken, code) is null)
            ? mailed
            : code;

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

    /// <param name="language">The customer's.</param>
    /// <param name="values">What is filled in.</param>
    public static Told Of(string code, Telling telling, string? language, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var spoken = Spoken(telling, language);
        var text = telling.Own(spoken, code) ?? Ours(code, spoken, Wording.Of(telling.Voices, spoken));
        var filled = values.IsEmpty ? Nothing : new Dictionary<string, string>(values.Length);
        foreach (var (name, value) in values)
        {
            filled[name] = value;
            text = text.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        }

        return new(code, filled, text, spoken);
    }

    /// <summary>What was told is remembered for as long as the episode lasts.</summary>
    public static Conversation Apply(Conversation it, EntryBody body) => body is ITold { Told: { } told } && it.ToldCodes?.Contains(told.Key) != true
        ? it with { ToldCodes = (it.ToldCodes ?? []).Add(told.Key) }
        : it;

    /// <summary>The customer's language where we speak it, else the first of the inbox's that we do.</summary>
    public static string Spoken(Telling telling, string? language)
    {
        foreach (var each in telling.Languages.Prepend(language))
        {
            if (each?.Split('-')[0].ToLowerInvariant() is { } spoken && Texts.ContainsKey((RatingAsk, spoken)))
            {
                return spoken;
            }
        }

        return Fallback;
    }
}
