using Parley.Contacts;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>By when an answer is likely, and on what ground that is said.</summary>
/// <param name="Takes">How long it takes, where that is what is said; null where the time itself is.</param>
internal sealed record Outlook(DateTimeOffset Due, Ground Ground, TimeSpan? Takes)
{
    /// <param name="queue">True for who waits in the queue, of which something may be known.</param>
    public static Outlook Of(Moment moment, Policy policy, DateTimeOffset now, bool queue)
    {
        if (queue && moment.Floor.High is { } high)
        {
            return new(now + high, Ground.Queue, high);
        }

        var takes = policy.Promise.Kind == PromiseKind.Learned && moment.Learned is { } learned ? learned : AnswerTime.Said(policy);
        return AnswerTime.Of(takes, moment.Open, moment.OpensAt).Due is { } due
            ? new(due, Ground.OpeningHours, null)
            : new(now + takes, policy.Promise.Kind == PromiseKind.Learned && moment.Learned is not null ? Ground.Learned : Ground.Fixed, takes);
    }

    /// <summary>As people say it: rounded up, in the words of a language.</summary>
    public string Said(Telling telling, string? language, DateTimeOffset now)
    {
        var spoken = Sayings.Spoken(telling, language);
        return Takes is not { } takes ? Times.By(spoken, telling.Local(Due), telling.Local(now)) : Times.Within(spoken, takes, about: Ground == Ground.Queue);
    }
}
