using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Contacts;
using Parley.Log;
using Parley.Platform;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>An agent writes to a customer first: how it stands with them, and the word itself.</summary>
internal static class StartingApi
{
    /// <param name="Conversation">The one that is open; absent: none, or none that one may see.</param>
    /// <param name="Holder">Who has it.</param>
    /// <param name="Inbox">By which it would begin.</param>
    /// <param name="Here">They are on the site, and see it at once.</param>
    /// <param name="Mailed">They have an address: what they do not see goes there.</param>
    /// <param name="Refused">Why nothing can be begun, as a code; absent: it can.</param>
    internal sealed record View(Standing Standing, ConversationId? Conversation, Keeper? Holder, InboxId Inbox, bool Here, bool Mailed, string? Refused);

    /// <param name="Kind"><c>agent</c>: nobody else keeps one from somebody who may see it.</param>
    internal sealed record Keeper(string Kind, string? Id, string? Name);

    /// <param name="Inbox">Absent: where they are, or where they wrote last.</param>
    internal sealed record Body(ContentBody Content, string? ClientId = null, InboxId? Inbox = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/contacts/{id}").WithTags("Contacts");
        group.MapGet("/standing", Get).RequirePerson().WithName("getStanding").Produces<View>();
        group.MapPost("/conversations", Post).RequirePerson().WithName("startConversation");
    }

    private static async Task<IResult> Get(HttpContext http, ContactId id, Starts starts, InboxId? inbox = null)
    {
        if (await starts.Find(http.Agent(), id, inbox) is not { } to)
        {
            return Refusal.Unknown(Contact.Kind).Problem();
        }

        var found = await starts.Standing(http.Agent(), to);
        var refused = to.Erased ? "contact.erased" : to.Blocked ? "start.blocked" : to.Foreign ? Starting.Foreign.Code : !Starting.Reached(to.Moment) ? Starting.Unreachable.Code : null;
        return Results.Ok(new View(found.Standing, found.Open, found.Holder is { } holder ? new(holder.Kind, holder.Id, holder.Name) : null, to.Inbox.Id, to.Moment.Contact.Present, to.Moment.Addressed, refused));
    }

    private static async Task<IResult> Post(HttpContext http, ContactId id, Body body, Starts starts, Door door, Answers answers, Acquaintances acquaintances, TimeProvider time)
    {
        if (await starts.Find(http.Agent(), id, body.Inbox) is not { } to)
        {
            return Refusal.Unknown(Contact.Kind).Problem();
        }

        var (conversation, inbox) = (ConversationId.New(time), to.Inbox);
        var start = new Start(
            http.Origin(body.ClientId), conversation, inbox.Id, inbox.Settings.Brand, inbox.Settings.Channel, to.Contact,
            Introducing.Of(to.Contact, inbox.Settings.Channel, conversation, inbox.Id, to.Here?.Device ?? "", acquaintances.Of(to.Contact)), Content.Nothing)
        {
            Found = await starts.Standing(http.Agent(), to),
            Known = to.Known,
            Blocked = to.Blocked,
            Foreign = to.Foreign,
            Moment = to.Moment,
        };
        var outcome = await door.Desk.Handle(await Door.Fit(async () => start with { Content = await door.Content(http.Principal(), body.Content, (null, inbox.Id)) }, () => start, body.Content.NamesNothing ? null : body));
        return outcome.Refusal is { } refusal
            ? refusal.Problem()
            : answers.Opened(http, outcome, await door.Threads.Card(await door.Threads.Find(http.Principal(), new ConversationId(outcome.Subject.Id)), seen: 0, unread: 0));
    }
}
