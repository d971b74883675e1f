using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>Saying something later, taking it back, and saying it now after all.</summary>
internal static class SchedulingApi
{
    private static readonly string[] Said = ["scheduled", "message"];

    /// <summary>What was taken back, for whoever goes on writing it: the log does not keep it.</summary>
    internal sealed record TakenBack(Content Content);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var all = routes.MapGroup("/v1/conversations/{id}/scheduled").RequireAgent().WithTags("Conversations");
        all.MapGet("/", All).WithName("getScheduled");
        all.MapPost("/", Plan).WithName("postScheduled");
        all.MapDelete("/{seq:long}", TakeBack).WithName("deleteScheduled").Produces<TakenBack>();
        all.MapPut("/{seq:long}/dispatch", Send).WithName("putDispatch");
    }

    /// <summary>What one said a moment ago goes before what one says or does now. The conversation as it is then.</summary>
    public static async Task<Found> Hurry(HttpContext http, Found found, Door door, Departures? departures)
    {
        var said = departures is null ? null : found.State.Scheduled?.Where(planned => planned.Undo && planned.Author == http.Principal().Author).ToList();
        if (said is null or [])
        {
            return found;
        }

        foreach (var planned in said)
        {
            await door.Desk.Handle(new Dispatch(http.Origin(http.NewId()), found.Id, planned.Seq, await departures!.Of(http.Principal().Workspace, found.Id, found.State, planned)));
        }

        return await door.Threads.Find(http.Principal(), found.Id);
    }

    private static async Task<IResult> All(HttpContext http, ConversationId id, Door door, Answers answers)
    {
        var found = await door.Threads.Find(http.Principal(), id);
        var entries = await Task.WhenAll((found.State.Scheduled ?? []).Select(planned => door.Threads.Entry(http.Principal(), found, planned.Seq)));
        return answers.Page(http, new TimelinePage([.. entries.OfType<Entry>().Where(entry => entry.Body is Scheduled)], false));
    }

    private static async Task<IResult> Plan(HttpContext http, ConversationId id, ScheduleBody body, Door door, Answers answers)
    {
        var origin = http.Origin(body.ClientId);
        var found = await door.Threads.Find(http.Principal(), id);
        var bare = new Post(origin, id, Content.Nothing, door.Threads.Terms(origin.Workspace, found.State.Inbox))
        {
            Unheld = body.Unheld == true,
            Seen = body.Undo is null ? null : body.Seen,
            Moment = await door.Moment(http.Principal(), id, found.State),
        };
        // Known again by what was sent: the seconds count from another moment then.
        return answers.Message(http, await door.Desk.Handle(await Door.Fit(async () => Later(await Whole()), () => Later(bare), body)), Said);

        Schedule Later(Post post) => new(origin, id, post, body.At, body.Undo) { Moment = post.Moment };

        async Task<Post> Whole()
        {
            var content = await door.Content(http.Principal(), body.Content, (found.Id, found.State.Inbox));
            var post = bare with { Content = content, Quoted = await door.Threads.Target(http.Principal(), found, content.Quote) };
            return content.IsPlain ? post : await door.Facts(http.Principal(), found, post);
        }
    }

    private static async Task<IResult> TakeBack(HttpContext http, ConversationId id, long seq, Door door)
    {
        var found = await door.Threads.Find(http.Principal(), id);
        var entry = await door.Threads.Entry(http.Principal(), found, seq);
        var outcome = await door.Desk.Handle(new Unschedule(http.Origin(), id, seq, Target.Of(entry)));
        return outcome.Refusal?.Problem() ?? Results.Ok(new TakenBack(entry!.Body is Scheduled scheduled ? scheduled.Content : Content.Nothing));
    }

    private static async Task<IResult> Send(HttpContext http, ConversationId id, long seq, Door door, Departures departures, Answers answers)
    {
        var found = await door.Threads.Find(http.Principal(), id);
        if (Scheduling.Find(found.State, seq) is not { } planned)
        {
            var target = await door.Threads.Target(http.Principal(), found, seq);
            return (target is { Type: "scheduled" } ? Scheduling.Over : Refusal.Unknown("scheduled")).Problem();
        }

        var departure = await departures.Of(http.Principal().Workspace, id, found.State, planned);
        return answers.Message(http, await door.Desk.Handle(new Dispatch(http.Origin(), id, seq, departure)));
    }
}
