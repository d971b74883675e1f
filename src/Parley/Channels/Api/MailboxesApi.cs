using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform;
using Parley.Platform.Web;
using Parley.Workspaces;
using Parley.Workspaces.Api;
using Found = Parley.Conversations.Found;

namespace Parley.Channels.Api;

/// <summary>Inboxes by which an agent can write to somebody first, by their address alone: which there are, a first mail, and a word of a conversation passed on.</summary>
internal static class MailboxesApi
{
    /// <param name="Address">What it is written from.</param>
    internal sealed record MailboxView(InboxId Inbox, string Name, string Address);

    /// <param name="Contact">To whom; their own address is meant where none is said.</param>
    /// <param name="To">The address; somebody who is not known yet is a contact from then on.</param>
    /// <param name="Content">With what it is about, and who gets it too, in <c>mail</c>.</param>
    internal sealed record BeginMailBody(ContentBody Content, MailAddress? To = null, ContactId? Contact = null, string? ClientId = null);

    /// <param name="Seq">The message that is passed on.</param>
    /// <param name="Subject">Absent: its own, with Fwd: before it.</param>
    /// <param name="Text">What stands above it.</param>
    /// <param name="Files">Those of its files that go along; absent: all of them.</param>
    internal sealed record ForwardBody(long Seq, MailAddress To, IReadOnlyList<MailAddress>? Cc = null, string? Subject = null, string? Text = null, IReadOnlyList<FileId>? Files = null, string? ClientId = null);

    /// <summary>So far back it is looked for what a thread is about.</summary>
    private const int Lately = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/mailboxes").WithTags("Channels").RequirePerson();
        group.MapGet("/", async (HttpContext http, Boxes boxes, Rosters rosters) =>
            new Items<MailboxView>((await Open(http.Agent(), boxes, rosters)).Select(box => new MailboxView(box.Inbox.Id, box.Inbox.Settings.Name, box.Address)))).WithName("getMailboxes");
        group.MapPost("/{id}/conversations", Begin).WithName("beginMail");
        routes.MapPost("/v1/conversations/{id}/forward", Forward).WithTags("Conversations").RequirePerson().WithName("forwardMessage");
    }

    private static async Task<IResult> Begin(InboxId id, BeginMailBody body, HttpContext http, Begins begins, RateLimits limits, Rosters rosters, Answers answers)
    {
        if ((await Open(http.Agent(), begins.Boxes, rosters)).FirstOrDefault(box => box.Inbox.Id == id) is not { } by)
        {
            return Refusal.Unknown("inbox").Problem();
        }

        if (body is { To: null, Contact: null })
        {
            return Lacking("to", "To whom?").Problem();
        }

        if (string.IsNullOrWhiteSpace(body.Content.Mail?.Subject))
        {
            return Lacking("content.mail.subject", "What is it about?").Problem();
        }

        var toll = TollOf(http.Agent(), limits, 1 + Count(body.Content.Mail?.To) + Count(body.Content.Mail?.Cc) + Count(body.Content.Mail?.Bcc));
        var outcome = await begins.Do(http.Agent(), http.Origin(body.ClientId), by, (body.Contact, body.To), () => begins.Door.Content(http.Principal(), body.Content, (null, id)), toll, body);
        return outcome.Refusal is { } refusal ? refusal.Problem() : await Begun(http, outcome, begins.Door, answers);
    }

    private static async Task<IResult> Forward(ConversationId id, ForwardBody body, HttpContext http, Begins begins, Forwards forwards, RateLimits limits, Answers answers)
    {
        var (who, door, origin) = (http.Agent(), begins.Door, http.Origin(body.ClientId));
        var found = await door.Threads.Find(who, id);
        if (await door.Threads.Entry(who, found, body.Seq) is not { Body: Message, Visibility: Visibility.Public } said)
        {
            return Refusal.Unknown("message").Problem();
        }

        // What was taken out of it since is not passed on.
        var entry = await door.Threads.Now(found, said);

        if (await By(who, found, begins) is not { } by)
        {
            return Mailed.NotHere.Problem();
        }

        var outcome = await begins.Do(who, origin, by, (null, body.To), Content, TollOf(who, limits, 1 + Count(body.Cc)), body);
        if (outcome.Refusal is { } refusal)
        {
            return refusal.Problem();
        }

        // Told in both; said again it stands there already.
        var into = new ConversationId(outcome.Subject.Id);
        await door.Desk.Handle(await forwards.Note(origin with { ClientId = $"forwarded:{into}" }, id, into, Named(body.To), found.State));
        await door.Desk.Handle(await forwards.Note(origin with { ClientId = $"forwarded:{id}" }, into, id, to: null, found.State));
        return await Begun(http, outcome, door, answers);

        async Task<Content> Content() => await forwards.Of(who, found, entry, body.Text, body.Files) with
        {
            Mail = new Mailed { Subject = body.Subject is { Length: > 0 } own ? own.Trim() : forwards.Subject(who.Workspace, found, (await door.Threads.Timeline(who, found, after: null, before: entry.Seq + 1, Lately)).Items), Cc = body.Cc is { Count: > 0 } cc ? [.. cc] : null, Forwarded = true },
        };
    }

    /// <summary>Whoever writes to hundreds whom nobody wrote from is no agent of a desk.</summary>
    private static Toll TollOf(AgentPrincipal who, RateLimits limits, int people) => new(limits.FirstMails, who.Agent.ToString(), people);

    private static int Count<T>(IEnumerable<T>? people) => people?.Count() ?? 0;

    private static async Task<IResult> Begun(HttpContext http, Outcome outcome, Door door, Answers answers) =>
        answers.Opened(http, outcome, await door.Threads.Card(await door.Threads.Find(http.Principal(), new ConversationId(outcome.Subject.Id)), seen: 0, unread: 0));

    private static async Task<IReadOnlyList<Mailing>> Open(AgentPrincipal who, Boxes boxes, Rosters rosters) =>
        [.. (await boxes.Of(rosters.Now(who.Workspace), who.Workspace)).Where(box => who.Inboxes?.Contains(box.Inbox.Id) != false)];

    /// <summary>By the inbox in which the thread is mailed already, else by one of its brand.</summary>
    private static async Task<Mailing?> By(AgentPrincipal who, Found found, Begins begins)
    {
        var (open, route) = (await Open(who, begins.Boxes, begins.Rosters), await begins.Boxes.Of(found.Id));
        return open.FirstOrDefault(box => box.Inbox.Id == route) ?? open.FirstOrDefault(box => box.Inbox.Id == found.State.Inbox) ?? open.FirstOrDefault(box => box.Inbox.Settings.Brand == found.State.Brand);
    }

    private static string Named(MailAddress to) => to.Name is { Length: > 0 } name ? $"{name} <{to.Address}>" : to.Address;

    private static Refusal Lacking(string field, string text) => new("mail.invalid", $"{field}: {text}", 400) { Errors = [new FieldFlaw(field, "required", text)] };
}
