using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Parley.Specs.Operating;

/// <summary>nginx or HAProxy before nodes, with the file that Parley comes with: only where it listens and where the nodes are is put in.</summary>
public sealed class Proxy : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private Proxy(Process process, DirectoryInfo folder, int port) => (_process, _folder, Address) = (process, folder, new Uri($"http://127.0.0.1:{port}"));

    public Uri Address { get; }

    /// <summary>Skips the test, by name, where it is not installed.</summary>
    /// <param name="name"><c>nginx</c> or <c>haproxy</c>.</param>
    public static async Task<Proxy> Before(string name, params Uri[] nodes)
    {
        var program = $"/usr/sbin/{name}";
        Skip.IfNot(File.Exists(program), $"{name} is not installed (make test installs it)");
        var folder = Directory.CreateTempSubdirectory("parley-proxy-");
        var port = FreePort();
        var path = Path.Combine(folder.FullName, "proxy.conf");
        await File.WriteAllTextAsync(path, Text(name, port, nodes));
        var start = name == "nginx"
            ? new ProcessStartInfo(program, ["-p", folder.FullName, "-c", path, "-e", "stderr", "-g", $"daemon off; pid {folder.FullName}/pid;"])
            : new ProcessStartInfo(program, ["-db", "-f", path]);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var proxy = new Proxy(process, folder, port);
        try
        {
            await proxy.Answers();
            return proxy;
        }
        catch
        {
            await proxy.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // By its own word, so that its workers end too.
        if (!_process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string Text(string name, int port, Uri[] nodes)
    {
        var text = File.ReadAllText(Path.Combine(Deploy(), name == "nginx" ? "nginx.conf" : "haproxy.cfg"))
            .Replace("listen 80;", $"listen 127.0.0.1:{port};", StringComparison.Ordinal)
            .Replace("bind :80", $"bind 127.0.0.1:{port}", StringComparison.Ordinal);
        for (var i = 0; i < 3; i++)
        {
            text = text.Replace($"parley{i + 1}:5080", i < nodes.Length ? nodes[i].Authority : "127.0.0.1:1", StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>Until it passes on what is asked.</summary>
    private async Task Answers()
    {
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = Address };
        for (var started = Stopwatch.GetTimestamp(); ; await Task.Delay(50))
        {
            try
            {
                using var answer = await http.GetAsync("/health/ready");
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                // Not yet.
            }

            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(20), "The proxy passes nothing on.");
        }
    }

    private static string Deploy([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "deploy");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
