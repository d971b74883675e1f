using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Log;
using Parley.Platform;

namespace Parley.Workspaces;

/// <summary>What an attribute says something of.</summary>
public enum AttributeOf { Contact, Conversation }

/// <summary>What stands in an attribute, which says what can be written there and what can be asked of it.</summary>
public enum AttributeKind { Text, Number, YesNo, Date, Choice }

/// <summary>Something that is known of contacts or of conversations, as this workspace wants it.</summary>
/// <param name="Key">Under which programs, pages and forms set it. It keeps its kind for good: what was written under it must go on making sense.</param>
/// <param name="Name">What colleagues call it.</param>
/// <param name="Choices">What can be chosen, in this order.</param>
/// <param name="Page">The page may say it of whoever looks at it, without vouching for it.</param>
/// <param name="Retired">It is gone from every screen. What was written stays in the log.</param>
public sealed record AttributeDefinition(AttributeOf Of, string Key, string Name, AttributeKind Kind, ImmutableArray<string>? Choices = null, bool? Page = null, bool? Retired = null)
{
    /// <summary>Under what the workspace keeps it.</summary>
    [JsonIgnore]
    public string Place => PlaceOf(Of, Key);

    public static string PlaceOf(AttributeOf of, string key) => $"{(of == AttributeOf.Contact ? "contact" : "conversation")}.{key}";
}

public sealed record AttributeDefined(AttributeDefinition Attribute) : EntryBody;

/// <summary>Adds an attribute, or changes what it is called and what can be chosen.</summary>
public sealed record DefineAttribute(Origin Origin, AttributeDefinition Attribute) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => WorkspaceKind.Of(Origin.Workspace);
}

/// <summary>What is wanted of attributes, held against what there is: what is to be written (no text: nothing any more), or what is wrong with it.</summary>
public sealed record AttributeValues(ImmutableSortedDictionary<string, string> Values, ImmutableArray<FieldFlaw> Flaws)
{
    public Refusal? Refusal => Flaws.IsEmpty ? null : new Refusal("attributes.invalid", $"{Flaws[0].Field}: {Flaws[0].Text}", 400) { Errors = Flaws };
}

/// <summary>
/// Which attributes there are, and what may stand in them. A value is kept as one writes it down: a number as <c>12.5</c>, yes or no as <c>true</c> or
/// <c>false</c>, a day as <c>2026-03-01</c>, what was chosen as it reads.
/// </summary>
public static class Attributing
{
    public const int Most = 100;
    public const int MostChoices = 100;
    public const int LongestText = 500;
    private const int LongestChoice = 100;
    private const int LongestNumber = 30;

    internal static Decision Decide(WorkspaceState state, DefineAttribute command)
    {
        var wanted = Tidy(command.Attribute);
        var before = state.Attributes.GetValueOrDefault(wanted.Place);
        if (wanted.Retired == true)
        {
            return before is null ? Refusal.Unknown("attribute") : before.Retired == true ? Decision.Nothing : new AttributeDefined(before with { Retired = true });
        }

        return Flaw(state, wanted, before) is { } refusal ? refusal : before is not null && Same(before, wanted) ? Decision.Nothing : new AttributeDefined(wanted);
    }

    /// <summary>Whom a wish comes from decides nothing here: a page that may say only some of it is handed only these definitions.</summary>
    /// <param name="wanted">Texts, numbers, yes or no; null takes a value away.</param>
    public static AttributeValues Read(IEnumerable<AttributeDefinition> definitions, AttributeOf of, IReadOnlyDictionary<string, JsonElement?> wanted)
    {
        var known = definitions.Where(one => one.Of == of && one.Retired != true).ToDictionary(one => one.Key);
        var (values, flaws) = (ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal), ImmutableArray.CreateBuilder<FieldFlaw>());
        foreach (var (key, said) in wanted.Take(Most + 1))
        {
            var value = said ?? default;
            var path = $"attributes.{(key.Length <= Forming.IdLimit ? key : key[..Forming.IdLimit])}";
            if (!known.TryGetValue(key, out var definition))
            {
                flaws.Add(new(path, "unknown", "There is no such attribute."));
            }
            else if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined || value is { ValueKind: JsonValueKind.String } && string.IsNullOrWhiteSpace(value.GetString()))
            {
                values[key] = "";
            }
            else if (Said(definition, value) is { } kept)
            {
                values[key] = kept;
            }
            else
            {
                flaws.Add(new(path, Wrong(definition.Kind), Explained(definition)));
            }
        }

        return new(values.ToImmutable(), flaws.ToImmutable());
    }

    /// <summary>A value as it is kept; null where it is none of this kind.</summary>
    public static string? Said(AttributeDefinition definition, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Said(definition, Words.Clean(value.GetString()!).Trim()),
        JsonValueKind.Number => definition.Kind is AttributeKind.Number or AttributeKind.Text ? Said(definition, value.GetRawText()) : null,
        JsonValueKind.True or JsonValueKind.False => definition.Kind is AttributeKind.YesNo or AttributeKind.Text ? (value.GetBoolean() ? "true" : "false") : null,
        _ => null,
    };

    public static string? Said(AttributeDefinition definition, string text) => definition.Kind switch
    {
        AttributeKind.Number => Number(text),
        AttributeKind.YesNo => text is "true" or "false" ? text : null,
        AttributeKind.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? text : null,
        AttributeKind.Choice => (definition.Choices ?? []).FirstOrDefault(choice => string.Equals(choice, text, StringComparison.OrdinalIgnoreCase)),
        _ => Words.Exceed(text, LongestText) ? null : text,
    };

    /// <summary>A number as it is kept: two ways to write the same one are the same.</summary>
    public static string? Number(string text) =>
        text.Length <= LongestNumber && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            ? Bare(number.ToString(CultureInfo.InvariantCulture)) : null;

    private static string Bare(string number) =>
        (number.Contains('.', StringComparison.Ordinal) ? number.TrimEnd('0').TrimEnd('.') : number) is var bare && bare is "-0" or "" ? "0" : bare;

    private static string Wrong(AttributeKind kind) => kind switch
    {
        AttributeKind.Number => "number",
        AttributeKind.Date => "date",
        AttributeKind.Text => "tooLong",
        _ => "choice",
    };

    private static string Explained(AttributeDefinition definition) => definition.Kind switch
    {
        AttributeKind.Number => "That is not a number.",
        AttributeKind.YesNo => "This is yes or no: true or false.",
        AttributeKind.Date => "A day is written 2026-12-31.",
        AttributeKind.Choice => $"One of: {string.Join(", ", definition.Choices ?? [])}.",
        _ => $"A text of at most {LongestText} characters.",
    };

    private static AttributeDefinition Tidy(AttributeDefinition it) => it with
    {
        Key = it.Key.Trim(),
        Name = Words.Clean(it.Name).Trim(),
        Choices = it.Kind == AttributeKind.Choice ? [.. (it.Choices ?? []).Select(choice => Words.Clean(choice).Trim())] : null,
        Page = it is { Of: AttributeOf.Contact, Page: true } ? true : null,
    };

    private static bool Same(AttributeDefinition one, AttributeDefinition other) =>
        one with { Choices = null } == other with { Choices = null } && (one.Choices ?? []).SequenceEqual(other.Choices ?? []);

    private static Refusal? Flaw(WorkspaceState state, AttributeDefinition it, AttributeDefinition? before)
    {
        var choices = it.Choices ?? [];
        return Naming.Name(it.Name)
            ?? (Forming.IsId(it.Key) ? null : Invalid("key", "invalid", $"A key has between one and {Forming.IdLimit} letters, digits, - and _."))
            ?? (before is not null && before.Kind != it.Kind ? new Refusal("attribute.kind", "What stands in an attribute stays of one kind.") { Errors = [new("kind", "fixed", "Add another attribute in its place.")] } : null)
            ?? (it.Kind == AttributeKind.Choice && choices.Length is 0 or > MostChoices ? Invalid("choices", choices.IsEmpty ? "required" : "tooMany", $"Between one and {MostChoices} choices.") : null)
            ?? (choices.Any(choice => choice.Length is 0 or > LongestChoice) ? Invalid("choices", "invalid", $"A choice has between one and {LongestChoice} characters.") : null)
            ?? (choices.Distinct(StringComparer.OrdinalIgnoreCase).Count() < choices.Length ? Invalid("choices", "twice", "Each choice is there once.") : null)
            ?? (before is not { Retired: not true } && state.Attributes.Values.Count(one => one.Of == it.Of && one.Retired != true) >= Most
                ? new Refusal("attributes.limit", $"There are at most {Most} attributes of a kind of thing.") : null);
    }

    private static Refusal Invalid(string field, string code, string text) => new("attribute.invalid", text, 400) { Errors = [new(field, code, text)] };
}
