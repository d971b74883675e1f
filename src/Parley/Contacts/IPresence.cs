namespace Parley.Contacts;

/// <summary>Says who is here now: has a stream, on whichever node. Whoever keeps the streams tells it.</summary>
public interface IPresence
{
    bool Present(WorkspaceId workspace, ContactId contact);

    bool Present(WorkspaceId workspace, AgentId agent);
}
