using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Log;
using Parley.Platform;

namespace Parley.Workspaces;

/// <summary>How long somebody has done this. Beginners have less at once, and what is hard only where nobody else has time.</summary>
public enum Experience { Beginner, Regular, Expert }

/// <summary>What an agent knows, and how well: 1 a little, 2 well, 3 better than most.</summary>
public sealed record AgentSkillsSet(ImmutableSortedDictionary<string, int> Skills) : EntryBody;

/// <param name="Units">What they are given at once from now on; null: as it was, for it was set by hand.</param>
public sealed record ExperienceSet(Experience Experience, int? Units = null) : EntryBody;

/// <summary>Changes what is not null.</summary>
public sealed record SetSkills(Origin Origin, [property: JsonIgnore] AgentId Agent, ImmutableSortedDictionary<string, int>? Skills = null, Experience? Experience = null) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => AgentKind.Of(Agent);
}

public static class Skilling
{
    public const int Best = 3;

    private const int Most = 50;
    private const int NameLimit = 40;

    /// <summary>What somebody of this experience is given at once, where nobody said otherwise.</summary>
    public static int Units(Experience experience) => experience switch { Experience.Beginner => 2, Experience.Expert => 6, _ => Seating.FirstCapacity };

    /// <summary>As they are compared: one skill has one name.</summary>
    public static string Tidy(string skill) => skill.Trim().ToLowerInvariant();

    /// <summary>Null where they may stand.</summary>
    internal static Refusal? Flaw(IReadOnlyDictionary<string, int> skills, string field) =>
        skills.Count > Most ? Wrong(field, "tooMany", $"At most {Most} skills.")
        : skills.Keys.FirstOrDefault(skill => Tidy(skill).Length is 0 or > NameLimit || skill.Any(char.IsControl)) is { } odd ? Wrong($"{field}.{odd}", "invalid", $"A skill has 1 to {NameLimit} characters.")
        : skills.Keys.Select(Tidy).Distinct().Count() < skills.Count ? Wrong(field, "same", "Each skill stands there once.")
        : skills.FirstOrDefault(pair => pair.Value is < 1 or > Best) is { Key: { } wrong } ? Wrong($"{field}.{wrong}", "invalid", $"A level is 1 to {Best}.")
        : null;

    internal static Decision Decide(AgentState state, SetSkills set)
    {
        if (set.Skills is { } asked && Flaw(asked, "skills") is { } flaw)
        {
            return flaw;
        }

        var decision = Decision.Nothing;
        if (set.Skills is { } skills && Tidy(skills) is var tidy && !tidy.SequenceEqual(state.Skills ?? Tidy([])))
        {
            decision = decision.Then(new AgentSkillsSet(tidy));
        }

        // Who had what is usual has what is usual; what somebody set by hand stays.
        return set.Experience is { } experience && experience != state.Experience
            ? decision.Then(new ExperienceSet(experience, state.Capacity == Units(state.Experience) ? Units(experience) : null))
            : decision;
    }

    private static ImmutableSortedDictionary<string, int> Tidy(IEnumerable<KeyValuePair<string, int>> skills) => skills.ToImmutableSortedDictionary(pair => Tidy(pair.Key), pair => pair.Value, StringComparer.Ordinal);

    private static Refusal Wrong(string field, string code, string text) => new("skills.invalid", $"{field}: {text}", 400) { Errors = [new FieldFlaw(field, code, text)] };
}
