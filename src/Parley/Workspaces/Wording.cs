using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Parley.Log;

namespace Parley.Workspaces;

using Texts = ImmutableSortedDictionary<string, string>;
using TextsByLanguage = ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>>;

/// <summary>How a customer is addressed where the language knows both: Sie or du, u or je, usted or tú.</summary>
public enum Voice { Formal, Informal }

/// <summary>Languages, voices, and the texts that people type for their customers: per language, per key.</summary>
public static partial class Wording
{
    private const int LanguagesLimit = 50;
    private const int TextsLimit = 100;
    private const int TextLimit = 1_000;

    /// <summary>The languages that Parley itself speaks.</summary>
    public static readonly ImmutableArray<string> Spoken = ["en", "de", "nl", "es"];

    public static readonly TextsByLanguage None = TextsByLanguage.Empty;

    /// <summary>How customers are addressed until somebody says otherwise. English has only the one.</summary>
    public static readonly ImmutableSortedDictionary<string, Voice> Voices = new Dictionary<string, Voice>
    {
        ["de"] = Voice.Formal,
        ["nl"] = Voice.Informal,
        ["es"] = Voice.Informal,
    }.ToImmutableSortedDictionary();

    /// <param name="fewest">How many there must be at least.</param>
    public static Refusal? Languages(ImmutableArray<string> languages, int fewest) => languages.Length >= fewest && languages.Length <= LanguagesLimit && languages.All(IsLanguage)
        ? null
        : new Refusal("languages.invalid", "Languages are written like en or pt-BR; there is at least one.", 400);

    public static Refusal? Typed(TextsByLanguage texts) =>
        texts.Count <= LanguagesLimit && texts.All(pair => IsLanguage(pair.Key) && pair.Value.Count <= TextsLimit && pair.Value.All(text => Key().IsMatch(text.Key) && text.Value.Length <= TextLimit))
            ? Sentences.Flaw(texts)
            : new Refusal("texts.invalid", $"Texts are kept per language and key, each at most {TextLimit} characters.", 400);

    public static bool IsLanguage(string language) => Tag().IsMatch(language);

    public static ImmutableArray<string> Tidy(ImmutableArray<string> languages) => [.. languages.Select(language => language.Trim()).Distinct()];

    /// <summary>What was emptied is not said: an empty text falls back like a missing one.</summary>
    public static TextsByLanguage Tidy(TextsByLanguage texts) => texts
        .Select(pair => (Language: pair.Key.Trim(), Texts: pair.Value.Where(text => text.Value.Trim().Length > 0).ToImmutableSortedDictionary(text => text.Key, text => text.Value.Trim())))
        .Where(pair => pair.Texts.Count > 0)
        .GroupBy(pair => pair.Language)
        .ToImmutableSortedDictionary(same => same.Key, same => same.Last().Texts);

    /// <summary>Both, where the second says nothing.</summary>
    public static TextsByLanguage Over(TextsByLanguage texts, TextsByLanguage under)
    {
        foreach (var (language, own) in texts)
        {
            under = under.SetItem(language, under.GetValueOrDefault(language, Texts.Empty).SetItems(own));
        }

        return under;
    }

    /// <summary>The voice of a language, whatever its region; informal where the language knows only one.</summary>
    public static Voice Of(ImmutableSortedDictionary<string, Voice> voices, string language) =>
        voices.TryGetValue(language, out var exact) || voices.TryGetValue(language.Split('-')[0], out exact) ? exact : Voice.Informal;

    [GeneratedRegex(@"\A[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\z")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\A[a-zA-Z][a-zA-Z0-9.]{0,63}\z")]
    private static partial Regex Key();
}
