using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Channels.Connections;
using Parley.Channels.Delivering;
using Parley.Log;
using Parley.Workspaces.Api;
using Parley.Platform;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Channels.Api;

/// <summary>Channels: which there are, how each is set up, and how it stands with it.</summary>
internal static class ChannelsApi
{
    /// <summary>A kind of channel that can be set up: all that a screen needs to ask for its settings.</summary>
    internal sealed record ChannelKind(string Kind, LocalText Name, LocalText About, ImmutableArray<Field> Fields, ChannelAbilities Abilities);

    /// <summary>What a channel can do, as far as it matters to who writes.</summary>
    /// <param name="Mail">What is said goes as mails, with a subject and people in copy.</param>
    /// <param name="WindowHours">For how many hours after their last word a customer may be written to; absent: always.</param>
    internal sealed record ChannelAbilities(int TextLimit, bool Files, int Buttons, bool Carousels, bool Templates, bool ReplyTo, bool Edit, bool Delete, bool Reactions, bool Delivered, bool Read, bool OneThread, double? WindowHours, bool Mail)
    {
        public static ChannelAbilities Of(Capabilities can) => new(
            can.TextLimit, !can.Media.IsEmpty, can.Buttons, can.Carousels, can.Templates, can.ReplyTo, can.Edit, can.Delete, can.Reactions,
            can.Receipts.HasFlag(Receipts.Delivered), can.Receipts.HasFlag(Receipts.Read), can.OneThread, can.Window?.Free.TotalHours, can.Address == AddressKind.Email);
    }

    /// <param name="Settings">Without secrets.</param>
    /// <param name="Secrets">The names of those that are set.</param>
    /// <param name="Address">Where its provider calls.</param>
    /// <param name="State"><c>working</c>, <c>broken</c> (its settings are wrong: nothing goes out until somebody mends them) or <c>off</c>.</param>
    /// <param name="Why">In the provider's words.</param>
    /// <param name="Waiting">Messages that are to go out.</param>
    /// <param name="Dead">Messages that did not, and will not by themselves.</param>
    /// <param name="Fault">Where nothing can be fetched: what is to be looked at, <c>host</c>, <c>port</c>, <c>tls</c>, <c>password</c>, <c>folder</c> or <c>busy</c>.</param>
    /// <param name="Made">Only in the answer that makes them: the secrets that the server made.</param>
    internal sealed record ChannelView(
        InboxId Inbox, string Kind, string Name, IReadOnlyDictionary<string, JsonElement> Settings, ImmutableArray<string> Secrets, string Address, string State, string? Why, DateTimeOffset? Since,
        long Waiting, long Dead, DateTimeOffset? LastIn, DateTimeOffset? LastOut, IReadOnlyDictionary<string, string>? Made = null, string? Fault = null);

    internal sealed record NewChannel(string Kind, string Name, IReadOnlyDictionary<string, JsonElement>? Settings = null, BrandId? Brand = null);

    /// <summary>What is absent stays; a secret that is not given, too.</summary>
    internal sealed record ChannelChange(IReadOnlyDictionary<string, JsonElement>? Settings = null, bool? On = null);

    /// <param name="Failure">What went wrong, as a code; absent: it works.</param>
    internal sealed record ChannelTest(bool Works, string? Failure = null, string? Why = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/channels").WithTags("Channels").RequirePerson(Role.Admin);
        group.MapGet("/kinds", (Catalog catalog) => new Items<ChannelKind>(catalog.Channels.Select(channel => new ChannelKind(channel.Kind, channel.Name, channel.About, channel.Fields, ChannelAbilities.Of(channel.Capabilities)))))
            .WithName("getChannelKinds");
        group.MapGet("/", All).WithName("getChannels");
        group.MapPost("/", Post).WithName("postChannel").Produces<ChannelView>(StatusCodes.Status201Created);
        group.MapGet("/{id}", One).WithName("getChannel").Produces<ChannelView>();
        group.MapPatch("/{id}", Patch).WithName("patchChannel").Produces<ChannelView>();
        group.MapPost("/{id}/test", Test).WithName("testChannel").Produces<ChannelTest>();
        group.MapPost("/{id}/secrets/{field}", Remake).WithName("remakeChannelSecret").Produces<ChannelView>();
    }

    private static async Task<Items<ChannelView>> All(HttpContext http, Pages pages) => new(await pages.All(http.Principal().Workspace));

    private static async Task<IResult> One(InboxId id, HttpContext http, Pages pages) => await pages.One(http.Principal().Workspace, id) is { } view ? Results.Ok(view) : Refusal.Unknown("channel").Problem();

    private static async Task<IResult> Post(NewChannel body, HttpContext http, Connecting connecting, Pages pages)
    {
        var (refused, inbox, made) = await connecting.Add(http.Origin(), body.Kind, body.Name, body.Brand, body.Settings ?? ImmutableDictionary<string, JsonElement>.Empty);
        return refused?.Problem() ?? Results.Created($"/v1/channels/{inbox}", (await pages.One(http.Principal().Workspace, inbox))! with { Made = made.IsEmpty ? null : made });
    }

    private static async Task<IResult> Patch(InboxId id, ChannelChange body, HttpContext http, Connecting connecting, ConnectionStore store, Database database, Pages pages)
    {
        if (await Own(http, id, store) is not { } connection)
        {
            return Refusal.Unknown("channel").Problem();
        }

        if (body.Settings is { } given && await connecting.Change(connection, given) is { } refused)
        {
            return refused.Problem();
        }

        if (body.On is { } on)
        {
            await store.Switch(id, on);
        }

        await pages.Hurry(id);
        return Results.Ok(await pages.One(connection.Workspace, id));
    }

    private static async Task<IResult> Test(InboxId id, HttpContext http, ConnectionStore store, Catalog catalog)
    {
        if (await Own(http, id, store) is not { } connection || catalog.Find(connection.Kind) is not { } channel)
        {
            return Refusal.Unknown("channel").Problem();
        }

        var failure = channel.Able(connection) is null ? Settling.Unreadable : await channel.Check(connection, http.RequestAborted);
        return Results.Ok(new ChannelTest(failure is null, failure?.Code, failure?.Said));
    }

    private static async Task<IResult> Remake(InboxId id, string field, HttpContext http, Connecting connecting, ConnectionStore store, Pages pages) =>
        await Own(http, id, store) is { } connection && await connecting.Remake(connection, field) is { } secret
            ? Results.Ok((await pages.One(connection.Workspace, id))! with { Made = new Dictionary<string, string> { [field] = secret } })
            : Refusal.Unknown("channel").Problem();

    private static async Task<Connection?> Own(HttpContext http, InboxId id, ConnectionStore store) => await store.Find(id) is { } connection && connection.Workspace == http.Principal().Workspace ? connection : null;
}

/// <summary>Shows how it stands with channels.</summary>
internal sealed class Pages(ConnectionStore store, Catalog catalog, Rosters rosters, Database database, Settling settling, TimeProvider time)
{
    public async Task<IReadOnlyList<ChannelsApi.ChannelView>> All(WorkspaceId workspace)
    {
        var counts = (await database.Read(session => DeliveryStore.Counts(session, workspace))).ToDictionary(count => count.Inbox);
        // One whose inbox never came to be is nobody's.
        var inboxes = rosters.Now(workspace);
        var views = new List<ChannelsApi.ChannelView>();
        foreach (var (connection, state) in (await store.All(workspace)).Where(pair => inboxes.Inbox(pair.Connection.Inbox) is not null))
        {
            var trouble = state.On && state.Broken is null && catalog.Find(connection.Kind) is { } channel ? await channel.Trouble(connection) : null;
            views.Add(Of(connection, state, trouble, counts.GetValueOrDefault(connection.Inbox)));
        }

        return views;
    }

    public async Task<ChannelsApi.ChannelView?> One(WorkspaceId workspace, InboxId inbox) => (await All(workspace)).FirstOrDefault(view => view.Inbox == inbox);

    /// <summary>What waits goes now.</summary>
    public async Task Hurry(InboxId inbox)
    {
        await database.Write(session => DeliveryStore.Hurry(session, inbox, time.GetUtcNow()));
        settling.Tell();
    }

    private ChannelsApi.ChannelView Of(Connection connection, ConnectionState state, Trouble? trouble, (InboxId, long Waiting, long Dead) counts)
    {
        var secret = catalog.Find(connection.Kind)?.Fields.Where(field => field.IsSecret).Select(field => field.Name).ToHashSet() ?? [.. connection.Values.Keys];
        return new(
            connection.Inbox, connection.Kind, rosters.Now(connection.Workspace).Inbox(connection.Inbox)?.Settings.Name ?? "", connection.Values.Where(pair => !secret.Contains(pair.Key)).ToDictionary(),
            [.. connection.Values.Keys.Where(secret.Contains)], connection.Receives ?? Connection.Route.Replace("{id}", connection.Inbox.ToString(), StringComparison.Ordinal),
            !state.On ? "off" : state.Broken is null && trouble is null ? "working" : "broken", state.Broken ?? trouble?.Why, state.Since ?? trouble?.Since, counts.Waiting, counts.Dead, state.LastIn, state.LastOut, Fault: trouble?.Code);
    }
}
