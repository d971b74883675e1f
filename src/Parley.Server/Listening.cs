using System.Net;
using Microsoft.AspNetCore.Http;

namespace Parley.Server;

/// <summary>The addresses to listen on (<c>server.urls</c>).</summary>
internal static class Listening
{
    public static string[] Each(string urls) => urls.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>True if one of them is https, and needs a certificate.</summary>
    public static bool Secure(string urls) => urls.Contains("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Those that no server can listen on, each with its reason; whether an address is this machine's, and free, turns out when it is taken.</summary>
    public static IEnumerable<string> Flaws(string urls) =>
        Each(urls) is { Length: > 0 } each ? each.Select(Flaw).OfType<string>() : ["server.urls names no address to listen on. One reads like http://127.0.0.1:5080."];

    private static string? Flaw(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is not ("http" or "https") ? $"server.urls: '{url}' is neither http nor https."
                : address.PathBase.Length > 0 ? $"server.urls: '{url}' has a path, and an address to listen on has none."
                : address is { IsUnixPipe: false, Port: < 0 or > 65_535 } ? $"server.urls: '{url}' has a port beyond 65535."
                : !address.IsUnixPipe && !IsAddress(address.Host) ? $"server.urls: '{url}' names no address of a machine, and would be all of them. Give 127.0.0.1, localhost, or 0.0.0.0 for all."
                : address is { Host: "localhost", Port: 0 } ? $"server.urls: '{url}' leaves the port open, which needs an address: 127.0.0.1."
                : null;
        }
        catch (FormatException)
        {
            return $"server.urls: '{url}' is no address. It reads like http://127.0.0.1:5080.";
        }
    }

    /// <summary>Of a name, or of a port that is none, the web server makes every address there is.</summary>
    private static bool IsAddress(string host) => host is "localhost" or "*" or "+" || IPAddress.TryParse(host.Trim('[', ']'), out _);
}
