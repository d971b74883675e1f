using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;

namespace Parley.Workspaces.Api;

/// <summary>What stands below the mails that one writes oneself. What stands below all mails of an inbox is a setting of its channel.</summary>
internal static class SignatureApi
{
    /// <param name="Text">No text: nothing.</param>
    internal sealed record Signature(string Text);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/me/signature").WithTags("Me").RequirePerson();
        group.MapGet("/", async (HttpContext http, Desk desk) => new Signature(await Of(http, desk))).WithName("getSignature").Produces<Signature>();
        group.MapPut("/", Put).WithName("putSignature").Produces<Signature>();
    }

    private static async Task<IResult> Put(Signature body, HttpContext http, Desk desk)
    {
        var outcome = await desk.Handle(new SetSignature(http.Origin(), http.Agent().Agent, body.Text));
        return outcome.Refusal is { } refusal ? refusal.Problem() : Results.Ok(new Signature(await Of(http, desk)));
    }

    private static async Task<string> Of(HttpContext http, Desk desk) =>
        await desk.Look(http.Agent().Workspace, AgentKind.Of(http.Agent().Agent)) is { State: AgentState { Signature: { } text } } ? text : "";
}
