using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;
using Parley.Platform.Web;

namespace Parley.Workspaces.Api;

/// <summary>The keys with which an inbox's site vouches for its users.</summary>
internal static class KeysApi
{
    /// <param name="Secret">Only in the answer that makes a shared one.</param>
    internal sealed record View(string Kid, KeyAlgorithm Algorithm, string State, DateTimeOffset CreatedAt, string? Secret = null);

    /// <param name="PublicKey">PEM; for RS256 and ES256.</param>
    /// <param name="Secret">For HS256: the site's own, at least 32 characters; absent: one is made.</param>
    internal sealed record New(KeyAlgorithm Algorithm, string? PublicKey = null, string? Secret = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/inboxes/{id}/keys").WithTags("Inboxes").RequireAgent(Role.Admin, Scopes.Admin);
        group.MapGet("/", All).Produces<Items<View>>();
        group.MapPost("/", Post).Produces<View>(StatusCodes.Status201Created);
        group.MapDelete("/{kid}", Delete).Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> All(InboxId id, HttpContext http, Rosters rosters, IdentityKeys keys) =>
        rosters.Now(http.Principal().Workspace).Inbox(id) is { } inbox
            ? Results.Ok(new Items<View>((await keys.Of(inbox)).Select(key => new View(key.Kid, key.Algorithm, "valid", key.CreatedAt))))
            : Refusal.Unknown("inbox").Problem();

    private static async Task<IResult> Post(InboxId id, New body, HttpContext http, Rosters rosters, IdentityKeys keys, Desk desk, TimeProvider time)
    {
        if (rosters.Now(http.Principal().Workspace).Inbox(id) is null)
        {
            return Refusal.Unknown("inbox").Problem();
        }

        var (made, flaw) = Make(body);
        if (flaw is not null)
        {
            return Problems.Of(flaw);
        }

        var (key, material, secret) = made;
        await keys.Keep(http.Principal().Workspace, id, key, material);
        var outcome = await desk.Handle(new AddKey(http.Origin(), id, key));
        if (outcome.Refusal is { } refusal)
        {
            await keys.Drop(id, key.Kid);
            return refusal.Problem();
        }

        return Results.Created($"/v1/inboxes/{id}/keys/{key.Kid}", new View(key.Kid, key.Algorithm, "valid", time.GetUtcNow(), secret));
    }

    private static ((InboxKey Key, byte[] Material, string? Secret) Made, Problem? Flaw) Make(New body)
    {
        if (body.Algorithm == KeyAlgorithm.HS256)
        {
            return body.Secret is { Length: < IdentityKeys.LeastSecret or > 1_000 }
                ? (default, new Problem("key.weak", $"A shared secret has at least {IdentityKeys.LeastSecret} characters.", StatusCodes.Status400BadRequest))
                : (IdentityKeys.Shared(body.Secret), null);
        }

        return body.PublicKey is { } pem && IdentityKeys.Public(body.Algorithm, pem) is { } found
            ? ((found.Key, found.Material, null), null)
            : (default, new Problem("key.invalid", "publicKey must be a PEM public key: RSA of 2048 bits or more for RS256, P-256 for ES256.", StatusCodes.Status400BadRequest));
    }

    private static async Task<IResult> Delete(InboxId id, string kid, HttpContext http, IdentityKeys keys, Desk desk)
    {
        var outcome = await desk.Handle(new RetireKey(http.Origin(), id, kid));
        if (outcome.Refusal is { } refusal)
        {
            return refusal.Problem();
        }

        await keys.Drop(id, kid);
        return Results.NoContent();
    }
}
