using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Parley.Log;
using Parley.Platform.Store;

namespace Parley.Workspaces.Accounts;

/// <summary>Agents' sessions: a random secret in a cookie, its hash in the store.</summary>
public sealed class Sessions : ICookieProof, IDisposable
{
    /// <summary>How long this node trusts what it read. Ending a session is an entry and heard at once; this only covers what was lost.</summary>
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Slide = TimeSpan.FromDays(1);

    private readonly Database _database;
    private readonly Rosters _rosters;
    private readonly TimeProvider _time;
    private readonly PeopleSettings _settings;
    private readonly ILogger _log;
    private readonly ConcurrentDictionary<string, Known> _known = new();
    private readonly IDisposable _listening;

    public Sessions(Database database, Rosters rosters, Fanout fanout, TimeProvider time, PeopleSettings settings, ILogger<Sessions> log)
    {
        (_database, _rosters, _time, _settings, _log) = (database, rosters, time, settings, log);
        _listening = fanout.Listen(Hear);
    }

    /// <summary>Begins a session and sets its cookie.</summary>
    public async Task<Guid> Begin(HttpContext http, Guid account, WorkspaceId workspace, AgentId agent)
    {
        var (secret, id, now) = (Secrets.New(), Guid.CreateVersion7(_time.GetUtcNow()), _time.GetUtcNow());
        var expires = now.AddDays(_settings.SessionDays);
        await _database.Write(async session =>
        {
            await session.Execute("delete from sessions where expires < @now", new { now = now.ToUnixTimeMilliseconds() });
            await session.Execute(
                "insert into sessions (hash, id, account, workspace, agent, made, expires) values (@hash, @id, @account, @workspace, @agent, @now, @expires)",
                new
                {
                    hash = Secrets.Hash(secret),
                    id = AccountStore.Bytes(id),
                    account = AccountStore.Bytes(account),
                    workspace = workspace.Bytes,
                    agent = agent.Bytes,
                    now = now.ToUnixTimeMilliseconds(),
                    expires = expires.ToUnixTimeMilliseconds(),
                });
        });
        SetCookie(http, secret);
        return id;
    }

    /// <summary>Ends one session of the agent in the store; says how many are left.</summary>
    public async Task<long> End(AgentId agent, Guid id)
    {
        var left = await _database.Write(async session =>
        {
            await session.Execute("delete from sessions where id = @id and agent = @agent", new { id = AccountStore.Bytes(id), agent = agent.Bytes });
            return await session.One<long>("select count(*) from sessions where agent = @agent", new { agent = agent.Bytes });
        });
        Forget(known => known.Session == id);
        return left;
    }

    /// <summary>Ends all sessions of the agent but one.</summary>
    public async Task<List<Guid>> EndOthers(AgentId agent, Guid? but = null)
    {
        var ended = await _database.Write(async session =>
        {
            var ids = (await session.Query<byte[]>("select id from sessions where agent = @agent", new { agent = agent.Bytes })).ConvertAll(id => new Guid(id, bigEndian: true));
            ids.RemoveAll(id => id == but);
            foreach (var id in ids)
            {
                await session.Execute("delete from sessions where id = @id", new { id = AccountStore.Bytes(id) });
            }

            return ids;
        });
        Forget(known => ended.Contains(known.Session));
        return ended;
    }

    public async ValueTask<AgentPrincipal?> Of(HttpContext http)
    {
        if (http.Request.Cookies[CookieName(http)] is not { Length: > 0 and < 100 } secret)
        {
            return null;
        }

        var now = _time.GetUtcNow();
        if (!_known.TryGetValue(secret, out var known) || known.ReadAt + Trust < now)
        {
            if (await Read(secret, now) is not { } read)
            {
                _known.TryRemove(secret, out _);
                return null;
            }

            known = _known[secret] = read;
            await Prolong(http, secret, known, now);
        }

        if (known.Expires < now || await _rosters.Of(known.Workspace) is not { } roster || roster.Agent(known.Agent) is not { Active: true } agent)
        {
            return null;
        }

        var (inboxes, grant) = roster.Rights(known.Agent);
        return new AgentPrincipal(known.Workspace, known.Agent, agent.Role, inboxes, grant) { Session = known.Session };
    }

    public static void ClearCookie(HttpContext http) => http.Response.Cookies.Delete(CookieName(http), Cookie(http, TimeSpan.Zero));

    public void Dispose() => _listening.Dispose();

    /// <summary>The prefix makes browsers refuse the cookie from anybody but this very host; they take it under https only.</summary>
    private static string CookieName(HttpContext http) => http.Request.IsHttps ? "__Host-parley" : "parley";

    private void SetCookie(HttpContext http, string secret) => http.Response.Cookies.Append(CookieName(http), secret, Cookie(http, TimeSpan.FromDays(_settings.SessionDays)));

    /// <summary>An age, not a date: the browser's clock may be wrong.</summary>
    private static CookieOptions Cookie(HttpContext http, TimeSpan age) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/", MaxAge = age, IsEssential = true };

    private Task<Known?> Read(string secret, DateTimeOffset now) => _database.Read(async session =>
    {
        var (id, workspace, agent, expires) = await session.One<(byte[] Id, byte[] Workspace, byte[] Agent, long Expires)>(
            "select id, workspace, agent, expires from sessions where hash = @hash", new { hash = Secrets.Hash(secret) });
        return id is null
            ? null
            : new Known(new Guid(id, bigEndian: true), WorkspaceId.From(workspace), AgentId.From(agent), DateTimeOffset.FromUnixTimeMilliseconds(expires), now);
    });

    /// <summary>A session in use goes on; it is written once a day at most.</summary>
    private async Task Prolong(HttpContext http, string secret, Known known, DateTimeOffset now)
    {
        var expires = now.AddDays(_settings.SessionDays);
        if (known.Expires > now && known.Expires < expires - Slide && !http.Response.HasStarted
            && await Lesser.Write(_database, _log, "sessionProlonged", session => session.Execute(
                "update sessions set expires = @expires where hash = @hash", new { expires = expires.ToUnixTimeMilliseconds(), hash = Secrets.Hash(secret) })))
        {
            _known[secret] = known with { Expires = expires };
            SetCookie(http, secret);
        }
    }

    private void Hear(Committed committed)
    {
        foreach (var entry in committed.Entries)
        {
            if (entry.Body is AgentSignedOut signedOut)
            {
                var agent = new AgentId(entry.Subject.Id);
                Forget(known => signedOut.Session is { } session ? known.Session == session : known.Agent == agent);
            }
        }
    }

    private void Forget(Predicate<Known> which)
    {
        foreach (var (secret, known) in _known)
        {
            if (which(known))
            {
                _known.TryRemove(secret, out _);
            }
        }
    }

    private sealed record Known(Guid Session, WorkspaceId Workspace, AgentId Agent, DateTimeOffset Expires, DateTimeOffset ReadAt);
}
