using System.Collections.Immutable;

namespace Parley.Workspaces;

/// <summary>What a new inbox says until somebody writes their own.</summary>
internal static class Greetings
{
    public static readonly ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> First = new Dictionary<string, string>
    {
        ["en"] = "Hello! How can we help?",
        ["de"] = "Hallo! Wie können wir helfen?",
        ["nl"] = "Hallo! Waarmee kunnen we helpen?",
        ["es"] = "¡Hola! ¿En qué podemos ayudar?",
    }.ToImmutableSortedDictionary(pair => pair.Key, pair => ImmutableSortedDictionary<string, string>.Empty.Add("greeting", pair.Value));
}
