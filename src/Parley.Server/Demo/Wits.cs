using System.Text.RegularExpressions;

namespace Parley.Server.Demo;

/// <summary>What a simulated customer says to what they are told: enough wits to answer a question, to wait when asked to, and to say goodbye.</summary>
internal sealed partial class Wits(Part part)
{
    private readonly HashSet<string> _said = [];
    private int _line = 1;

    private enum Tone { Statement, Question, Wait, Farewell }

    /// <summary>They have said all they wanted, and goodbye.</summary>
    public bool Content { get; private set; }

    /// <summary>What they say next; null when they only read.</summary>
    public string? Answer(string told)
    {
        var line = ToneOf(told) switch
        {
            Tone.Question => Known(told) ?? Once(Word.Unsure) ?? Next(),
            Tone.Wait => Once(Word.NoHurry),
            Tone.Farewell => Farewell(),
            _ => Next(),
        };
        Content = _line == part.Lines.Length;
        return line;
    }

    /// <summary>What they take of some things to choose from: what they would have said, or the first.</summary>
    public int Choose(IReadOnlyList<string> choices)
    {
        var wanted = string.Join(' ', part.Lines.Concat(part.Knows.Select(known => known.Answer)));
        var at = choices.ToList().FindIndex(choice => wanted.Contains(choice, StringComparison.OrdinalIgnoreCase));
        return Math.Max(at, 0);
    }

    /// <summary>The conversation was closed: they say no more, for a word of theirs would open it again.</summary>
    public void Closed() => Content = true;

    /// <summary>How it was, from 1 to 5: best for who came to say all they wanted.</summary>
    public int Score => _line == part.Lines.Length ? 5 : 3;

    private string? Next() => _line < part.Lines.Length ? part.Lines[_line++] : null;

    private string? Known(string told)
    {
        var words = Words().Matches(told.ToLowerInvariant()).Select(match => match.Value).ToList();
        var known = part.Knows.FirstOrDefault(one => !_said.Contains(one.Answer) && one.Asked.Any(asked => words.Any(word => word.StartsWith(asked, StringComparison.Ordinal))));
        return known.Answer is { } answer && _said.Add(answer) ? answer : null;
    }

    private string? Farewell()
    {
        if (_line == part.Lines.Length)
        {
            return null;
        }

        // Somebody says goodbye before everything was asked: the last line is a thank-you.
        _line = part.Lines.Length;
        return part.Lines[^1];
    }

    private string? Once(Word word) => Phrases[part.Language][(int)word] is var phrase && _said.Add(phrase) ? phrase : null;

    private static Tone ToneOf(string told) =>
        Farewells().IsMatch(told) ? Tone.Farewell : told.Contains('?', StringComparison.Ordinal) ? Tone.Question : Waits().IsMatch(told) ? Tone.Wait : Tone.Statement;

    private enum Word { Unsure, NoHurry }

    private static readonly Dictionary<string, string[]> Phrases = new()
    {
        ["en"] = ["Hm, I could not say. What would you do?", "No hurry, I am here."],
        ["de"] = ["Gute Frage, das weiß ich nicht genau. Was würden Sie nehmen?", "Keine Eile, ich warte gern."],
        ["nl"] = ["Goeie vraag, dat weet ik niet precies. Wat zou jij doen?", "Geen haast hoor."],
        ["es"] = ["Pues no lo sé muy bien. ¿Tú qué harías?", "Sin prisa, aquí estoy."],
    };

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Words();

    [GeneratedRegex(@"\b(you(’|')?(re| are) welcome|bye|goodbye|take care|have a (nice|good|great)|gern geschehen|tschüss|schönen|graag gedaan|fijne|doei|de nada|hasta luego|adiós|buen día)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Farewells();

    [GeneratedRegex(@"\b(one moment|a moment|just a sec\w*|let me (check|look|see|ask)|i(’|')?ll (check|look|ask)|moment|ich (schaue|frage|sehe)|(ik )?kijk (even|het)|momentje|een momentje|un momento|lo miro|déjame)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Waits();
}
