using Parley.Contacts;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>By when an answer is likely, and on what ground that is said.</summary>
/// <param name="Takes">How long it takes, where that is what is said; null where the time itself is.</param>
internal sealed record Outlook(DateTimeOffset Due, Ground Ground, TimeSpan? Takes)
{
    /// <summary>What it rests on; null where an agent says it, or nothing is known of the moment.</summary>
    public Basis? Basis { get; init; }

    /// <param name="queue">True for who waits in the queue, of which something may be known.</param>
    public static Outlook Of(Moment moment, Policy policy, DateTimeOffset now, bool queue)
    {
        var learns = policy.Promise.Kind == PromiseKind.Learned;
        if (queue)
        {
            var pace = moment.Floor.High;
            var learned = learns ? moment.LearnedInQueue : null;
            var basis = Basis.Of(pace is null ? Like.Queue : Like.Paced, learned, pace, moment.Ahead);
            return pace is not null ? In(learned?.Ninety ?? pace.Value, Ground.Queue) with { Basis = basis }
                : learned is not null ? In(learned.Ninety, Ground.Learned) with { Basis = basis }
                : Said() with { Basis = basis };
        }

        var known = learns ? moment.Learned : null;
        return (known is null ? Said() : In(known.Ninety, Ground.Learned)) with { Basis = Basis.Of(AnswerTime.Alike(moment.Open, moment.Floor), known, null, moment.Ahead) };

        // Where it closes before that, it is said by when and not how long: the night does not count.
        Outlook In(TimeSpan takes, Ground ground) =>
            AnswerTime.Of(takes, moment.Hours, now) is { Due: { } due } ? new(due, Ground.OpeningHours, null) : new(now + takes, ground, takes);

        Outlook Said()
        {
            var said = AnswerTime.Said(policy, moment.Hours, now, moment.Open ? null : moment.OpensAt);
            return said.Due is { } due ? new(due, Ground.OpeningHours, null) : new(now + said.Takes, Ground.Fixed, said.Takes);
        }
    }

    /// <summary>By when, as it is said on every screen. It is watched and scored by what it is due.</summary>
    public DateTimeOffset Spoken(DateTimeOffset now) => new AnswerTime(Takes ?? Due - now, Takes is null ? Due : null).SpokenFrom(now);

    /// <summary>As people say it: rounded up, in the words of a language.</summary>
    public string Said(Telling telling, string? language, DateTimeOffset now)
    {
        var spoken = Sayings.Spoken(telling, language);
        return Takes is not { } takes ? Times.By(spoken, telling.Local(Spoken(now)), telling.Local(now)) : Times.Within(spoken, takes, about: Ground == Ground.Queue);
    }
}
