using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;
using Parley.Platform.Web;

namespace Parley.Workspaces.Api;

using TextsByLanguage = ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>>;

/// <summary>The faces of the workspace.</summary>
internal static class BrandsApi
{
    internal sealed record View(
        BrandId Id, string Name, string Color, string? Logo, string Zone, ImmutableArray<OpeningSpan> Hours, ImmutableArray<SpecialDay> Exceptions, ImmutableArray<string> Languages, TextsByLanguage Texts, int Version)
    {
        public static View Of(Brand it) => new(it.Id, it.Name, it.Color, Pictures.Address(it.Logo), it.Zone, it.Hours, it.Exceptions ?? [], it.Languages, it.Texts, it.Version);
    }

    /// <summary>What is absent stays; an empty <c>logo</c> takes it away, empty <c>hours</c> are always, but on the dates of <c>exceptions</c>.</summary>
    internal sealed record Change(
        string? Name = null,
        string? Color = null,
        string? Logo = null,
        string? Zone = null,
        ImmutableArray<OpeningSpan>? Hours = null,
        ImmutableArray<SpecialDay>? Exceptions = null,
        ImmutableArray<string>? Languages = null,
        TextsByLanguage? Texts = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/brands").WithTags("Brands");
        group.MapGet("/", (HttpContext http, Rosters rosters) => new Items<View>(rosters.Now(http.Principal().Workspace).Brands.Values.Select(View.Of))).RequireAgent();
        group.MapPost("/", Post).RequireAgent(Role.Admin).Produces<View>(StatusCodes.Status201Created);
        group.MapGet("/{id}", One).RequireAgent().Produces<View>();
        group.MapPatch("/{id}", Patch).RequireAgent(Role.Admin).Produces<View>();
    }

    private static IResult One(BrandId id, HttpContext http, Rosters rosters) => Find(http, rosters, id) is { } brand ? Results.Ok(View.Of(brand)) : Refusal.Unknown("brand").Problem();

    private static async Task<IResult> Post(Change body, HttpContext http, Rosters rosters, Desk desk, IPictureProof pictures, TimeProvider time)
    {
        if (body.Name is null)
        {
            return Problems.Of("request.malformed", "A brand has a name.", StatusCodes.Status400BadRequest);
        }

        if (await Wish(body, http, pictures) is not { } wish)
        {
            return Problems.Of(MeApi.NoPicture);
        }

        var outcome = await desk.Handle(new AddBrand(http.Origin(), BrandId.New(time), wish));
        if (outcome.Refusal is { } refusal)
        {
            return refusal.Problem();
        }

        var id = outcome.Entries.Select(entry => entry.Body).OfType<BrandSet>().Single().Brand.Id;
        var view = View.Of(Find(http, rosters, id)!);
        return outcome.Repeated ? Results.Ok(view) : Results.Created($"/v1/brands/{id}", view);
    }

    private static async Task<IResult> Patch(BrandId id, Change body, HttpContext http, Rosters rosters, Desk desk, IPictureProof pictures)
    {
        if (Find(http, rosters, id) is null)
        {
            return Refusal.Unknown("brand").Problem();
        }

        if (await Wish(body, http, pictures) is not { } wish)
        {
            return Problems.Of(MeApi.NoPicture);
        }

        var outcome = await desk.Handle(new SetBrand(http.Origin(), id, wish));
        return outcome.Refusal?.Problem() ?? Results.Ok(View.Of(Find(http, rosters, id)!));
    }

    /// <summary>Null where the logo is no picture that the caller uploaded.</summary>
    private static async Task<BrandChange?> Wish(Change body, HttpContext http, IPictureProof pictures)
    {
        var logo = body.Logo is null ? (FileId?)null : FileId.Parse(body.Logo);
        return string.IsNullOrEmpty(body.Logo) || (logo is { IsEmpty: false } file && await pictures.Fits(http.Principal(), file))
            ? new BrandChange { Name = body.Name, Color = body.Color, Logo = logo, Zone = body.Zone, Hours = body.Hours, Exceptions = body.Exceptions, Languages = body.Languages, Texts = body.Texts }
            : null;
    }

    private static Brand? Find(HttpContext http, Rosters rosters, BrandId id) => rosters.Now(http.Principal().Workspace).Brand(id);
}
