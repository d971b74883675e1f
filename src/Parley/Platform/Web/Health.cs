using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Parley.Platform.Hosting;
using Parley.Platform.Store;

namespace Parley.Platform.Web;

/// <summary>For whoever watches the process: <c>live</c> says that it runs, <c>ready</c> that it should be given work.</summary>
public static class Health
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Ok(new { status = "live" })).ExcludeFromDescription();
        routes.MapGet("/health/ready", Ready).ExcludeFromDescription();
        // How a request arrived here, for 'parley doctor', which asks from outside: nothing that the caller did not send.
        routes.MapGet("/health/reached", (HttpContext http) => Results.Ok(new { scheme = http.Request.Scheme, host = http.Request.Host.Value })).ExcludeFromDescription();
    }

    /// <summary>
    /// While the server drains, connections end with their next answer: a proxy that keeps them open would send its next request into the end of the server.
    /// </summary>
    public static void UseDraining(this IApplicationBuilder app)
    {
        var draining = app.ApplicationServices.GetRequiredService<Draining>();
        app.Use(next => http =>
        {
            if (draining.Begun && HttpProtocol.IsHttp11(http.Request.Protocol))
            {
                http.Response.Headers.Connection = "close";
            }

            return next(http);
        });
    }

    private static async Task<IResult> Ready(Database database, Draining draining)
    {
        if (draining.Begun)
        {
            return Problems.Of(Problem.Draining);
        }

        try
        {
            await database.Read(session => session.One<long>("select count(*) from installation"));
            return Results.Ok(new { status = "ready" });
        }
        catch (DbException)
        {
            return Problems.Of(Problem.Unavailable with { Detail = "The store does not answer." });
        }
    }
}
