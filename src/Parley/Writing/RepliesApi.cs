using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform;
using Parley.Platform.Store;
using Parley.Workspaces;
using Parley.Writing.Replies;

namespace Parley.Writing;

/// <summary>Replies that were written before: everybody's, which administrators write, and a team's, which its people do.</summary>
internal static class RepliesApi
{
    private static readonly Shelf<ReplyId, CannedReply> Shelf = new(Refusal.Unknown("reply"), ReplyStore.All, ReplyStore.Find, ReplyStore.Drop);

    /// <param name="Texts">One for all languages, or one for each.</param>
    /// <param name="Mine">Whether one may change it.</param>
    internal sealed record View(ReplyId Id, string Name, string Shortcut, string Format, LocalText Texts, TeamId? Team, bool Mine);

    internal sealed record Listed(IEnumerable<View> Items);

    /// <param name="Team">Whose it is; absent: everybody's.</param>
    internal sealed record Body(string Name, LocalText Texts, string? Shortcut = null, string? Format = null, TeamId? Team = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1").RequireAgent().WithTags("Replies");
        group.MapGet("/replies", All).WithName("getReplies").Produces<Listed>();
        group.MapPost("/replies", Post).WithName("postReply").Produces<View>(StatusCodes.Status201Created);
        group.MapPut("/replies/{id}", Put).WithName("putReply").Produces<View>();
        group.MapDelete("/replies/{id}", Delete).WithName("deleteReply").Produces(StatusCodes.Status204NoContent);
        group.MapGet("/conversations/{id}/replies/{reply}", Say).WithName("getRenderedReply").Produces<Rendered>();
    }

    private static async Task<Listed> All(HttpContext http, Rosters rosters, Database database) =>
        new((await Shelf.All(http.Principal(), rosters, database)).Select(reply => Of(http.Principal(), rosters, reply)));

    private static Task<IResult> Post(HttpContext http, Body body, Rosters rosters, Database database, TimeProvider time) => Save(http, ReplyId.New(time), body, rosters, database, created: true);

    private static async Task<IResult> Put(HttpContext http, ReplyId id, Body body, Rosters rosters, Database database) =>
        await Shelf.Kept(http.Principal(), id, rosters, database) is { } refusal ? refusal.Problem() : await Save(http, id, body, rosters, database, created: false);

    private static Task<IResult> Delete(HttpContext http, ReplyId id, Rosters rosters, Database database) => Shelf.Drop(http.Principal(), id, rosters, database);

    private static async Task<IResult> Save(HttpContext http, ReplyId id, Body body, Rosters rosters, Database database, bool created)
    {
        var who = http.Principal();
        var reply = new CannedReply(id, body.Team, Words.Clean(body.Name).Trim(), Words.Clean(body.Shortcut ?? "").Trim().ToLowerInvariant(), body.Format ?? "plain", body.Texts.Cleaned());
        if ((Shelf<ReplyId, CannedReply>.Barred(who, rosters, body.Team) ?? reply.Flaw()) is { } refusal)
        {
            return refusal.Problem();
        }

        var taken = await database.Write(async session =>
        {
            if (await ReplyStore.Taken(session, who.Workspace, reply))
            {
                return true;
            }

            await ReplyStore.Save(session, who.Workspace, reply);
            return false;
        });
        return taken ? Taken.Problem() : created ? Results.Created($"/v1/replies/{id}", Of(who, rosters, reply)) : Results.Ok(Of(who, rosters, reply));
    }

    private static async Task<IResult> Say(HttpContext http, ConversationId id, ReplyId reply, Threads threads, Rosters rosters, Rendering rendering, Database database)
    {
        var who = http.Principal();
        var found = await threads.Find(who, id);
        return await Shelf.Find(who, reply, rosters, database) is { } known ? Results.Ok(await rendering.Say(who, found, known)) : Shelf.Unknown.Problem();
    }

    private static readonly Refusal Taken = new("shortcut.taken", "Another reply has this shortcut.") { Errors = [new FieldFlaw("shortcut", "taken", "Another reply has this shortcut.")] };

    private static View Of(Principal who, Rosters rosters, CannedReply reply) => new(reply.Id, reply.Name, reply.Shortcut, reply.Format, reply.Texts, reply.Team, Rights.May(who, rosters, reply.Team));
}
