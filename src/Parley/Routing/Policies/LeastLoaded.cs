namespace Parley.Routing.Policies;

/// <summary>Whoever has the smallest share of what they can; among equals in turns.</summary>
internal sealed class LeastLoaded : IPolicy
{
    public bool Prefers(Candidate one, Candidate other)
    {
        var (mine, theirs) = ((long)one.Load * other.Capacity, (long)other.Load * one.Capacity);
        return mine < theirs || (mine == theirs && one.Given < other.Given);
    }
}
