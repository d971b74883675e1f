using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Inbox.Lists;
using Parley.Inbox.Views;
using Parley.Log;
using Parley.Platform;
using Parley.Platform.Store;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Inbox;

/// <summary>Saved views: one's own, a team's, everybody's.</summary>
internal static class ViewsApi
{
    /// <summary>So long is waited for a view to be made: in all but the largest workspaces that is enough.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    /// <param name="MayChange">Whether the asker may change or remove it.</param>
    /// <param name="Building">How many conversations were looked at so far, while it is being made; absent: it is made.</param>
    /// <param name="Broken">What it names that is gone; absent: nothing.</param>
    internal sealed record ViewWire(
        ViewId Id, string Name, string? Emoji, string? Color, AgentId? Owner, ViewShare Share, TeamId? Team, FilterBody Filter, ViewOrder Order, bool MayChange, long? Building = null,
        IReadOnlyList<FieldFlaw>? Broken = null);

    internal sealed record ViewBody(string Name, FilterBody Filter, ViewShare? Share = null, TeamId? Team = null, ViewOrder? Order = null, string? Emoji = null, string? Color = null);

    internal sealed record MatchBody(FilterBody Filter, ViewShare? Share = null);

    internal sealed record LabelWire(string Name, long Count);

    internal sealed record ViewsWire(IReadOnlyList<ViewWire> Items);

    internal sealed record LabelsWire(IReadOnlyList<LabelWire> Items);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/views").RequireAgent().WithTags("Inbox");
        group.MapGet("/", All).WithName("listViews").Produces<ViewsWire>();
        group.MapPost("/", Post).WithName("addView").Produces<ViewWire>(StatusCodes.Status201Created);
        group.MapPost("/matches", Match).RequireAgent(scope: Scopes.Read).WithName("tryView").Produces<Matches>();
        group.MapGet("/{id}", One).WithName("getView").Produces<ViewWire>();
        group.MapPut("/{id}", Put).WithName("setView").Produces<ViewWire>();
        group.MapDelete("/{id}", Delete).WithName("removeView").Produces(StatusCodes.Status204NoContent);
        routes.MapGet("/v1/labels", Labels).RequireAgent().WithTags("Inbox").WithName("listLabels").Produces<LabelsWire>();
    }

    private static async Task<IResult> All(HttpContext http, ViewDesk desk) => Results.Ok(new ViewsWire(await desk.Wires(http.Principal(), desk.Shelf.Seen(http.Principal()))));

    private static async Task<IResult> One(ViewId id, HttpContext http, ViewDesk desk) =>
        desk.Shelf.Find(http.Principal(), id) is { } view ? Results.Ok((await desk.Wires(http.Principal(), [view]))[0]) : Refusal.Unknown("view").Problem();

    private static async Task<IResult> Post(ViewBody body, HttpContext http, ViewDesk desk, TimeProvider time) =>
        await Set(http, desk, body, ViewId.New(time), (http.Principal() as AgentPrincipal)?.Agent) is var (view, problem) && view is not null
            ? Results.Created($"/v1/views/{view.Id}", view) : problem!;

    private static async Task<IResult> Put(ViewId id, ViewBody body, HttpContext http, ViewDesk desk)
    {
        if (desk.Shelf.Find(http.Principal(), id) is not { } known)
        {
            return Refusal.Unknown("view").Problem();
        }

        if (!ViewShelf.MayChange(http.Principal(), known))
        {
            return Forbidden;
        }

        // What somebody else made becomes the own of whoever takes it for themselves.
        var owner = body.Share == ViewShare.Me ? (http.Principal() as AgentPrincipal)?.Agent : known.Owner;
        var (view, problem) = await Set(http, desk, body, id, owner);
        return view is null ? problem! : Results.Ok(view);
    }

    private static async Task<IResult> Delete(ViewId id, HttpContext http, ViewDesk desk)
    {
        var view = desk.Shelf.Find(http.Principal(), id);
        return view is null ? Refusal.Unknown("view").Problem()
            : !ViewShelf.MayChange(http.Principal(), view) ? Forbidden
            : (await desk.Desk.Handle(new RemoveView(http.Origin(), id))).Refusal is { } refusal ? refusal.Problem() : Results.NoContent();
    }

    private static async Task<IResult> Match(MatchBody body, HttpContext http, ViewDesk desk, ViewMatching matching)
    {
        var (filter, problem) = await desk.Read(http.Principal(), body.Filter, body.Share ?? ViewShare.Me);
        return filter is null ? problem! : Results.Ok(await matching.Count(http.Principal(), Filter.Of(filter, (http.Principal() as AgentPrincipal)?.Agent)));
    }

    private static async Task<IResult> Labels(HttpContext http, Rosters rosters, Database database)
    {
        var who = http.Principal();
        var open = (who as AgentPrincipal)?.Inboxes;
        var worn = (await database.Read(session => SummaryStore.Labels(session, who.Workspace))).Where(label => open is null || open.Contains(label.Inbox))
            .GroupBy(label => label.Label, StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => group.Sum(label => label.N), StringComparer.OrdinalIgnoreCase);
        var names = rosters.Now(who.Workspace).Labels.Concat(worn.Keys).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase);
        return Results.Ok(new LabelsWire([.. names.Select(name => new LabelWire(name, worn.GetValueOrDefault(name)))]));
    }

    private static async Task<(ViewWire? View, IResult? Problem)> Set(HttpContext http, ViewDesk desk, ViewBody body, ViewId id, AgentId? owner)
    {
        var (who, share) = (http.Principal(), body.Share ?? ViewShare.Me);
        var (filter, problem) = await desk.Read(who, body.Filter, share);
        if (filter is null)
        {
            return (null, problem);
        }

        if (!desk.Shelf.MayShare(who, share, body.Team))
        {
            return (null, Forbidden);
        }

        var wanted = new SavedView(id, body.Name, owner, share, body.Team, filter, body.Order ?? ViewOrder.Newest, Guid.CreateVersion7(desk.Time.GetUtcNow())) { Emoji = body.Emoji, Color = body.Color };
        if ((await desk.Desk.Handle(new SetView(http.Origin(), wanted))).Refusal is { } refusal)
        {
            return (null, refusal.Problem());
        }

        if (desk.Shelf.Find(who, id) is not { } view)
        {
            return (null, Refusal.Unknown("view").Problem());
        }

        await desk.Made(who, view, Patience, Glance);
        return ((await desk.Wires(who, [view]))[0], null);
    }

    private static IResult Forbidden => Problems.Of("auth.forbidden", "This is for whoever made the view, or supervises.", StatusCodes.Status403Forbidden);
}
