using Parley.Inbox.Lists;
using Parley.Workspaces;

namespace Parley.Inbox.Views;

/// <summary>Which saved views somebody sees, and which they may change.</summary>
internal sealed class ViewShelf(Rosters rosters)
{
    public IEnumerable<SavedView> Seen(Principal who) => Of(who.Workspace) is { } roster ? roster.Views.Values.Where(view => Sees(roster, who, view)) : [];

    public SavedView? Find(Principal who, ViewId id) => Of(who.Workspace) is { } roster && roster.Views.TryGetValue(id, out var view) && Sees(roster, who, view) ? view : null;

    /// <summary>The query with the rows of the saved view that it asks for; null where the asker sees no such view.</summary>
    public ListQuery? Rows(Principal who, ListQuery query) => query.View is not { Kind: ViewKind.Saved } asked ? query
        : Find(who, new ViewId(asked.Id)) is not { } view ? null
        : query with { Saved = new(view.Kept.ToByteArray(bigEndian: true), Filter.Of(view.Filter, view.Mine).Personal ? (who as AgentPrincipal)?.Agent ?? default(AgentId) : null, view.Order) };

    /// <summary>Whoever made it, and who supervises.</summary>
    public static bool MayChange(Principal who, SavedView view) => who switch
    {
        AgentPrincipal agent => view.Owner == agent.Agent || (view.Share != ViewShare.Me && agent.Role >= Role.Supervisor),
        ProgramPrincipal => view.Share != ViewShare.Me,
        _ => false,
    };

    /// <summary>With one's own team everybody may share, with all who supervises.</summary>
    public bool MayShare(Principal who, ViewShare share, TeamId? team) => share == ViewShare.Me || who is not AgentPrincipal agent || agent.Role >= Role.Supervisor
        || (share == ViewShare.Team && team is { } one && Of(who.Workspace)?.Agent(agent.Agent)?.Teams.Contains(one) == true);

    private static bool Sees(Roster roster, Principal who, SavedView view) => view.Share switch
    {
        ViewShare.All => true,
        ViewShare.Me => who is AgentPrincipal agent && agent.Agent == view.Owner,
        _ => who is not AgentPrincipal agent || agent.Role >= Role.Supervisor || agent.Agent == view.Owner
            || (view.Team is { } team && roster.Agent(agent.Agent)?.Teams.Contains(team) == true),
    };

    private Roster? Of(WorkspaceId workspace) => rosters.Now(workspace);
}
