using System.Net;

namespace Parley.Bench;

/// <summary>One stream; tells how many messages came, and how old each was.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private static readonly byte[] Stamp = "\"text\":\"t:"u8.ToArray();

    private Wire? _wire;
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    /// <summary>What it hears by, where that is not a stream of Parley's kind.</summary>
    public SocketIo? Socket { get; private set; }

    /// <summary>Told the ticks at which a message that arrives now was sent.</summary>
    public Action<long>? Arrived { get; set; }

    public static async Task<Receiver> Connect(Uri address, CookieContainer? cookies)
    {
        var receiver = new Receiver();
        receiver._wire = await Wire.Connect(address, cookies, receiver.Take);
        return receiver;
    }

    public static async Task<Receiver> Joined(Uri address)
    {
        var receiver = new Receiver();
        receiver.Socket = await SocketIo.Connect(address, receiver.Take);
        return receiver;
    }

    public Task Send(object frame) => _wire!.Send(frame);

    public ValueTask DisposeAsync() => _wire?.DisposeAsync() ?? Socket?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Take(ReadOnlySpan<byte> frame)
    {
        var at = frame.IndexOf(Stamp);
        if (at < 0)
        {
            return;
        }

        Interlocked.Increment(ref _count);
        if (Arrived is { } arrived && System.Buffers.Text.Utf8Parser.TryParse(frame[(at + Stamp.Length)..], out long ticks, out _))
        {
            arrived(ticks);
        }
    }
}
