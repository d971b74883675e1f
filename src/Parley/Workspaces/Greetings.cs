using System.Collections.Immutable;

namespace Parley.Workspaces;

/// <summary>What an inbox says in the languages that Parley speaks until somebody writes their own.</summary>
internal static class Greetings
{
    public static readonly ImmutableSortedDictionary<(string Language, Voice Voice), string> All = new Dictionary<(string, Voice), string>
    {
        [("en", Voice.Formal)] = "Hello! How can we help?",
        [("en", Voice.Informal)] = "Hello! How can we help?",
        [("de", Voice.Formal)] = "Guten Tag! Wie können wir Ihnen helfen?",
        [("de", Voice.Informal)] = "Hallo! Wie können wir dir helfen?",
        [("nl", Voice.Formal)] = "Goedendag! Waarmee kunnen we u helpen?",
        [("nl", Voice.Informal)] = "Hallo! Waarmee kunnen we je helpen?",
        [("es", Voice.Formal)] = "¡Buenos días! ¿En qué podemos ayudarle?",
        [("es", Voice.Informal)] = "¡Hola! ¿En qué podemos ayudarte?",
    }.ToImmutableSortedDictionary();

    /// <summary>The greetings of the languages among these that Parley speaks, in the voice of each.</summary>
    public static ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> Of(ImmutableArray<string> languages, ImmutableSortedDictionary<string, Voice> voices) => languages
        .Select(language => (Language: language, Text: All.GetValueOrDefault((language.Split('-')[0], Wording.Of(voices, language)))))
        .Where(pair => pair.Text is not null)
        .ToImmutableSortedDictionary(pair => pair.Language, pair => ImmutableSortedDictionary<string, string>.Empty.Add("greeting", pair.Text!));
}
