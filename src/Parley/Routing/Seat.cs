using System.Collections.Immutable;

namespace Parley.Routing;

/// <summary>An agent as routing sees them.</summary>
/// <param name="Units">What they are given at once.</param>
/// <param name="Open">They are here and say that they are online.</param>
internal sealed record Seat(AgentId Agent, int Units, bool Open)
{
    /// <summary>What they speak; empty: not said, which is anything.</summary>
    public ImmutableArray<string> Languages { get; init; } = [];

    public bool Speaks(string language) => Languages.IsEmpty || Languages.Contains(language);
}
