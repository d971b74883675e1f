using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Parley.Specs.Buses;

/// <summary>What lies between a node and its store. From one moment on it swallows what goes over the lines that are open, as a broken switch does; new ones get through.</summary>
internal sealed class Way : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _ends = [];
    private readonly NpgsqlConnectionStringBuilder _store;
    private readonly Task _loop;
    private volatile int _swallowed;

    private Way(NpgsqlConnectionStringBuilder store)
    {
        _store = store;
        _listener.Start();
        _loop = Accept();
    }

    /// <summary>The store, by this way.</summary>
    public string Url => new NpgsqlConnectionStringBuilder(_store.ConnectionString) { Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.ConnectionString;

    public static Way To(NpgsqlConnectionStringBuilder store) => new(store);

    public void Swallow() => Interlocked.Increment(ref _swallowed);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _loop;
        lock (_ends)
        {
            _ends.ForEach(end => end.Dispose());
        }
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var (near, far) = (await _listener.AcceptSocketAsync(), new Socket(SocketType.Stream, ProtocolType.Tcp));
                await far.ConnectAsync(_store.Host!, _store.Port);
                lock (_ends)
                {
                    _ends.AddRange([near, far]);
                }

                _ = Pass(near, far, _swallowed);
                _ = Pass(far, near, _swallowed);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Pass(Socket from, Socket to, int made)
    {
        try
        {
            var bytes = new byte[16 * 1024];
            while (await from.ReceiveAsync(bytes) is > 0 and var length)
            {
                if (made == _swallowed)
                {
                    await to.SendAsync(bytes.AsMemory(0, length));
                }
            }

            if (made == _swallowed)
            {
                to.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // One of the two hung up.
        }
    }
}
