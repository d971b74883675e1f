using System.Net;
using System.Net.Sockets;

namespace Parley.Browser.Stage;

/// <summary>The line between somebody's browser and the server, which can be cut: what runs over it breaks at once, and nothing gets through until it is mended.</summary>
public sealed class Line : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly HashSet<TcpClient> _open = [];
    private readonly Uri _server;
    private readonly Task _accepting;
    private bool _cut;

    private Line(Uri server)
    {
        _server = server;
        _listener.Start();
        _accepting = Accept();
    }

    public static Line To(Uri server) => new(server);

    /// <summary>What the browser calls the server over this line.</summary>
    public Uri Address(string name) => new($"http://{name}:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public void Cut()
    {
        lock (_open)
        {
            _cut = true;
            foreach (var end in _open)
            {
                Break(end);
            }

            _open.Clear();
        }
    }

    public void Mend()
    {
        lock (_open)
        {
            _cut = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        _listener.Stop();
        await _accepting;
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                _ = Join(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The line is taken down.
        }
    }

    private async Task Join(TcpClient near)
    {
        var far = new TcpClient();
        try
        {
            if (!Hold(near) || !Hold(far))
            {
                return;
            }

            await far.ConnectAsync(_server.Host, _server.Port);
            await Task.WhenAll(Carry(near, far), Carry(far, near));
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
        {
            // It was cut, or one of the two hung up.
        }
        finally
        {
            lock (_open)
            {
                _open.Remove(near);
                _open.Remove(far);
            }

            near.Dispose();
            far.Dispose();
        }
    }

    private static async Task Carry(TcpClient from, TcpClient to)
    {
        await from.GetStream().CopyToAsync(to.GetStream());
        to.Client.Shutdown(SocketShutdown.Send);
    }

    private bool Hold(TcpClient end)
    {
        lock (_open)
        {
            if (_cut)
            {
                Break(end);
                return false;
            }

            return _open.Add(end);
        }
    }

    /// <summary>As a cable that is torn out would not: the other side hears of it.</summary>
    private static void Break(TcpClient end)
    {
        end.Client.LingerState = new LingerOption(true, 0);
        end.Close();
    }
}
