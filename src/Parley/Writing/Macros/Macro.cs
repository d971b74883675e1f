using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform;
using Parley.Workspaces;

namespace Parley.Writing.Macros;

/// <summary>One thing that a macro does: exactly one of these is said.</summary>
internal sealed record MacroAction
{
    /// <summary>Says a reply that was written before.</summary>
    public ReplyId? Reply { get; init; }

    public string? Label { get; init; }

    public string? Unlabel { get; init; }

    /// <summary>Gives it to an agent.</summary>
    public AgentId? Agent { get; init; }

    /// <summary>Gives it to a team.</summary>
    public TeamId? Team { get; init; }

    /// <summary>Puts it out of sight for so long.</summary>
    public int? SnoozeMinutes { get; init; }

    public Priority? Priority { get; init; }

    public bool? Close { get; init; }

    /// <summary>Which of them it is; null where none is, or several are.</summary>
    [JsonIgnore]
    public string? Kind => Kinds.Where(pair => pair.Said).Select(pair => pair.Name).ToList() is [var only] ? only : null;

    private IEnumerable<(string Name, bool Said)> Kinds =>
    [
        ("reply", Reply is not null), ("label", Label is not null), ("unlabel", Unlabel is not null), ("agent", Agent is not null), ("team", Team is not null),
        ("snoozeMinutes", SnoozeMinutes is not null), ("priority", Priority is not null), ("close", Close is not null),
    ];
}

/// <summary>Several things that are done with a conversation as one.</summary>
/// <param name="Team">Whose it is; null: everybody's.</param>
internal sealed record Macro(MacroId Id, TeamId? Team, string Name, ImmutableArray<MacroAction> Actions) : IShelved
{
    private const int Most = 10;
    private const int LongestSnooze = 60 * 24 * 365;

    /// <summary>Null when it may stand; else what is wrong, field by field.</summary>
    public Refusal? Flaw() => Flaws().ToList() is { Count: > 0 } flaws ? new Refusal("macro.invalid", $"{flaws[0].Field}: {flaws[0].Text}", 400) { Errors = [.. flaws] } : null;

    private IEnumerable<FieldFlaw> Flaws()
    {
        if (Naming.Name(Name) is { } unnamed)
        {
            yield return new FieldFlaw("name", unnamed.Code.Split('.')[1], unnamed.Detail);
        }

        if (Actions.Length is 0 or > Most)
        {
            yield return new FieldFlaw("actions", "required", $"A macro does 1 to {Most} things.");
        }

        foreach (var (index, action) in Actions.Index())
        {
            if (action.Kind is null)
            {
                yield return new FieldFlaw($"actions[{index}]", "invalid", "Each action is exactly one thing.");
            }
            else if (action.SnoozeMinutes is < 1 or > LongestSnooze)
            {
                yield return new FieldFlaw($"actions[{index}].snoozeMinutes", "invalid", "The time to come back lies a minute to a year ahead.");
            }
            else if (action.Close == false)
            {
                yield return new FieldFlaw($"actions[{index}].close", "invalid", "Closing is done, or left out.");
            }
        }

        // Whatever is closed is put away by that, and takes nothing more.
        if (Actions.Take(Math.Max(0, Actions.Length - 1)).Index().FirstOrDefault(pair => pair.Item.Close == true) is { Item: not null } early)
        {
            yield return new FieldFlaw($"actions[{early.Index}]", "order", "Closing comes last.");
        }
    }
}
