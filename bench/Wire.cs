using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;

namespace Parley.Bench;

/// <summary>One stream that is read to its end: whoever holds it is shown each frame as it comes.</summary>
internal sealed class Wire : IAsyncDisposable
{
    public const string Stream = "/v1/stream";

    private const int Smallest = 1024;
    private const int Largest = 1 << 20;

    /// <summary>Customers come from a handful of addresses in turn: one address alone has not ports enough for all of them.</summary>
    private static readonly HttpMessageInvoker Crowd = new(new SocketsHttpHandler { ConnectCallback = Dial, UseCookies = false, UseProxy = false });
    private static int _dialled;

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly TaskCompletionSource _greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Taking _take;

    private Wire(Taking take) => _take = take;

    public delegate void Taking(ReadOnlySpan<byte> frame);

    /// <param name="cookies">Of an agent, who comes from our own page; null: a customer, or somebody on the relay.</param>
    public static async Task<Wire> Connect(Uri address, CookieContainer? cookies, Taking take, string path = Stream)
    {
        var wire = new Wire(take);
        wire._socket.Options.KeepAliveInterval = TimeSpan.Zero;
        if (cookies is not null)
        {
            wire._socket.Options.Cookies = cookies;
            wire._socket.Options.SetRequestHeader("Origin", address.ToString().TrimEnd('/'));
        }

        await wire._socket.ConnectAsync(new Uri($"ws://{address.Authority}{path}"), cookies is null ? Crowd : null, CancellationToken.None);
        _ = wire.Read();
        return wire;
    }

    /// <summary>Says something, and waits until the other side has said anything at all.</summary>
    public Task Send(object frame) => Say(JsonSerializer.SerializeToUtf8Bytes(frame));

    public async Task Say(ReadOnlyMemory<byte> frame)
    {
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(frame, WebSocketMessageType.Text, true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }

        await _greeted.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async ValueTask<System.IO.Stream> Dial(SocketsHttpConnectionContext asked, CancellationToken stop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, (byte)(2 + (uint)Interlocked.Increment(ref _dialled) % 8)]), 0));
            await socket.ConnectAsync(IPAddress.Loopback, asked.DnsEndPoint.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task Read()
    {
        var buffer = new byte[Smallest];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult result;
                // An idle stream holds little here: there are thousands of them, and the client stands on the same machine.
                do
                {
                    if (length == buffer.Length && length < Largest)
                    {
                        Array.Resize(ref buffer, length * 4);
                    }

                    result = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                    length += result.Count;
                }
                while (!result.EndOfMessage && length < Largest);

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
