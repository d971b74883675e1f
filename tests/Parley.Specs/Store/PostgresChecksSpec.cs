using Dapper;
using Npgsql;
using Parley.Platform.Store;
using Parley.Specs.Engines;

namespace Parley.Specs.Store;

/// <summary>A PostgreSQL that could lose what it confirmed is refused by name.</summary>
public class PostgresChecksSpec
{
    [SkippableFact]
    public async Task A_proper_server_passes()
    {
        await using var engine = await PostgresEngine.Make();
        await using var dialect = (PostgresDialect)engine.Open();
        await PostgresChecks.Run(dialect);
    }

    [SkippableFact]
    public async Task A_database_that_does_not_wait_for_the_disk_is_refused()
    {
        await using var engine = await PostgresEngine.Make();
        await using (var dialect = (PostgresDialect)engine.Open())
        await using (var connection = (NpgsqlConnection)await dialect.Open())
        {
            await connection.ExecuteAsync($"alter database {connection.Database} set synchronous_commit = off");
        }

        await using var fresh = (PostgresDialect)engine.Open();
        NpgsqlConnection.ClearAllPools();
        (await Should.ThrowAsync<StoreRefused>(() => PostgresChecks.Run(fresh))).Message.ShouldContain("synchronous_commit");
    }

    [SkippableFact]
    public async Task A_server_without_fsync_is_refused()
    {
        Skip.If(PostgresServer.Missing is not null, PostgresServer.Missing);
        await using var server = await PostgresServer.Start("fsync=off");
        await using var dialect = new PostgresDialect(await server.NewDatabase());
        (await Should.ThrowAsync<StoreRefused>(() => PostgresChecks.Run(dialect))).Message.ShouldContain("fsync=on");
    }

    [SkippableFact]
    public async Task A_pooler_that_lends_connections_by_the_transaction_is_refused_and_one_by_the_session_passes()
    {
        Skip.If(Pooler.Missing is not null, Pooler.Missing);
        await using var engine = await PostgresEngine.Make();
        await using (var pooler = await Pooler.Start(engine.Url!, "transaction"))
        await using (var through = new PostgresDialect(pooler.Url))
        {
            var refused = await Should.ThrowAsync<StoreRefused>(() => PostgresChecks.Run(through));
            (refused.Code, refused.Message).ShouldBe(("store.pooler", refused.Message));
            refused.Message.ShouldContain("session mode");
        }

        await using (var pooler = await Pooler.Start(engine.Url!, "session"))
        await using (var through = new PostgresDialect(pooler.Url))
        {
            await PostgresChecks.Run(through);
        }
    }
}
