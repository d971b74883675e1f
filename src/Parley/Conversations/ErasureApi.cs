using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Contacts;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>Forgetting a person: all their threads and all that is known of them, on every device and under every name they had here.</summary>
internal static class ErasureApi
{
    internal sealed record ErasureBody(string Reason);

    internal sealed record Erasure(IReadOnlyList<ContactId> Contacts, IReadOnlyList<ConversationId> Conversations);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/contacts/{id}/erasure", Erase)
        .RequireAgent(Role.Admin).WithTags("Contacts").WithName("eraseContact").Produces<Erasure>();

    /// <summary>The threads first: should it end half way, the person is still found, and it can be asked for again.</summary>
    private static async Task<IResult> Erase(HttpContext http, ContactId id, ErasureBody body, People people, Desk desk)
    {
        var workspace = http.Principal().Workspace;
        if (await people.State(workspace, id) is null)
        {
            return Refusal.Unknown(Contact.Kind).Problem();
        }

        var contacts = await people.Same(workspace, id);
        var threads = new List<ConversationId>();
        foreach (var contact in contacts)
        {
            threads.AddRange((await people.State(workspace, contact))?.Threads.Select(thread => thread.Thread) ?? []);
        }

        foreach (var command in threads.Select(thread => (Command)new Conversations.Erase(New(http), thread, body.Reason)).Concat(contacts.Select(contact => new EraseContact(New(http), contact, body.Reason))))
        {
            if ((await desk.Handle(command)).Refusal is { Code: not "contact.erased" } refusal)
            {
                return refusal.Problem();
            }
        }

        return Results.Ok(new Erasure(contacts, threads));
    }

    private static Origin New(HttpContext http) => http.Origin(http.NewId());
}
