namespace Parley.Contacts;

/// <summary>Says who is here now: has a stream, on whichever node. Whoever keeps the streams tells it.</summary>
public interface IPresence
{
    bool Present(WorkspaceId workspace, ContactId contact);

    bool Present(WorkspaceId workspace, AgentId agent);

    /// <summary>The same with the number of the last coming or going (0 where nobody counts them), on one device of theirs alone where one is named.</summary>
    /// <param name="grace">How long they may be gone where it is asked: with a short one they are gone sooner than people are told.</param>
    Here Of(WorkspaceId workspace, ContactId contact, string? device, TimeSpan grace) => new(Present(workspace, contact), 0);

    Here Of(WorkspaceId workspace, AgentId agent, TimeSpan grace) => new(Present(workspace, agent), 0);

    /// <summary>Told when an agent came or left: hand on quickly, never throw.</summary>
    void Listen(Action<WorkspaceId, AgentId> changed);
}
