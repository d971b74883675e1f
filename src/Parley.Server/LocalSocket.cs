using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Parley.Platform;

namespace Parley.Server;

/// <summary>A command for a store that is being served, by its name and flags.</summary>
internal sealed record LocalRequest(string Command, Dictionary<string, string> Flags);

/// <summary>What became of it: lines for a person, and what the process that asked ends with.</summary>
internal sealed record LocalAnswer(int Exit, string Text);

/// <summary>
/// The socket in the data folder, over which the command line reaches the server that holds the folder: one line of JSON each way.
/// Who may open it is decided by the file's mode: its owner alone.
/// </summary>
internal sealed class LocalSocket(string folder, Func<LocalRequest, Task<LocalAnswer>> answer, ILogger<LocalSocket> log) : IAsyncDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    /// <summary>Listens; the caller holds the folder, so a socket that is there is a dead one's.</summary>
    public void Start()
    {
        var path = PathOf(folder);
        File.Delete(path);
        _socket.Bind(new UnixDomainSocketEndPoint(path));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        _socket.Listen();
        _loop = Accept();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _socket.Dispose();
        await _loop;
        File.Delete(PathOf(folder));
        _stop.Dispose();
    }

    /// <summary>Asks the server of a folder; null when none answers.</summary>
    public static async Task<LocalAnswer?> Ask(string folder, LocalRequest request)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(PathOf(folder)));
        }
        catch (SocketException)
        {
            return null;
        }

        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Line(request));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadLineAsync() is { } line ? JsonSerializer.Deserialize<LocalAnswer>(line, Json.Options) : null;
    }

    /// <summary>A socket's path has at most 108 bytes; a longer one gives way to a short one that both sides can work out.</summary>
    private static string PathOf(string folder)
    {
        var path = Path.Combine(folder, "parley.sock");
        return Encoding.UTF8.GetByteCount(path) < 100
            ? path
            : Path.Combine(Path.GetTempPath(), $"parley-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)).AsSpan(0, 8))}.sock");
    }

    private async Task Accept()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _ = Serve(await _socket.AcceptAsync(_stop.Token));
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Serve(Socket socket)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
            if (await reader.ReadLineAsync(_stop.Token) is { } line && JsonSerializer.Deserialize<LocalRequest>(line, Json.Options) is { } request)
            {
                await stream.WriteAsync(Line(await answer(request)), _stop.Token);
            }
        }
        catch (Exception error) when (error is IOException or JsonException or OperationCanceledException or SocketException)
        {
            log.LogWarning("A command over the local socket was cut off: {Reason}", error.Message);
        }
    }

    private static byte[] Line<T>(T value) => [.. JsonSerializer.SerializeToUtf8Bytes(value, Json.Options), (byte)'\n'];
}
