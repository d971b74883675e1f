using System.Collections.Immutable;

namespace Parley.Routing;

/// <summary>An agent as routing sees them.</summary>
/// <param name="Units">What they are given at once.</param>
/// <param name="Open">They are here and say that they are online.</param>
internal sealed record Seat(AgentId Agent, int Units, bool Open)
{
    /// <summary>What they speak; empty: not said, which is anything.</summary>
    public ImmutableArray<string> Languages { get; init; } = [];

    /// <summary>What they know, and how well.</summary>
    public IReadOnlyDictionary<string, int> Skills { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>They have not done this for long.</summary>
    public bool Beginner { get; init; }

    /// <summary>Who speaks German speaks it with Austrians.</summary>
    public bool Speaks(string language) => Languages.IsEmpty || Languages.Any(spoken => Main(spoken).Equals(Main(language), StringComparison.OrdinalIgnoreCase));

    private static ReadOnlySpan<char> Main(string language) => language.AsSpan(0, language.IndexOf('-') is >= 0 and var dash ? dash : language.Length);
}
