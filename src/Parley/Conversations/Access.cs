using Parley.Log;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>
/// The one place that says who may see what. Every read (routes, stream, search, counts, files, notifications, exports) asks here, and what is
/// not allowed looks exactly like what does not exist.
/// </summary>
public static class Access
{
    /// <summary>Whether somebody may see a conversation at all: workspace first, then inbox (agents) or person (customers).</summary>
    public static bool May(Principal who, WorkspaceId workspace, InboxId inbox, ContactId contact, ConversationId thread) => who.Workspace == workspace && who switch
    {
        AgentPrincipal agent => agent.Inboxes is null || agent.Inboxes.Contains(inbox),
        ProgramPrincipal => true,
        VisitorPrincipal visitor => visitor.Owns(contact, thread),
        _ => false,
    };

    /// <summary>Whether somebody who may see the conversation may see this entry of it. A customer never sees what is internal, nor what their terms hide.</summary>
    public static bool May(Principal who, Entry entry, long customerSeesFrom = 0) => who switch
    {
        VisitorPrincipal => entry.Visibility == Visibility.Public && entry.Seq >= customerSeesFrom,
        AgentPrincipal agent => entry.OnlyFor is null || entry.OnlyFor.Contains(agent.Agent),
        ProgramPrincipal => entry.OnlyFor is null,
        _ => false,
    };
}
