using Npgsql;
using Parley.Specs.Engines;

namespace Parley.Bench;

/// <summary>One of those who take the same messages in turn: its servers, with the stage set on them.</summary>
internal sealed class Contender : IAsyncDisposable
{
    public const string BareRelay = "bare relay";
    public const string Embedded = "Parley, SQLite";
    public const string OneNode = "Parley, PostgreSQL";
    public const string ThreeNodes = "Parley, PostgreSQL, three nodes";
    public const string NodeChat = "Socket.IO, SQLite";

    public const int Threads = 200;
    public const int Agents = 8;

    private readonly DirectoryInfo _folder;
    private string? _database;
    private readonly List<Child> _servers = [];

    private Contender(string name)
    {
        (Name, _folder) = (name, Directory.CreateTempSubdirectory("parley-bench-"));
    }

    public string Name { get; }

    public Stage Stage { get; private set; } = null!;

    public Meter Meter => new(_servers, Name is OneNode or ThreeNodes);

    public IReadOnlyList<Child> Servers => _servers;

    /// <param name="stage">Whether threads and streams are there already; without, there is nobody yet.</param>
    public static async Task<Contender> Start(string name, bool stage = true)
    {
        var contender = new Contender(name);
        try
        {
            await contender.Serve();
            await contender.Set(stage);
            return contender;
        }
        catch
        {
            await contender.DisposeAsync();
            throw;
        }
    }

    /// <summary>Connections that all its nodes together hold to their PostgreSQL: a pool lets go of what is not used after minutes only, so this is the most of these minutes. Null: it has none.</summary>
    public async Task<long?> Connections()
    {
        if (_database is null)
        {
            return null;
        }

        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        await using var count = new NpgsqlCommand("select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()", connection);
        return (long?)await count.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Stage is not null)
        {
            await Stage.DisposeAsync();
        }

        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private async Task Serve()
    {
        switch (Name)
        {
            case BareRelay:
                _servers.Add(await Child.Relay());
                return;
            case NodeChat:
                _servers.Add(await Child.Yardstick(Path.Combine(_folder.FullName, "chat.db")));
                return;
            case Embedded:
                await Child.Hire(_folder.FullName);
                _servers.Add(await Child.Parley(_folder.FullName, Child.Unlimited));
                return;
            default:
                _database = await (await PostgresServer.Shared()).NewDatabase();
                var store = $"store.url={_database}";
                await Child.Hire(_folder.FullName, store);
                for (var node = 0; node < (Name == ThreeNodes ? 3 : 1); node++)
                {
                    _servers.Add(await Child.Parley(Path.Combine(_folder.FullName, $"node{node}"), [.. Child.Unlimited, store]));
                }

                return;
        }
    }

    private async Task Set(bool stage) => Stage = (Name, stage) switch
    {
        (_, false) => await Stage.Empty(_servers[0].Address, parley: Name is not BareRelay),
        (BareRelay, _) => await Stage.OnRelay(_servers[0].Address, Threads, Agents),
        (NodeChat, _) => await Stage.OnYardstick(_servers[0].Address, Threads, Agents),
        _ => await Stage.OnParley([.. _servers.Select(server => server.Address)], Threads, Agents),
    };
}
