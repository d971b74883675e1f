using Microsoft.AspNetCore.Http;
using Parley.Platform.Web;

namespace Parley.Workspaces;

/// <summary>
/// Keeps one stranger from taking what is everybody's: a visitor by their id wherever they come from, who has no token yet by address.
/// Agents and programs are known and accountable, and are not counted.
/// </summary>
public sealed class Throttling(RateLimits limits)
{
    private const string Unknown = "unknown";

    /// <summary>Where a request comes from. Of an IPv6 address the network that one customer of a provider gets, for within it they choose their addresses themselves.</summary>
    public static string Address(HttpContext http) => http.Connection.RemoteIpAddress switch
    {
        null => Unknown,
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } six => $"{new System.Net.IPAddress([.. six.GetAddressBytes()[..8], .. new byte[8]])}/64",
        var four => four.ToString(),
    };

    public Task Receive(HttpContext http, RequestDelegate next)
    {
        var wait = http.Features.Get<Principal>() switch
        {
            VisitorPrincipal visitor => limits.Visitors.Take(visitor.Visitor.ToString()),
            null when http.Request.Path.StartsWithSegments("/v1") => limits.Addresses.Take(Address(http)),
            _ => TimeSpan.Zero,
        };
        return wait == TimeSpan.Zero ? next(http) : RateLimits.TooMany(wait).Write(http.Response);
    }
}
