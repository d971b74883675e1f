using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Parley.Specs.Engines;

/// <summary>
/// A PostgreSQL of the tests' own, from Debian's package: in a private folder, on a free port, as a user that is not root. It ends, and its
/// folder goes, when this process ends, however it ends. One per test run; every test gets a database of its own in it.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>Waits for the end of its input, which comes with the end of whoever started it; then ends the server by its process id.</summary>
    private const string Keeper = """
        folder=$1; shift
        "$@" </dev/null &
        read -r _
        kill -QUIT $! 2>/dev/null
        wait
        rm -rf "$folder"
        """;

    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static PostgresServer? _shared;

    private readonly string[] _arguments;
    private readonly string _data;
    private readonly List<Process> _keepers = [];
    private int _databases;

    private PostgresServer(string[] arguments, string data, int port) => (_arguments, _data, Port) = (arguments, data, port);

    public int Port { get; }

    /// <summary>Why there can be none on this machine; null when there can.</summary>
    public static string? Missing => Binaries is null ? "PostgreSQL is not installed (make test installs it)" : null;

    private static string? Binaries => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(path => path).Select(path => Path.Combine(path, "bin")).FirstOrDefault(path => File.Exists(Path.Combine(path, "initdb")))
        : null;

    /// <summary>The run's server, started when first asked for.</summary>
    public static async Task<PostgresServer> Shared()
    {
        await Gate.WaitAsync();
        try
        {
            if (_shared is null)
            {
                _shared = await Start();
            }

            return _shared;
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <param name="settings">Lines for postgresql.conf that differ from the usual ones: <c>fsync=off</c>.</param>
    public static Task<PostgresServer> Start(params string[] settings) => StartIn(Directory.CreateTempSubdirectory("parley-pg-").FullName, settings);

    /// <param name="folder">Where all of it lies: empty, and its own.</param>
    public static async Task<PostgresServer> StartIn(string folder, params string[] settings)
    {
        if (Environment.IsPrivilegedProcess)
        {
            // PostgreSQL refuses to run as root; the package made a user for it.
            await Run("chown", "postgres", folder);
        }

        var data = Path.Combine(folder, "data");
        await Run([.. AsUser(), Path.Combine(Binaries!, "initdb"), "-D", data, "-U", "parley", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
        var port = FreePort();
        string[] arguments =
        [
            .. AsUser(), "sh", "-c", Keeper, "keeper", folder, Path.Combine(Binaries!, "postgres"), "-D", data, "-p", $"{port}", "-k", folder, "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=400",
            .. settings.SelectMany(setting => new[] { "-c", setting }),
        ];
        var server = new PostgresServer(arguments, data, port);
        await server.Again();
        return server;
    }

    /// <summary>Ends at once, as in a power cut; what it had confirmed is on its disk.</summary>
    public Task Stop() => Run([.. AsUser(), Path.Combine(Binaries!, "pg_ctl"), "-D", _data, "-m", "immediate", "-w", "stop"]);

    /// <summary>Starts on the same folder and port.</summary>
    public async Task Again()
    {
        var keeper = Launch(_arguments);
        // Read away, or a full pipe would stop the server.
        keeper.OutputDataReceived += (_, _) => { };
        keeper.ErrorDataReceived += (_, _) => { };
        keeper.BeginOutputReadLine();
        keeper.BeginErrorReadLine();
        _keepers.Add(keeper);
        await Answers(keeper);
    }

    /// <summary>Waits until it answers after it may have fallen by itself, and starts it where it has.</summary>
    public async Task Recovered()
    {
        for (var started = Stopwatch.GetTimestamp(); ; await Task.Delay(200))
        {
            using var status = Launch([.. AsUser(), Path.Combine(Binaries!, "pg_ctl"), "-D", _data, "status"]);
            await status.StandardOutput.ReadToEndAsync();
            await status.WaitForExitAsync();
            if (status.ExitCode != 0)
            {
                await Again();
                return;
            }

            try
            {
                await using var connection = new NpgsqlConnection(Connection("postgres") + ";Pooling=false");
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(2))
            {
                // It mends itself, or is about to fall.
            }
        }
    }

    /// <summary>All of it stands still, as on a machine that is moved: lines stay open and nobody answers.</summary>
    public Task Freeze() => Signal("-STOP");

    public Task Thaw() => Signal("-CONT");

    /// <summary>The connection of a fresh database.</summary>
    /// <param name="like">The name of one to which nobody is connected: with what that holds; null: an empty one.</param>
    public async Task<string> NewDatabase(string? like = null)
    {
        var name = $"t{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(Connection("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"create database {name}{(like is null ? "" : $" template {like}")}", connection);
        await command.ExecuteNonQueryAsync();
        return Connection(name);
    }

    /// <summary>Another database with what this one holds now, as a snapshot of its disk would. Nobody is connected to it.</summary>
    public async Task<string> Copy(string database)
    {
        NpgsqlConnection.ClearAllPools();
        var (of, name) = (new NpgsqlConnectionStringBuilder(database).Database, $"t{Interlocked.Increment(ref _databases)}");
        await using var connection = new NpgsqlConnection(Connection("postgres"));
        await connection.OpenAsync();
        // Who was killed is let go in a moment.
        await using (var end = new NpgsqlCommand($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{of}'", connection))
        {
            await end.ExecuteNonQueryAsync();
        }

        for (var tries = 0; ; tries++)
        {
            try
            {
                await using var command = new NpgsqlCommand($"create database {name} template {of}", connection);
                await command.ExecuteNonQueryAsync();
                return Connection(name);
            }
            catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.ObjectInUse && tries < 100)
            {
                await Task.Delay(100);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var keeper in _keepers)
        {
            keeper.StandardInput.Close();
            await keeper.WaitForExitAsync();
            keeper.Dispose();
        }
    }

    /// <summary>The server first, so that it begins no more helpers, then those it has.</summary>
    private async Task Signal(string signal)
    {
        var main = int.Parse((await File.ReadAllLinesAsync(Path.Combine(_data, "postmaster.pid")))[0], CultureInfo.InvariantCulture);
        await Run("kill", signal, $"{main}");
        foreach (var helper in Helpers(main))
        {
            using var kill = Launch(["kill", signal, $"{helper}"]);
            await kill.WaitForExitAsync();
        }
    }

    private static List<int> Helpers(int main)
    {
        var found = new List<int>();
        foreach (var folder in Directory.GetDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
        {
            try
            {
                // After the name in brackets: the state, then the parent.
                var rest = File.ReadAllText(Path.Combine(folder, "stat")).Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (rest[1] == $"{main}")
                {
                    found.Add(int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture));
                }
            }
            catch (IOException)
            {
                // It has ended meanwhile.
            }
        }

        return found;
    }

    private string Connection(string database) => $"Host=127.0.0.1;Port={Port};Username=parley;Database={database};Maximum Pool Size=40;Timeout=15;Include Error Detail=true";

    private async Task Answers(Process keeper)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(Connection("postgres") + ";Pooling=false");
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (!keeper.HasExited && Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(2))
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>setpriv replaces itself by the program, so that the process id is the program's own.</summary>
    private static string[] AsUser() => Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] : [];

    private static async Task Run(params string[] arguments)
    {
        using var process = Launch(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {process.ExitCode}: {error}{await output}");
        }
    }

    private static Process Launch(string[] arguments)
    {
        var start = new ProcessStartInfo(arguments[0], arguments[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
