using System.Collections.Immutable;
using Parley.Workspaces;

namespace Parley.Routing.Policies;

/// <summary>Several policies in order: the first that tells two apart decides, and where none does it goes in turns.</summary>
internal sealed class Ladder(params ImmutableArray<IPolicy> steps)
{
    private static readonly ImmutableArray<IPolicy> All =
        [new ContactOwner(), new LastAgent(), new BestSkilled(), new Speaking(), new SpreadHard(), new LeastLoaded(), new LongestIdle(), new RoundRobin()];

    public ImmutableArray<IPolicy> Steps => steps;

    public static Ladder Of(IEnumerable<Preference> by) => new([.. by.Select(one => All.First(policy => policy.Name == one))]);

    /// <summary>Where nobody said otherwise.</summary>
    public static Ladder Usual(Preference last) => Of([Preference.ContactOwner, Preference.LastAgent, Preference.Skills, Preference.Language, Preference.SpreadHard, last]);

    public bool Prefers(Candidate one, Candidate other, Job it)
    {
        foreach (var step in steps)
        {
            var (mine, theirs) = (step.Score(one, it), step.Score(other, it));
            if (mine != theirs)
            {
                return mine > theirs;
            }
        }

        return one.Given < other.Given;
    }
}
