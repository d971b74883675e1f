using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>By when an answer is likely, and on what ground that is said.</summary>
/// <param name="Takes">How long it takes, where that is what is said; null where the time itself is.</param>
internal sealed record Outlook(DateTimeOffset Due, Ground Ground, TimeSpan? Takes)
{
    /// <summary>So long after opening an answer is promised at the latest, where nothing is fixed.</summary>
    private static readonly TimeSpan AfterOpening = TimeSpan.FromHours(1);

    /// <param name="queue">True for who waits in the queue, of which something may be known.</param>
    public static Outlook Of(Moment moment, Policy policy, DateTimeOffset now, bool queue)
    {
        if (queue && moment.Floor.High is { } high)
        {
            return new(now + high, Ground.Queue, high);
        }

        var takes = policy.Promise.Kind == PromiseKind.Learned && moment.Learned is { } learned ? learned : TimeSpan.FromSeconds(policy.Promise.Seconds ?? Policy.PromiseSeconds);
        return moment switch
        {
            { Open: false, OpensAt: { } opens } => new(opens + (takes < AfterOpening ? takes : AfterOpening), Ground.OpeningHours, null),
            _ => new(now + takes, policy.Promise.Kind == PromiseKind.Learned && moment.Learned is not null ? Ground.Learned : Ground.Fixed, takes),
        };
    }

    /// <summary>As people say it: rounded up, in the words of a language.</summary>
    public string Said(Telling telling, string? language, DateTimeOffset now)
    {
        var spoken = Sayings.Spoken(telling, language);
        return Takes is not { } takes ? Times.By(spoken, telling.Local(Due), telling.Local(now)) : Times.Within(spoken, takes, about: Ground == Ground.Queue);
    }
}
