using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;

namespace Parley.Workspaces.Api;

/// <summary>Groups of agents that inboxes are open to and conversations are given to.</summary>
internal static class TeamsApi
{
    /// <param name="Hours">When its people are at work; absent: whenever what they answer is open.</param>
    internal sealed record View(TeamId Id, string Name, IEnumerable<AgentId> Agents, Calendar? Hours = null)
    {
        public static View Of(Roster roster, Team team) => new(team.Id, team.Name, roster.AgentsOf(team.Id).Select(agent => agent.Id), team.Hours);
    }

    /// <param name="Hours">"always": none of its own any more.</param>
    internal sealed record Change(string? Name = null, ImmutableArray<AgentId>? Agents = null, Calendar? Hours = null);

    internal sealed record New(string Name, ImmutableArray<AgentId>? Agents = null, Calendar? Hours = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/teams").WithTags("Teams");
        group.MapGet("/", All).RequireAgent();
        group.MapPost("/", Post).RequireAgent(Role.Admin).Produces<View>(StatusCodes.Status201Created);
        group.MapPatch("/{id}", Patch).RequireAgent(Role.Admin).Produces<View>();
        group.MapDelete("/{id}", Delete).RequireAgent(Role.Admin).Produces(StatusCodes.Status204NoContent);
    }

    private static Items<View> All(HttpContext http, Rosters rosters)
    {
        var roster = rosters.Now(http.Principal().Workspace);
        return new(roster.Teams.Values.Select(team => View.Of(roster, team)));
    }

    private static async Task<IResult> Post(New body, HttpContext http, Rosters rosters, Desk desk, TimeProvider time)
    {
        var team = TeamId.New(time);
        if (Stranger(http, rosters, body.Agents) is { } stranger)
        {
            return stranger.Problem();
        }

        var outcome = await desk.Handle(new SetTeam(http.Origin(), team, body.Name, body.Hours));
        if ((outcome.Refusal ?? await Fill(http, team, body.Agents, rosters, desk)) is { } refusal)
        {
            return refusal.Problem();
        }

        return Results.Created($"/v1/teams/{team}", Seen(http, rosters, team));
    }

    private static async Task<IResult> Patch(TeamId id, Change body, HttpContext http, Rosters rosters, Desk desk)
    {
        if (!rosters.Now(http.Principal().Workspace).Teams.TryGetValue(id, out var team))
        {
            return Refusal.Unknown("team").Problem();
        }

        if (Stranger(http, rosters, body.Agents) is { } stranger)
        {
            return stranger.Problem();
        }

        var outcome = await desk.Handle(new SetTeam(http.Origin(), id, body.Name ?? team.Name, body.Hours ?? team.Hours));
        return (outcome.Refusal ?? await Fill(http, id, body.Agents, rosters, desk)) is { } refusal ? refusal.Problem() : Results.Ok(Seen(http, rosters, id));
    }

    private static async Task<IResult> Delete(TeamId id, HttpContext http, Desk desk)
    {
        var outcome = await desk.Handle(new RemoveTeam(http.Origin(), id));
        return outcome.Refusal is { } refusal ? refusal.Problem() : Results.NoContent();
    }

    private static View Seen(HttpContext http, Rosters rosters, TeamId team)
    {
        var roster = rosters.Now(http.Principal().Workspace);
        return View.Of(roster, roster.Teams[team]);
    }

    private static Refusal? Stranger(HttpContext http, Rosters rosters, ImmutableArray<AgentId>? agents) =>
        agents is null || agents.Value.All(rosters.Now(http.Principal().Workspace).Agents.ContainsKey) ? null : new Refusal("agent.unknown", "There is no such agent.", 400);

    /// <summary>Makes exactly these agents the team. Who is in which team stands with each agent.</summary>
    private static async Task<Refusal?> Fill(HttpContext http, TeamId team, ImmutableArray<AgentId>? agents, Rosters rosters, Desk desk)
    {
        if (agents is not { } wanted)
        {
            return null;
        }

        foreach (var agent in rosters.Now(http.Principal().Workspace).Agents.Values)
        {
            var teams = wanted.Contains(agent.Id) ? agent.Teams.Add(team) : agent.Teams.Remove(team);
            if (teams.Count != agent.Teams.Count && (await desk.Handle(new ChangeAgent(http.Origin(http.NewId()), agent.Id, Teams: teams))).Refusal is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }
}
