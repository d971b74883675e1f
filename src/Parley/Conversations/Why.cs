using System.Collections.Immutable;

namespace Parley.Conversations;

/// <summary>One of those who could have had it.</summary>
/// <param name="Scores">By each preference, in their order: what is higher is dearer.</param>
public sealed record WhyOne(AgentId Agent, ImmutableArray<double> Scores);

/// <summary>Why somebody was asked, or given it: who else could have been, and what told them apart. Kept with the offer, so that it can be read when all is otherwise.</summary>
/// <param name="Rule">The id of the rule that decided who may be asked; null: none.</param>
/// <param name="Name">What the rule was called.</param>
/// <param name="By">By what, in this order.</param>
/// <param name="Candidates">The first of them, who was chosen on top.</param>
/// <param name="Of">How many there were.</param>
public sealed record Why(string? Rule, string? Name, ImmutableArray<string> By, ImmutableArray<WhyOne> Candidates, int Of)
{
    /// <summary>How many of those whom it was for were not asked, and why: <c>full</c>, <c>away</c>, <c>passed</c>, <c>language</c>.</summary>
    public ImmutableSortedDictionary<string, int>? Others { get; init; }

    /// <summary>What was asked for.</summary>
    public ImmutableSortedDictionary<string, int>? Skills { get; init; }

    /// <summary>The language in which alone somebody was looked for.</summary>
    public string? Language { get; init; }
}
