using Parley.Platform.Store;

namespace Parley.Workspaces.Accounts;

/// <summary>
/// Takes links back that are still out when somebody's place changes: what a person gave out ends with the right to give it, and what leads into a person's
/// account does not outlive the place it was made for, not even if they come back to it.
/// </summary>
public sealed class Withdrawing(Database database)
{
    public Task After(AgentCard before, AgentCard after) => before.Role == after.Role && before.Active == after.Active ? Task.CompletedTask : database.Write(async session =>
    {
        var agent = after.Id.Bytes;
        // A link that was mailed proves itself; it only ends with the account's last use.
        await session.Execute(
            "delete from links where kind = @kind and target in (select account from memberships where agent = @agent) and (issuer is not null or @gone = 1)",
            new { kind = Links.Password, agent, gone = after.Active ? 0L : 1L });
        if (after.Active && after.Role >= before.Role)
        {
            return;
        }

        await session.Execute("delete from links where issuer = @agent", new { agent });
        var most = after is { Active: true, Role: >= Role.Admin } ? (long)after.Role : -1;
        await session.Execute("delete from links where kind = @kind and target in (select id from invitations where issuer = @agent and role > @most)", new { kind = Links.Invitation, agent, most });
        await session.Execute("delete from invitations where issuer = @agent and role > @most", new { agent, most });
    });
}
