using System.Collections.Immutable;
using Parley.Conversations;

namespace Parley.Routing;

/// <summary>Where a conversation waits: in its inbox, and where it belongs to a team, for that team alone.</summary>
internal readonly record struct QueueKey(InboxId Inbox, TeamId? Team);

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
