using System.Text.RegularExpressions;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Workspaces;

public class GreetingsTests
{
    /// <summary>Words of the other voice, by language and voice: none of them may stand in a text of this one.</summary>
    private static readonly Dictionary<(string Language, Voice Voice), string> Foreign = new()
    {
        [("de", Voice.Formal)] = @"\b(du|dich|dir|dein\w*|euch|euer|eure\w*)\b",
        [("de", Voice.Informal)] = @"\b(Sie|Ihnen|Ihr\w*)\b",
        [("nl", Voice.Formal)] = @"\b(je|jij|jou|jouw|jullie)\b",
        [("nl", Voice.Informal)] = @"\b(u|uw)\b",
        [("es", Voice.Formal)] = @"\b(tú|ti|te|tu|tus|contigo)\b|\w[aei]rte\b",
        [("es", Voice.Informal)] = @"\b(usted|ustedes|su|sus|le|les)\b|\w[aei]rle\b",
    };

    [Fact]
    public void PA21_Every_language_greets_in_both_voices_and_neither_speaks_like_the_other()
    {
        Greetings.All.Keys.Select(key => key.Language).Distinct().Order().ShouldBe(Wording.Spoken.Order());
        foreach (var language in Wording.Spoken)
        {
            Greetings.All.Keys.Where(key => key.Language == language).Select(key => key.Voice).ShouldBe([Voice.Formal, Voice.Informal]);
        }

        var texts = Greetings.All.Select(pair => (Key: pair.Key, Text: pair.Value)).Concat(
            from key in Foreign.Keys
            from text in Greetings.Of([key.Language], Wording.Voices.SetItem(key.Language, key.Voice))[key.Language].Values
            select (Key: key, Text: text));
        foreach (var (key, text) in texts.Where(pair => Foreign.ContainsKey(pair.Key)))
        {
            Regex.IsMatch(text, Foreign[key], key == ("de", Voice.Informal) ? RegexOptions.None : RegexOptions.IgnoreCase).ShouldBeFalse($"{key}: {text}");
        }
    }

    [Fact]
    public void The_rule_sees_what_it_forbids()
    {
        Regex.IsMatch(Greetings.All[("de", Voice.Informal)], Foreign[("de", Voice.Formal)], RegexOptions.IgnoreCase).ShouldBeTrue();
        Regex.IsMatch(Greetings.All[("de", Voice.Formal)], Foreign[("de", Voice.Informal)]).ShouldBeTrue();
        Regex.IsMatch(Greetings.All[("nl", Voice.Informal)], Foreign[("nl", Voice.Formal)], RegexOptions.IgnoreCase).ShouldBeTrue();
        Regex.IsMatch(Greetings.All[("nl", Voice.Formal)], Foreign[("nl", Voice.Informal)], RegexOptions.IgnoreCase).ShouldBeTrue();
        Regex.IsMatch(Greetings.All[("es", Voice.Informal)], Foreign[("es", Voice.Formal)], RegexOptions.IgnoreCase).ShouldBeTrue();
        Regex.IsMatch(Greetings.All[("es", Voice.Formal)], Foreign[("es", Voice.Informal)], RegexOptions.IgnoreCase).ShouldBeTrue();
    }
}
