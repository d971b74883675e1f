using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Parley.Server;

/// <summary>Who is believed about where a request comes from (<c>server.trustedProxies</c>).</summary>
internal static class Proxies
{
    public static IEnumerable<string> Flaws(string[]? proxies) => (proxies ?? [])
        .Where(proxy => !IPNetwork.TryParse(proxy, out _) && !IPAddress.TryParse(proxy, out _))
        .Select(proxy => $"server.trustedProxies: '{proxy}' is neither an address nor a network such as 10.0.0.0/8.");

    /// <param name="proxies">Without flaws.</param>
    public static ForwardedHeadersOptions Believed(string[] proxies)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var proxy in proxies)
        {
            if (IPNetwork.TryParse(proxy, out var network))
            {
                options.KnownIPNetworks.Add(network);
            }
            else
            {
                options.KnownProxies.Add(IPAddress.Parse(proxy));
            }
        }

        return options;
    }
}
