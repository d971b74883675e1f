namespace Parley.Contacts;

/// <summary>Who could answer live in an inbox, and who waits there.</summary>
/// <param name="Online">Its agents who are present and say that they are online.</param>
/// <param name="Room">The units that are free among them; 0 where all are full.</param>
/// <param name="Waiting">Conversations in its queue.</param>
/// <param name="Low">The least that a wait is likely to take; null where nothing can be said honestly.</param>
/// <param name="High">The most that a wait is likely to take.</param>
public readonly record struct Floor(int Online, int Room, int Waiting, TimeSpan? Low = null, TimeSpan? High = null)
{
    /// <summary>Whether so many wait that nobody more may. Where none may, whoever finds room does not wait.</summary>
    public bool Crowded(int limit) => limit == 0 ? Room == 0 : Waiting >= limit;
}

/// <summary>Says how an inbox is staffed at this moment. Whoever keeps queue and load tells it.</summary>
public interface IFloor
{
    Floor Of(WorkspaceId workspace, InboxId inbox);

    /// <summary>Told when it may be staffed otherwise, or others wait: hand on quickly.</summary>
    void Listen(Action<WorkspaceId> changed)
    {
        // Who never changes by itself tells nothing.
    }

    /// <summary>What an agent could still be given, in thirds of a unit; less than none where they have more than they should.</summary>
    int Spare(WorkspaceId workspace, AgentId agent) => 0;

    /// <summary>
    /// Whether an agent has room to owe the answer to a word that is about to be written in a conversation of theirs. Where they have, it is held until the word is
    /// known to be written: of many who write at once each is counted.
    /// </summary>
    bool Owes(WorkspaceId workspace, AgentId agent, ConversationId conversation) => true;
}
