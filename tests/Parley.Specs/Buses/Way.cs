using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Parley.Specs.Buses;

/// <summary>
/// What lies between a node and its store. From one moment on it swallows what goes over the lines that are open, as a broken switch does; new ones get
/// through. Or it is cut: nothing gets through, old or new, until it is mended.
/// </summary>
internal sealed class Way : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly List<Socket> _ends = [];
    private readonly string _host;
    private readonly int _port;
    private readonly NpgsqlConnectionStringBuilder? _store;
    private readonly Task _loop;
    private volatile int _swallowed;
    private volatile bool _cut;

    private Way(Socket listener, string host, int port, NpgsqlConnectionStringBuilder? store)
    {
        (_listener, _host, _port, _store) = (listener, host, port, store);
        _loop = Accept();
    }

    /// <summary>Where it begins.</summary>
    public IPEndPoint Here => (IPEndPoint)_listener.LocalEndPoint!;

    /// <summary>The store, by this way.</summary>
    public string Url => UrlOf(_store!.ConnectionString);

    /// <summary>A store of the same server, by this way.</summary>
    public string UrlOf(string store) => new NpgsqlConnectionStringBuilder(store) { Host = Here.Address.ToString(), Port = Here.Port }.ConnectionString;

    /// <param name="from">The address of this machine at which it begins.</param>
    public static Way To(NpgsqlConnectionStringBuilder store, IPAddress? from = null) => new(Listen(from ?? IPAddress.Loopback, 0), store.Host!, store.Port, store);

    /// <summary>To anything, from a socket that listens already, wherever that is.</summary>
    public static Way To(string host, int port, Socket listener) => new(listener, host, port, null);

    public static Socket Listen(IPAddress address, int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, port));
        socket.Listen();
        return socket;
    }

    public void Swallow() => Interlocked.Increment(ref _swallowed);

    /// <summary>Nothing gets through any more: who calls is let in and hears nothing.</summary>
    public void Cut()
    {
        _cut = true;
        Swallow();
    }

    /// <summary>Who calls from now on gets through. Lines that were cut stay dead, and nobody is told.</summary>
    public void Mend()
    {
        Swallow();
        _cut = false;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
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
                var (near, far) = (await _listener.AcceptAsync(), new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
                lock (_ends)
                {
                    _ends.AddRange([near, far]);
                }

                if (!_cut)
                {
                    _ = Join(near, far, _swallowed);
                }
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    /// <summary>Where nobody listens at the other end, whoever called is hung up on.</summary>
    private async Task Join(Socket near, Socket far, int made)
    {
        try
        {
            await far.ConnectAsync(_host, _port);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            near.Dispose();
            return;
        }

        _ = Pass(near, far, made);
        _ = Pass(far, near, made);
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
            // One of the two hung up, and not by a word: the other hears the same.
            if (made == _swallowed)
            {
                to.Dispose();
            }
        }
    }
}
