using System.Security.Cryptography;
using System.Text;
using Parley.Platform.Store;

namespace Parley.Workspaces.Accounts;

/// <summary>Counts wrong passwords, per account, per address and per both, on every node together; too many, and one must wait.</summary>
public sealed class Lockout(Database database, TimeProvider time, PeopleSettings settings)
{
    private TimeSpan Window => TimeSpan.FromMinutes(settings.LockoutMinutes);

    /// <summary>How long this account must wait at this address; null when it may try.</summary>
    public Task<TimeSpan?> Wait(string email, string address) => database.Read(async session =>
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var until = 0L;
        foreach (var (key, _) in Keys(email, address))
        {
            until = Math.Max(until, await session.One<long>("select until from attempts where key = @key", new { key }));
        }

        return until > now ? TimeSpan.FromMilliseconds(until - now) : (TimeSpan?)null;
    });

    public Task Failed(string email, string address) => database.Write(async session =>
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var since = now - (long)Window.TotalMilliseconds;
        await session.Execute("delete from attempts where since < @since and until < @now", new { since, now });
        foreach (var (key, limit) in Keys(email, address))
        {
            await session.Execute(
                """
                insert into attempts (key, failed, since, until) values (@key, 1, @now, 0)
                on conflict (key) do update set failed = attempts.failed + 1, until = case when attempts.failed + 1 >= @limit then @end else 0 end
                """,
                new { key, limit, now, end = now + (long)Window.TotalMilliseconds });
        }
    });

    /// <summary>The right password: what was counted for this account from here is forgotten. What the address did to other accounts is not.</summary>
    public Task Passed(string email, string address) => database.Write(session => session.Execute("delete from attempts where key = @key", new { key = Keys(email, address)[0].Key }));

    private (string Key, int Limit)[] Keys(string email, string address)
    {
        var account = Hashed(Naming.Normal(email));
        return
        [
            ($"both:{account}:{address}", settings.TriesPerAccountAndAddress),
            ($"account:{account}", settings.TriesPerAccount),
            ($"address:{address}", settings.TriesPerAddress),
        ];
    }

    /// <summary>What somebody typed by mistake into the field (a password, say) must not stand in the store.</summary>
    private static string Hashed(string email) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(email)).AsSpan(0, 16));
}
