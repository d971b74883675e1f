using Microsoft.AspNetCore.Http;
using Parley.Log;
using Parley.Platform.Web;
using Parley.Workspaces.Accounts;

namespace Parley.Workspaces.Api;

/// <summary>Lets somebody in who has proven who they are: by their password, by a code or by a link.</summary>
internal sealed class Entering(AccountStore accounts, Sessions sessions, Rosters rosters, Desk desk, Homes homes, RateLimits limits)
{
    /// <summary>Begins a session, sets its cookie, and answers who one is.</summary>
    public async Task<IResult> Enter(HttpContext http, WorkspaceId workspace, AgentId agent, int status)
    {
        var account = await accounts.Of(agent) ?? throw new InvalidOperationException("Whoever comes in has an account.");
        await sessions.Begin(http, account.Id, workspace, agent);
        if (rosters.Now(workspace).Agent(agent) is { Role: Role.Owner })
        {
            await homes.Note(http, workspace);
        }

        var origin = new Origin(workspace, new Author(AuthorKind.Agent, agent.Value), http.NewId());
        // An empty chair promises nothing: being there for customers is a click of its own. Who is there on another device already stays so.
        var outcome = await desk.Handle(new TakeChair(origin, agent, Chair.Away, "signedIn"));
        return outcome.Refusal is { } refusal ? refusal.Problem() : Results.Json(MeApi.Me.Of(rosters.Now(workspace), agent), statusCode: status);
    }

    /// <summary>A link that proves nothing is counted like a token that does.</summary>
    public IResult Wrong(HttpContext http, Problem problem) =>
        limits.Refused.Take(Throttling.Address(http)) is var wait && wait == TimeSpan.Zero ? Problems.Of(problem) : Problems.Of(RateLimits.TooMany(wait));
}
