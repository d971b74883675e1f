using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform;
using Parley.Platform.Store;
using Parley.Workspaces;
using Parley.Writing.Macros;

namespace Parley.Writing;

/// <summary>Several things that are done with a conversation as one: everybody's, which administrators make, and a team's, which its people do.</summary>
internal static class MacrosApi
{
    private static readonly Shelf<MacroId, Macro> Shelf = new(Refusal.Unknown("macro"), MacroStore.All, MacroStore.Find, MacroStore.Drop);

    /// <param name="Mine">Whether one may change it.</param>
    internal sealed record View(MacroId Id, string Name, IEnumerable<MacroAction> Actions, TeamId? Team, bool Mine);

    internal sealed record Listed(IEnumerable<View> Items);

    /// <param name="Team">Whose it is; absent: everybody's.</param>
    internal sealed record Body(string Name, ImmutableArray<MacroAction> Actions, TeamId? Team = null);

    internal sealed record Run(string? ClientId = null);

    /// <param name="Text">What would be said.</param>
    /// <param name="Name">Which reply it is, or to whom it would be given.</param>
    /// <param name="Flaw">Why it cannot be done any more.</param>
    internal sealed record Would(MacroAction Action, string? Text, string? Name, FieldFlaw? Flaw);

    internal sealed record Preview(string Name, IEnumerable<Would> Actions);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1").RequireAgent().WithTags("Macros");
        group.MapGet("/macros", All).WithName("getMacros").Produces<Listed>();
        group.MapPost("/macros", Post).WithName("postMacro").Produces<View>(StatusCodes.Status201Created);
        group.MapPut("/macros/{id}", Put).WithName("putMacro").Produces<View>();
        group.MapDelete("/macros/{id}", Delete).WithName("deleteMacro").Produces(StatusCodes.Status204NoContent);
        group.MapGet("/conversations/{id}/macros/{macro}", Look).WithName("getMacroPreview").Produces<Preview>();
        group.MapPost("/conversations/{id}/macros/{macro}", Do).WithName("postMacroRun");
    }

    private static async Task<Listed> All(HttpContext http, Rosters rosters, Database database) =>
        new((await Shelf.All(http.Principal(), rosters, database)).Select(macro => Of(http.Principal(), rosters, macro)));

    private static Task<IResult> Post(HttpContext http, Body body, Rosters rosters, Database database, TimeProvider time) => Save(http, MacroId.New(time), body, rosters, database, created: true);

    private static async Task<IResult> Put(HttpContext http, MacroId id, Body body, Rosters rosters, Database database) =>
        await Shelf.Kept(http.Principal(), id, rosters, database) is { } refusal ? refusal.Problem() : await Save(http, id, body, rosters, database, created: false);

    private static Task<IResult> Delete(HttpContext http, MacroId id, Rosters rosters, Database database) => Shelf.Drop(http.Principal(), id, rosters, database);

    private static async Task<IResult> Save(HttpContext http, MacroId id, Body body, Rosters rosters, Database database, bool created)
    {
        var who = http.Principal();
        var macro = new Macro(id, body.Team, Words.Clean(body.Name).Trim(), body.Actions);
        if ((Shelf<MacroId, Macro>.Barred(who, rosters, body.Team) ?? macro.Flaw()) is { } refusal)
        {
            return refusal.Problem();
        }

        await database.Write(session => MacroStore.Save(session, who.Workspace, macro));
        return created ? Results.Created($"/v1/macros/{id}", Of(who, rosters, macro)) : Results.Ok(Of(who, rosters, macro));
    }

    private static async Task<IResult> Look(HttpContext http, ConversationId id, MacroId macro, Door door, Rosters rosters, Doing doing, Database database)
    {
        var found = await door.Threads.Find(http.Principal(), id);
        return await Shelf.Find(http.Principal(), macro, rosters, database) is { } known
            ? Results.Ok(new Preview(known.Name, (await doing.Of(http.Principal(), found, http.Origin(), known)).Select(one => new Would(one.Action, one.Text, one.Name, one.Flaw))))
            : Shelf.Unknown.Problem();
    }

    private static async Task<IResult> Do(HttpContext http, ConversationId id, MacroId macro, Run body, Door door, Answers answers, Rosters rosters, Doing doing, Departures departures, Database database)
    {
        // What was said a moment ago is said before what is done now.
        var (origin, found) = (http.Origin(body.ClientId), await SchedulingApi.Hurry(http, await door.Threads.Find(http.Principal(), id), door, departures));
        if (await Shelf.Find(http.Principal(), macro, rosters, database) is not { } known)
        {
            return Shelf.Unknown.Problem();
        }

        var all = await doing.Of(http.Principal(), found, origin, known);
        var flaws = all.Select(one => one.Flaw).OfType<FieldFlaw>().ToImmutableArray();
        // Known again by which macro it was: what it says may be told otherwise when it is sent again.
        var wish = new Combine(origin, id, [.. all.Select(one => one.Wish).OfType<ConversationCommand>()])
        {
            Name = known.Name,
            Sent = $"macro {macro}",
            Unfit = flaws.IsEmpty ? null : new Refusal("macro.stale", $"{flaws[0].Field}: {flaws[0].Text}") { Errors = flaws },
        };
        return answers.Entries(http, await door.Desk.Handle(wish));
    }

    private static View Of(Principal who, Rosters rosters, Macro macro) => new(macro.Id, macro.Name, macro.Actions, macro.Team, Rights.May(who, rosters, macro.Team));
}
