using System.Collections.Immutable;
using Parley.Log;
using Parley.Platform;

namespace Parley.Workspaces;

/// <summary>How what arrives in an inbox is given to people, where no rule says otherwise.</summary>
/// <param name="By">Who of several is asked first; null: whose customer it is, who had their last matter, who knows best, then who has the most room.</param>
/// <param name="TalkThirds">What a conversation that is talked costs who has it, in thirds of a unit (3: one whole).</param>
/// <param name="LetterThirds">The same of a message that waits for an answer (1: a third).</param>
public sealed record Giving(ImmutableArray<Preference>? By = null, int? TalkThirds = null, int? LetterThirds = null)
{
    private const int Most = 9;

    public static readonly Giving Usual = new();

    /// <returns>Null where all is as usual.</returns>
    internal Giving? Tidied()
    {
        var it = new Giving(By is { IsDefaultOrEmpty: false } by ? [.. by.Distinct()] : null, TalkThirds == 3 ? null : TalkThirds, LetterThirds == 1 ? null : LetterThirds);
        return it == Usual ? null : it;
    }

    internal Refusal? Flaw() =>
        TalkThirds is < 1 or > Most ? Wrong("giving.talkThirds", 1) : LetterThirds is < 0 or > Most ? Wrong("giving.letterThirds", 0) : null;

    private static Refusal Wrong(string field, int least) =>
        new("giving.invalid", $"{field}: {least} to {Most} thirds of a unit.", 400) { Errors = [new FieldFlaw(field, "invalid", $"{least} to {Most}.")] };
}
