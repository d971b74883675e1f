using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Routing;

/// <summary>What one is asked to take, and one's answer.</summary>
internal static class OffersApi
{
    internal enum Reply { Accept, Decline }

    internal sealed record Answer(Reply Reply)
    {
        [System.Text.Json.Serialization.JsonPropertyName("answer")]
        public Reply Reply { get; init; } = Reply;
    }

    /// <param name="Load">In units; a third is a message that waits for one's answer.</param>
    internal sealed record Mine(IEnumerable<Offers.View> Items, double Load, int Capacity);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1").RequirePerson().WithTags("Me");
        group.MapGet("/me/offers", List).WithName("listOwnOffers");
        group.MapPut("/offers/{id}", Put).WithName("putOffer");
    }

    private static Mine List(HttpContext http, Offers offers, Halls halls)
    {
        var who = http.Agent();
        var (load, capacity) = halls.Of(who.Workspace, who.Agent);
        return new Mine(offers.Of(who.Workspace, who.Agent), Math.Round((double)load / Weights.Unit, 2), capacity / Weights.Unit);
    }

    private static async Task<IResult> Put(HttpContext http, OfferId id, Answer body, PastOffers offers, Door door)
    {
        var who = http.Agent();
        return await offers.Find(who.Workspace, id) is not { } conversation
            ? Refusal.Unknown("offer").Problem()
            : await door.Move(http, conversation, origin => body.Reply == Reply.Accept ? new AcceptOffer(origin, conversation, id, who.Agent) : new DeclineOffer(origin, conversation, id, who.Agent), who.Agent);
    }
}
