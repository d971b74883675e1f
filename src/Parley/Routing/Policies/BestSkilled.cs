using Parley.Workspaces;

namespace Parley.Routing.Policies;

/// <summary>Whoever is best at what is asked for. That they know it at all is seen to before.</summary>
internal sealed class BestSkilled : IPolicy
{
    public Preference Name => Preference.Skills;

    public double Score(Candidate who, Job it) => it.Skills is not { } wanted || who.Seat is not { } seat ? 0 : wanted.Keys.Sum(skill => seat.Skills.GetValueOrDefault(skill));
}
