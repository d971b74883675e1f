using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;
using Parley.Platform.Web;
using Parley.Workspaces.Accounts;

namespace Parley.Workspaces.Api;

/// <summary>Signing in and out.</summary>
internal static class SessionApi
{
    private static readonly Problem Wrong = new("auth.wrong", "E-mail address or password are wrong.", StatusCodes.Status401Unauthorized);

    private static readonly Problem Unasked = new("code.unexpected", "No account has a second factor here: sign in without a code.", StatusCodes.Status400BadRequest);

    /// <param name="Code">A second factor. No account has one yet, so a code is refused rather than believed to be checked.</param>
    /// <param name="Workspace">Which, for somebody who is an agent of several; else the oldest membership.</param>
    internal sealed record SignIn(string Email, string Password, string? Code = null, WorkspaceId? Workspace = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/session", Begin).WithTags("Session").Produces<MeApi.Me>(StatusCodes.Status201Created);
        routes.MapDelete("/v1/session", End).RequirePerson().WithTags("Session").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> Begin(SignIn body, HttpContext http, AccountStore accounts, Passwords passwords, Lockout lockout, Entering entering, Rosters rosters)
    {
        if (body.Code is { Length: > 0 })
        {
            return Problems.Of(Unasked);
        }

        (Roster Roster, AgentId Agent)? found = null;
        var (locked, right) = await lockout.Check(body.Email, http, async () =>
        {
            var account = await accounts.Find(body.Email);
            found = await passwords.Fits(account?.Password, body.Password) ? await Place(account!, body.Workspace, accounts, rosters) : null;
            return found is not null;
        });
        if (!right || found is not { } place)
        {
            return Problems.Of(locked ?? Wrong);
        }

        return await entering.Enter(http, place.Roster.Id, place.Agent, StatusCodes.Status201Created);
    }

    /// <summary>The membership to sign in to: an active agent of the workspace asked for, or of the first that has one.</summary>
    private static async Task<(Roster Roster, AgentId Agent)?> Place(Account account, WorkspaceId? workspace, AccountStore accounts, Rosters rosters)
    {
        foreach (var (id, agent) in await accounts.Memberships(account.Id))
        {
            if (workspace is not null && workspace != id)
            {
                continue;
            }

            // Another process (the command line) may have added the agent a moment ago.
            var roster = await rosters.Of(id) is { } known && known.Agent(agent) is not null ? known : await rosters.Reload(id);
            if (roster?.Agent(agent) is { Active: true })
            {
                return (roster, agent);
            }
        }

        return null;
    }

    private static async Task<IResult> End(HttpContext http, Sessions sessions, Desk desk)
    {
        var agent = http.Agent();
        var left = await sessions.End(agent.Agent, agent.Session);
        Sessions.ClearCookie(http);
        await desk.Handle(new SignOutAgent(http.Origin(), agent.Agent, agent.Session));
        if (left == 0)
        {
            await desk.Handle(new TakeChair(http.Origin(http.NewId()), agent.Agent, Chair.Offline, "signedOut"));
        }

        return Results.NoContent();
    }
}
