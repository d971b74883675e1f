using System.Collections.Immutable;
using Parley.Log;
using Parley.Platform;

namespace Parley.Workspaces;

/// <summary>A made-up conversation, and the rule that it should meet.</summary>
/// <param name="Text">The first message.</param>
/// <param name="Page">The address or path of the page.</param>
/// <param name="Fields">What was filled in, by the field's name.</param>
/// <param name="Expects">The id of the rule that should decide; empty: none should; null: nothing is expected.</param>
public sealed record SortingExample(string Text, string? Page = null, string? Language = null, ImmutableSortedDictionary<string, string>? Fields = null, string? Expects = null)
{
    private const int Limit = 100;
    private const int TextLimit = 2_000;

    public Matter Matter() => new(
        Fields is { } fields ? string.Join('\n', fields.Values.Prepend(Text)) : Text,
        Page is null ? null : Uri.TryCreate(Page, UriKind.Absolute, out var address) && address.Scheme != "file" ? address.AbsolutePath : Page,
        Language,
        Fields?.ToDictionary(pair => pair.Key, pair => ImmutableArray.Create(pair.Value)) ?? Workspaces.Matter.Nothing);

    /// <summary>The rule that decides; null: none.</summary>
    public static SortingRule? Met(IEnumerable<SortingRule> rules, Matter matter) => rules.FirstOrDefault(rule => rule.Fits(matter));

    /// <summary>What expected a rule that is no more expects nothing.</summary>
    internal static ImmutableArray<SortingExample>? Still(ImmutableArray<SortingExample>? examples, ImmutableArray<SortingRule>? rules) => examples is { } kept && rules is { } now
        ? [.. kept.Select(example => example.Expects is { Length: > 0 } id && now.All(rule => rule.Id != id) ? example with { Expects = null } : example)]
        : examples;

    internal static Refusal? Flaw(ImmutableArray<SortingExample> examples, ImmutableArray<SortingRule> rules)
    {
        for (var i = 0; i < examples.Length; i++)
        {
            var flaw = examples.Length > Limit ? ("", $"At most {Limit} examples.")
                : examples[i].Text.Length > TextLimit ? (".text", $"At most {TextLimit:N0} characters.")
                : examples[i].Expects is { Length: > 0 } id && rules.All(rule => rule.Id != id) ? (".expects", "There is no such rule.")
                : default;
            if (flaw.Item2 is { } text)
            {
                var field = $"examples[{i}]{flaw.Item1}";
                return new Refusal("examples.invalid", $"{field}: {text}", 400) { Errors = [new FieldFlaw(field, "invalid", text)] };
            }
        }

        return null;
    }
}
