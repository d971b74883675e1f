namespace Parley.Routing.Policies;

/// <summary>Somebody who could take it.</summary>
/// <param name="Load">What they have, in thirds of a unit.</param>
/// <param name="Capacity">What they are given at most, in thirds of a unit.</param>
/// <param name="Given">Rises with everything that is given to anybody: when they were given something last.</param>
internal readonly record struct Candidate(AgentId Agent, int Load, int Capacity, long Given);

/// <summary>Who of several gets it.</summary>
internal interface IPolicy
{
    bool Prefers(Candidate one, Candidate other);
}
