using System.ComponentModel;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Platform.Web;

namespace Parley.Platform.Metrics;

/// <summary>Who may read <c>/metrics</c>: it tells how busy a company is.</summary>
public sealed record MetricsSettings(
    [Description("What a scraper sends as 'Authorization: Bearer …'. Empty: /metrics answers this machine only, and nothing that came through a proxy."), PasswordPropertyText] string? Token = null);

internal static class MetricsApi
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/metrics", Read).ExcludeFromDescription();

    private static IResult Read(HttpContext http, ProcessFigures figures, MetricsSettings settings) => Allowed(http, settings)
        ? Results.Text(figures.Write(), "text/plain; version=0.0.4", Encoding.UTF8)
        : Problems.Of("metrics.forbidden", "The figures are for this machine, or for whoever has the token (setting metrics.token).", StatusCodes.Status403Forbidden);

    private static bool Allowed(HttpContext http, MetricsSettings settings) => settings.Token is { Length: > 0 } token
        ? CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(http.Request.Headers.Authorization.ToString()), Encoding.UTF8.GetBytes($"Bearer {token}"))
        : http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
            && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("Forwarded") && !http.Request.Headers.ContainsKey("X-Original-For");
}
