using Parley.Workspaces;

namespace Parley.Routing.Policies;

/// <summary>Somebody who could take it.</summary>
/// <param name="Load">What they have, in thirds of a unit.</param>
/// <param name="Capacity">What they are given at most, in thirds of a unit.</param>
/// <param name="Given">Rises with everything that is given to anybody: when they were given something last.</param>
internal readonly record struct Candidate(AgentId Agent, int Load, int Capacity, long Given)
{
    /// <summary>Since when they have nothing to do, as a number that rises; null: they have something.</summary>
    public long? Idle { get; init; }

    /// <summary>How many hard ones they have.</summary>
    public int Hard { get; init; }

    /// <summary>What they know and speak.</summary>
    public Seat? Seat { get; init; }
}

/// <summary>By what it is decided who of several gets something. What two of them come to is compared; where it is the same, the next one is asked.</summary>
internal interface IPolicy
{
    Preference Name { get; }

    /// <returns>The higher, the rather they. 0 where it has nothing to say.</returns>
    double Score(Candidate who, Job it);
}
