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
        // Refused within, as it would be by a filter: the route that is asked most is spared what filters cost.
        one.MapPost("/messages", (HttpContext http, ConversationId id, PostBody body, Door door, Answers answers, Beginning beginning) => Blocking.Problem(http) is { } blocked ? Task.FromResult(blocked) : Say(http, id, body, door, answers, beginning)).WithName("postOwnMessage");
        one.MapPatch("/messages/{seq:long}", ConversationsApi.Edit).TakeNothingFromBlocked().WithName("editOwnMessage");
        one.MapPost("/live-request", (HttpContext http, ConversationId id, Door door) => door.Move(http, id, origin => new RequestLive(origin, id))).TakeNothingFromBlocked().WithName("requestLive");
        one.MapPut("/session", (HttpContext http, ConversationId id, Door door) => door.Move(http, id, origin => new StayHere(origin, id))).WithName("putOwnSession");
        one.MapDelete("/session", (HttpContext http, ConversationId id, Door door) => door.Move(http, id, origin => new EndSession(origin, id))).WithName("deleteOwnSession");
        one.MapPut("/rating", Rate).TakeNothingFromBlocked().WithName("putRating");
        one.MapDelete("/messages/{seq:long}", ConversationsApi.Delete).WithName("deleteOwnMessage");
        one.MapPut("/messages/{seq:long}/reactions/{emoji}", ConversationsApi.React).TakeNothingFromBlocked().WithName("putOwnReaction");
        one.MapDelete("/messages/{seq:long}/reactions/{emoji}", ConversationsApi.Unreact).WithName("deleteOwnReaction");
    }

    private static async Task<IResult> Open(HttpContext http, OpenBody body, Door door, Answers answers, Beginning beginning)
    {
        if (body is { Content: null, Form: null })
        {
            throw new ProblemException(Problem.Malformed("The body lacks content.", [Forming.Missing("content")]));
        }

        var (refused, outcome) = await beginning.Begin(http, body);
        if (refused is not null || outcome is null)
        {
            return refused!;
        }

        var found = await door.Threads.Find(http.Principal(), new ConversationId(outcome.Subject.Id));
        return answers.Opened(http, outcome, await door.Threads.Card(found, seen: 0, unread: 0));
    }

    /// <summary>A word to a session that has ended begins the next, where the inbox has it so.</summary>
    private static async Task<IResult> Say(HttpContext http, ConversationId id, PostBody body, Door door, Answers answers, Beginning beginning)
    {
        var found = await door.Threads.Find(http.Principal(), id);
        while (found.State.Merged is { } into)
        {
            // What they say in one that goes on elsewhere is said there.
            found = await door.Threads.Find(http.Principal(), into);
        }

        if (found.State is not { Mode: Mode.Ended, Policy.AfterEnd: AfterEnd.New })
        {
            return await ConversationsApi.Post(http, found, body, door, answers, beginning);
        }

        var (refused, outcome) = await beginning.Begin(http, new OpenBody(body.Content, body.ClientId));
        return refused ?? answers.Message(http, outcome!);
    }

    private static async Task<IResult> Rate(HttpContext http, ConversationId id, RatingBody body, Door door, Answers answers)
    {
        var origin = http.Origin(body.ClientId);
        var found = await door.Threads.Find(http.Principal(), id);
        var asked = Question.Of(await door.Threads.Entry(http.Principal(), found, body.Of));
        return answers.Entries(http, await door.Desk.Handle(new Rate(origin, id, body.Of, body.Score, body.Text is { } text ? Platform.Words.Clean(text) : null, asked)));
    }
}
