using System.Net;
using System.Net.WebSockets;
using System.Text.Json;

namespace Parley.Bench;

/// <summary>One stream that is read to its end: whoever holds it is shown each frame as it comes.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly TaskCompletionSource _greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Taking _take;

    private Wire(Taking take) => _take = take;

    public delegate void Taking(ReadOnlySpan<byte> frame);

    /// <param name="cookies">Of an agent, who comes from our own page; null: a customer, or somebody on the relay.</param>
    public static async Task<Wire> Connect(Uri address, CookieContainer? cookies, Taking take)
    {
        var wire = new Wire(take);
        wire._socket.Options.KeepAliveInterval = TimeSpan.Zero;
        if (cookies is not null)
        {
            wire._socket.Options.Cookies = cookies;
            wire._socket.Options.SetRequestHeader("Origin", address.ToString().TrimEnd('/'));
        }

        await wire._socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "/v1/stream" }.Uri, CancellationToken.None);
        _ = wire.Read();
        return wire;
    }

    /// <summary>Says something, and waits until the other side has said anything at all.</summary>
    public async Task Send(object frame)
    {
        await _sending.WaitAsync();
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(frame), WebSocketMessageType.Text, true, CancellationToken.None);
        _sending.Release();
        await _greeted.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task Read()
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult result;
                // An idle stream holds no more than it must here either: the client stands on the same machine.
                do
                {
                    result = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                    length += result.Count;
                }
                while (!result.EndOfMessage && length < buffer.Length);

                if (result.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                _greeted.TrySetResult();
                _take(buffer.AsSpan(0, length));
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            _greeted.TrySetException(error);
        }
    }
}
