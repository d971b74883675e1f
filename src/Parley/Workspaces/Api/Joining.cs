using Microsoft.AspNetCore.Http;
using Parley.Log;
using Parley.Platform.Web;
using Parley.Workspaces.Accounts;

namespace Parley.Workspaces.Api;

/// <summary>
/// Lets in who was invited. Somebody who has an account already, as an agent of another workspace, joins with it and its password; an invitation must not be a
/// way to another's account, nor be used up by an attempt that is refused.
/// </summary>
internal sealed class Joining(Invitations invitations, Links links, Rosters rosters, Hiring hiring, Passwords passwords, Lockout lockout)
{
    /// <summary>The invitation behind a link's secret, while whoever invited still may; and the account that its address has already.</summary>
    public async Task<(Invitation Invitation, Roster Roster, Account? Account)?> Find(string secret) =>
        await links.Find(Links.Invitation, secret) is var (target, _, _)
        && await invitations.Find(new InvitationId(target)) is { } it
        && await rosters.Of(it.Workspace) is { } roster
        && Issuing.Invites(roster, it.By, it.Role)
            ? (it, roster, await hiring.AccountOf(it.Email))
            : null;

    /// <summary>Why this one does not come in by it; null when nothing stands in the way.</summary>
    public async Task<Problem?> Flaw(HttpContext http, Invitation it, Account? account, string name, string password)
    {
        if ((Naming.Name(name) ?? (account is null ? Passwords.Flaw(password) : null)) is { } flaw)
        {
            return new(flaw.Code, flaw.Detail, flaw.Status);
        }

        if (account is null)
        {
            return null;
        }

        if (await hiring.IsAgent(account, it.Workspace))
        {
            return new("email.taken", "You are here already. Sign in.", StatusCodes.Status409Conflict);
        }

        var (locked, right) = await lockout.Check(account.Email, http, () => passwords.Fits(account.Password, password));
        return right ? null : locked ?? new Problem("account.password", "You have an account here already: join with its password.", StatusCodes.Status403Forbidden);
    }

    /// <summary>Of two who come at once with the same link one goes in; null for the other.</summary>
    public async Task<Hired?> Join(Invitation it, Account? account, string name, string password)
    {
        if (!await links.End(Links.Invitation, it.Id.Value) || !await invitations.End(it.Workspace, it.Id))
        {
            return null;
        }

        var origin = new Origin(it.Workspace, Author.System, $"invitation:{it.Id}");
        return account is null
            ? await hiring.Hire(origin, name, it.Email, password, it.Role, it.Teams)
            : await hiring.Join(origin, account, name, it.Role, it.Teams);
    }
}
