using System.Collections.Immutable;
using Parley.Log;
using Parley.Platform;

namespace Parley.Workspaces;

/// <summary>
/// Sentences that the system says to customers by itself, in a thread or around the words in a mail, by code, with the blanks that are filled in when it does.
/// An inbox or its brand may word each anew in the languages that Parley speaks, and leaves no blank out: a promise that does not say by when is none.
/// </summary>
public static class Sentences
{
    private const string When = "when";
    private const string Agent = "agent";
    private const string Name = "name";
    private const string Who = "who";

    /// <summary>In the order in which a customer meets them.</summary>
    public static readonly ImmutableArray<(string Code, ImmutableArray<string> Blanks)> All =
    [
        ("queue.patience", []),
        ("promise.first", [When]),
        ("promise.firstMailed", [When]),
        ("promise.queue", [When]),
        ("promise.stay", []),
        ("promise.left", [When]),
        ("promise.leftMailed", [When]),
        ("promise.renewed", [When]),
        ("promise.agent", [Agent, When]),
        ("agent.lost", [Agent]),
        ("agent.finished", [Agent]),
        ("transfer.agent", [Agent]),
        ("transfer.team", []),
        ("rating.ask", []),
        ("session.reminder", []),
        ("session.ended", []),
        ("session.idle", []),
        ("profile.messaging", []),
        ("profile.blended", []),
        ("profile.strictLive", []),
    ];

    /// <summary>What stands around the words in a mail, from the top down. <c>{brand}</c> is filled in wherever it stands, and may be left out.</summary>
    public static readonly ImmutableArray<(string Code, ImmutableArray<string> Blanks)> Mailed =
    [
        ("mail.subject", []),
        ("mail.helloName", [Name]),
        ("mail.hello", []),
        ("mail.wrote", [Who]),
        ("mail.files", []),
        ("mail.open", []),
        ("mail.button", []),
        ("mail.only", []),
        ("mail.reason", []),
    ];

    private static readonly ImmutableDictionary<string, ImmutableArray<string>> Blanks = All.AddRange(Mailed).ToImmutableDictionary(one => one.Code, one => one.Blanks);

    /// <summary>True for what is told in a thread or a mail, and is nothing that a launcher says.</summary>
    public static bool Has(string code) => Blanks.ContainsKey(code);

    public static Refusal? Flaw(ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> texts)
    {
        var flaws = texts
            .SelectMany(of => of.Value.Where(text => text.Value.Length > 0 && Has(text.Key)).SelectMany(text => Flaws(text.Value, Blanks[text.Key], $"texts.{of.Key}.{text.Key}")))
            .ToImmutableArray();
        return flaws.IsEmpty ? null : new Refusal("texts.invalid", $"{flaws[0].Field}: {flaws[0].Text}", 400) { Errors = flaws };
    }

    private static IEnumerable<FieldFlaw> Flaws(string text, ImmutableArray<string> blanks, string path)
    {
        foreach (var blank in new[] { When, Agent, Name, Who })
        {
            if (text.Contains($"{{{blank}}}", StringComparison.Ordinal) != blanks.Contains(blank))
            {
                yield return new(path, "blank", blanks.Contains(blank) ? $"It says {{{blank}}} somewhere, which is filled in when it is told." : $"There is nothing that could stand for {{{blank}}} here.");
            }
        }
    }
}

/// <summary>Says what customers are told where nobody worded it anew. Whoever tells it knows.</summary>
public interface ITeller
{
    /// <summary>Every sentence, with its blanks, by code.</summary>
    ImmutableSortedDictionary<string, string> Said(string language, Voice voice);

    /// <summary>What stands for <c>{when}</c>, for instance.</summary>
    string When(string language);
}

/// <summary>What customers are mailed, for those who set it. Whoever writes the mails knows.</summary>
public interface IMailing
{
    /// <summary>Seconds after which an inbox that says nothing else mails what was not seen; 0: never.</summary>
    int AfterSeconds { get; }

    /// <summary>Whether an inbox mails what was not seen to whoever has an address.</summary>
    bool Mails(Roster roster, InboxSettings inbox);

    /// <summary>Every sentence around the words of a mail, with its blanks, by code.</summary>
    ImmutableSortedDictionary<string, string> Said(string language, Voice voice);
}
