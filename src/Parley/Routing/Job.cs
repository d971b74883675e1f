using System.Collections.Immutable;
using Parley.Conversations;
using Parley.Routing.Policies;

namespace Parley.Routing;

/// <summary>
/// Where a conversation waits: in its inbox, and where it belongs to a team, for that team alone. All that decides who may have it stands here, so that of a queue the
/// first that somebody may have is found without going through it.
/// </summary>
/// <param name="Wants">Only who knows this; empty: anybody. A line each: the skill, a tab, how well.</param>
/// <param name="Spares">Beginners are spared.</param>
/// <param name="Room">What has to be free at who is given it, in thirds of a unit.</param>
internal readonly record struct QueueKey(InboxId Inbox, TeamId? Team, string Wants = "", bool Spares = false, int Room = Weights.Unit);

/// <summary>A conversation as routing sees it: it waits to be given to somebody, is offered, or is work of who has it.</summary>
/// <param name="Since">What its place goes by.</param>
internal sealed record Job(ConversationId Id, QueueKey Queue, Priority Priority, DateTimeOffset Since)
{
    /// <summary>True while somebody is sought for it; an offer that is out leaves it so.</summary>
    public bool Seeks { get; init; }

    /// <summary>Who is asked at this moment.</summary>
    public AgentId? Offered { get; init; }

    /// <summary>Who has it.</summary>
    public AgentId? Agent { get; init; }

    /// <summary>What it costs who has it, in thirds of a unit.</summary>
    public int Thirds { get; init; }

    /// <summary>What it will cost who is given it, in thirds of a unit.</summary>
    public int Takes { get; init; } = Weights.Unit;

    /// <summary>It is given without asking, and nobody stands in a queue for it.</summary>
    public bool Letter { get; init; }

    public bool Hard { get; init; }

    /// <summary>What is asked for, also where by now anybody may have it.</summary>
    public IReadOnlyDictionary<string, int>? Skills { get; init; }

    /// <summary>Whose customer it is.</summary>
    public AgentId? Owner { get; init; }

    /// <summary>Who had the customer's last matter.</summary>
    public AgentId? Last { get; init; }

    /// <summary>Who of several is asked first; null: as usual.</summary>
    public Ladder? By { get; init; }

    /// <summary>The rule by which all this is so.</summary>
    public (string? Id, string? Name) Rule { get; init; }

    /// <summary>Who let it pass: they are not asked again while it waits.</summary>
    public ImmutableArray<AgentId> Passed { get; init; } = [];

    /// <summary>Who had it and dropped out. They have it again the moment they are back, and need not be asked; until then their seat may still look taken.</summary>
    public AgentId? Lost { get; init; }

    public bool Asks(AgentId agent) => Lost != agent && !Passed.Contains(agent);

    /// <summary>What the customer speaks; null where nobody knows.</summary>
    public string? Language { get; init; }

    /// <summary>The order in which customers are served: what is urgent first, then who came first.</summary>
    public static readonly IComparer<Job> Order = Comparer<Job>.Create(static (one, other) =>
        other.Priority.CompareTo(one.Priority) is not 0 and var priority ? priority
        : one.Since.CompareTo(other.Since) is not 0 and var since ? since
        : one.Id.CompareTo(other.Id));
}
