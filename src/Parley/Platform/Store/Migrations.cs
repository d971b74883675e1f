using System.Security.Cryptography;
using System.Text;

namespace Parley.Platform.Store;

/// <summary>One step of the store's shape. <paramref name="Sql"/> is the common subset, or differs by engine where search does.</summary>
public sealed record Migration(int Number, string Name, string Sql, string? PostgresSql = null)
{
    public string For(Dialect dialect) => dialect.Ddl(dialect.Name == "postgres" && PostgresSql is not null ? PostgresSql : Sql);

    public string Checksum(Dialect dialect) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(For(dialect))));
}

/// <summary>Brings a store forward, never back: ordered, each once, checked by checksum, one process at a time.</summary>
public sealed class Migrations(Database database, IReadOnlyList<Migration> all, TimeProvider time)
{
    /// <summary>An index over millions of rows takes as long as it takes, and so does waiting for the node that makes it.</summary>
    private const int Endless = 0;

    /// <summary>What has not been applied yet, in order.</summary>
    /// <exception cref="StoreRefused">The store is of a newer version, or an applied step was changed since.</exception>
    public Task<List<Migration>> Pending() => database.Read(async session =>
    {
        var exists = await Exists(session);
        return exists ? await Compare(session) : [.. Ordered()];
    });

    public async Task<int> Apply()
    {
        await database.Write(async session =>
        {
            session.Patience = session.Dialect.OneWriter ? session.Patience : Endless;
            // PostgreSQL's "if not exists" is no lock: two at once, and one of them fails.
            await session.Dialect.LockForMigration(session);
            await session.Execute("create table if not exists migrations (number bigint primary key, name text not null, checksum text not null, at bigint not null)");
        });
        return await database.Write(async session =>
        {
            session.Patience = session.Dialect.OneWriter ? session.Patience : Endless;
            await session.Dialect.LockForMigration(session);
            var pending = await Compare(session);
            foreach (var step in pending)
            {
                await session.Execute(step.For(session.Dialect));
                await session.Execute(
                    "insert into migrations (number, name, checksum, at) values (@Number, @Name, @checksum, @at)",
                    new { step.Number, step.Name, checksum = step.Checksum(session.Dialect), at = time.GetUtcNow().ToUnixTimeMilliseconds() });
            }

            return pending.Count;
        });
    }

    private static async Task<bool> Exists(Session session) =>
        await session.One<long>(session.Dialect.Name == "postgres"
            ? "select count(*) from information_schema.tables where table_name = 'migrations' and table_schema = current_schema()"
            : "select count(*) from sqlite_master where name = 'migrations'") > 0;

    private async Task<List<Migration>> Compare(Session session)
    {
        var applied = await session.Query<(long Number, string Name, string Checksum)>("select number, name, checksum from migrations order by number");
        var known = Ordered().ToDictionary(step => (long)step.Number);
        foreach (var (number, name, checksum) in applied)
        {
            if (!known.Remove(number, out var step))
            {
                throw new StoreRefused("store.newer", $"The store has step {number} ({name}), which this version of Parley does not know. Use the version that wrote it, or a newer one.");
            }

            if (step.Checksum(session.Dialect) != checksum)
            {
                throw new StoreRefused("store.changed", $"Step {number} ({name}) was applied with another text than this version has. The store was not made by a released version.");
            }
        }

        return [.. known.Values.OrderBy(step => step.Number)];
    }

    private IOrderedEnumerable<Migration> Ordered() => all.OrderBy(step => step.Number);
}

/// <summary>The store cannot be used as it is; the message is one sentence for whoever started Parley.</summary>
public sealed class StoreRefused(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
