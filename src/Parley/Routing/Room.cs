using Parley.Conversations;
using Parley.Workspaces;

namespace Parley.Routing;

/// <summary>The hall of one workspace with what is known around it. Not for several threads at once.</summary>
internal sealed class Room(Hall hall)
{
    /// <summary>A word that was not heard of for so long was never written.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Dictionary<InboxId, Waits> _waits = [];
    private readonly Dictionary<ConversationId, (AgentId Agent, DateTimeOffset Until)> _held = [];

    public Hall Hall { get; } = hall;

    public Dictionary<ConversationId, AgentId> Offered { get; } = [];

    public Roster? Staffed { get; set; }

    public Waits Waits(InboxId inbox) => _waits.TryGetValue(inbox, out var waits) ? waits : _waits[inbox] = new Waits();

    /// <summary>
    /// Whether an agent has room to owe one answer more, which is then held for it: what a word adds to their load is known a moment after it was written, and
    /// twelve may write in that moment. Each node holds for the words that come by it.
    /// </summary>
    public bool Owes(AgentId agent, ConversationId conversation, DateTimeOffset now)
    {
        if (Hall.Find(conversation) is { Thirds: > 0 } job && job.Agent == agent)
        {
            return true;
        }

        foreach (var late in _held.Where(held => held.Value.Until <= now).Select(held => held.Key).ToList())
        {
            _held.Remove(late);
        }

        _held.Remove(conversation);
        var (load, capacity) = Hall.Of(agent);
        if (capacity > 0 && load + ((_held.Values.Count(held => held.Agent == agent) + 1) * Weights.Owed) > capacity)
        {
            return false;
        }

        _held[conversation] = (agent, now + Patience);
        return true;
    }

    /// <summary>It is part of the load from now on.</summary>
    public void Heard(ConversationId conversation) => _held.Remove(conversation);
}
