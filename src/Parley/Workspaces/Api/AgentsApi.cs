using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;
using Parley.Platform.Web;
using Parley.Workspaces.Accounts;

namespace Parley.Workspaces.Api;

/// <summary>The people who answer.</summary>
internal static class AgentsApi
{
    internal sealed record View(AgentId Id, string Name, string Email, string? Picture, Role Role, Chair State, bool Active, IEnumerable<TeamId> Teams, int Capacity, ImmutableArray<string> Languages, IReadOnlyDictionary<string, int> Skills, Experience Experience, DateTimeOffset? PausedUntil)
    {
        public static View Of(AgentCard agent) =>
            new(agent.Id, agent.Name, agent.Email, Pictures.Address(agent.Picture), agent.Role, agent.Chair, agent.Active, agent.Teams, agent.Capacity, agent.Languages, agent.Skills, agent.Experience, agent.PausedUntil);
    }

    internal sealed record New(string Name, string Email, string Password, Role Role = Role.Agent, ImmutableArray<TeamId>? Teams = null);

    /// <param name="Picture">By an owner alone: their own upload; an empty text takes the picture away.</param>
    /// <param name="Languages">In which they are given conversations as long as somebody who speaks the customer's is there; an empty list: in any.</param>
    internal sealed record Change(
        string? Name = null, Role? Role = null, ImmutableArray<TeamId>? Teams = null, bool? Active = null, string? Password = null, string? Picture = null, ImmutableArray<string>? Languages = null);

    /// <param name="Units">1 to 20: a live conversation is one, a message that waits for their answer a third.</param>
    internal sealed record CapacityChange(int Units);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/agents").WithTags("Agents");
        group.MapGet("/", (HttpContext http, Rosters rosters) => new Items<View>(rosters.Now(http.Principal().Workspace).Agents.Values.Select(View.Of))).RequireAgent();
        group.MapPost("/", Post).RequireAgent(Role.Admin).Produces<View>(StatusCodes.Status201Created);
        group.MapPatch("/{id}", Patch).RequireAgent(Role.Admin).Produces<View>();
        group.MapPut("/{id}/capacity", PutCapacity).RequireAgent(Role.Supervisor).Produces<View>();
    }

    private static async Task<IResult> PutCapacity(AgentId id, CapacityChange body, HttpContext http, Rosters rosters, Desk desk)
    {
        var workspace = http.Principal().Workspace;
        if (rosters.Now(workspace).Agent(id) is null)
        {
            return Refusal.Unknown("agent").Problem();
        }

        var outcome = await desk.Handle(new SetCapacity(http.Origin(), id, body.Units));
        return outcome.Refusal is { } refusal ? refusal.Problem() : Results.Ok(View.Of(rosters.Now(workspace).Agent(id)!));
    }

    private static async Task<IResult> Post(New body, HttpContext http, Hiring hiring, Rosters rosters)
    {
        if (Standing.Above(http, body.Role) is { } problem)
        {
            return problem;
        }

        var hired = await hiring.Hire(http.Origin(), body.Name, body.Email, body.Password, body.Role, body.Teams is { } teams ? [.. teams] : []);
        return hired.Refusal is { } refusal
            ? refusal.Problem()
            : Results.Created($"/v1/agents/{hired.Agent}", View.Of(rosters.Now(hired.Workspace).Agent(hired.Agent)!));
    }

    private static async Task<IResult> Patch(AgentId id, Change body, HttpContext http, Rosters rosters, Desk desk, AccountStore accounts, Passwords passwords, Sessions sessions, Withdrawing withdrawing, IPictureProof pictures)
    {
        var workspace = http.Principal().Workspace;
        if (rosters.Now(workspace).Agent(id) is not { } agent)
        {
            return Refusal.Unknown("agent").Problem();
        }

        if ((Standing.Above(http, agent.Role) ?? Standing.Above(http, body.Role ?? Role.Agent)) is { } above)
        {
            return above;
        }

        if (body.Picture is { } picture && await Unfit(http, picture, pictures) is { } unfit)
        {
            return unfit;
        }

        // All that can be refused is looked at before anything is done, so that a refused change is none at all.
        var (account, problem) = body.Password is null ? default : await Standing.OfPassword(http, agent, accounts, rosters);
        if (problem is not null)
        {
            return problem;
        }

        if (body.Password is { } text && Passwords.Flaw(text) is { } flaw)
        {
            return flaw.Problem();
        }

        var hash = body.Password is { } password ? await passwords.Hash(password) : null;
        var changed = await desk.Handle(new ChangeAgent(
            http.Origin(http.NewId()), id, body.Name, Pictures.Wish(body.Picture), Teams: body.Teams is { } teams ? [.. teams] : null, Role: body.Role, Active: body.Active) { Languages = body.Languages });
        if (changed.Refusal is { } refusal)
        {
            return refusal.Problem();
        }

        await withdrawing.After(agent, rosters.Now(workspace).Agent(id)!);
        if (hash is not null)
        {
            await accounts.SetPassword(account!.Id, hash);
        }

        if (hash is not null || body.Active == false)
        {
            await SignOutEverywhere(http, id, sessions, desk);
        }

        return Results.Ok(View.Of(rosters.Now(workspace).Agent(id)!));
    }

    /// <summary>Whose face somebody shows to the world is theirs to say, or an owner's.</summary>
    private static async Task<IResult?> Unfit(HttpContext http, string picture, IPictureProof pictures) => http.Principal() is not AgentPrincipal { Role: Role.Owner }
        ? Problems.Of("picture.owner", "Everybody chooses their own picture; an owner may for others.", StatusCodes.Status403Forbidden)
        : picture.Length == 0 || await pictures.Fits(http.Principal(), Pictures.Wish(picture)!.Value) ? null : Problems.Of(MeApi.NoPicture);

    private static async Task SignOutEverywhere(HttpContext http, AgentId id, Sessions sessions, Desk desk)
    {
        await sessions.EndOthers(id);
        await desk.Handle(new SignOutAgent(http.Origin(http.NewId()), id, null));
    }
}

/// <summary>A list that fits into one answer.</summary>
internal sealed record Items<T>([property: System.Text.Json.Serialization.JsonPropertyName("items")] IEnumerable<T> All);
