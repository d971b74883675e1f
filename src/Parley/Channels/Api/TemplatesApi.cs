using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Channels.Connections;
using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;
using Parley.Workspaces.Api;

namespace Parley.Channels.Api;

/// <summary>Prepared texts of a channel: which there are, and one of them as a message, also to who may not be written to freely any more.</summary>
internal static class TemplatesApi
{
    internal sealed record TemplatesBody(ImmutableArray<MessageTemplate?> Templates);

    /// <param name="Values">What is filled in, in order.</param>
    internal sealed record TemplateBody(string Name, string Language, ImmutableArray<string?>? Values = null, string? ClientId = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/v1/channels/{id}/templates").WithTags("Channels").RequirePerson(Role.Admin);
        admin.MapGet("/", All).WithName("getTemplates").Produces<Items<MessageTemplate>>();
        admin.MapPut("/", Put).WithName("putTemplates").Produces<Items<MessageTemplate>>();
        routes.MapPost("/v1/conversations/{id}/channel/templates", Send).WithTags("Channels").RequireAgent().WithName("postTemplate");
    }

    private static async Task<IResult> All(InboxId id, HttpContext http, ConnectionStore store, Templates templates) =>
        await Own(http, id, store) is null ? Refusal.Unknown("channel").Problem() : Results.Ok(new Items<MessageTemplate>(await templates.Of(id)));

    private static async Task<IResult> Put(InboxId id, TemplatesBody body, HttpContext http, ConnectionStore store, Catalog catalog, Templates templates)
    {
        if (await Own(http, id, store) is not { } connection || catalog.Find(connection.Kind) is not { } channel)
        {
            return Refusal.Unknown("channel").Problem();
        }

        var given = body.Templates.IsDefault ? [] : body.Templates;
        if ((channel.Capabilities.Templates ? Templates.Flaw(given) : Templates.NotHere) is { } refused)
        {
            return refused.Problem();
        }

        await templates.Keep(id, given.OfType<MessageTemplate>());
        return await All(id, http, store, templates);
    }

    private static async Task<IResult> Send(ConversationId id, TemplateBody body, HttpContext http, Door door, Ways ways, Templates templates, Answers answers)
    {
        var (origin, found) = (http.Origin(body.ClientId), await door.Threads.Find(http.Principal(), id));
        var bare = new Post(door.From(http, origin), id, Content.Nothing, door.Threads.Terms(origin.Workspace, found.State.Inbox)) { Moment = await door.Moment(http.Principal(), id, found.State) };
        var (content, refused) = await Made(body, id, ways, templates);
        // Said again it gets its first answer, whatever became of the text meanwhile.
        var command = content is null ? bare with { Sent = Said(body), Unfit = refused } : await door.Facts(http.Principal(), found, bare with { Content = content, Sent = Said(body) });
        return answers.Message(http, await door.Desk.Handle(command));
    }

    private static async Task<(Content? Content, Refusal? Refused)> Made(TemplateBody body, ConversationId id, Ways ways, Templates templates) =>
        await ways.Of(id) is not var (route, _, can) || !can.Templates ? (null, Templates.NotHere)
        : (await templates.Of(route.Inbox)).FirstOrDefault(one => one.Name == body.Name && one.Language == body.Language) is not { } template ? (null, Templates.Unknown)
        : Templates.Filled(template, body.Values ?? []);

    private static string Said(TemplateBody body) => System.Text.Json.JsonSerializer.Serialize(body, Platform.Json.Options);

    private static async Task<Connection?> Own(HttpContext http, InboxId id, ConnectionStore store) => await store.Find(id) is { } connection && connection.Workspace == http.Principal().Workspace ? connection : null;
}
