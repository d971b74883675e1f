using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Parley.Log;
using Parley.Platform.Store;

namespace Parley.Workspaces.Accounts;

/// <summary>An API token as it may be shown: without its secret.</summary>
public sealed record ApiToken(TokenId Id, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt = null, string? Token = null);

/// <summary>Tokens of programs. Their hashes are in the store, never they themselves.</summary>
public sealed class Tokens : IProof, IDisposable
{
    private const string Prefix = "ply_";

    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(30);

    private readonly Database _database;
    private readonly Rosters _rosters;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ConcurrentDictionary<string, (ProgramPrincipal Principal, DateTimeOffset ReadAt)> _known = new();
    private readonly IDisposable _listening;

    public Tokens(Database database, Rosters rosters, Fanout fanout, TimeProvider time, ILogger<Tokens> log)
    {
        (_database, _rosters, _time, _log) = (database, rosters, time, log);
        _listening = fanout.Listen(Hear);
    }

    public async ValueTask<Principal?> Of(string bearer)
    {
        if (!bearer.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var now = _time.GetUtcNow();
        if (_known.TryGetValue(bearer, out var known) && known.ReadAt + Trust > now)
        {
            // Asked each time: a roster that missed something is read anew before anybody goes by it.
            return await _rosters.Of(known.Principal.Workspace) is null ? null : known.Principal;
        }

        _known.TryRemove(bearer, out _);
        if (await Read(bearer) is not { } principal || await _rosters.Of(principal.Workspace) is null)
        {
            return null;
        }

        await Lesser.Write(_database, _log, "tokenUsed", session => session.Execute("update tokens set used = @now where id = @id", new { now = now.ToUnixTimeMilliseconds(), id = principal.Token.Bytes }));
        _known[bearer] = (principal, now);
        return principal;
    }

    /// <summary>Adds a token; the answer alone has its secret.</summary>
    public async Task<ApiToken> Add(WorkspaceId workspace, TokenId id, string name, ImmutableSortedSet<string> scopes)
    {
        var (secret, now) = (Prefix + Secrets.New(), _time.GetUtcNow());
        await _database.Write(session => session.Execute(
            "insert into tokens (hash, id, workspace, name, scopes, made) values (@hash, @id, @workspace, @name, @scopes, @made)",
            new { hash = Secrets.Hash(secret), id = id.Bytes, workspace = workspace.Bytes, name, scopes = string.Join(' ', scopes), made = now.ToUnixTimeMilliseconds() }));
        return new ApiToken(id, name, [.. scopes], now, Token: secret);
    }

    public Task<List<ApiToken>> All(WorkspaceId workspace) => _database.Read(async session =>
    {
        var rows = await session.Query<(byte[] Id, string Name, string Scopes, long Made, long? Used)>(
            "select id, name, scopes, made, used from tokens where workspace = @workspace order by id", new { workspace = workspace.Bytes });
        return rows.ConvertAll(row => new ApiToken(
            TokenId.From(row.Id),
            row.Name,
            row.Scopes.Split(' '),
            DateTimeOffset.FromUnixTimeMilliseconds(row.Made),
            row.Used is { } used ? DateTimeOffset.FromUnixTimeMilliseconds(used) : null));
    });

    /// <summary>False if the workspace has no such token.</summary>
    public async Task<bool> Remove(WorkspaceId workspace, TokenId id) => await _database.Write(session =>
        session.Execute("delete from tokens where id = @id and workspace = @workspace", new { id = id.Bytes, workspace = workspace.Bytes })) > 0;

    public void Dispose() => _listening.Dispose();

    private Task<ProgramPrincipal?> Read(string bearer) => _database.Read(async session =>
    {
        var (id, workspace, scopes) = await session.One<(byte[] Id, byte[] Workspace, string Scopes)>(
            "select id, workspace, scopes from tokens where hash = @hash", new { hash = Secrets.Hash(bearer) });
        return id is null ? null : new ProgramPrincipal(WorkspaceId.From(workspace), TokenId.From(id), [.. scopes.Split(' ')]);
    });

    private void Hear(Committed committed)
    {
        foreach (var entry in committed.Entries)
        {
            if (entry.Body is TokenRevoked revoked)
            {
                foreach (var (bearer, known) in _known)
                {
                    if (known.Principal.Token == revoked.Token)
                    {
                        _known.TryRemove(bearer, out _);
                    }
                }
            }
        }
    }
}
