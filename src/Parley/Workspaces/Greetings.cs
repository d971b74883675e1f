using System.Collections.Immutable;

namespace Parley.Workspaces;

/// <summary>What an inbox says in the languages that Parley speaks until somebody writes their own, and the few words of its launcher.</summary>
internal static class Greetings
{
    /// <summary>What the launcher is called, how the bubble beside it is hidden, and what follows the number of unread messages: the same in both voices.</summary>
    private static readonly ImmutableSortedDictionary<string, (string Launcher, string Hide, string Unread)> Launchers = new Dictionary<string, (string, string, string)>
    {
        ["en"] = ("Messages", "Hide", "new"),
        ["de"] = ("Nachrichten", "Ausblenden", "neu"),
        ["nl"] = ("Berichten", "Verbergen", "nieuw"),
        ["es"] = ("Mensajes", "Ocultar", "sin leer"),
    }.ToImmutableSortedDictionary();

    /// <summary>Below a headline that says hello.</summary>
    public static readonly ImmutableSortedDictionary<(string Language, Voice Voice), string> All = new Dictionary<(string, Voice), string>
    {
        [("en", Voice.Formal)] = "How can we help?",
        [("en", Voice.Informal)] = "How can we help?",
        [("de", Voice.Formal)] = "Wie können wir Ihnen helfen?",
        [("de", Voice.Informal)] = "Wie können wir dir helfen?",
        [("nl", Voice.Formal)] = "Waarmee kunnen we u helpen?",
        [("nl", Voice.Informal)] = "Waarmee kunnen we je helpen?",
        [("es", Voice.Formal)] = "¿En qué podemos ayudarle?",
        [("es", Voice.Informal)] = "¿En qué podemos ayudarte?",
    }.ToImmutableSortedDictionary();

    /// <summary>In each of these languages: a greeting where Parley speaks it, and the launcher's words, in English where it does not.</summary>
    public static ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> Of(ImmutableArray<string> languages, ImmutableSortedDictionary<string, Voice> voices) =>
        languages.ToImmutableSortedDictionary(language => language, language => Said(language.Split('-')[0], Wording.Of(voices, language)));

    private static ImmutableSortedDictionary<string, string> Said(string language, Voice voice)
    {
        var words = Launchers.GetValueOrDefault(language, Launchers["en"]);
        var said = ImmutableSortedDictionary<string, string>.Empty.Add("launcher", words.Launcher).Add("hide", words.Hide).Add("unread", words.Unread);
        return All.TryGetValue((language, voice), out var greeting) ? said.Add("greeting", greeting) : said;
    }
}
