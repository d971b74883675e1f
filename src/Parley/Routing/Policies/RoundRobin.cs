using Parley.Workspaces;

namespace Parley.Routing.Policies;

/// <summary>In turns: whoever was given something the longest ago.</summary>
internal sealed class RoundRobin : IPolicy
{
    public Preference Name => Preference.RoundRobin;

    public double Score(Candidate who, Job it) => -who.Given;
}
