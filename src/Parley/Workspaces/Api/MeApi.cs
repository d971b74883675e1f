using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;
using Parley.Platform.Web;
using Parley.Workspaces.Accounts;

namespace Parley.Workspaces.Api;

/// <summary>Oneself, and everybody and everything of the workspace at a glance.</summary>
internal static class MeApi
{
    public static readonly Problem NoPicture = new("picture.unknown", "That is no picture that you uploaded (PNG, JPEG, GIF or WebP, at most 2 MB).", StatusCodes.Status400BadRequest);

    internal sealed record Place(WorkspaceId Id, string Name);

    internal sealed record Me(AgentId Id, string Name, string Email, Role Role, Chair State, string? Picture, Place Workspace, int UndoSeconds, DateTimeOffset? PausedUntil)
    {
        public static Me Of(Roster roster, AgentId id)
        {
            var agent = roster.Agent(id)!;
            return new(id, agent.Name, agent.Email, agent.Role, agent.Chair, Pictures.Address(agent.Picture), new Place(roster.Id, roster.Name), agent.UndoSeconds, agent.PausedUntil);
        }
    }

    /// <param name="Picture">The id of one's own upload; an empty text takes the picture away.</param>
    /// <param name="UndoSeconds">How long what one sent can be taken back, where nobody is talked with live: 0, 5, 10 or 20.</param>
    internal sealed record Change(string? Name = null, string? Picture = null, string? Password = null, string? CurrentPassword = null, int? UndoSeconds = null);

    internal sealed record StateChange(Chair State);

    internal sealed record DirectoryView(
        Place Workspace, Me? Me, IEnumerable<AgentsApi.View> Agents, IEnumerable<TeamsApi.View> Teams, IEnumerable<InboxesApi.View> Inboxes, IEnumerable<BrandsApi.View> Brands, IEnumerable<string> Labels);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1").WithTags("Me");
        group.MapGet("/me", (HttpContext http, Rosters rosters) => Me.Of(rosters.Now(http.Agent().Workspace), http.Agent().Agent)).RequirePerson();
        group.MapPatch("/me", Patch).RequirePerson().Produces<Me>();
        group.MapPut("/me/presence", PutState).RequirePerson().Produces<Me>();
        // As it was called first.
        group.MapPut("/me/state", PutState).RequirePerson().Produces<Me>();
        group.MapGet("/directory", Everybody).RequireAgent();
    }

    private static DirectoryView Everybody(HttpContext http, Rosters rosters)
    {
        var roster = rosters.Now(http.Principal().Workspace);
        var agent = http.Principal() as AgentPrincipal;
        return new DirectoryView(
            new Place(roster.Id, roster.Name),
            agent is null ? null : Me.Of(roster, agent.Agent),
            roster.Agents.Values.Select(AgentsApi.View.Of),
            roster.Teams.Values.Select(team => TeamsApi.View.Of(roster, team)),
            InboxesApi.Seen(roster, http.Principal()).Select(InboxesApi.View.Of),
            roster.Brands.Values.Select(BrandsApi.View.Of),
            roster.Labels);
    }

    private static async Task<IResult> PutState(StateChange body, HttpContext http, Rosters rosters, Desk desk)
    {
        var agent = http.Agent();
        var outcome = await desk.Handle(new TakeChair(http.Origin(), agent.Agent, body.State, "manual"));
        return outcome.Refusal is { } refusal ? refusal.Problem() : Results.Ok(Me.Of(rosters.Now(agent.Workspace), agent.Agent));
    }

    private static async Task<IResult> Patch(
        Change body, HttpContext http, Rosters rosters, Desk desk, AccountStore accounts, Passwords passwords, Lockout lockout, Sessions sessions, IPictureProof pictures)
    {
        var agent = http.Agent();
        if (body.Picture is { Length: > 0 } && !await pictures.Fits(agent, Pictures.Wish(body.Picture)!.Value))
        {
            return Problems.Of(NoPicture);
        }

        // All that can be refused is looked at before anything is done, so that a refused change is none at all.
        var (account, problem) = body.Password is { } text ? await Checked(http, agent, text, body.CurrentPassword, accounts, passwords, lockout) : default;
        if (problem is not null)
        {
            return Problems.Of(problem);
        }

        var hash = body.Password is { } password ? await passwords.Hash(password) : null;
        var outcome = await desk.Handle(new ChangeAgent(http.Origin(http.NewId()), agent.Agent, body.Name, Pictures.Wish(body.Picture)) { UndoSeconds = body.UndoSeconds });
        if (outcome.Refusal is { } refusal)
        {
            return refusal.Problem();
        }

        if (hash is not null)
        {
            await accounts.SetPassword(account!.Id, hash);
            foreach (var session in await sessions.EndOthers(agent.Agent, but: agent.Session))
            {
                await desk.Handle(new SignOutAgent(http.Origin(http.NewId()), agent.Agent, session));
            }
        }

        return Results.Ok(Me.Of(rosters.Now(agent.Workspace), agent.Agent));
    }

    /// <summary>The account whose password may be set to this one, or why not. Asks for the old one: a screen left open must not give the account away.</summary>
    private static async Task<(Account? Account, Problem? Problem)> Checked(
        HttpContext http, AgentPrincipal agent, string password, string? current, AccountStore accounts, Passwords passwords, Lockout lockout)
    {
        if (Passwords.Flaw(password) is { } flaw)
        {
            return (null, new Problem(flaw.Code, flaw.Detail, flaw.Status));
        }

        if (await accounts.Of(agent.Agent) is not { } account)
        {
            return (null, new Problem("account.unknown", "This agent has no account.", StatusCodes.Status404NotFound));
        }

        var (locked, right) = await lockout.Check(account.Email, http, async () => current is not null && await passwords.Fits(account.Password, current));
        return right ? (account, null) : (null, locked ?? new Problem("password.wrong", "The current password is wrong.", StatusCodes.Status403Forbidden));
    }
}
