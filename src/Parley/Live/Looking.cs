using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Live;

/// <summary>How an agent looks at a conversation: there was input of theirs since they said so last, they look on without any, or it is open where they look elsewhere.</summary>
internal enum How { Input, Focus, Open }

/// <summary>What an agent's console says that it shows.</summary>
/// <param name="By">The stream that said it; 0 where it was a request.</param>
/// <param name="At">The conversation; null: none, or none that they may see.</param>
internal sealed record Look(AgentPrincipal Who, long By, (ConversationId Id, Conversation It)? At, How How);

/// <summary>Takes what consoles say of the conversation on the screen: every few seconds while there is input, and whenever it changes.</summary>
internal sealed class Looking(Desk desk, AttentionKeeping keeping, Company company) : IStreamPart
{
    public IReadOnlyList<string> Takes { get; } = ["look"];

    /// <param name="Conversation">What is on the screen; absent: none.</param>
    internal sealed record Body(ConversationId? Conversation = null, How How = How.Open);

    /// <summary>For a line that only hears.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/v1/me/look", Say).WithTags("Me").WithName("putLook").RequirePerson().Produces(StatusCodes.Status204NoContent);

    public async ValueTask Hear(StreamClient client, string type, JsonElement said)
    {
        if (client.Who is AgentPrincipal agent)
        {
            var id = said.TryGetProperty("conversation", out var text) && text.ValueKind == JsonValueKind.String ? ConversationId.Parse(text.GetString()) : default;
            var how = said.TryGetProperty("how", out var word) && word.ValueKind == JsonValueKind.String && Enum.TryParse<How>(word.GetString(), ignoreCase: true, out var known) ? known : How.Open;
            await Take(agent, client, id, how);
        }
    }

    public void End(StreamClient client)
    {
        if (client.Who is AgentPrincipal agent)
        {
            var nothing = new Look(agent, client.Number, null, How.Open);
            company.Take(nothing, null);
            _ = keeping.Take(nothing).AsTask();
        }
    }

    private static async Task<IResult> Say(Body body, HttpContext http, Looking looking)
    {
        await looking.Take(http.Agent(), null, body.Conversation ?? default, body.How);
        return Results.NoContent();
    }

    private async ValueTask Take(AgentPrincipal agent, StreamClient? client, ConversationId id, How how)
    {
        var found = id.IsEmpty ? null : await desk.Look(agent.Workspace, Conversation.Subject(id));
        var seen = found is { State: Conversation { Exists: true } it } && Access.May(agent, found.Workspace, it.Inbox, it.Contact, id) ? (id, it) : ((ConversationId, Conversation)?)null;
        var look = new Look(agent, client?.Number ?? 0, seen, how);
        company.Take(look, client);
        await keeping.Take(look);
    }
}
