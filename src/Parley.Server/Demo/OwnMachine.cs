using System.Net;
using Parley.Platform.Web;

namespace Parley.Server.Demo;

/// <summary>
/// The demo listens to this machine alone, and still two ways lead in from elsewhere: a name of somebody's site that is made to point here (its pages
/// would read with a person's cookies), and a tunnel or proxy on this machine. Both are told by what a request calls us, and by what proxies add.
/// </summary>
internal static class OwnMachine
{
    private static readonly Problem Elsewhere = new("demo.elsewhere", "The demo can be used on its own machine only: its passwords are known to everybody.", StatusCodes.Status421MisdirectedRequest);

    private static readonly string[] Proxies = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"];

    public static void Guard(IApplicationBuilder app) => app.Use((http, next) => IsHere(http.Request, http.Connection.RemoteIpAddress) ? next(http) : Elsewhere.Write(http.Response));

    internal static bool IsHere(HttpRequest request, IPAddress? from) =>
        (from is null || IPAddress.IsLoopback(from)) && IsOwn(request.Host.Host) && !Proxies.Any(request.Headers.ContainsKey);

    /// <summary>RFC 6761: localhost and every name below it is this machine.</summary>
    private static bool IsOwn(string host) =>
        IPAddress.TryParse(host.Trim('[', ']'), out var address)
            ? IPAddress.IsLoopback(address)
            : host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
