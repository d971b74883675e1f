using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Notifications;

/// <summary>
/// Opens the link of a mail. Asked for by a page after a click: what only follows links (scanners of mails do) comes to the page and opens nothing, for the
/// secret behind the # is not even sent.
/// </summary>
internal static class LinksApi
{
    private static readonly Problem Gone = new("link.gone", "This link is too old, or was taken back.", StatusCodes.Status410Gone);

    /// <param name="Token">What stands behind the # of the link, up to the first dot.</param>
    internal sealed record Opening(string Token);

    /// <param name="Resume">With it a session of this one thread begins (<c>POST /v1/widget/sessions</c>).</param>
    internal sealed record Opened(InboxId Inbox, ConversationId Conversation, string Resume);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/links/open", Open).WithTags("Widget").WithName("openLink").Produces<Opened>();
        routes.MapDelete("/v1/conversations/{id}/links", End).RequireAgent().WithTags("Conversations").WithName("endLinks").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> Open(Opening body, MailLinks links, Desk desk, People people, VisitorTokens tokens, TimeProvider time)
    {
        if (await links.Find(body.Token) is not var (id, until)
            || (await desk.Look([Conversation.Subject(id)])).GetValueOrDefault(Conversation.Subject(id)) is not { State: Conversation { Exists: true, Erased: false } it } versioned
            || await people.State(versioned.Workspace, it.Contact) is not { Erased: false } contact)
        {
            return Problems.Of(Gone);
        }

        var pass = new VisitorPass(versioned.Workspace, it.Brand, it.Inbox, it.Contact, Guid.CreateVersion7(time.GetUtcNow()), contact.Generation, until) { Thread = id, Link = Secrets.Hash(body.Token) };
        return Results.Ok(new Opened(it.Inbox, id, tokens.Resume(pass)));
    }

    /// <summary>Whoever may see the thread takes back all links to it. The links go first: a stream that the entry ends, on whichever node, does not come back.</summary>
    private static async Task<IResult> End(ConversationId id, HttpContext http, Threads threads, MailLinks links, Desk desk, Platform.Store.Database database)
    {
        var contact = (await threads.Find(http.Principal(), id)).State.Contact;
        await links.End(id);
        await database.Write(session => Pushes.ThreadDevices.Drop(session, id));
        return (await desk.Handle(new EndLinks(http.Origin(), contact, id))).Refusal is { } refusal ? refusal.Problem() : Results.NoContent();
    }
}
