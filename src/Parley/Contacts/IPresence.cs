namespace Parley.Contacts;

/// <summary>Says who is here now. Whoever keeps the streams tells it.</summary>
public interface IPresence
{
    bool Present(WorkspaceId workspace, ContactId contact);
}
