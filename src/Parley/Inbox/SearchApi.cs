using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Inbox.Lists;
using Parley.Inbox.Searching;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Inbox;

/// <summary>Full text over messages, notes and the names of files, and people by name, address and number.</summary>
internal static class SearchApi
{
    private const int PageSize = 20;
    private const int PageLimit = 100;
    private const int LongestQuery = 500;

    /// <summary>So many people stand above the first page of texts; the rest is asked for by itself.</summary>
    private const int PeopleAbove = 5;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1").RequireAgent().WithTags("Inbox");
        group.MapGet("/search", Search).WithName("search");
        group.MapGet("/contacts", Contacts).WithName("findContacts");
    }

    private static async Task<IResult> Search(
        HttpContext http, InboxReading reading, Searches searches, PersonSearches persons, FoundWire wire, Cursors cursors, string q, string? cursor = null, int limit = PageSize)
    {
        var who = http.Principal();
        var (epoch, below) = await Begin("search", who, reading, cursors, q, cursor);
        var (question, wrong) = SearchQuestion.Of(q);
        if (question is null)
        {
            var (code, flaw) = wrong!.Value;
            return Problems.Of(new Problem(code, flaw.Text, StatusCodes.Status400BadRequest, [flaw]));
        }

        var (items, next) = await searches.Find(who, question, below, Math.Clamp(limit, 1, PageLimit));
        var (people, more) = cursor is not null ? (null, null) : question.Narrows ? ([], null) : await persons.Find(who, q, long.MaxValue, PeopleAbove);
        return await wire.Write(who, items, Next("search", epoch, next, cursors), people, Next("contacts", epoch, more, cursors));
    }

    private static async Task<IResult> Contacts(HttpContext http, InboxReading reading, PersonSearches persons, FoundWire wire, Cursors cursors, string q, string? cursor = null, int limit = PageSize)
    {
        var who = http.Principal();
        var (epoch, below) = await Begin("contacts", who, reading, cursors, q, cursor);
        var (people, more) = await persons.Find(who, q, below, Math.Clamp(limit, 1, PageLimit));
        return await wire.Write(who, people, Next("contacts", epoch, more, cursors));
    }

    private static async Task<(byte[] Epoch, long Below)> Begin(string kind, Principal who, InboxReading reading, Cursors cursors, string q, string? cursor)
    {
        if (q.Length > LongestQuery)
        {
            throw new ProblemException(new Problem("search.tooLong", $"A search has at most {LongestQuery} characters.", StatusCodes.Status400BadRequest));
        }

        var epoch = await reading.Epoch(who.Workspace);
        if (cursor is null)
        {
            return (epoch, long.MaxValue);
        }

        return cursors.Read<Place>(kind, epoch, cursor) is { Current: true, Place: var place } ? (epoch, place.Below) : throw new ProblemException(Cursors.Invalid);
    }

    private static string? Next(string kind, byte[] epoch, long? below, Cursors cursors) => below is { } rank ? cursors.Write(kind, epoch, new Place(rank)) : null;

    private sealed record Place(long Below);
}
