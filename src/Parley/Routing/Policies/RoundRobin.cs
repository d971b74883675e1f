namespace Parley.Routing.Policies;

/// <summary>In turns: whoever was given something the longest ago.</summary>
internal sealed class RoundRobin : IPolicy
{
    public bool Prefers(Candidate one, Candidate other) => one.Given < other.Given;
}
