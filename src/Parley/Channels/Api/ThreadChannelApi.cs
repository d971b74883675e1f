using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Channels.Connections;
using Parley.Channels.Delivering;
using Parley.Conversations;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Channels.Api;

/// <summary>A conversation's channel, for who writes in it: what it can do, until when one may write, what becomes of a message before it is sent, and how far those before have got.</summary>
internal static class ThreadChannelApi
{
    /// <param name="Kind">Absent, like all else: the customer reads on the web.</param>
    /// <param name="To">Where it goes.</param>
    /// <param name="Closes">When the customer must have written again; absent: never.</param>
    /// <param name="Open">Whether one may write freely now.</param>
    /// <param name="Deliveries">How far our messages have got, the newest first.</param>
    /// <param name="Templates">Prepared texts, which go also when one may not write freely any more; those in the customer's language first.</param>
    /// <param name="Signature">What stands below all that goes out there.</param>
    internal sealed record ThreadChannel(
        string? Kind, Platform.LocalText? Name, string? To, ChannelsApi.ChannelAbilities? Abilities, DateTimeOffset? Closes, bool Open, ImmutableArray<ThreadDelivery> Deliveries,
        ImmutableArray<MessageTemplate>? Templates = null, string? Signature = null);

    /// <param name="State"><c>queued</c>, <c>sending</c>, <c>sent</c>, <c>delivered</c>, <c>read</c>, <c>failed</c>, <c>unknown</c> or <c>withdrawn</c>.</param>
    /// <param name="Code">Why it failed, or failed last.</param>
    /// <param name="Next">When it is tried again.</param>
    internal sealed record ThreadDelivery(DeliveryId Id, long Seq, DeliveryState State, string? Code, string? Why, DateTimeOffset? Next);

    /// <summary>What a message would become.</summary>
    /// <param name="Parts">The messages that the customer gets.</param>
    /// <param name="Notes">How they are poorer than what was written.</param>
    /// <param name="Refused">Why it would not go out, as a code of the contract.</param>
    internal sealed record ChannelPreview(ImmutableArray<OutboundPart> Parts, IEnumerable<string> Notes, string? Refused, bool Templates);

    /// <param name="Content">Absent: nothing but files.</param>
    /// <param name="Files">Those that are not here yet and would go with it: what becomes of them their kind and size say.</param>
    internal sealed record PreviewBody(ContentBody? Content = null, ImmutableArray<PreviewFile>? Files = null);

    internal sealed record PreviewFile(string Name, string Mime, long Size);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/conversations/{id}/channel").WithTags("Channels").RequireAgent();
        group.MapGet("/", Get).WithName("getThreadChannel").Produces<ThreadChannel>();
        group.MapPost("/preview", Preview).WithName("previewMessage").Produces<ChannelPreview>();
    }

    private static async Task<IResult> Get(ConversationId id, HttpContext http, Threads threads, Ways ways, Database database)
    {
        var found = await threads.Find(http.Principal(), id);
        if (await ways.Of(id) is not var (route, channel, can))
        {
            return Results.Ok(new ThreadChannel(null, null, null, null, null, Open: true, []));
        }

        var deliveries = await database.Read(session => DeliveryStore.Of(session, id));
        var window = can.Window;
        return Results.Ok(new ThreadChannel(
            channel.Kind, channel.Name, route.Address, ChannelsApi.ChannelAbilities.Of(can), window?.Closes(route.LastWord, human: true), ways.Open(route, can),
            [.. deliveries.Select(it => new ThreadDelivery(it.Id, it.Seq, it.State, it.Code.Length == 0 ? null : it.Code, it.Said.Length == 0 ? null : it.Said, it.State == DeliveryState.Queued && it.Tries > 0 ? it.Due : null))],
            can.Templates ? await ways.Templates(route, found.State.Language) : null, await ways.Signature(route, channel)));
    }

    private static async Task<IResult> Preview(ConversationId id, PreviewBody body, HttpContext http, Door door, Ways ways, Readying readying, TimeProvider time)
    {
        var found = await door.Threads.Find(http.Principal(), id);
        var content = body.Content is { } given ? await door.Content(http.Principal(), given, (found.Id, found.State.Inbox)) : new Content("file");
        var files = (body.Files ?? []).Take(Content.FilesLimit).Select(file => new FileCard(FileId.New(time), file.Name, file.Size, file.Mime));
        content = content with { Files = [.. content.Files ?? [], .. files] };
        if (await ways.Of(id) is not var (route, _, can))
        {
            return Results.Ok(new ChannelPreview([], [], null, Templates: false));
        }

        var degraded = Degrading.Of(content, can, file => readying.File(file, can), content.Language ?? found.State.Language);
        return Results.Ok(new ChannelPreview(degraded.Parts, degraded.Notes, ways.Open(route, can) ? null : "windowClosed", can.Window?.Templates == true));
    }
}

/// <summary>Where a conversation's customer is reached.</summary>
internal sealed class Ways(Database database, ConnectionStore connections, Catalog catalog, Templates templates, TimeProvider time)
{
    /// <summary>Null: there are none.</summary>
    public async Task<ImmutableArray<MessageTemplate>?> Templates(ThreadRoute route, string? language) => await templates.Of(route.Inbox) is { IsEmpty: false } all ? [.. all.OrderByDescending(one => IsIn(one.Language, language))] : null;

    public async Task<string?> Signature(ThreadRoute route, Channel channel) => await connections.Find(route.Inbox) is { } connection ? channel.Signature(connection) : null;

    /// <summary>By its first part: whoever speaks de-AT reads de.</summary>
    private static bool IsIn(string tag, string? language) => language is not null && tag.Split('-', '_')[0].Equals(language.Split('-', '_')[0], StringComparison.OrdinalIgnoreCase);

    /// <summary>Null: on the web.</summary>
    public async Task<(ThreadRoute Route, Channel Channel, Capabilities Can)?> Of(ConversationId id) =>
        await database.Read(session => DeliveryStore.Route(session, id)) is { Address.Length: > 0 } route && await connections.Find(route.Inbox) is { } connection && catalog.Find(connection.Kind) is { } channel ? (route, channel, channel.Able(connection) ?? channel.Capabilities) : null;

    /// <summary>Whether what is said there goes by mail: they wrote by mail last, or the inbox is one of mails.</summary>
    public async Task<bool> ByMail(ConversationId? conversation, InboxId inbox) =>
        (conversation is { } id && await Of(id) is var (_, channel, _) ? channel : await connections.Find(inbox) is { } connection ? catalog.Find(connection.Kind) : null) is { Capabilities.Address: AddressKind.Email };

    /// <summary>Whether a person of ours may write freely now.</summary>
    public bool Open(ThreadRoute route, Capabilities can) => can.Window is not { } window || window.Open(route.LastWord, human: true, time.GetUtcNow());
}
