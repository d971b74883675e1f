using Parley.Workspaces;

namespace Parley.Routing.Policies;

/// <summary>Whoever said that they speak the customer's language, before who said nothing of what they speak.</summary>
internal sealed class Speaking : IPolicy
{
    public Preference Name => Preference.Language;

    public double Score(Candidate who, Job it) => it.Language is { } language && who.Seat is { Languages.IsEmpty: false } seat && seat.Speaks(language) ? 1 : 0;
}
