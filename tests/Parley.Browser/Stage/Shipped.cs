using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Parley.Browser.Stage;

/// <summary>
/// <c>out/parley serve</c> as it is handed on: a process of its own, with a store in a private folder, on a free port that it keeps over restarts.
/// </summary>
public sealed class Shipped : IServing
{
    private const string CodeLine = "Set-up code: ";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("parley-browser-").FullName;
    private readonly StringBuilder _said = new();
    private readonly int _port;
    private Process? _process;

    private readonly (string Name, string Value)[] _environment;

    private Shipped(int port, (string Name, string Value)[] environment) =>
        (_port, _environment, Address) = (port, environment, new Uri($"http://desk.lighthouse.localhost:{port}"));

    public Uri Address { get; }

    public TimeProvider Time => TimeProvider.System;

    public static Task<Shipped> Start() => With();

    /// <summary>One with settings of its own, as variables of the environment.</summary>
    public static async Task<Shipped> With(params (string Name, string Value)[] environment)
    {
        var server = new Shipped(FreePort(), environment);
        await server.Serve();
        return server;
    }

    /// <summary>Ends it as a power cut does, and starts it again on the same folder.</summary>
    public async Task Restart()
    {
        await Kill();
        await Serve();
    }

    public async Task Kill()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    public async Task Serve()
    {
        var program = Tree.File("out", "parley");
        File.Exists(program).ShouldBeTrue("There is no out/parley; 'make build' makes it.");
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        // Every story begins conversations from this one address.
        start.Environment["PARLEY__RATE__STARTSPERHOUR"] = "10000";
        // Hundreds sign in, and none is guarded against guessing.
        start.Environment["PARLEY__PEOPLE__HASHROUNDS"] = "1000";
        // Stories prepare themselves over another address than the one that browsers see.
        start.Environment["PARLEY__SERVER__PUBLICURL"] = Address.GetLeftPart(UriPartial.Authority);
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        foreach (var argument in new[] { "serve", "--data", _folder, "--urls", $"http://127.0.0.1:{_port}" })
        {
            start.ArgumentList.Add(argument);
        }

        var listens = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Hear(line.Data, listens);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data, listens);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var ended = _process.WaitForExitAsync();
        if (await Task.WhenAny(listens.Task, ended, Task.Delay(Patience)) != listens.Task)
        {
            throw new InvalidOperationException($"The server did not come up:\n{Said}");
        }
    }

    /// <summary>What it has said so far.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    /// <summary>The code that it said last for setting up a store without anybody.</summary>
    public string SetupCode => Said.Split('\n').Last(line => line.StartsWith(CodeLine, StringComparison.Ordinal))[CodeLine.Length..].Trim();

    public async Task Found(string name, string owner, string email, string password)
    {
        var told = await Command("workspace add", new() { ["name"] = name });
        var workspace = told.Split(' ', '.').First(word => word.StartsWith("wsp_", StringComparison.Ordinal));
        await Command("agent add", new() { ["name"] = owner, ["email"] = email, ["password"] = password, ["role"] = "owner", ["workspace"] = workspace });
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Sends a command over the socket in the data folder, as <c>parley agent add</c> does, without the half second that a process needs to start.</summary>
    private async Task<string> Command(string command, Dictionary<string, string> flags)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(_folder, "parley.sock")));
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { command, flags }) + "\n"));
        using var reader = new StreamReader(stream);
        var answer = JsonSerializer.Deserialize<JsonElement>(await reader.ReadLineAsync() ?? "{}");
        answer.GetProperty("exit").GetInt32().ShouldBe(0, answer.ToString());
        return answer.GetProperty("text").GetString()!;
    }

    private void Hear(string? line, TaskCompletionSource listens)
    {
        if (line is null)
        {
            return;
        }

        lock (_said)
        {
            _said.AppendLine(line);
        }

        if (line.StartsWith("Parley listens", StringComparison.Ordinal))
        {
            listens.TrySetResult();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
