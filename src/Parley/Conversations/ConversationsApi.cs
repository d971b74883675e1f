using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Contacts;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>The agents' side of a conversation: reading its timeline, and every command that changes it.</summary>
internal static class ConversationsApi
{
    private const int PageSize = 50;
    private const int PageLimit = 500;

    /// <summary>So often a sign is tried that others overtake.</summary>
    private const int Tries = 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var one = routes.MapGroup("/v1/conversations/{id}").RequireAgent().WithTags("Conversations");
        one.MapGet("/timeline", Timeline).WithName("getTimeline");
        one.MapPut("/seen", See).WithName("putSeen");
        one.MapPost("/messages", async (HttpContext http, ConversationId id, PostBody body, Door door, Answers answers, Departures departures) => await Post(http, await door.Threads.Find(http.Principal(), id), body, door, answers, departures: departures)).WithName("postMessage");
        one.MapPost("/notes", Note).WithName("postNote");
        one.MapPatch("/messages/{seq:long}", Edit).WithName("editMessage");
        one.MapDelete("/messages/{seq:long}", Delete).WithName("deleteMessage");
        one.MapPut("/messages/{seq:long}/reactions/{emoji}", React).WithName("putReaction");
        one.MapDelete("/messages/{seq:long}/reactions/{emoji}", Unreact).WithName("deleteReaction");
        one.MapPost("/redactions", Redact).WithName("redact");
        one.MapPut("/followers/{agent}", Follow).WithName("putFollower");
        one.MapDelete("/followers/{agent}", (HttpContext http, ConversationId id, AgentId agent, Door door) => door.Do(http, id, origin => new Unfollow(origin, id, agent))).WithName("deleteFollower");
        one.MapPut("/assignment", Assign).WithName("putAssignment");
        one.MapDelete("/assignment", Unassign).WithName("deleteAssignment");
        Simple(one);
    }

    /// <summary>Commands that need nothing but the conversation and what the body says.</summary>
    private static void Simple(RouteGroupBuilder one)
    {
        one.MapPut("/snooze", (HttpContext http, ConversationId id, SnoozeBody body, Door door) => door.Do(http, id, origin => new Snooze(origin, id, body.Until))).WithName("putSnooze");
        one.MapDelete("/snooze", (HttpContext http, ConversationId id, Door door) => door.Do(http, id, origin => new EndSnooze(origin, id))).WithName("deleteSnooze");
        one.MapPut("/pending", (HttpContext http, ConversationId id, PendingBody body, Door door) => door.Do(http, id, origin => new Pend(origin, id, body.On))).WithName("putPending");
        one.MapDelete("/pending", (HttpContext http, ConversationId id, Door door) => door.Do(http, id, origin => new EndPending(origin, id))).WithName("deletePending");
        one.MapPut("/closure", Close).WithName("putClosure");
        one.MapDelete("/closure", (HttpContext http, ConversationId id, Door door) => door.Move(http, id, origin => new Reopen(origin, id))).WithName("deleteClosure");
        one.MapDelete("/session", (HttpContext http, ConversationId id, Door door) => door.Move(http, id, origin => new EndSession(origin, id))).WithName("deleteTalk");
        one.MapPut("/later", Later).WithName("putLater");
        one.MapPut("/spam", (HttpContext http, ConversationId id, Door door, People people, Answers answers) => Spam(http, id, on: true, door, people, answers)).WithName("putSpam");
        one.MapDelete("/spam", (HttpContext http, ConversationId id, Door door, People people, Answers answers) => Spam(http, id, on: false, door, people, answers)).WithName("deleteSpam");
        one.MapPut("/priority", (HttpContext http, ConversationId id, PriorityBody body, Door door) => door.Do(http, id, origin => new SetPriority(origin, id, body.Priority))).WithName("putPriority");
        one.MapPatch("/attributes", Detail).WithName("patchAttributes");
        one.MapPut("/labels/{label}", (HttpContext http, ConversationId id, string label, Door door) => door.Do(http, id, origin => new Label(origin, id, label))).WithName("putLabel");
        one.MapDelete("/labels/{label}", (HttpContext http, ConversationId id, string label, Door door) => door.Do(http, id, origin => new Unlabel(origin, id, label))).WithName("deleteLabel");
    }

    private static async Task<IResult> Detail(HttpContext http, ConversationId id, AttributesBody body, Door door)
    {
        var read = Attributing.Read(door.Threads.Attributes(http.Principal().Workspace), AttributeOf.Conversation, body.Attributes);
        return read.Refusal?.Problem() ?? await door.Do(http, id, origin => new SetAttributes(origin, id, read.Values));
    }

    private static async Task<IResult> Spam(HttpContext http, ConversationId id, bool on, Door door, People people, Answers answers)
    {
        var found = await door.Threads.Find(http.Principal(), id);
        var contact = (await people.State(http.Principal().Workspace, found.State.Contact))?.Person ?? found.State.Contact;
        return answers.Entries(http, await door.Desk.Handle(new SetSpam(http.Origin(), id, contact, on)));
    }

    internal static async Task<IResult> Timeline(HttpContext http, ConversationId id, Threads threads, Answers answers, long? after = null, long? before = null, int limit = PageSize)
    {
        var found = await threads.Find(http.Principal(), id);
        return answers.Page(http, await threads.Timeline(http.Principal(), found, after, before, Math.Clamp(limit, 1, PageLimit)));
    }

    internal static async Task<IResult> See(HttpContext http, ConversationId id, SeenBody body, Threads threads, Desk desk)
    {
        var found = await threads.Find(http.Principal(), id);
        var outcome = await desk.Handle(new Seen(http.Origin(), found.Id, body.Seq));
        return outcome.Refusal?.Problem() ?? Results.NoContent();
    }

    /// <param name="beginning">What sorts a customer's word, where it begins another matter.</param>
    /// <param name="departures">What sends first what the same person said a moment ago.</param>
    internal static async Task<IResult> Post(HttpContext http, Found thread, PostBody body, Door door, Answers answers, Beginning? beginning = null, Departures? departures = null)
    {
        var (id, origin) = (thread.Id, http.Origin(body.ClientId));
        var found = await SchedulingApi.Hurry(http, thread, door, departures);
        var bare = new Post(door.From(http, origin), id, Content.Nothing, door.Threads.Terms(origin.Workspace, found.State.Inbox))
        {
            Of = body.Of,
            Unheld = body.Unheld == true,
            Seen = body.Seen,
            Moment = await door.Moment(http.Principal(), id, found.State),
        };
        return answers.Message(http, await door.Desk.Handle(await Door.Fit(Whole, () => bare, body is { Of: null, Content.NamesNothing: true } ? null : body)));

        async Task<Command> Whole()
        {
            var content = await door.Content(http.Principal(), body.Content, Thread(http, found));
            var post = bare with { Content = content, Quoted = await door.Threads.Target(http.Principal(), found, content.Quote) };
            if (beginning is not null)
            {
                post = post.By(await beginning.Sort(http.Visitor(), found.State, content));
            }

            return post is { Of: null, Content.IsPlain: true } ? post : await door.Facts(http.Principal(), found, post);
        }
    }

    internal static async Task<IResult> Edit(HttpContext http, ConversationId id, long seq, PostBody body, Door door, Answers answers)
    {
        var origin = http.Origin(body.ClientId);
        var found = await door.Threads.Find(http.Principal(), id);
        var content = await door.Content(http.Principal(), body.Content, Thread(http, found));
        return answers.Entries(http, await door.Desk.Handle(new Edit(origin, id, seq, content, await door.Threads.Target(http.Principal(), found, seq))));
    }

    /// <summary>Where an agent's words go; null: a customer says it.</summary>
    private static (ConversationId?, InboxId)? Thread(HttpContext http, Found found) => http.Principal() is VisitorPrincipal ? null : (found.Id, found.State.Inbox);

    internal static async Task<IResult> Delete(HttpContext http, ConversationId id, long seq, Door door, Answers answers)
    {
        var found = await door.Threads.Find(http.Principal(), id);
        return answers.Entries(http, await door.Desk.Handle(new Delete(http.Origin(), id, seq, await door.Doomed(http.Principal(), found, seq))));
    }

    internal static Task<IResult> React(HttpContext http, ConversationId id, long seq, string emoji, Door door, Answers answers) => Reaction(http, id, seq, emoji, on: true, door, answers);

    internal static Task<IResult> Unreact(HttpContext http, ConversationId id, long seq, string emoji, Door door, Answers answers) => Reaction(http, id, seq, emoji, on: false, door, answers);

    private static async Task<IResult> Reaction(HttpContext http, ConversationId id, long seq, string emoji, bool on, Door door, Answers answers)
    {
        Outcome outcome;
        var (origin, tries) = (http.Origin(), 0);
        do
        {
            var found = await door.Threads.Find(http.Principal(), id);
            var target = await door.Threads.Target(http.Principal(), found, seq);
            var already = target is not null && Reacting.Stands(await door.Threads.Reactions(id, seq), origin, seq, emoji) == on;
            outcome = await door.Desk.Handle(new React(origin, id, seq, emoji, on, target, already, found.State.LastReaction));
        }
        while (outcome.Refusal == Reacting.Overtaken && ++tries < Tries);
        return answers.Entries(http, outcome);
    }

    private static async Task<IResult> Note(HttpContext http, ConversationId id, NoteBody body, Door door, Answers answers)
    {
        var origin = http.Origin(body.ClientId);
        var found = await door.Threads.Find(http.Principal(), id);
        var bare = new WriteNote(origin, id, Platform.Words.Clean(body.Text));
        var note = await Door.Fit(
            async () =>
            {
                var named = door.Threads.Mentioned(origin.Workspace, body.Mentions);
                return bare with { Named = named, Mentions = door.Threads.Mentioned(origin.Workspace, found.State.Inbox, named, body.Teams), Teams = body.Teams is { Count: > 0 } teams ? [.. teams.Distinct()] : null, Files = await door.Files(http.Principal(), body.Files) };
            },
            () => bare,
            body is { Mentions: null, Teams: null, Files: null } ? null : body);
        return answers.Message(http, await door.Desk.Handle(note), "note");
    }

    private static async Task<IResult> Close(HttpContext http, ConversationId id, Door door, Answers answers, Departures departures)
    {
        var found = await SchedulingApi.Hurry(http, await door.Threads.Find(http.Principal(), id), door, departures);
        return answers.Entries(http, await door.Desk.Handle(new Close(http.Origin(), id, await door.RatingAsk(http.Principal().Workspace, found)) { Moment = await door.Moment(http.Principal(), id, found.State) }));
    }

    private static Task<IResult> Later(HttpContext http, ConversationId id, LaterBody body, Door door)
    {
        var agent = http.Principal() is AgentPrincipal who ? who.Agent : default;
        return door.Move(http, id, origin => new GoOnLater(origin, id, agent, body.By), agent.IsEmpty ? null : agent);
    }

    private static async Task<IResult> Redact(HttpContext http, ConversationId id, RedactionBody body, Door door, Answers answers)
    {
        var found = await door.Threads.Find(http.Principal(), id);
        var target = await door.Doomed(http.Principal(), found, body.Of);
        return answers.Entries(http, await door.Desk.Handle(new Redact(http.Origin(), id, body.Of, Platform.Words.Clean(body.Reason ?? ""), target)));
    }

    private static async Task<IResult> Follow(HttpContext http, ConversationId id, AgentId agent, Door door)
    {
        var found = await door.Threads.Find(http.Principal(), id);
        var may = door.Threads.AgentMay(http.Principal().Workspace, found.State.Inbox, agent);
        return await door.Do(http, id, origin => new Follow(origin, id, agent, may));
    }

    private static async Task<IResult> Assign(HttpContext http, ConversationId id, AssignmentBody body, Door door)
    {
        var found = await door.Threads.Find(http.Principal(), id);
        var workspace = http.Principal().Workspace;
        var agentMay = body.Agent is not { } agent || door.Threads.AgentMay(workspace, found.State.Inbox, agent);
        var teamMay = body.Team is not { } team || door.Threads.TeamMay(workspace, found.State.Inbox, team);
        return await door.Move(http, id, origin => new Assign(origin, id, body.Agent, body.Team, agentMay, teamMay) { Passing = body.Reason is { } reason ? new Passing(Platform.Words.Clean(reason), body.Tell) : null }, body.Agent);
    }

    private static Task<IResult> Unassign(HttpContext http, ConversationId id, Door door) => door.Move(http, id, origin => new Assign(origin, id, null, null));
}
