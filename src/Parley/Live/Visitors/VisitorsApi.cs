using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Contacts;
using Parley.Log;
using Parley.Platform;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Live.Visitors;

/// <summary>Who is on the site, for agents; and where one is, from one's own browser.</summary>
internal static class VisitorsApi
{
    private const int PageSize = 50;
    private const int PageLimit = 200;
    private const string Kind = "visitors";

    internal sealed record Place(long Since, string Device);

    internal sealed record Body(string? Url = null, string? Title = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/visitors", List).RequirePerson().WithTags("Contacts").WithName("listVisitors").Produces<Guests.Some>();
        routes.MapGet("/v1/contacts/{id}/trail", Trail).RequirePerson().WithTags("Contacts").WithName("getTrail").Produces<Guests.Way>();
        routes.MapGet("/v1/contacts/{id}/alike", Alike).RequirePerson().WithTags("Contacts").WithName("listAlike").Produces<Alikes.Found>();
        routes.MapPut("/v1/widget/page", Put).RequireVisitor().WithTags("Widget").WithName("putPage").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> List(HttpContext http, Guests guests, Cursors cursors, InboxId? inbox = null, string? q = null, string? cursor = null, int limit = PageSize)
    {
        var who = http.Agent();
        (long, string)? after = cursor is null ? null
            : cursors.Read<Place>(Kind, who.Workspace.Bytes, cursor) is { Current: true, Place: var place } ? (place.Since, place.Device)
            : throw new ProblemException(Cursors.Invalid);
        var (items, next, total) = await guests.List(who, inbox, string.IsNullOrWhiteSpace(q) ? null : q.Trim(), after, Math.Clamp(limit, 1, PageLimit));
        return Results.Ok(new Guests.Some(items, next is var (since, device) ? cursors.Write(Kind, who.Workspace.Bytes, new Place(since, device)) : null, total));
    }

    private static async Task<IResult> Trail(HttpContext http, ContactId id, Guests guests) =>
        await guests.WayOf(http.Agent(), id) is { } way ? Results.Ok(way) : Refusal.Unknown(Contact.Kind).Problem();

    private static async Task<IResult> Alike(HttpContext http, ContactId id, Alikes alikes) =>
        await alikes.Of(http.Agent(), id) is { } found ? Results.Ok(found) : Refusal.Unknown(Contact.Kind).Problem();

    /// <summary>Who agreed to nothing is told the same: that nothing was noted is the site's business only.</summary>
    private static async Task<IResult> Put(HttpContext http, Body body, Trail trail, Rosters rosters)
    {
        if (Page.Of(body.Url, body.Title, null) is not { } page)
        {
            return Problems.Of(Problem.Malformed("A page has an address of the web.", [new FieldFlaw("url", "invalid", "An address begins with http or https.")]));
        }

        var who = http.Visitor();
        if (who.Only is null && rosters.Now(who.Workspace).Inbox(who.Inbox) is { Settings.Consent: not Consent.Off })
        {
            await trail.Went(who.Workspace, who.Visitor, who.Device, page);
        }

        return Results.NoContent();
    }
}
