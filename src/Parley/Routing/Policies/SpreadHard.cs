using Parley.Workspaces;

namespace Parley.Routing.Policies;

/// <summary>What is hard goes to whoever has the fewest hard ones, and to beginners last.</summary>
internal sealed class SpreadHard : IPolicy
{
    private const int Beginner = 100;

    public Preference Name => Preference.SpreadHard;

    public double Score(Candidate who, Job it) => !it.Hard ? 0 : -who.Hard - (who.Seat?.Beginner == true ? Beginner : 0);
}
