using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;
using Parley.Platform.Blobs;
using Parley.Workspaces;

namespace Parley.Contacts.Api;

/// <summary>Faces and logos, which every visitor of every page may see: only what an agent or a brand is shown with now, and nothing else that was uploaded.</summary>
internal static class PicturesApi
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Pictures.Path + "/{id}", Get).WithTags("Files").WithName("getPicture");

    private static async Task<IResult> Get(FileId id, HttpContext http, Rosters rosters, FileStore files, BlobStore blobs)
    {
        if (!await Shown(rosters, id) || await files.Find(id) is not { } file || await blobs.Open(id.Value, http.RequestAborted) is not { } content)
        {
            return Refusal.Unknown("picture").Problem();
        }

        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        http.Response.Headers.CacheControl = "public, max-age=86400, immutable";
        return Results.Stream(content, file.Mime);
    }

    private static async Task<bool> Shown(Rosters rosters, FileId id)
    {
        if (rosters.Loaded.Any(roster => roster.Shows(id)))
        {
            return true;
        }

        foreach (var workspace in await rosters.Workspaces())
        {
            if (await rosters.Of(workspace) is { } roster && roster.Shows(id))
            {
                return true;
            }
        }

        return false;
    }
}
