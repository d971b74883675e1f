using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Conversations;
using Parley.Platform.Push;
using Parley.Platform.Store;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Notifications.Pushes;

/// <summary>A customer's browser is told of answers. It is asked for on a page of ours (a frame in somebody else's may not ask), to which a link leads.</summary>
internal static class ThreadPushApi
{
    internal sealed record KeyView(string PublicKey);

    internal sealed record LinkView(string Url);

    internal sealed record Gone(string Endpoint);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/widget/push", async (Vapid vapid) => new KeyView(await vapid.PublicKey())).RequireVisitor().WithTags("Widget").WithName("getPushKey");
        var one = routes.MapGroup("/v1/widget/conversations/{id}").RequireVisitor().WithTags("Widget");
        one.MapPost("/push", Post).WithName("putOwnPush").Produces(StatusCodes.Status204NoContent);
        one.MapDelete("/push", Delete).WithName("deleteOwnPush").Produces(StatusCodes.Status204NoContent);
        one.MapPost("/link", Link).WithName("linkOwnThread").Produces<LinkView>();
    }

    private static async Task<IResult> Post(ConversationId id, PushApi.NewDevice body, HttpContext http, Threads threads, Database database, PushSending sending, TimeProvider time)
    {
        var found = await threads.Find(http.Principal(), id);
        if (PushApi.Target(body) is var target && sending.Flaw(target) is { } flaw)
        {
            return Problems.Of("device.invalid", flaw, StatusCodes.Status400BadRequest);
        }

        var language = Wording.Spoken.Contains(body.Language ?? "") ? body.Language! : Wording.Spoken[0];
        await database.Write(session => ThreadDevices.Keep(session, http.Principal().Workspace, found.State.Contact, id, target, language, time.GetUtcNow()));
        return Results.NoContent();
    }

    private static async Task<IResult> Delete(ConversationId id, [Microsoft.AspNetCore.Mvc.FromBody] Gone body, HttpContext http, Threads threads, Database database)
    {
        await threads.Find(http.Principal(), id);
        await database.Write(session => ThreadDevices.Drop(session, id, body.Endpoint));
        return Results.NoContent();
    }

    /// <summary>The way from the frame to a page of ours: the same link that a mail carries.</summary>
    private static async Task<IResult> Link(ConversationId id, HttpContext http, Threads threads, MailLinks links, string? language = null)
    {
        var found = await threads.Find(http.Principal(), id);
        var spoken = Wording.Spoken.Contains(language ?? "") ? language! : Wording.Spoken[0];
        return await links.Make(http.Principal().Workspace, id, found.State.Inbox, spoken) is { } url ? Results.Ok(new LinkView(url)) : Problems.Of("link.gone", "Nobody has said yet where this Parley is reached.", StatusCodes.Status410Gone);
    }
}
