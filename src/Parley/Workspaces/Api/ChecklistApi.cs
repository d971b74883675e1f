using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;

namespace Parley.Workspaces.Api;

/// <summary>What of the first steps is still to be done, for those who can.</summary>
internal static class ChecklistApi
{
    internal sealed record Item(FirstStep Step, bool Done);

    /// <param name="Inbox">The first inbox, where its line and its looks are; absent while there is none.</param>
    /// <param name="Away">True where somebody has put the list away for good.</param>
    internal sealed record View(IEnumerable<Item> Items, InboxId? Inbox, bool Away);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/checklist").WithTags("Setup").RequirePerson(Role.Admin);
        group.MapGet("/", Get).WithName("getChecklist");
        group.MapPut("/", (HttpContext http, Desk desk) => Put(http, desk, away: false)).WithName("takeOutChecklist").Produces(StatusCodes.Status204NoContent);
        group.MapDelete("/", (HttpContext http, Desk desk) => Put(http, desk, away: true)).WithName("putAwayChecklist").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<View> Get(HttpContext http, Rosters rosters, Checklist checklist)
    {
        var roster = rosters.Now(http.Principal().Workspace);
        var inbox = roster.Inboxes.Values.FirstOrDefault(card => card.Settings.Channel == "web")?.Id;
        return new((await checklist.Of(roster)).Select(step => new Item(step.Step, step.Done)), inbox, roster.ChecklistAway);
    }

    private static async Task<IResult> Put(HttpContext http, Desk desk, bool away) =>
        (await desk.Handle(new PutChecklist(http.Origin(), away))).Refusal is { } refusal ? refusal.Problem() : Results.NoContent();
}
