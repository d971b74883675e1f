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

        var (where, refusal) = workspace is { } named ? (named, null) : await FirstWorkspace(workspaceName);
        return refusal is null ? await Hire(System(where), name, email, password, role, [], mayShare: true) : new Hired(default, default, refusal);
    }

    /// <summary>
    /// The first agent of an installation. Whatever account is there was left by a crash: it is taken over at once, for nobody else can be hiring
    /// (<see cref="SettingUp"/> lets in one).
    /// </summary>
    public Task<Hired> AddFirst(string name, string email, string password, WorkspaceId workspace) =>
        Hire(System(workspace), name, email, password, Role.Owner, [], abandoned: TimeSpan.Zero);

    /// <summary>The oldest workspace; where there is none, it is made.</summary>
    public async Task<(WorkspaceId Workspace, Refusal? Refusal)> FirstWorkspace(string name) =>
        (await rosters.Workspaces()).FirstOrDefault() is { IsEmpty: false } first ? (first, null) : await AddWorkspace(name);

    /// <summary>The account of somebody who is an agent somewhere, or is just becoming one; null where a crash left the address to whoever comes next.</summary>
    public async Task<Account?> AccountOf(string email) => await accounts.Find(email) is { } account && await Places(account, Abandoned).AnyAsync(place => place.Known) ? account : null;

    public async Task<bool> IsAgent(Account account, WorkspaceId workspace) => await Places(account, Abandoned).AnyAsync(place => place.Known && place.Workspace == workspace);

    /// <summary>An agent for somebody who has an account already and has proven that it is theirs.</summary>
    public async Task<Hired> Join(Origin origin, Account account, string name, Role role, ImmutableSortedSet<TeamId> teams)
    {
        var agent = AgentId.New(time);
        return await accounts.Join(account.Id, origin.Workspace, agent)
            ? await Welcome(new AddAgent(origin, agent, name, account.Email, role, teams))
            : new Hired(origin.Workspace, default, Taken);
    }

    /// <summary>
    /// An agent with an account. The account is written first, so that two at once cannot have the same address; a refusal of the
    /// workspace takes it away again, and one that a crash left without an agent is taken over.
    /// </summary>
    /// <param name="mayShare">Whether an address that is an agent of another workspace may become one of this as well.</param>
    /// <param name="abandoned">How old an account without an agent must be to count as left by a crash.</param>
    public async Task<Hired> Hire(
        Origin origin, string name, string email, string password, Role role, ImmutableSortedSet<TeamId> teams, bool mayShare = false, TimeSpan? abandoned = null)
    {
        email = Naming.Normal(email);
        if ((Naming.Name(name) ?? Naming.Email(email) ?? Passwords.Flaw(password)) is { } flaw)
        {
            return new Hired(origin.Workspace, default, flaw);
        }

        var agent = AgentId.New(time);
        var hash = await passwords.Hash(password);
        if (!await accounts.Add(email, hash, origin.Workspace, agent) && !await Share(origin.Workspace, email, hash, agent, mayShare, abandoned ?? Abandoned))
        {
            return new Hired(origin.Workspace, default, Taken);
        }

        return await Welcome(new AddAgent(origin, agent, name, email, role, teams));
    }

    private async Task<Hired> Welcome(AddAgent add)
    {
        var outcome = await desk.Handle(add);
        if (outcome.Refusal is { } refusal)
        {
            await (refusal.MayBeDone ? Task.CompletedTask : accounts.Leave(add.Agent));
            return new Hired(add.Origin.Workspace, default, refusal);
        }

        return new Hired(add.Origin.Workspace, add.Agent);
    }

    /// <summary>Where an account is an agent, and whether that agent is there; one that is not was left by a crash, unless the account is so new that the agent may be on its way.</summary>
    private async IAsyncEnumerable<(WorkspaceId Workspace, AgentId Agent, bool Known)> Places(Account account, TimeSpan abandoned)
    {
        foreach (var (workspace, agent) in await accounts.Memberships(account.Id))
        {
            yield return (workspace, agent, account.Made > time.GetUtcNow() - abandoned || (await rosters.Reload(workspace))?.Agent(agent) is not null);
        }
    }

    private async Task<bool> Share(WorkspaceId workspace, string email, string hash, AgentId agent, bool mayShare, TimeSpan abandoned)
    {
        if (await accounts.Find(email) is not { } account)
        {
            return false;
        }

        var elsewhere = false;
        await foreach (var (place, other, known) in Places(account, abandoned))
        {
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
