using Parley.Platform;
using Parley.Platform.Store;

namespace Parley.Workspaces.Accounts;

/// <summary>A person who can sign in: an e-mail address that is theirs in the whole installation, and a password.</summary>
public sealed record Account(Guid Id, string Email, string Password, DateTimeOffset Made);

/// <summary>The accounts and whose agents they are. No subject: they belong to the installation, not to a workspace.</summary>
public sealed class AccountStore(Database database, TimeProvider time)
{
    public Task<Account?> Find(string email) => One("select id, email, password, made from accounts where email = @email", new { email = Naming.Normal(Words.Clean(email)) });

    public Task<Account?> Of(AgentId agent) =>
        One("select a.id, a.email, a.password, a.made from accounts a join memberships m on m.account = a.id where m.agent = @agent", new { agent = agent.Bytes });

    public Task<List<(WorkspaceId Workspace, AgentId Agent)>> Memberships(Guid account) => database.Read(async session =>
    {
        var rows = await session.Query<(byte[] Workspace, byte[] Agent)>("select workspace, agent from memberships where account = @account order by agent", new { account = Bytes(account) });
        return rows.ConvertAll(row => (WorkspaceId.From(row.Workspace), AgentId.From(row.Agent)));
    });

    /// <summary>Adds an account that is this agent. False if the address is somebody's already.</summary>
    public Task<bool> Add(string email, string password, WorkspaceId workspace, AgentId agent) => database.Write(async session =>
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        var added = await session.Execute(
            "insert into accounts (id, email, password, made) values (@id, @email, @password, @made) on conflict (email) do nothing",
            new { id = Bytes(id), email = Naming.Normal(email), password, made = time.GetUtcNow().ToUnixTimeMilliseconds() });
        if (added > 0)
        {
            await Join(session, id, workspace, agent);
        }

        return added > 0;
    });

    /// <summary>Makes an account an agent of one more workspace. False if it is one there already.</summary>
    public Task<bool> Join(Guid account, WorkspaceId workspace, AgentId agent) => database.Write(async session => await Join(session, account, workspace, agent) > 0);

    /// <summary>Takes the agent from its account again; an account that is nobody any more goes.</summary>
    public Task Leave(AgentId agent) => database.Write(async session =>
    {
        await session.Execute("delete from memberships where agent = @agent", new { agent = agent.Bytes });
        await session.Execute("delete from accounts where id not in (select account from memberships)");
    });

    /// <summary>With the old password end the links that would have set another.</summary>
    public Task SetPassword(Guid account, string password) => database.Write(async session =>
    {
        await session.Execute("update accounts set password = @password where id = @account", new { password, account = Bytes(account) });
        await session.Execute("delete from links where kind = @kind and target = @account", new { kind = Links.Password, account = Bytes(account) });
    });

    internal static byte[] Bytes(Guid id) => id.ToByteArray(bigEndian: true);

    private static Task<int> Join(Session session, Guid account, WorkspaceId workspace, AgentId agent) => session.Execute(
        "insert into memberships (account, workspace, agent) values (@account, @workspace, @agent) on conflict (account, workspace) do nothing",
        new { account = Bytes(account), workspace = workspace.Bytes, agent = agent.Bytes });

    private Task<Account?> One(string sql, object parameters) => database.Read(async session =>
    {
        var (id, email, password, made) = await session.One<(byte[] Id, string Email, string Password, long Made)>(sql, parameters);
        return id is null ? null : new Account(new Guid(id, bigEndian: true), email, password, DateTimeOffset.FromUnixTimeMilliseconds(made));
    });
}
