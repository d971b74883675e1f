using Parley.Contacts;

namespace Parley.Live;

/// <summary>
/// Who is here, for those who decide by it: as people are told it, with the number of the last coming or going; but of whom a conversation was told that they
/// left, nobody decides that they are here. Who says that they are offline is not here.
/// </summary>
internal sealed class Attendance(Presence presence, Comings comings, Sightings sightings, TimeProvider time) : IPresence
{
    public bool Present(WorkspaceId workspace, ContactId contact) => presence.Present(workspace, contact);

    public bool Present(WorkspaceId workspace, AgentId agent) => presence.Present(workspace, agent);

    public Here Of(WorkspaceId workspace, ContactId contact, string? device, TimeSpan grace) =>
        Of(new Somebody(workspace, new Log.Author(Log.AuthorKind.Contact, contact.Value), device), presence.Present(workspace, contact, device), grace);

    public Here Of(WorkspaceId workspace, AgentId agent, TimeSpan grace) => Of(Sightings.Agent(workspace, agent), Present(workspace, agent), grace);

    public void Listen(Action<WorkspaceId, AgentId> changed) => presence.Listen(changed);

    private Here Of(Somebody who, bool present, TimeSpan grace)
    {
        var now = time.GetUtcNow();
        return new(present && (sightings.Of(who).Present || !(sightings.Gone(who, grace, now) <= now)), comings.Of(who).Number);
    }
}
