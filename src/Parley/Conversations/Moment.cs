using Parley.Contacts;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>
/// What is true outside of a conversation while something is decided in it: who is here, how the inbox is staffed, whether it is open, in whose words
/// the customer is told. Collected before deciding; what mattered of it is copied into the entries. A command without one is of a time long ago
/// (an import, a story that is told): it moves no mode and promises nothing.
/// </summary>
public sealed record Moment
{
    /// <summary>Of a wake-up that nobody gave a moment: nobody is known to be here.</summary>
    public static readonly Moment Unknown = new();

    /// <summary>Whether it is inside the inbox's hours.</summary>
    public bool Open { get; init; } = true;

    /// <summary>When the hours begin again; null while it is open, and where they never do.</summary>
    public DateTimeOffset? OpensAt { get; init; }

    public Floor Floor { get; init; }

    /// <summary>The rules of the inbox as they are now; null where nobody knows them.</summary>
    public Terms? Terms { get; init; }

    /// <summary>The customer.</summary>
    public Here Contact { get; init; }

    /// <summary>The agent whom it concerns: who writes, who is given it, or who holds it.</summary>
    public Here Agent { get; init; }

    /// <summary>When the agent typed last in this conversation; null where nobody knows.</summary>
    public DateTimeOffset? Typed { get; init; }

    /// <summary>When the agent who has it is expected back, where they went home; null: they did not, or nobody knows.</summary>
    public DateTimeOffset? Back { get; init; }

    /// <summary>The team of the agent who has it, where it belongs to none.</summary>
    public TeamId? Home { get; init; }

    /// <summary>The agent has more than they can already: talk that nobody planned goes one above, and no further.</summary>
    public bool Full { get; init; }

    /// <summary>The agent who has it has no room to owe this answer besides what they owe already.</summary>
    public bool Over { get; init; }

    /// <summary>The hours: which part of a time counts.</summary>
    public Calendar Hours { get; init; } = Calendar.Always;

    /// <summary>How long an answer takes to who writes in this moment, as far as that has been learned; null: not enough of them yet.</summary>
    public Learned? Learned { get; init; }

    /// <summary>The same of who waits in the queue.</summary>
    public Learned? LearnedInQueue { get; init; }

    /// <summary>How many others wait for an answer of the same agents.</summary>
    public int Ahead { get; init; }

    /// <summary>The device on which the customer writes.</summary>
    public string? Device { get; init; }

    /// <summary>An answer that is not seen goes by mail to whoever has an address.</summary>
    public bool Mails { get; init; }

    /// <summary>It is known where the customer can be written to.</summary>
    public bool Addressed { get; init; }

    /// <summary>They talk on another device already, where only one may be used.</summary>
    public bool Elsewhere { get; init; }

    /// <summary>Whether a closing asks how it was.</summary>
    public bool AsksRating { get; init; }

    /// <summary>Since when this server is there: who could not reach us before has their time anew.</summary>
    public DateTimeOffset? Up { get; init; }

    public Telling Telling { get; init; } = Telling.Plain;

    /// <summary>Nobody can be talked to now: it is closed, no agent of the inbox is online, or too many wait already. Who is merely busy counts as available.</summary>
    public bool Nobody(Policy policy) => Unavailable(policy) is not null;

    /// <summary>Why nobody can be talked to now; null where somebody can.</summary>
    public Refusal? Unavailable(Policy policy) =>
        !Open ? new Refusal("inbox.closed", "It is outside the opening hours.")
        // Where nobody is ever talked to, nobody need be there: what is written waits.
        : !policy.LiveAllowed ? null
        : Floor.Online == 0 ? new Refusal("live.nobody", "Nobody is here to talk to at the moment.")
        : Floor.Crowded(policy.QueueLimit) ? new Refusal("queue.full", "So many are waiting that nobody more is taken into the queue.")
        : null;
}
