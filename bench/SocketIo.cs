using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Parley.Bench;

/// <summary>
/// As much of Socket.IO (https://socket.io/docs/v4/socket-io-protocol/) as its own browser client speaks once it has upgraded to a WebSocket: connects to the main
/// namespace, answers pings, emits with an acknowledgement, hears events.
/// </summary>
internal sealed class SocketIo : IAsyncDisposable
{
    private const string Path = "/socket.io/?EIO=4&transport=websocket";

    private readonly ConcurrentDictionary<int, TaskCompletionSource> _asked = new();
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Wire.Taking _take;
    private Wire _wire = null!;
    private int _number;

    private SocketIo(Wire.Taking take) => _take = take;

    /// <param name="take">Shown each event as it came.</param>
    public static async Task<SocketIo> Connect(Uri address, Wire.Taking take)
    {
        var socket = new SocketIo(take);
        var wire = new TaskCompletionSource<Wire>();
        socket._wire = await Wire.Connect(address, null, frame => socket.Hear(frame, wire.Task), Path);
        wire.SetResult(socket._wire);
        await socket._wire.Say("40"u8.ToArray());
        await socket._connected.Task.WaitAsync(TimeSpan.FromSeconds(30));
        return socket;
    }

    /// <summary>Comes back when the server has acknowledged it.</summary>
    public async Task Emit(string name, object what)
    {
        var number = Interlocked.Increment(ref _number);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[number] = done;
        await _wire.Say(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"42{number}{JsonSerializer.Serialize(new[] { name, what })}")));
        await done.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public ValueTask DisposeAsync() => _wire.DisposeAsync();

    /// <summary>The first digit is the transport's (2 a ping), the second the protocol's: 0 connected, 2 an event, 3 an acknowledgement and its number.</summary>
    private void Hear(ReadOnlySpan<byte> frame, Task<Wire> wire)
    {
        if (frame.StartsWith("42"u8))
        {
            _take(frame);
        }
        else if (frame.StartsWith("43"u8) && System.Buffers.Text.Utf8Parser.TryParse(frame[2..], out int number, out _) && _asked.TryRemove(number, out var done))
        {
            done.SetResult();
        }
        else if (frame.StartsWith("40"u8))
        {
            _connected.TrySetResult();
        }
        else if (frame.SequenceEqual("2"u8))
        {
            _ = Pong(wire);
        }
    }

    private static async Task Pong(Task<Wire> wire) => await (await wire).Say("3"u8.ToArray());
}
