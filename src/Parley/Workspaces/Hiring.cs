using System.Collections.Immutable;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Workspaces.Accounts;

namespace Parley.Workspaces;

/// <summary>What hiring came to: the agent, or why not.</summary>
public sealed record Hired(WorkspaceId Workspace, AgentId Agent, Refusal? Refusal = null);

/// <summary>Makes workspaces and agents with their accounts: for the command line, and for who administers.</summary>
public sealed class Hiring(Database database, Desk desk, Rosters rosters, AccountStore accounts, Passwords passwords, TimeProvider time)
{
    /// <summary>Longer than any hiring takes: an account without an agent that is older was left by a crash.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(5);

    private static readonly Refusal Taken = new("email.taken", "Somebody has this e-mail address already.");

    /// <summary>A new workspace with its first brand.</summary>
    public async Task<(WorkspaceId Workspace, Refusal? Refusal)> AddWorkspace(string name)
    {
        if (Naming.Name(name) is { } refusal)
        {
            return (default, refusal);
        }

        var workspace = WorkspaceId.New(time);
        await database.Write(session => Heads.Begin(session, workspace));
        var outcome = await desk.Handle(new Found(System(workspace), name, BrandId.New(time)));
        return (workspace, outcome.Refusal);
    }

    /// <summary>
    /// An agent by the hand of whoever runs the installation. Without a workspace named, the first one is meant; where there is none, one is made.
    /// An address that is an agent elsewhere already becomes one here as well, with this password.
    /// </summary>
    public async Task<Hired> AddAgent(string name, string email, string password, Role role, WorkspaceId? workspace = null, string workspaceName = "Parley")
    {
        if ((Naming.Name(name) ?? Naming.Email(email.Trim()) ?? Passwords.Flaw(password)) is { } flaw)
        {
            return new Hired(default, default, flaw);
        }

        var where = workspace ?? (await rosters.Workspaces()).FirstOrDefault();
        if (where.IsEmpty)
        {
            (where, var refusal) = await AddWorkspace(workspaceName);
            if (refusal is not null)
            {
                return new Hired(default, default, refusal);
            }
        }

        return await Hire(System(where), name, email, password, role, [], mayShare: true);
    }

    /// <summary>
    /// An agent with an account. The account is written first, so that two at once cannot have the same address; a refusal of the
    /// workspace takes it away again, and one that a crash left without an agent is taken over.
    /// </summary>
    /// <param name="mayShare">Whether an address that is an agent of another workspace may become one of this as well.</param>
    public async Task<Hired> Hire(Origin origin, string name, string email, string password, Role role, ImmutableSortedSet<TeamId> teams, bool mayShare = false)
    {
        email = Naming.Normal(email);
        if ((Naming.Name(name) ?? Naming.Email(email) ?? Passwords.Flaw(password)) is { } flaw)
        {
            return new Hired(origin.Workspace, default, flaw);
        }

        var agent = AgentId.New(time);
        var hash = await passwords.Hash(password);
        if (!await accounts.Add(email, hash, origin.Workspace, agent) && !await Share(origin.Workspace, email, hash, agent, mayShare))
        {
            return new Hired(origin.Workspace, default, Taken);
        }

        var outcome = await desk.Handle(new AddAgent(origin, agent, name, email, role, teams));
        if (outcome.Refusal is { } refusal)
        {
            await accounts.Leave(agent);
            return new Hired(origin.Workspace, default, refusal);
        }

        return new Hired(origin.Workspace, agent);
    }

    private async Task<bool> Share(WorkspaceId workspace, string email, string hash, AgentId agent, bool mayShare)
    {
        if (await accounts.Find(email) is not { } account)
        {
            return false;
        }

        var elsewhere = false;
        foreach (var (place, other) in await accounts.Memberships(account.Id))
        {
            var known = account.Made > time.GetUtcNow() - Abandoned || (await rosters.Reload(place))?.Agent(other) is not null;
            if (known && (place == workspace || !mayShare))
            {
                return false;
            }

            elsewhere |= known;
            if (!known)
            {
                await accounts.Leave(other);
            }
        }

        if (!elsewhere)
        {
            return await accounts.Add(email, hash, workspace, agent);
        }

        await accounts.SetPassword(account.Id, hash);
        return await accounts.Join(account.Id, workspace, agent);
    }

    private Origin System(WorkspaceId workspace) => new(workspace, Author.System, Guid.CreateVersion7(time.GetUtcNow()).ToString("N"));
}
