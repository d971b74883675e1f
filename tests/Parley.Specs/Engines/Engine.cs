using Microsoft.Data.Sqlite;
using Parley.Platform.Store;

namespace Parley.Specs.Engines;

/// <summary>An engine for one test: an empty store that several processes could open, gone afterwards.</summary>
public abstract class Engine : IAsyncDisposable
{
    /// <summary>Another way to the same store, as another process or node would open it.</summary>
    public abstract Dialect Open();

    /// <summary>What a server is told to find it (<c>store.url</c>); null: it is in the data folder.</summary>
    public virtual string? Url => null;

    /// <summary>By name, for tests that hold the whole product to the same on both.</summary>
    public static async Task<Engine> Of(string name) => name == "postgres" ? await PostgresEngine.Make() : new SqliteEngine();

    public abstract ValueTask DisposeAsync();
}

public sealed class SqliteEngine : Engine
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parley-spec-").FullName;

    public override Dialect Open() => new SqliteDialect(Path.Combine(_folder, "parley.db"));

    public override ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}

public sealed class PostgresEngine : Engine
{
    private readonly string _connection;

    /// <param name="connection">A database of a server that the test may do with as it likes.</param>
    public PostgresEngine(string connection) => _connection = connection;

    /// <summary>Skips the test, by name, on a machine without PostgreSQL.</summary>
    public static async Task<Engine> Make()
    {
        Skip.If(PostgresServer.Missing is not null, PostgresServer.Missing);
        return new PostgresEngine(await (await PostgresServer.Shared()).NewDatabase());
    }

    public override string? Url => _connection;

    public override Dialect Open() => new PostgresDialect(_connection);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
