using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Parley.Platform.Store;
using Parley.Platform.Web;

namespace Parley.Workspaces.Accounts;

/// <summary>A try at a password that may be made. Until it is known how it ends it counts as failed, so that many at once are no more tries than one after the other.</summary>
internal sealed record Try(string Email, string Address);

/// <summary>Counts wrong passwords, per account, per address and per both, on every node together; too many, and one must wait.</summary>
public sealed class Lockout(Database database, TimeProvider time, PeopleSettings settings)
{
    // Tries of one account from one address are looked at one after the other, so that those who come at once with the right password all pass.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 1_024).Select(_ => new SemaphoreSlim(1))];

    private TimeSpan Window => TimeSpan.FromMinutes(settings.LockoutMinutes);

    /// <summary>Has a password of this account looked at, if another try may be made from where the request comes from.</summary>
    /// <returns>Why it was not looked at; else whether it was right.</returns>
    public async Task<(Problem? Locked, bool Right)> Check(string email, HttpContext http, Func<Task<bool>> right)
    {
        var turn = _turns[(uint)HashCode.Combine(email, Throttling.Address(http)) % _turns.Length];
        await turn.WaitAsync(http.RequestAborted);
        try
        {
            return await InTurn(email, http, right);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<(Problem? Locked, bool Right)> InTurn(string email, HttpContext http, Func<Task<bool>> right)
    {
        var (it, wait) = await Take(email, http);
        if (it is null)
        {
            return (new("auth.locked", "Too many wrong passwords. Wait before the next try.", StatusCodes.Status429TooManyRequests) { RetryAfter = (int)Math.Ceiling(wait.TotalSeconds) }, false);
        }

        try
        {
            if (!await right())
            {
                return (null, false);
            }
        }
        catch
        {
            await Return(it);
            throw;
        }

        await Passed(it);
        return (null, true);
    }

    /// <summary>Takes a try for this account from where the request comes from; or says how long to wait for one.</summary>
    private async Task<(Try? Try, TimeSpan Wait)> Take(string email, HttpContext http)
    {
        var wanted = new Try(email, Throttling.Address(http));
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var until = await database.Write(async session =>
        {
            await session.Execute("delete from attempts where since <= @since and until <= @now", new { since = now - (long)Window.TotalMilliseconds, now });
            var taken = new List<(string Key, int Limit)>();
            foreach (var (key, limit) in Keys(wanted))
            {
                if (await Count(session, key, limit, now) == 0)
                {
                    await Return(session, taken);
                    return await session.One<long>("select until from attempts where key = @key", new { key });
                }

                taken.Add((key, limit));
            }

            return (long?)null;
        });
        return until is { } end ? (null, TimeSpan.FromMilliseconds(Math.Max(end - now, 1))) : (wanted, TimeSpan.Zero);
    }

    /// <summary>The right password: what was counted for this account from here is forgotten. What the address did to other accounts, and others to this one, is not.</summary>
    private Task Passed(Try it) => database.Write(async session =>
    {
        await session.Execute("delete from attempts where key = @key", new { key = Keys(it)[0].Key });
        await Return(session, Keys(it)[1..]);
    });

    /// <summary>Nobody looked at the password: it was no try.</summary>
    private Task Return(Try it) => database.Write(session => Return(session, Keys(it)));

    /// <summary>One more, unless there have been as many as there may be. The last one that there may be begins the wait.</summary>
    private Task<int> Count(Session session, string key, int limit, long now) => session.Execute(
        """
        insert into attempts (key, failed, since, until) values (@key, 1, @now, case when @limit <= 1 then @end else 0 end)
        on conflict (key) do update set failed = attempts.failed + 1, until = case when attempts.failed + 1 >= @limit then @end else 0 end
        where attempts.failed < @limit
        """,
        new { key, limit, now, end = now + (long)Window.TotalMilliseconds });

    private static async Task Return(Session session, IEnumerable<(string Key, int Limit)> keys)
    {
        foreach (var (key, limit) in keys)
        {
            await session.Execute("update attempts set failed = failed - 1, until = case when failed - 1 < @limit then 0 else until end where key = @key and failed > 0", new { key, limit });
        }
    }

    private (string Key, int Limit)[] Keys(Try it)
    {
        var account = Hashed(Naming.Normal(it.Email));
        return
        [
            ($"both:{account}:{it.Address}", settings.TriesPerAccountAndAddress),
            ($"account:{account}", settings.TriesPerAccount),
            ($"address:{it.Address}", settings.TriesPerAddress),
        ];
    }

    /// <summary>What somebody typed by mistake into the field (a password, say) must not stand in the store.</summary>
    private static string Hashed(string email) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(email)).AsSpan(0, 16));
}
