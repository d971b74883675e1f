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

    internal sealed record NewBrand(string Name, string? Color = null, FileId? Logo = null);

    internal sealed record BrandChange(string? Name = null, string? Color = null, FileId? Logo = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var workspace = routes.MapGroup("/v1/workspace").WithTags("Workspace");
        workspace.MapGet("/", (HttpContext http, Rosters rosters) => Seen(rosters.Now(http.Principal().Workspace))).RequireAgent();
        workspace.MapPatch("/", Patch).RequireAgent(Role.Admin).Produces<View>();
        var brands = routes.MapGroup("/v1/brands").WithTags("Brands");
        brands.MapGet("/", (HttpContext http, Rosters rosters) => new Items<BrandView>(rosters.Now(http.Principal().Workspace).Brands.Values.Select(BrandView.Of))).RequireAgent();
        brands.MapPost("/", PostBrand).RequireAgent(Role.Admin).Produces<BrandView>(StatusCodes.Status201Created);
        brands.MapPatch("/{id}", PatchBrand).RequireAgent(Role.Admin).Produces<BrandView>();
    }

    private static View Seen(Roster roster) => new(roster.Id, roster.Name, roster.Labels);

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

        return Results.Ok(Seen(rosters.Now(http.Principal().Workspace)));
    }

    private static async Task<IResult> PostBrand(NewBrand body, HttpContext http, Rosters rosters, Desk desk, IPictureProof pictures, TimeProvider time)
    {
        var id = BrandId.New(time);
        return await Set(http, new SetBrand(http.Origin(), id, body.Name, body.Color, body.Logo), desk, pictures) ?? Results.Created($"/v1/brands/{id}", Shown(http, rosters, id));
    }

    private static async Task<IResult> PatchBrand(BrandId id, BrandChange body, HttpContext http, Rosters rosters, Desk desk, IPictureProof pictures) =>
        !rosters.Now(http.Principal().Workspace).Brands.ContainsKey(id)
            ? Refusal.Unknown("brand").Problem()
            : await Set(http, new SetBrand(http.Origin(), id, body.Name, body.Color, body.Logo), desk, pictures) ?? Results.Ok(Shown(http, rosters, id));

    private static async Task<IResult?> Set(HttpContext http, SetBrand command, Desk desk, IPictureProof pictures)
    {
        if (command.Logo is { } logo && !await pictures.Fits(http.Principal(), logo))
        {
            return Platform.Web.Problems.Of(MeApi.NoPicture);
        }

        var outcome = await desk.Handle(command);
        return outcome.Refusal?.Problem();
    }

    private static BrandView Shown(HttpContext http, Rosters rosters, BrandId id) => BrandView.Of(rosters.Now(http.Principal().Workspace).Brands[id]);
}
