using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Inbox.Lists;
using Parley.Inbox.Searching;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Inbox;

/// <summary>Full text over messages, notes and the names of files.</summary>
internal static class SearchApi
{
    private const int PageSize = 20;
    private const int PageLimit = 100;
    private const int LongestQuery = 500;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/search", Search).RequireAgent().WithTags("Inbox").WithName("search");

    private static async Task<IResult> Search(HttpContext http, InboxReading reading, Searches searches, Cursors cursors, string q, string? cursor = null, int limit = PageSize)
    {
        var who = http.Principal();
        if (q.Length > LongestQuery)
        {
            return Problems.Of("search.tooLong", $"A search has at most {LongestQuery} characters.", StatusCodes.Status400BadRequest);
        }

        var epoch = await reading.Epoch(who.Workspace);
        var below = long.MaxValue;
        if (cursor is not null)
        {
            below = cursors.Read<Place>("search", epoch, cursor) is { Current: true, Place: var place } ? place.Below : throw new ProblemException(Cursors.Invalid);
        }

        var (items, next) = await searches.Find(who, q, below, Math.Clamp(limit, 1, PageLimit));
        return await reading.Found(who, items, next is { } rank ? cursors.Write("search", epoch, new Place(rank)) : null);
    }

    private sealed record Place(long Below);
}
