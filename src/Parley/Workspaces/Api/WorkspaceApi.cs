using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;

namespace Parley.Workspaces.Api;

/// <summary>The workspace itself.</summary>
internal static class WorkspaceApi
{
    internal sealed record View(WorkspaceId Id, string Name, IEnumerable<string> Labels, AttentionShown Attention);

    /// <param name="Attention">Who may know how long agents were attentive to conversations: <c>off</c> (nothing is kept), <c>teams</c>, <c>agents</c>.</param>
    internal sealed record Change(string? Name = null, ImmutableArray<string>? Labels = null, AttentionShown? Attention = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var workspace = routes.MapGroup("/v1/workspace").WithTags("Workspace");
        workspace.MapGet("/", (HttpContext http, Rosters rosters) => Seen(rosters.Now(http.Principal().Workspace))).RequireAgent();
        workspace.MapPatch("/", Patch).RequireAgent(Role.Admin).Produces<View>();
    }

    private static View Seen(Roster roster) => new(roster.Id, roster.Name, roster.Labels, roster.Attention);

    private static async Task<IResult> Patch(Change body, HttpContext http, Rosters rosters, Desk desk)
    {
        if (body.Name is { } name && (await desk.Handle(new Rename(http.Origin(http.NewId()), name))).Refusal is { } refusal)
        {
            return refusal.Problem();
        }

        if (body.Labels is { } labels && (await desk.Handle(new SetLabels(http.Origin(http.NewId()), labels))).Refusal is { } unfit)
        {
            return unfit.Problem();
        }

        if (body.Attention is { } shown)
        {
            await desk.Handle(new SetAttention(http.Origin(http.NewId()), shown));
        }

        return Results.Ok(Seen(rosters.Now(http.Principal().Workspace)));
    }
}
