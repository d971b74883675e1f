using System.Net;
using System.Net.Sockets;

namespace Parley.Platform.Web;

/// <summary>A name leads into a network that is ours: nothing that somebody else typed is called there.</summary>
public sealed class PrivateNetworkException() : IOException("The name leads into a private network.");

/// <summary>
/// Calls addresses that others gave us, with care: no network of our own, looked at again when the name is resolved, no redirects, no cookies, no proxy. So nobody
/// who may type an address reads or moves what stands behind our walls.
/// </summary>
/// <param name="loopback">True where this very machine may be called: tests, and what runs beside it.</param>
public sealed class OpenNetwork(bool loopback)
{
    public HttpMessageInvoker Caller(TimeSpan patience) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectTimeout = patience,
        ConnectCallback = Connect,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    });

    /// <summary>Null where an address can be called; otherwise why it cannot: <c>url</c>, <c>https</c> or <c>private</c>.</summary>
    public string? Flaw(string? text) =>
        !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0 || text!.Length > 2_000 || uri.Scheme is not ("http" or "https") ? "url"
        : uri.Scheme != Uri.UriSchemeHttps && !(loopback && uri.IsLoopback) ? "https"
        : (uri.IsLoopback && !loopback) || (IPAddress.TryParse(uri.IdnHost.Trim('[', ']'), out var address) && !IsOpen(address)) ? "private"
        : null;

    /// <summary>True for an address of the open network.</summary>
    public bool IsOpen(IPAddress address)
    {
        var it = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (IPAddress.IsLoopback(it))
        {
            return loopback;
        }

        return it.AddressFamily == AddressFamily.InterNetwork ? IsOpen(it.GetAddressBytes()) : IsOpenV6(it);
    }

    /// <summary>True for any machine but this one, and what answers to this one alone (link-local, as the metadata of a cloud). A network of our own may be meant: a mail server stands there.</summary>
    public static bool IsElsewhere(IPAddress address)
    {
        var it = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return it.AddressFamily == AddressFamily.InterNetwork ? it.GetAddressBytes() is not ([0 or 127, ..] or [169, 254, ..]) : !IPAddress.IsLoopback(it) && !it.IsIPv6LinkLocal && !it.Equals(IPAddress.IPv6Any);
    }

    /// <summary>IANA's special-purpose registry (RFC 6890), as far as something of ours may stand behind it.</summary>
    private static bool IsOpen(byte[] four) => four switch
    {
        [0 or 10 or 127 or >= 224, ..] => false,
        [100, >= 64 and < 128, ..] => false,
        [169, 254, ..] => false,
        [172, >= 16 and < 32, ..] => false,
        [192, 168, ..] or [192, 0, 0, _] => false,
        [198, 18 or 19, ..] => false,
        _ => true,
    };

    private static bool IsOpenV6(IPAddress it)
    {
        var bytes = it.GetAddressBytes();
        // What is translated to IPv4 (64:ff9b::/96, 2002::/16) is what it is translated to.
        return !it.IsIPv6LinkLocal && !it.IsIPv6SiteLocal && !it.IsIPv6UniqueLocal && !it.IsIPv6Multicast && !it.Equals(IPAddress.IPv6Any)
            && !(bytes.AsSpan(0, 12).SequenceEqual((byte[])[0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0]) && !IsOpen(bytes[12..]))
            && !(bytes is [0x20, 0x02, ..] && !IsOpen(bytes[2..6]));
    }

    /// <summary>The name is resolved here and only what was looked at is called: a name that changes between two looks gains nothing.</summary>
    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var open = (await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancel)).Where(IsOpen).ToArray();
        if (open.Length == 0)
        {
            throw new PrivateNetworkException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
