using Parley.Workspaces;

namespace Parley.Routing.Policies;

/// <summary>Whoever has had nothing to do for the longest; who has something comes after them.</summary>
internal sealed class LongestIdle : IPolicy
{
    /// <summary>More than there ever are.</summary>
    private const double Busy = -1e15;

    public Preference Name => Preference.LongestIdle;

    public double Score(Candidate who, Job it) => who.Idle is { } since ? -since : Busy;
}
