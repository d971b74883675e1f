using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;
using Parley.Platform.Web;
using Parley.Workspaces.Accounts;

namespace Parley.Workspaces.Api;

/// <summary>Forgotten passwords: a link by mail, or from an administrator. No answer tells whether an address is anybody's.</summary>
internal static class PasswordApi
{
    /// <summary>How long a link from an administrator is good: it is carried by hand.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromDays(1);

    private static readonly Problem Gone = new("link.gone", "This link was used, or is too old. Ask for a new one.", StatusCodes.Status410Gone);

    /// <param name="Language">In which the mail is written: en, de, nl or es.</param>
    internal sealed record Forgot(string Email, string? Language = null);

    /// <param name="Token">What stands behind the # of the link.</param>
    internal sealed record Renewal(string Token, string Password);

    /// <param name="Mail">Whether a link would be mailed at all; where not, an administrator gives one.</param>
    internal sealed record Way(bool Mail);

    internal sealed record Link(string Url, DateTimeOffset ExpiresAt);

    public static void Map(IEndpointRouteBuilder routes)
    {
        // Of the installation alone, and the same for everybody: it tells nothing of any address.
        routes.MapGet("/v1/password/forgot", async (Postman postman, Homes homes) => new Way(postman.Here && (await homes.All()).Count > 0)).WithTags("Session").WithName("waysToRenewPassword");
        routes.MapPost("/v1/password/forgot", Forget).WithTags("Session").WithName("forgotPassword").Produces(StatusCodes.Status202Accepted);
        routes.MapPost("/v1/password/reset", Reset).WithTags("Session").WithName("resetPassword").Produces<MeApi.Me>();
        routes.MapPost("/v1/agents/{id}/reset", ByAdmin).RequirePerson(Role.Admin).WithTags("Agents").WithName("resetPasswordOf").Produces<Link>();
    }

    private static async Task<IResult> Forget(Forgot body, HttpContext http, Forgetfulness limits, Postman postman)
    {
        if (limits.Addresses.Take(Throttling.Address(http)) is var wait && wait > TimeSpan.Zero)
        {
            return Problems.Of(RateLimits.TooMany(wait));
        }

        var email = Naming.Normal(body.Email);
        // Whoever is asked for too often gets no more mail for a while, and whoever asks is told the same.
        if (Naming.Email(email) is null && limits.Accounts.Take(email) == TimeSpan.Zero)
        {
            await postman.Forgotten(email, body.Language);
        }

        return Results.Accepted();
    }

    private static async Task<IResult> ByAdmin(AgentId id, HttpContext http, Rosters rosters, AccountStore accounts, Links links, Homes homes, TimeProvider time)
    {
        if (rosters.Now(http.Agent().Workspace).Agent(id) is not { } agent)
        {
            return Refusal.Unknown("agent").Problem();
        }

        var (account, problem) = await Standing.OfPassword(http, agent, accounts, rosters);
        if (problem is not null)
        {
            return problem;
        }

        var until = time.GetUtcNow() + Life;
        http.Response.Headers.CacheControl = "no-store";
        return Results.Ok(new Link($"{await homes.Find(http)}/reset#{await links.Issue(Links.Password, account!.Id, until, http.Agent().Agent)}", until));
    }

    private static async Task<IResult> Reset(Renewal body, HttpContext http, Links links, Renewing renewing, Entering entering)
    {
        if (await links.Find(Links.Password, body.Token) is not var (account, issuer, _) || !await renewing.May(account, issuer))
        {
            return entering.Wrong(http, Gone);
        }

        if (Passwords.Flaw(body.Password) is { } flaw)
        {
            return flaw.Problem();
        }

        if (!await links.End(Links.Password, account))
        {
            return Problems.Of(Gone);
        }

        return await renewing.Renew(http, account, body.Password) is { } place ? await entering.Enter(http, place.Workspace, place.Agent, StatusCodes.Status200OK) : Results.NoContent();
    }
}

/// <summary>How often one may forget: by address of the network, and by account; and how often a workspace may have somebody written to who is none of its people.</summary>
internal sealed class Forgetfulness(TimeProvider time)
{
    public RateLimit Addresses { get; } = new(time, 20 / 3_600.0, 20);

    public RateLimit Strangers { get; } = new(time, 10 / 3_600.0, 10);

    public RateLimit Accounts { get; } = new(time, 3 / 3_600.0, 3);
}

/// <summary>Sets a password without the old one: everything that was signed in under the old one ends.</summary>
internal sealed class Renewing(AccountStore accounts, Passwords passwords, Sessions sessions, Rosters rosters, Desk desk)
{
    /// <summary>
    /// True while there is somebody whose password it is. Who was given the link by hand could be its issuer as well: it is good only while that one might still
    /// make it, for this person as they are now.
    /// </summary>
    public async Task<bool> May(Guid account, AgentId? issuer)
    {
        var active = new List<(Roster Roster, AgentCard Agent)>();
        var memberships = await accounts.Memberships(account);
        foreach (var (workspace, id) in memberships)
        {
            if (await rosters.Of(workspace) is { } roster && roster.Agent(id) is { Active: true } agent)
            {
                active.Add((roster, agent));
            }
        }

        return issuer is not { } by ? active.Count > 0 : memberships.Count == 1 && active.Count == 1 && Issuing.Renews(active[0].Roster, by, active[0].Agent);
    }

    /// <summary>Where to go on: the first workspace in which the person is active.</summary>
    public async Task<(WorkspaceId Workspace, AgentId Agent)?> Renew(HttpContext http, Guid account, string password)
    {
        await accounts.SetPassword(account, await passwords.Hash(password));
        (WorkspaceId, AgentId)? place = null;
        foreach (var (workspace, agent) in await accounts.Memberships(account))
        {
            await sessions.EndOthers(agent);
            await desk.Handle(new SignOutAgent(new Origin(workspace, Author.System, http.NewId()), agent, null));
            place ??= (await rosters.Of(workspace))?.Agent(agent) is { Active: true } ? (workspace, agent) : null;
        }

        return place;
    }
}
