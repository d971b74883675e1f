using System.Security.Cryptography;
using Parley.Platform.Store;

namespace Parley.Log;

/// <summary>A lease as its holder had it. What is done by it is done only while it stands: whoever lost it in their sleep changes nothing.</summary>
public readonly record struct Fence(string Lease, long Number);

/// <summary>
/// The right to do a job that only one node may do. Its number rises with every change of holder: whoever slept through the change
/// writes <c>where number = mine</c>, and so nothing.
/// </summary>
public sealed class Lease(Database store, string name, TimeSpan life, TimeProvider time)
{
    private readonly byte[] _me = RandomNumberGenerator.GetBytes(16);
    private DateTimeOffset _until;

    public string Name { get; } = name;

    /// <summary>0 while another node holds it.</summary>
    public long Number { get; private set; }

    /// <summary>Takes, keeps or renews it; false while another node holds it.</summary>
    public async Task<bool> Hold()
    {
        var now = time.GetUtcNow();
        if (Number > 0 && (store.Dialect.OneWriter || (_until - now > life / 2 && _until - now <= life)))
        {
            return true;
        }

        // Most ask in vain, and each node for each job: that is a look, and no transaction that the holder waits for.
        Number = Number == 0 && !store.Dialect.OneWriter && await store.Read(session => Others(session, now)) ? 0 : await store.Write(session => Take(session, now));
        _until = now + life;
        return Number > 0;
    }

    /// <summary>Hands it on: whoever ends in order has nobody wait until it has run out.</summary>
    public async Task Release()
    {
        if (Number > 0 && !store.Dialect.OneWriter)
        {
            var number = Number;
            Number = 0;
            await store.Write(session => session.Execute("update leases set until = 0 where name = @Name and number = @number and holder = @_me", new { Name, number, _me }));
        }
    }

    /// <summary>What is done by it says so.</summary>
    public Fence Fence => new(Name, Number);

    /// <summary>It turned out to be somebody else's: it is asked for anew.</summary>
    public void Drop() => Number = 0;

    /// <summary>Whether somebody still holds it under this number. It cannot change hands before the transaction is over.</summary>
    internal static async Task<bool> Stands(Session session, Fence fence) =>
        await session.One<long>($"select number from leases where name = @Lease{session.Dialect.ForUpdate}", fence) == fence.Number;

    private async Task<bool> Others(Session session, DateTimeOffset now)
    {
        var (holder, number, until) = await session.One<(byte[]?, long, long)>("select holder, number, until from leases where name = @Name", new { Name });
        return number > 0 && !holder.AsSpan().SequenceEqual(_me) && Lasts(until, now);
    }

    private async Task<long> Take(Session session, DateTimeOffset now)
    {
        await session.Execute("insert into leases (name, holder, number, until) values (@Name, @_me, 0, 0) on conflict (name) do nothing", new { Name, _me });
        var (holder, number, until) = await session.One<(byte[], long, long)>($"select holder, number, until from leases where name = @Name{session.Dialect.ForUpdate}", new { Name });
        var mine = number > 0 && holder.AsSpan().SequenceEqual(_me);
        // Where one process owns the store, whoever held the lease before is gone: no need to wait for it to run out.
        if (!mine && !session.Dialect.OneWriter && Lasts(until, now))
        {
            return 0;
        }

        number = mine ? number : number + 1;
        await session.Execute("update leases set holder = @_me, number = @number, until = @until where name = @Name",
            new { _me, number, until = (now + life).ToUnixTimeMilliseconds(), Name });
        return number;
    }

    /// <summary>One that lasts longer than any was written by a clock that has been put back since.</summary>
    private bool Lasts(long until, DateTimeOffset now) => until > now.ToUnixTimeMilliseconds() && until <= (now + (2 * life)).ToUnixTimeMilliseconds();
}
