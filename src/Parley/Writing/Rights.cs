using Parley.Log;
using Parley.Workspaces;

namespace Parley.Writing;

/// <summary>Who may see and change what was written to be used again: everybody's is administrators', a team's is its people's.</summary>
internal static class Rights
{
    public static readonly Refusal Forbidden = new("auth.forbidden", "Administrators write what is everybody's; a team's people write what is the team's.", 403);

    /// <summary>Of a team that is gone nobody but administrators sees what it had.</summary>
    public static bool Sees(Principal who, Rosters rosters, TeamId? team) => team is null || who is ProgramPrincipal || May(who, rosters, team);

    public static bool May(Principal who, Rosters rosters, TeamId? team) => who switch
    {
        ProgramPrincipal program => program.Scopes.Contains("admin"),
        AgentPrincipal { Role: >= Role.Admin } => true,
        AgentPrincipal agent => team is { } of && rosters.Now(who.Workspace).Agent(agent.Agent)?.Teams.Contains(of) == true,
        _ => false,
    };
}
