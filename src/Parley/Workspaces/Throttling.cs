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

    public static string Address(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? Unknown;

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
