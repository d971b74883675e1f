using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Parley.Inbox.Lists;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Inbox.Views;

/// <summary>What the routes of saved views read and answer with.</summary>
internal sealed class ViewDesk(Database database, Desk desk, Rosters rosters, ViewShelf shelf, OwnWrites own, TimeProvider time)
{
    public Desk Desk => desk;

    public ViewShelf Shelf => shelf;

    public TimeProvider Time => time;

    /// <summary>Reads a filter, or says what is wrong with which field of it.</summary>
    public async Task<(ViewFilter? Filter, IResult? Problem)> Read(Principal who, FilterBody body, ViewShare share)
    {
        // A label that they have just given.
        await own.Caught(who.Workspace, who.Author);
        var reading = await Reading(who);
        return reading.Read(body, shared: share != ViewShare.Me) is { } filter
            ? (filter, null)
            : (null, Problems.Of(new Problem("filter.invalid", $"{reading.Flaws[0].Field}: {reading.Flaws[0].Text}", StatusCodes.Status400BadRequest, reading.Flaws)));
    }

    /// <summary>Waits a little for the view to be made.</summary>
    public async Task Made(Principal who, SavedView view, TimeSpan patience, TimeSpan glance)
    {
        await own.Caught(who.Workspace, who.Author);
        for (var waited = TimeSpan.Zero; waited < patience; waited += glance)
        {
            if (!(await database.Read(session => ViewStore.Unready(session, who.Workspace))).ContainsKey(view.Kept))
            {
                return;
            }

            await Task.Delay(glance);
        }
    }

    public async Task<List<ViewsApi.ViewWire>> Wires(Principal who, IEnumerable<SavedView> views)
    {
        var unready = await database.Read(session => ViewStore.Unready(session, who.Workspace));
        var labels = await Labels(who);
        var roster = rosters.Now(who.Workspace);
        return [.. views.Select(view => Wire(who, roster, labels, view, unready.TryGetValue(view.Kept, out var built) ? built : null))];
    }

    private static ViewsApi.ViewWire Wire(Principal who, Roster roster, IReadOnlySet<string> labels, SavedView view, long? building)
    {
        var broken = new FilterReading(roster, labels).Broken(view.Filter).ToList();
        if (view.Team is { } team && !roster.Teams.ContainsKey(team))
        {
            broken.Add(new("team", "unknown", "There is no such team."));
        }

        return new(view.Id, view.Name, view.Emoji, view.Color, view.Owner, view.Share, view.Team, Body(view.Filter), view.Order, ViewShelf.MayChange(who, view), building, broken.Count == 0 ? null : broken);
    }

    private static FilterBody Body(ViewFilter filter) => new(Bodies(filter.All), Bodies(filter.Any), Bodies(filter.None));

    private static ImmutableArray<ConditionBody>? Bodies(ImmutableArray<ViewCondition>? conditions) => conditions is { } some ? [.. some.Select(Body)] : null;

    private static ConditionBody Body(ViewCondition condition) => new(condition.Field, condition.Op,
        condition.Op is "in" or "notIn" ? JsonSerializer.SerializeToElement(condition.Values.ToArray()) : condition.Values.IsEmpty ? null : JsonSerializer.SerializeToElement(condition.Values[0]));

    private async Task<FilterReading> Reading(Principal who) => new(rosters.Now(who.Workspace), await Labels(who));

    private async Task<IReadOnlySet<string>> Labels(Principal who) =>
        (await database.Read(session => SummaryStore.Labels(session, who.Workspace))).Select(label => label.Label).Concat(rosters.Now(who.Workspace).Labels).Select(Facts.Folded).ToHashSet();
}
