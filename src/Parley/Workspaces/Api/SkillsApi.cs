using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;

namespace Parley.Workspaces.Api;

/// <summary>What agents know, how long they have done this, and their minutes of rest.</summary>
internal static class SkillsApi
{
    /// <param name="Skills">All of them, by name: 1 a little, 2 well, 3 better than most. Absent: as they are.</param>
    /// <param name="Experience">A beginner has less at once, and what is hard only where nobody else has time.</param>
    internal sealed record SkillsChange(ImmutableSortedDictionary<string, int>? Skills = null, Experience? Experience = null);

    /// <param name="Minutes">1 to 60; five, unless said otherwise.</param>
    internal sealed record PauseWish(int Minutes = 5);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/v1/agents/{id}/skills", Put).WithTags("Agents").WithName("putSkills").RequireAgent(Role.Supervisor).Produces<AgentsApi.View>();
        var me = routes.MapGroup("/v1/me/pause").WithTags("Me").RequirePerson();
        me.MapPut("/", (PauseWish body, HttpContext http, Rosters rosters, Desk desk) => Pause(new TakePause(http.Origin(), http.Agent().Agent, body.Minutes), http, rosters, desk)).WithName("putPause").Produces<MeApi.Me>();
        me.MapDelete("/", (HttpContext http, Rosters rosters, Desk desk) => Pause(new EndPause(http.Origin(), http.Agent().Agent), http, rosters, desk)).WithName("deletePause").Produces<MeApi.Me>();
    }

    private static async Task<IResult> Put(AgentId id, SkillsChange body, HttpContext http, Rosters rosters, Desk desk)
    {
        var workspace = http.Principal().Workspace;
        if (rosters.Now(workspace).Agent(id) is null)
        {
            return Refusal.Unknown("agent").Problem();
        }

        var outcome = await desk.Handle(new SetSkills(http.Origin(), id, body.Skills, body.Experience));
        return outcome.Refusal is { } refusal ? refusal.Problem() : Results.Ok(AgentsApi.View.Of(rosters.Now(workspace).Agent(id)!));
    }

    private static async Task<IResult> Pause(Command command, HttpContext http, Rosters rosters, Desk desk)
    {
        var agent = http.Agent();
        var outcome = await desk.Handle(command);
        return outcome.Refusal is { } refusal ? refusal.Problem() : Results.Ok(MeApi.Me.Of(rosters.Now(agent.Workspace), agent.Agent));
    }
}
