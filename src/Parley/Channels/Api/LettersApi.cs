using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Channels.Connections;
using Parley.Channels.Delivering;
using Parley.Channels.Receiving;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Channels.Api;

/// <summary>What did not go out, and what came in and could not be worked: for a person to look at, to try again, or to put away.</summary>
internal static class LettersApi
{
    private const int PageSize = 100;
    private const string Kind = "letters";

    /// <param name="Id">Begins with <c>dlv_</c> where it is ours, with <c>arr_</c> where it came in.</param>
    /// <param name="Code">Why, as a code of the contract; of what came in, a line for each piece of it.</param>
    /// <param name="Why">In the provider's words.</param>
    /// <param name="Unknown">It may have arrived: sent again it may come twice.</param>
    /// <param name="Text">The beginning of what came in, as it came.</param>
    internal sealed record DeadLetter(string Id, InboxId Inbox, bool Outgoing, DateTimeOffset At, string Code, string? Why, ConversationId? Conversation = null, long? Seq = null, string? To = null, bool Unknown = false, string? Text = null);

    /// <param name="Anyway">Also where it may have arrived.</param>
    internal sealed record Retry(bool Anyway = false);

    /// <param name="Next">For the letters before these; absent: there are none.</param>
    internal sealed record Letters(ImmutableArray<DeadLetter> Items, string? Next);

    /// <param name="Inbox">Only of this channel; absent: of all.</param>
    /// <param name="Anyway">Also what may have arrived.</param>
    internal sealed record RetryAll(InboxId? Inbox = null, bool Anyway = false);

    /// <param name="Count">How many are tried once more.</param>
    internal sealed record Retried(int Count);

    /// <param name="Before">The id of the last that was shown.</param>
    private sealed record Place(byte[] Before);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/channels/letters").WithTags("Channels").RequirePerson(Role.Admin);
        group.MapGet("/", All).WithName("getDeadLetters").Produces<Letters>();
        group.MapPost("/retry", Everything).WithName("retryDeadLetters").Produces<Retried>();
        // Of ours also who may write in its conversation.
        routes.MapPost("/v1/channels/letters/{id}/retry", Again).WithTags("Channels").RequirePerson().WithName("retryDeadLetter").Produces(StatusCodes.Status204NoContent);
        group.MapDelete("/{id}", Drop).WithName("dropDeadLetter").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> All(HttpContext http, Database database, Arrivals arrivals, ConnectionStore connections, Cursors cursors, InboxId? inbox = null, string? cursor = null, int limit = PageSize)
    {
        var workspace = http.Principal().Workspace;
        var before = cursor is null ? null
            : cursors.Read<Place>(Kind, workspace.Bytes, cursor) is { Current: true, Place: var place } ? place.Before : throw new ProblemException(Cursors.Invalid);
        limit = Math.Clamp(limit, 1, PageSize);
        var outgoing = await database.Read(session => DeliveryStore.Dead(session, workspace, inbox, before, limit + 1));
        var incoming = await arrivals.Failed(await Inboxes(connections, workspace, inbox), before, limit + 1);
        // Both kinds have their time in their ids: one list, by these.
        var both = outgoing.Select(it => (it.Id.Bytes, Letter: Of(it))).Concat(incoming.Select(it => (it.Id.Bytes, Letter: Of(it)))).OrderByDescending(one => Convert.ToHexString(one.Bytes), StringComparer.Ordinal).ToList();
        return Results.Ok(new Letters([.. both.Take(limit).Select(one => one.Letter)], both.Count > limit ? cursors.Write(Kind, workspace.Bytes, new Place(both[limit - 1].Bytes)) : null));
    }

    private static async Task<IResult> Everything(RetryAll body, HttpContext http, Database database, Settling settling, Arrivals arrivals, ConnectionStore connections, TimeProvider time)
    {
        var workspace = http.Principal().Workspace;
        var outgoing = await database.Write(session => DeliveryStore.Again(session, workspace, body.Inbox, body.Anyway, time.GetUtcNow()));
        settling.Tell();
        return Results.Ok(new Retried(outgoing + await arrivals.Again(await Inboxes(connections, workspace, body.Inbox))));
    }

    private static async Task<IResult> Again(string id, Retry body, HttpContext http, Threads threads, Database database, Settling settling, Arrivals arrivals, ConnectionStore connections, TimeProvider time)
    {
        var (who, workspace) = (http.Agent(), http.Principal().Workspace);
        if (ArrivalId.Parse(id) is { IsEmpty: false } arrival)
        {
            return who.Role >= Role.Admin && await arrivals.Again(await Inboxes(connections, workspace), arrival) ? Results.NoContent() : Refusal.Unknown("letter").Problem();
        }

        var delivery = DeliveryId.Parse(id);
        if (await database.Read(session => DeliveryStore.Find(session, workspace, delivery)) is not { } it)
        {
            return Refusal.Unknown("letter").Problem();
        }

        if (who.Role < Role.Admin)
        {
            await threads.Find(who, it.Conversation);
        }

        if (!body.Anyway && it.State == DeliveryState.Unknown)
        {
            return new Refusal("letter.uncertain", "It may have arrived. Say that it is to be sent all the same.").Problem();
        }

        var found = await database.Write(session => DeliveryStore.Again(session, workspace, delivery, time.GetUtcNow()));
        settling.Tell();
        return found ? Results.NoContent() : Refusal.Unknown("letter").Problem();
    }

    private static async Task<IResult> Drop(string id, HttpContext http, Database database, Arrivals arrivals, ConnectionStore connections)
    {
        var workspace = http.Principal().Workspace;
        var found = ArrivalId.Parse(id) is { IsEmpty: false } arrival
            ? await arrivals.Drop(await Inboxes(connections, workspace), arrival)
            : await database.Write(session => DeliveryStore.Withdraw(session, workspace, DeliveryId.Parse(id)));
        return found ? Results.NoContent() : Refusal.Unknown("letter").Problem();
    }

    private static async Task<IReadOnlyCollection<InboxId>> Inboxes(ConnectionStore connections, WorkspaceId workspace, InboxId? only = null) =>
        [.. (await connections.All(workspace)).Select(pair => pair.Connection.Inbox).Where(inbox => only is null || inbox == only)];

    private static DeadLetter Of(Outgoing it) =>
        new(it.Id.ToString(), it.Inbox, Outgoing: true, it.Made, it.Code, it.Said.Length == 0 ? null : it.Said, it.Conversation, it.Seq, it.Address, it.State == DeliveryState.Unknown);

    private static DeadLetter Of(StrangeArrival it) => new(it.Id.ToString(), it.Inbox, Outgoing: false, it.At, it.Outcome, Why: null, Text: it.Text);
}
