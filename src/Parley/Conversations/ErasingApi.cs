using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Contacts;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>Why a person is forgotten.</summary>
public sealed record ErasureBody(string? Reason = null);

/// <summary>How many conversations were emptied.</summary>
public sealed record ErasedPerson(int Conversations);

/// <summary>Forgets a person: the contact first, so that nothing new is begun, then every thread that is theirs. Repeating it finishes what was cut off.</summary>
internal static class ErasingApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/contacts/{id}/erasure", Forget).RequireAgent(Role.Admin).WithTags("Contacts").WithName("eraseContact").Produces<ErasedPerson>();

    private static async Task<IResult> Forget(HttpContext http, ContactId id, ErasureBody body, People people, Desk desk)
    {
        var origin = http.Origin();
        // Asked for under any of the names they had here, the whole person is meant.
        id = (await people.State(origin.Workspace, id))?.Person ?? id;
        if (await people.State(origin.Workspace, id) is not { } person)
        {
            return Refusal.Unknown(Contact.Kind).Problem();
        }

        var reason = Platform.Words.Clean(body.Reason ?? "");
        var threads = new HashSet<ConversationId>();
        foreach (var contact in person.Joined.Prepend(id))
        {
            var outcome = await desk.Handle(new EraseContact(origin, contact, reason));
            if (outcome.Refusal is { Code: not "contact.erased" } refusal)
            {
                return refusal.Problem();
            }

            threads.UnionWith((await people.State(origin.Workspace, contact))?.Threads.Select(thread => thread.Thread) ?? []);
        }

        // Hidden threads were begun on the same device by somebody else: they are not this person's to have erased.
        threads.ExceptWith(person.Hidden);
        foreach (var thread in threads)
        {
            var outcome = await desk.Handle(new Erase(origin, thread, reason));
            if (outcome.Refusal is { } refusal)
            {
                return refusal.Problem();
            }
        }

        return Results.Ok(new ErasedPerson(threads.Count));
    }
}
