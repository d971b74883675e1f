using System.Buffers;
using System.Net.WebSockets;

namespace Parley.Platform.Realtime;

/// <summary>A WebSocket with text frames. Waits for the client's words without holding a buffer.</summary>
public sealed class WebSocketLine(WebSocket socket, LineLimits limits, ReadOnlyMemory<byte> tooSlow) : Line(limits)
{
    /// <summary>What a client may say at once, in bytes. Ours say a hundred.</summary>
    public const int LongestWord = 16 * 1024;

    private static readonly TimeSpan Parting = TimeSpan.FromSeconds(2);

    protected override ReadOnlyMemory<byte> TooSlow => tooSlow;

    /// <summary>Hears the client until it goes, is cut, or says too much at once.</summary>
    /// <param name="said">The bytes are gone when it comes back.</param>
    public async Task Hear(Func<ReadOnlyMemory<byte>, ValueTask> said)
    {
        try
        {
            while (socket.State == WebSocketState.Open || socket.State == WebSocketState.CloseSent)
            {
                // With no buffer until there is something to put into it: ten thousand idle clients hold none.
                var first = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
                if (first.MessageType == WebSocketMessageType.Close || !await HearOne(said))
                {
                    break;
                }
            }

            if (socket.State == WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).WaitAsync(Parting);
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or TimeoutException or InvalidOperationException)
        {
            // Cut off: by the network, by the client, or by us.
        }
        finally
        {
            Cut();
        }
    }

    protected override ValueTask Write(ReadOnlyMemory<byte> frame) => socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    /// <summary>The client answers a close with its own; one that does not is cut, so that nobody holds up the end of the server.</summary>
    protected override async ValueTask Close()
    {
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        await Task.Delay(Parting);
        Abort();
    }

    protected override void Abort() => socket.Abort();

    private async ValueTask<bool> HearOne(Func<ReadOnlyMemory<byte>, ValueTask> said)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1024);
        var length = 0;
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                length += part.Count;
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return false;
                }

                if (part.EndOfMessage)
                {
                    await said(buffer.AsMemory(0, length));
                    return true;
                }

                if (length == buffer.Length && !Grow(ref buffer))
                {
                    return false;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool Grow(ref byte[] buffer)
    {
        if (buffer.Length >= LongestWord)
        {
            return false;
        }

        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 4);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
        return true;
    }
}
