using Parley.Contacts;
using Parley.Workspaces;

namespace Parley.Live;

/// <summary>Who is here, for those who decide by it: as people are told it, with the number of the last coming or going. Who says that they are offline is not here.</summary>
internal sealed class Attendance(Presence presence, Comings comings, Rosters rosters) : IPresence
{
    public bool Present(WorkspaceId workspace, ContactId contact) => presence.Present(workspace, contact);

    public bool Present(WorkspaceId workspace, AgentId agent) => presence.Present(workspace, agent);

    public Here Of(WorkspaceId workspace, ContactId contact) =>
        new(Present(workspace, contact), comings.Of(new Somebody(workspace, new Log.Author(Log.AuthorKind.Contact, contact.Value))).Number);

    public Here Of(WorkspaceId workspace, ContactId contact, string? device) =>
        new(presence.Present(workspace, contact, device), comings.Of(new Somebody(workspace, new Log.Author(Log.AuthorKind.Contact, contact.Value), device)).Number);

    public Here Of(WorkspaceId workspace, AgentId agent) =>
        new(Present(workspace, agent) && rosters.Now(workspace).Agent(agent) is { Chair: not Chair.Offline }, comings.Of(Sightings.Agent(workspace, agent)).Number);

    public void Listen(Action<WorkspaceId, AgentId> changed) => presence.Listen(changed);
}
