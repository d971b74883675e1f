using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Contacts.Api;

/// <summary>Whose customer somebody is.</summary>
internal static class OwnersApi
{
    /// <param name="Agent">Absent: nobody's.</param>
    internal sealed record Owner(AgentId? Agent = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/contacts/{id}/owner").WithTags("Contacts").RequireAgent();
        group.MapGet("/", Get).WithName("getOwner").Produces<Owner>();
        group.MapPut("/", (ContactId id, Owner body, HttpContext http, People people, Desk desk, Rosters rosters) => Put(id, body.Agent, http, people, desk, rosters)).WithName("putOwner").Produces<Owner>();
        group.MapDelete("/", (ContactId id, HttpContext http, People people, Desk desk, Rosters rosters) => Put(id, null, http, people, desk, rosters)).WithName("deleteOwner").Produces<Owner>();
    }

    private static async Task<IResult> Get(ContactId id, HttpContext http, People people) =>
        await Person(http, people, id) is { } person ? Results.Ok(new Owner((await people.State(http.Principal().Workspace, person))?.Owner)) : Refusal.Unknown(Contact.Kind).Problem();

    private static async Task<IResult> Put(ContactId id, AgentId? agent, HttpContext http, People people, Desk desk, Rosters rosters)
    {
        if (await Person(http, people, id) is not { } person)
        {
            return Refusal.Unknown(Contact.Kind).Problem();
        }

        var known = agent is not { } asked || rosters.Now(http.Principal().Workspace).Agent(asked) is { Active: true };
        var outcome = await desk.Handle(new SetOwner(http.Origin(), person, agent, known));
        return outcome.Refusal is { } refusal ? refusal.Problem() : Results.Ok(new Owner(agent));
    }

    /// <summary>The person that is meant under any of their names, if the caller may see them.</summary>
    private static async ValueTask<ContactId?> Person(HttpContext http, People people, ContactId id) =>
        await people.State(http.Principal().Workspace, id) is { } state && await people.Seen(http.Principal(), state) ? state.Person ?? id : null;
}
