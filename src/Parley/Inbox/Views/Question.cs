using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using Parley.Workspaces;

namespace Parley.Inbox.Views;

/// <summary>A condition that was read: one question to a row.</summary>
internal sealed class Question
{
    private readonly string[] _words;
    private readonly long _time;
    private readonly decimal _number;

    private Question(Field field, string op, string[] words, long time) => (Field, Op, _words, _time, _number) = (field, op, words, time, IsNumber(op) && words.Length == 1 && Number(words[0]) is { } number ? number : 0);

    public Field Field { get; }

    public string Op { get; }

    public IReadOnlyList<string> Words => _words;

    /// <summary>The time, or how long, in milliseconds.</summary>
    public long Time => _time;

    /// <param name="me">Whom "me" means, where it means one person.</param>
    public static Question Of(ViewCondition condition, AgentId? me)
    {
        var field = Field.Of(condition.Field)!;
        return !IsTime(field, condition.Op)
            ? new(field, condition.Op, [.. condition.Values.Select(value => Word(field, value, me))], 0)
            : new(field, condition.Op, [], condition.Values.IsEmpty ? 0 : Moment(condition.Op, condition.Values[0]) ?? 0);
    }

    public bool Meets(Facts it) => IsTime(Field, Op) ? InTime(it, Field.Time!(it)?.ToUnixTimeMilliseconds()) : InWords(it.Words(Field));

    /// <summary>Whether a time is asked for. Of what can be a word or a time, how it is asked says which.</summary>
    public static bool IsTime(Field field, string op) => field.Time is not null && (field.Words is null || op is "before" or "after" or "olderThan" or "newerThan" or "within");

    private static bool IsNumber(string op) => op is "atLeast" or "atMost";

    /// <summary>A time as an operator takes it: a point in time, or how long; null for what is neither.</summary>
    public static long? Moment(string op, string value)
    {
        if (op is "before" or "after")
        {
            return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
                && value.Length >= 10 && char.IsAsciiDigit(value[0]) ? time.ToUnixTimeMilliseconds() : null;
        }

        try
        {
            return value.StartsWith('P') && XmlConvert.ToTimeSpan(value) is { TotalMinutes: >= 1, TotalDays: <= 3650 } span ? (long)span.TotalMilliseconds : null;
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            return null;
        }
    }

    private static string Word(Field field, string value, AgentId? me) => field.Kind switch
    {
        FieldKind.Label or FieldKind.Text => Facts.Folded(value),
        FieldKind.Language => value.ToLowerInvariant(),
        FieldKind.Holder when value == Field.Me && me is { } agent => agent.ToString(),
        // Whose it is is asked when it is looked at: here, whether it is anybody's.
        FieldKind.Holder when value == Field.Me => "agent",
        _ => value,
    };

    private bool InWords(string[] said) => Op switch
    {
        "is" or "in" => Any(said, static (has, asked) => has == asked),
        "isNot" or "notIn" => !Any(said, static (has, asked) => has == asked),
        "contains" => Any(said, static (has, asked) => has.Contains(asked, StringComparison.Ordinal)),
        "notContains" => !Any(said, static (has, asked) => has.Contains(asked, StringComparison.Ordinal)),
        "startsWith" => Any(said, static (has, asked) => has.StartsWith(asked, StringComparison.Ordinal)),
        "endsWith" => Any(said, static (has, asked) => has.EndsWith(asked, StringComparison.Ordinal)),
        "atLeast" => said is [var has] && Number(has) >= _number,
        "atMost" => said is [var has] && Number(has) <= _number,
        "isSet" => said.Length > 0,
        _ => said.Length == 0,
    };

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private bool Any(string[] said, Func<string, string, bool> fits)
    {
        foreach (var has in said)
        {
            foreach (var asked in _words)
            {
                if (fits(has, asked))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>What is asked of now says when the answer changes. A row without that time meets nothing that is asked of it.</summary>
    private bool InTime(Facts it, long? time)
    {
        if (time is not { } at)
        {
            return Op == "isNotSet";
        }

        switch (Op)
        {
            case "isSet" or "isNotSet":
                return Op == "isSet";
            case "before":
                return at < _time;
            case "after":
                return at >= _time;
            case "olderThan" or "newerThan":
                it.Until(at + _time);
                return at + _time <= it.Now == (Op == "olderThan");
            default:
                it.Until(at - _time);
                return at - _time <= it.Now;
        }
    }
}
