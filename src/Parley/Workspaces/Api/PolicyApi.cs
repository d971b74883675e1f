using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;

namespace Parley.Workspaces.Api;

/// <summary>How an inbox behaves. Profile and reopenHours can also be changed with the rest of the inbox: there is one of each.</summary>
internal static class PolicyApi
{
    /// <summary>What each of the three profiles sets the switches to.</summary>
    internal sealed record Profiles(Policy StrictLive, Policy Messaging, Policy Blended);

    /// <param name="Until">When the former profile is back.</param>
    /// <param name="Former">What it is then; absent while it has not begun.</param>
    internal sealed record TrialView(Profile Profile, DateTimeOffset From, DateTimeOffset Until, Profile? Former);

    /// <param name="From">Absent: now.</param>
    internal sealed record Trying(Profile Profile, DateTimeOffset Until, DateTimeOffset? From = null);

    /// <summary>Every switch as it stands.</summary>
    /// <param name="Hours">Its own; absent where its brand's count.</param>
    /// <param name="Trial">Another profile for a while, planned or running.</param>
    internal sealed record View(
        Profile Profile,
        int GraceSeconds,
        int AgentGraceSeconds,
        int IdleReminderSeconds,
        int IdleSeconds,
        int AcceptSeconds,
        int FirstReplySeconds,
        int ReplySeconds,
        int LiveWaitSeconds,
        bool AutoAccept,
        int WrapUpSeconds,
        int ReopenHours,
        ThreadRule Threads,
        AssignmentRule Assignment,
        LetterRule Letters,
        int QueueLimit,
        WhenClosed WhenClosed,
        WhenAgentLeaves WhenAgentLeaves,
        AfterEnd AfterEnd,
        PromiseRule Promise,
        bool LiveAllowed,
        bool EndsSessions,
        bool OneDevice,
        bool HidesEarlier,
        bool ShowsQueue,
        Calendar? Hours,
        TrialView? Trial,
        int Version)
    {
        public static View Of(InboxCard inbox)
        {
            var it = inbox.Settings.Policy;
            return new(
                it.Profile, it.GraceSeconds, it.AgentGraceSeconds, it.IdleReminderSeconds, it.IdleSeconds, it.AcceptSeconds, it.FirstReplySeconds, it.ReplySeconds,
                it.LiveWaitSeconds, it.AutoAccept, it.WrapUpSeconds, inbox.Settings.ReopenHours, it.Threads, it.Assignment, it.Letters, it.QueueLimit, it.WhenClosed,
                it.WhenAgentLeaves, it.AfterEnd, it.Promise, it.LiveAllowed, it.EndsSessions, it.OneDevice, it.HidesEarlier, it.ShowsQueue, inbox.Settings.Calendar,
                inbox.Trial is { } trial ? new TrialView(trial.Profile, trial.From, trial.Until, trial.Former?.Profile) : null, inbox.Version);
        }
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/profiles", All).WithTags("Inboxes").WithName("getProfiles").RequireAgent().Produces<Profiles>();
        var group = routes.MapGroup("/v1/inboxes/{id}/policy").WithTags("Inboxes");
        group.MapGet("/", Get).WithName("getPolicy").RequireAgent().Produces<View>();
        group.MapPut("/", Put).WithName("setPolicy").RequireAgent(Role.Admin).Produces<View>();
        var trial = routes.MapGroup("/v1/inboxes/{id}/trial").WithTags("Inboxes").RequireAgent(Role.Admin);
        trial.MapPut("/", Try).WithName("tryProfile").Produces<View>();
        trial.MapDelete("/", End).WithName("endTrial").Produces<View>();
    }

    private static Profiles All() => new(Policy.Of(Profile.StrictLive), Policy.Of(Profile.Messaging), Policy.Of(Profile.Blended));

    private static IResult Get(InboxId id, HttpContext http, Rosters rosters) =>
        InboxesApi.Find(rosters.Now(http.Principal().Workspace), http.Principal(), id) is { } inbox ? Results.Ok(View.Of(inbox)) : Refusal.Unknown("inbox").Problem();

    private static Task<IResult> Put(InboxId id, PolicyWish body, HttpContext http, Rosters rosters, Desk desk) => body.Unknown() is { } unknown
        ? Task.FromResult(unknown.Problem())
        : Handle(new ChangeInbox(http.Origin(), id, new InboxChange { Policy = body.Set() }), id, http, rosters, desk);

    private static Task<IResult> Try(InboxId id, Trying body, HttpContext http, Rosters rosters, Desk desk) =>
        Handle(new TryProfile(http.Origin(), id, body.Profile, body.From, body.Until), id, http, rosters, desk);

    private static Task<IResult> End(InboxId id, HttpContext http, Rosters rosters, Desk desk) => Handle(new EndTrial(http.Origin(), id), id, http, rosters, desk);

    private static async Task<IResult> Handle(Command command, InboxId id, HttpContext http, Rosters rosters, Desk desk)
    {
        var outcome = await desk.Handle(command);
        return outcome.Refusal is { } refusal ? refusal.Problem() : Results.Ok(View.Of(rosters.Now(http.Principal().Workspace).Inbox(id)!));
    }
}
