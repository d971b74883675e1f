using System.Collections.Immutable;
using Parley.Platform.Store;

namespace Parley.Workspaces.Accounts;

/// <summary>Somebody who was asked to join, and has not yet.</summary>
/// <param name="By">Who asked; it is good for as long as they may.</param>
public sealed record Invitation(InvitationId Id, WorkspaceId Workspace, AgentId By, string Email, Role Role, ImmutableSortedSet<TeamId> Teams, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

/// <summary>The open invitations. Who joined is an agent, and stands in the log; who was not let in or did not come leaves nothing.</summary>
public sealed class Invitations(Database database, TimeProvider time)
{
    public static readonly TimeSpan Life = TimeSpan.FromDays(14);

    private const string Columns = "id, workspace, issuer, email, role, teams, made, expires";

    /// <summary>A new one; an older one to the same address goes.</summary>
    public async Task<Invitation> Add(WorkspaceId workspace, AgentId by, string email, Role role, ImmutableSortedSet<TeamId> teams)
    {
        var now = time.GetUtcNow();
        var it = new Invitation(InvitationId.New(time), workspace, by, email, role, teams, now, now + Life);
        await database.Write(async session =>
        {
            await session.Execute("delete from invitations where expires < @now or (workspace = @workspace and email = @email)", new { now = Milliseconds(now), workspace = workspace.Bytes, email });
            await session.Execute(
                "insert into invitations (id, workspace, issuer, email, role, teams, made, expires) values (@id, @workspace, @by, @email, @role, @teams, @made, @expires)",
                new { id = it.Id.Bytes, workspace = workspace.Bytes, by = by.Bytes, email, role = (long)role, teams = string.Join(' ', teams), made = Milliseconds(now), expires = Milliseconds(it.ExpiresAt) });
        });
        return it;
    }

    public Task<Invitation?> Find(InvitationId id) => database.Read(async session =>
        (await Read(session, $"select {Columns} from invitations where id = @id and expires >= @now", new { id = id.Bytes, now = Milliseconds(time.GetUtcNow()) })).FirstOrDefault());

    public Task<List<Invitation>> All(WorkspaceId workspace) => database.Read(session =>
        Read(session, $"select {Columns} from invitations where workspace = @workspace and expires >= @now order by id", new { workspace = workspace.Bytes, now = Milliseconds(time.GetUtcNow()) }));

    /// <summary>Takes it back, or ends it as it is accepted. False: it is gone.</summary>
    public async Task<bool> End(WorkspaceId workspace, InvitationId id) =>
        await database.Write(session => session.Execute("delete from invitations where id = @id and workspace = @workspace", new { id = id.Bytes, workspace = workspace.Bytes })) > 0;

    private static async Task<List<Invitation>> Read(Session session, string sql, object parameters) =>
        (await session.Query<(byte[] Id, byte[] Workspace, byte[] By, string Email, long Role, string Teams, long Made, long Expires)>(sql, parameters)).ConvertAll(row => new Invitation(
            InvitationId.From(row.Id),
            WorkspaceId.From(row.Workspace),
            AgentId.From(row.By),
            row.Email,
            (Role)row.Role,
            [.. row.Teams.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(TeamId.Parse)],
            DateTimeOffset.FromUnixTimeMilliseconds(row.Made),
            DateTimeOffset.FromUnixTimeMilliseconds(row.Expires)));

    private static long Milliseconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}
