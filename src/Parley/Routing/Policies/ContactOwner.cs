using Parley.Workspaces;

namespace Parley.Routing.Policies;

/// <summary>Whose customer it is.</summary>
internal sealed class ContactOwner : IPolicy
{
    public Preference Name => Preference.ContactOwner;

    public double Score(Candidate who, Job it) => it.Owner == who.Agent ? 1 : 0;
}
