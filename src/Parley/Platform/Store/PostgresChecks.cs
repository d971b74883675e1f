using Dapper;
using Npgsql;

namespace Parley.Platform.Store;

/// <summary>A PostgreSQL that loses what it said it has written, or that swallows notifications, is refused before anybody relies on it.</summary>
public static class PostgresChecks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Of another engine nothing is asked.</summary>
    /// <exception cref="StoreRefused">It must not be relied on.</exception>
    public static Task Run(Dialect dialect) => dialect is PostgresDialect postgres ? Run(postgres) : Task.CompletedTask;

    private static async Task Run(PostgresDialect dialect)
    {
        await using var connection = await dialect.Source.OpenConnectionAsync();
        if (await Show(connection, "fsync") == "off")
        {
            throw new StoreRefused("store.unsafe", "This PostgreSQL runs with fsync=off and can lose everything when its machine stops. Set fsync=on in postgresql.conf.");
        }

        if (await Show(connection, "synchronous_commit") == "off")
        {
            throw new StoreRefused("store.unsafe", "This PostgreSQL runs with synchronous_commit=off and forgets what it has confirmed. Set synchronous_commit=on (for the database, the role, or the server).");
        }

        if (await connection.ExecuteScalarAsync<bool>("select pg_is_in_recovery()"))
        {
            throw new StoreRefused("store.standby", "This PostgreSQL is a standby. Use its primary; or promote it, run 'parley migrate --promoted', and start again.");
        }

        await HearsItself(dialect, connection);
    }

    /// <summary>A pooler that lends out connections per transaction takes LISTEN and never passes the notifications on.</summary>
    private static async Task HearsItself(PostgresDialect dialect, NpgsqlConnection connection)
    {
        // A pooler makes up these numbers, below zero too.
        var channel = $"parley_probe_{(uint)connection.ProcessID}";
        var heard = false;
        connection.Notification += (_, notice) => heard |= notice.Channel == channel;
        await connection.ExecuteAsync($"listen {channel}");
        await using (var other = await dialect.Source.OpenConnectionAsync())
        {
            await other.ExecuteAsync("select pg_notify(@channel, '')", new { channel });
        }

        while (!heard && await connection.WaitAsync(Patience))
        {
        }

        if (!heard)
        {
            throw new StoreRefused("store.pooler", "Between Parley and PostgreSQL stands a pooler in transaction mode, which swallows notifications. Connect to PostgreSQL itself, or set the pooler to session mode.");
        }

        await connection.ExecuteAsync($"unlisten {channel}");
    }

    private static Task<string?> Show(NpgsqlConnection connection, string name) => connection.ExecuteScalarAsync<string>("select current_setting(@name)", new { name });
}
