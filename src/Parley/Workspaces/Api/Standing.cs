using Microsoft.AspNetCore.Http;
using Parley.Log;
using Parley.Platform.Web;
using Parley.Workspaces.Accounts;

namespace Parley.Workspaces.Api;

/// <summary>Who may do what to whom.</summary>
internal static class Standing
{
    /// <summary>Nobody gives, or changes what has, more than they have themselves. Programs act as admins at most.</summary>
    public static IResult? Above(HttpContext http, Role role) =>
        role <= Of(http) ? null : Problems.Of("role.above", "That role is above your own.", StatusCodes.Status403Forbidden);

    /// <summary>
    /// The account whose password the caller may renew, or why not. One's own is changed with the current one, so that a screen left open gives no account away; that of somebody
    /// of the same role or above only by an owner, for whoever sets a password can be that person.
    /// </summary>
    public static async Task<(Account? Account, IResult? Problem)> OfPassword(HttpContext http, AgentCard agent, AccountStore accounts, Rosters rosters)
    {
        if (http.Principal() is AgentPrincipal self && self.Agent == agent.Id)
        {
            return (null, Problems.Of("password.own", "Change your own password in your profile, with the current one.", StatusCodes.Status403Forbidden));
        }

        if (http.Principal() is AgentPrincipal by ? !Issuing.Renews(rosters.Now(by.Workspace), by.Agent, agent with { Active = true }) : agent.Role >= Role.Admin)
        {
            return (null, Problems.Of("role.above", "Only an owner renews the password of somebody of your role or above.", StatusCodes.Status403Forbidden));
        }

        if (await accounts.Of(agent.Id) is not { } account)
        {
            return (null, Refusal.Unknown("account").Problem());
        }

        return (await accounts.Memberships(account.Id)).Count > 1
            ? (null, Problems.Of("account.shared", "This person belongs to other workspaces too; only they can change their password.", StatusCodes.Status409Conflict))
            : (account, null);
    }

    private static Role Of(HttpContext http) => http.Principal() is AgentPrincipal agent ? agent.Role : Role.Admin;
}
