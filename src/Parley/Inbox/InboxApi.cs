using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Inbox.Lists;
using Parley.Inbox.Views;
using Parley.Log;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Inbox;

/// <summary>Lists of conversations, for agents and programs, and the customer's own.</summary>
internal static class InboxApi
{
    private const int PageSize = 50;
    private const int PageLimit = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var agents = routes.MapGroup("/v1").RequireAgent().WithTags("Inbox");
        agents.MapGet("/conversations", List).WithName("listConversations");
        agents.MapGet("/conversations/{id}", One).WithName("getConversation");
        agents.MapGet("/contacts/{id}/conversations", OfContact).WithName("listContactConversations");
        agents.MapGet("/counts", Counts).WithName("getCounts");
        routes.MapGet("/v1/widget/conversations", Own).RequireVisitor().WithTags("Widget").WithName("listOwnConversations");
    }

    private static async Task<IResult> List(HttpContext http, InboxReading reading, ViewShelf shelf, Cursors cursors,
        string? view = null, string? status = null, string? inbox = null, string? assignee = null, string? team = null, string? cursor = null, int limit = PageSize)
    {
        var who = http.Principal();
        var epoch = await reading.Epoch(who.Workspace);
        var query = shelf.Rows(who, Asked(view, status, inbox, assignee, team)) ?? throw Unknown;
        // A place in one order is none in another.
        var kind = query.Saved is { } saved ? $"view:{Convert.ToHexString(saved.Key)}" : "conversations";
        if (cursor is not null)
        {
            query = query with { Below = cursors.Read<Place>(kind, epoch, cursor) is { Current: true, Place: var place } ? (place.At, place.Id) : throw new ProblemException(Cursors.Invalid) };
        }

        await reading.Own.Caught(who.Workspace, who.Author);
        var (items, more) = await reading.Lists.List(who, query, Math.Clamp(limit, 1, PageLimit));
        var next = more ? cursors.Write(kind, epoch, new Place(query.Place(items[^1]), items[^1].Id.Bytes)) : null;
        return await reading.Page(who, items, next);
    }

    private static async Task<IResult> One(HttpContext http, ConversationId id, InboxReading reading)
    {
        var who = http.Principal();
        await reading.Own.Caught(who.Workspace, who.Author);
        return await reading.Lists.One(who, id) is { } row ? await reading.Row(who, row) : Refusal.Unknown(Conversation.Kind).Problem();
    }

    private static async Task<IResult> OfContact(HttpContext http, ContactId id, InboxReading reading)
    {
        var who = http.Principal();
        await reading.Own.Caught(who.Workspace, who.Author);
        return await reading.Joined(who, id) is { } contacts
            ? await reading.Page(who, await reading.Lists.OfContacts(who, contacts, PageLimit), null)
            : Refusal.Unknown(Contact.Kind).Problem();
    }

    private static async Task<IResult> Counts(HttpContext http, InboxReading reading, ViewShelf shelf)
    {
        var who = http.Principal();
        await reading.Own.Caught(who.Workspace, who.Author);
        var viewer = who is AgentPrincipal agent ? agent : null;
        return Results.Ok(new { counts = Counting.For(viewer?.Agent ?? default, viewer?.Inboxes, await reading.Lists.Counted(who.Workspace), shelf.Seen(who).Select(view => view.Id)) });
    }

    private static async Task<IResult> Own(HttpContext http, InboxReading reading, Cursors cursors, string? cursor = null, int limit = PageLimit)
    {
        var who = http.Visitor();
        var epoch = await reading.Epoch(who.Workspace);
        var below = cursor is null ? ((long, byte[])?)null
            : cursors.Read<Place>("own", epoch, cursor) is { Current: true, Place: var place } ? (place.At, place.Id) : throw new ProblemException(Cursors.Invalid);
        await reading.Own.CaughtAll(who.Workspace, who.Contacts.Select(contact => new Author(AuthorKind.Contact, contact.Value)));
        var (items, last) = await reading.Lists.Own(who, Math.Clamp(limit, 1, PageLimit), below);
        return await reading.Threads(who, items, last is null ? null : cursors.Write("own", epoch, new Place(last.At.ToUnixTimeMilliseconds(), last.Id.Bytes)));
    }

    private static ProblemException Unknown => Wrong("view.unknown", "There is no such view.");

    private static ListQuery Asked(string? view, string? status, string? inbox, string? assignee, string? team) => new()
    {
        View = view is null ? null : View.Parse(view) ?? throw Unknown,
        Status = status is null ? null : Word<Status>(status) ?? throw Wrong("status.unknown", "A status is open, pending, snoozed or closed."),
        Inbox = inbox is null ? null : InboxId.Parse(inbox),
        Team = team is null ? null : TeamId.Parse(team),
        Nobody = assignee == "none",
        Assignee = assignee is null or "none" ? null : AgentId.Parse(assignee),
    };

    private static T? Word<T>(string text)
        where T : struct, Enum => text.Length > 0 && char.IsAsciiLetterLower(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var value) ? value : null;

    private static ProblemException Wrong(string code, string detail) => new(new Problem(code, detail, StatusCodes.Status400BadRequest));

    private sealed record Place(long At, byte[] Id);
}
