using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;

namespace Parley.Workspaces.Api;

/// <summary>The workspace itself and its brands.</summary>
internal static class WorkspaceApi
{
    internal sealed record View(WorkspaceId Id, string Name, IEnumerable<string> Labels);

    internal sealed record Change(string? Name = null, ImmutableArray<string>? Labels = null);

    internal sealed record BrandView(BrandId Id, string Name, string Color, string? Logo)
    {
        public static BrandView Of(Brand brand) => new(brand.Id, brand.Name, brand.Color, Pictures.Address(brand.Logo));
    }

    internal sealed record BrandChange(string? Name = null, string? Color = null, FileId? Logo = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var workspace = routes.MapGroup("/v1/workspace").WithTags("Workspace");
        workspace.MapGet("/", (HttpContext http, Rosters rosters) => Seen(rosters.Now(http.Principal().Workspace))).RequireAgent();
        workspace.MapPatch("/", Patch).RequireAgent(Role.Admin).Produces<View>();
        var brands = routes.MapGroup("/v1/brands").WithTags("Brands");
        brands.MapGet("/", (HttpContext http, Rosters rosters) => new Items<BrandView>(rosters.Now(http.Principal().Workspace).Brands.Values.Select(BrandView.Of))).RequireAgent();
        brands.MapPatch("/{id}", PatchBrand).RequireAgent(Role.Admin).Produces<BrandView>();
    }

    private static View Seen(Roster roster) => new(roster.Id, roster.Name, roster.Labels);

    private static async Task<IResult> Patch(Change body, HttpContext http, Rosters rosters, Desk desk)
    {
        if (body.Name is { } name && (await desk.Handle(new Rename(http.Origin(Asking.NewId(http)), name))).Refusal is { } refusal)
        {
            return refusal.Problem();
        }

        if (body.Labels is { } labels && (await desk.Handle(new SetLabels(http.Origin(Asking.NewId(http)), labels))).Refusal is { } unfit)
        {
            return unfit.Problem();
        }

        return Results.Ok(Seen(rosters.Now(http.Principal().Workspace)));
    }

    private static async Task<IResult> PatchBrand(BrandId id, BrandChange body, HttpContext http, Rosters rosters, Desk desk)
    {
        if (!rosters.Now(http.Principal().Workspace).Brands.ContainsKey(id))
        {
            return Refusal.Unknown("brand").Problem();
        }

        var outcome = await desk.Handle(new SetBrand(http.Origin(), id, body.Name, body.Color, body.Logo));
        return outcome.Refusal is { } refusal ? refusal.Problem() : Results.Ok(BrandView.Of(rosters.Now(http.Principal().Workspace).Brands[id]));
    }
}
