using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Contacts;
using Parley.Log;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>The customer's side: opening a conversation, and one's own threads only.</summary>
internal static class WidgetConversationsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/widget/conversations", Open).RequireVisitor().TakeNothingFromBlocked().WithTags("Widget").WithName("openConversation");
        var one = routes.MapGroup("/v1/widget/conversations/{id}").RequireVisitor().WithTags("Widget");
        one.MapGet("/timeline", ConversationsApi.Timeline).WithName("getOwnTimeline");
        one.MapPut("/seen", ConversationsApi.See).WithName("putOwnSeen");
        one.MapPost("/messages", ConversationsApi.Post).TakeNothingFromBlocked().WithName("postOwnMessage");
        one.MapPatch("/messages/{seq:long}", ConversationsApi.Edit).TakeNothingFromBlocked().WithName("editOwnMessage");
        one.MapPost("/live-request", (HttpContext http, ConversationId id, Door door) => door.Move(http, id, origin => new RequestLive(origin, id))).TakeNothingFromBlocked().WithName("requestLive");
        one.MapPut("/session", (HttpContext http, ConversationId id, Door door) => door.Move(http, id, origin => new StayHere(origin, id))).WithName("putOwnSession");
        one.MapDelete("/session", (HttpContext http, ConversationId id, Door door) => door.Move(http, id, origin => new EndSession(origin, id))).WithName("deleteOwnSession");
        one.MapPut("/rating", Rate).TakeNothingFromBlocked().WithName("putRating");
        one.MapDelete("/messages/{seq:long}", ConversationsApi.Delete).WithName("deleteOwnMessage");
        one.MapPut("/messages/{seq:long}/reactions/{emoji}", ConversationsApi.React).TakeNothingFromBlocked().WithName("putOwnReaction");
        one.MapDelete("/messages/{seq:long}/reactions/{emoji}", ConversationsApi.Unreact).WithName("deleteOwnReaction");
    }

    private static async Task<IResult> Open(HttpContext http, OpenBody body, Door door, Answers answers, Rosters rosters, Acquaintances acquaintances, RateLimits limits, TimeProvider time)
    {
        if (body is { Content: null, Form: null })
        {
            throw new ProblemException(Problem.Malformed("The body lacks content.", [Forming.Missing("content")]));
        }

        var who = http.Visitor();
        var origin = http.Origin(body.ClientId);
        var inbox = rosters.Now(who.Workspace).Inbox(who.Inbox);
        if (inbox is null)
        {
            return Refusal.Unknown("inbox").Problem();
        }

        // Whom a site vouches for is known and accountable; beginning again and again is what a stranger's script does.
        var address = who.Verified ? null : Throttling.Address(http);
        var wait = address is null ? TimeSpan.Zero : limits.Starts.Take(address);
        var id = ConversationId.New(time);
        var bare = new Open(
            door.From(http, origin), id, inbox.Id, inbox.Settings.Brand, inbox.Settings.Channel, who.Person,
            door.Threads.Terms(who.Workspace, inbox.Id),
            Introducing.Of(who.Person, inbox.Settings.Channel, id, inbox.Id, who.Device, acquaintances.Of(who.Visitor)),
            Content: null)
        {
            Moment = door.Moment(who, inbox),
            Hidden = who.Hidden,
            Answer = body.Form,
            Form = body.Form is { } answer && (answer.Id == inbox.Settings.PreChat || answer.Id == inbox.Settings.Offline) ? inbox.Settings.Form(answer.Id) : null,
            Languages = [.. new[] { body.Content?.Language, acquaintances.Of(who.Visitor)?.Visit?.Language, Workspaces.Face.Speaks(rosters.Now(who.Workspace), inbox.Settings)[0] }.OfType<string>()],
        };
        // What was begun before the pause, and whose answer was lost on the way, is no start; all else is refused before it costs the others anything.
        if (wait > TimeSpan.Zero && !await door.Desk.Did(bare))
        {
            return Problems.Of(RateLimits.TooManyStarts(wait));
        }

        var open = await Door.Fit(async () => bare with { Content = body.Content is { } said ? await door.Content(who, said) : null }, () => bare);
        var outcome = await door.Desk.Handle(open);
        if (address is not null && wait == TimeSpan.Zero && (outcome.Refusal is not null || outcome.Repeated))
        {
            limits.Starts.Return(address);
        }

        if (outcome.Refusal is { } refusal)
        {
            return refusal.Problem();
        }

        var found = await door.Threads.Find(http.Principal(), new ConversationId(outcome.Subject.Id));
        return answers.Opened(http, outcome, await door.Threads.Card(found, seen: 0, unread: 0));
    }

    private static async Task<IResult> Rate(HttpContext http, ConversationId id, RatingBody body, Door door, Answers answers)
    {
        var origin = http.Origin(body.ClientId);
        var found = await door.Threads.Find(http.Principal(), id);
        var asked = Question.Of(await door.Threads.Entry(http.Principal(), found, body.Of));
        return answers.Entries(http, await door.Desk.Handle(new Rate(origin, id, body.Of, body.Score, body.Text is { } text ? Platform.Words.Clean(text) : null, asked)));
    }
}
