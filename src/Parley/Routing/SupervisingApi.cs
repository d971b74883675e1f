using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Workspaces;

namespace Parley.Routing;

/// <summary>How it stands in a workspace, for who looks after it.</summary>
internal static class SupervisingApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/supervision", Get).RequirePerson(Role.Supervisor).WithTags("Inbox").WithName("getSupervision").Produces<Supervising.View>();

    private static Task<Supervising.View> Get(HttpContext http, Supervising supervising) => supervising.Of(http.Agent());
}
