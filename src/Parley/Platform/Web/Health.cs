using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Parley.Platform.Store;

namespace Parley.Platform.Web;

/// <summary>For whoever watches the process: <c>live</c> says that it runs, <c>ready</c> that it should be given work.</summary>
internal static class Health
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Ok(new { status = "live" })).ExcludeFromDescription();
        routes.MapGet("/health/ready", Ready).ExcludeFromDescription();
        // How a request arrived here, for 'parley doctor', which asks from outside: nothing that the caller did not send.
        routes.MapGet("/health/reached", (HttpContext http) => Results.Ok(new { scheme = http.Request.Scheme, host = http.Request.Host.Value })).ExcludeFromDescription();
    }

    private static async Task<IResult> Ready(Database database, IHostApplicationLifetime lifetime)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return Problems.Of("server.stopping", "The server is about to end.", StatusCodes.Status503ServiceUnavailable);
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
