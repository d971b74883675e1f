using Parley.Workspaces;

namespace Parley.Routing.Policies;

/// <summary>Who had the customer's last matter, where they are here: who is not is no candidate, and nobody waits for them.</summary>
internal sealed class LastAgent : IPolicy
{
    public Preference Name => Preference.LastAgent;

    public double Score(Candidate who, Job it) => it.Last == who.Agent ? 1 : 0;
}
