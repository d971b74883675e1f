namespace Parley.Contacts;

/// <summary>Who could answer live in an inbox, and who waits there.</summary>
/// <param name="Online">Its agents who are present and say that they are online.</param>
/// <param name="Room">The units that are free among them; 0 where all are full.</param>
/// <param name="Waiting">Conversations in its queue.</param>
/// <param name="Low">The least that a wait is likely to take; null where nothing can be said honestly.</param>
/// <param name="High">The most that a wait is likely to take.</param>
public readonly record struct Floor(int Online, int Room, int Waiting, TimeSpan? Low = null, TimeSpan? High = null);

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
}
