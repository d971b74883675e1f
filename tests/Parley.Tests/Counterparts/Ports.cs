using System.Net;
using System.Net.Sockets;

namespace Parley.Tests.Counterparts;

/// <summary>Ports for programs that take none of their own accord.</summary>
internal static class Ports
{
    /// <summary>One on which nobody listens, from below those that the system gives out by itself: what it gives to another test a moment later is not this one.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody else listens there.
            }
        }
    }
}
