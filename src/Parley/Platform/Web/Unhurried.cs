using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Parley.Platform.Store;

namespace Parley.Platform.Web;

/// <summary>Whoever asks waits, and hears soon that the store is away; except where what is asked for may take its time.</summary>
public static class Unhurried
{
    /// <summary>Figures over months, the whole log by pages: they are given as long as the server's own work.</summary>
    public static T MayTakeLong<T>(this T routes)
        where T : IEndpointConventionBuilder => routes.WithMetadata(Long.It);

    /// <summary>Behind the routing, which knows what is asked for. Nothing where only this process could keep anybody waiting.</summary>
    public static void UsePatience(this IApplicationBuilder app)
    {
        if (app.ApplicationServices.GetRequiredService<Database>().Dialect.Patience is not null)
        {
            app.Use(next => http => Awaited(http, next));
        }
    }

    private static async Task Awaited(HttpContext http, RequestDelegate next)
    {
        Patience.Await(http.GetEndpoint()?.Metadata.GetMetadata<Long>() is null);
        await next(http);
    }

    private sealed record Long
    {
        public static readonly Long It = new();
    }
}
