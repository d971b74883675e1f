using Parley.Contacts;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Live;

/// <summary>Counts the agents of an inbox who are online. Each has room, and nobody is known to wait.</summary>
internal sealed class Staffing(Rosters rosters, IPresence presence) : IFloor
{
    public Floor Of(WorkspaceId workspace, InboxId inbox)
    {
        var online = rosters.Now(workspace).AgentsOf(inbox).Count(agent => agent.Chair == Chair.Online && presence.Present(workspace, agent.Id));
        return new Floor(online, Room: online, Waiting: 0);
    }
}
