using Parley.Workspaces;

namespace Parley.Routing.Policies;

/// <summary>Whoever has the smallest share of what they can.</summary>
internal sealed class LeastLoaded : IPolicy
{
    public Preference Name => Preference.LeastLoaded;

    public double Score(Candidate who, Job it) => who.Capacity == 0 ? -1 : -(double)who.Load / who.Capacity;
}
