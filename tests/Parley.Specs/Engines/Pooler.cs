using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Parley.Specs.Engines;

/// <summary>A pgbouncer of the test's own before a database, in a private folder, on a free port.</summary>
public sealed class Pooler : IAsyncDisposable
{
    private const string Program = "/usr/sbin/pgbouncer";

    private readonly DirectoryInfo _folder;
    private readonly Process _process;

    private Pooler(DirectoryInfo folder, Process process, string url) => (_folder, _process, Url) = (folder, process, url);

    /// <summary>Why there can be none on this machine; null when there can.</summary>
    public static string? Missing => PostgresServer.Missing ?? (File.Exists(Program) ? null : "pgbouncer is not installed (make test installs it)");

    /// <summary>The database, through the pooler.</summary>
    public string Url { get; }

    /// <param name="mode"><c>transaction</c> or <c>session</c>: for how long a client keeps a connection.</param>
    public static async Task<Pooler> Start(string database, string mode)
    {
        var server = new NpgsqlConnectionStringBuilder(database);
        var folder = Directory.CreateTempSubdirectory("parley-pooler-");
        var port = FreePort();
        var settings = Path.Combine(folder.FullName, "pgbouncer.ini");
        await File.WriteAllTextAsync(settings, $"""
            [databases]
            {server.Database} = host={server.Host} port={server.Port} user={server.Username}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = any
            pool_mode = {mode}
            default_pool_size = 10
            ignore_startup_parameters = extra_float_digits
            """);
        // It refuses to be root. Its user must read the settings.
        var asUser = Environment.IsPrivilegedProcess;
        if (asUser)
        {
            using var open = Process.Start("chmod", ["755", folder.FullName]);
            await open.WaitForExitAsync();
        }

        string[] arguments = asUser ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", Program, settings] : [Program, settings];
        var process = Process.Start(new ProcessStartInfo(arguments[0], arguments[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var pooler = new Pooler(folder, process, new NpgsqlConnectionStringBuilder(database) { Host = "127.0.0.1", Port = port }.ConnectionString);
        await pooler.Answers();
        return pooler;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task Answers()
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(Url + ";Pooling=false");
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (!_process.HasExited && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20))
            {
                await Task.Delay(50);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
