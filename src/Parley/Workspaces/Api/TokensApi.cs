using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;
using Parley.Platform.Web;
using Parley.Workspaces.Accounts;

namespace Parley.Workspaces.Api;

/// <summary>Tokens for programs. Given by admins in person: a program does not make itself another.</summary>
internal static class TokensApi
{
    internal sealed record New(string Name, ImmutableArray<string> Scopes);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/tokens").WithTags("Tokens").RequirePerson(Role.Admin);
        group.MapGet("/", async (HttpContext http, Tokens tokens) => new Items<ApiToken>(await tokens.All(http.Principal().Workspace)));
        group.MapPost("/", Post).Produces<ApiToken>(StatusCodes.Status201Created);
        group.MapDelete("/{id}", Delete).Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> Post(New body, HttpContext http, Tokens tokens, Desk desk, TimeProvider time)
    {
        if (Naming.Name(body.Name) is { } flaw)
        {
            return flaw.Problem();
        }

        if (body.Scopes.IsEmpty || !body.Scopes.All(Scopes.All.Contains))
        {
            return Problems.Of("scopes.invalid", $"Scopes are one or more of {string.Join(", ", Scopes.All)}.", StatusCodes.Status400BadRequest);
        }

        // Who may write must read what to write to, and who administers does both.
        var scopes = Scopes.All.Take(body.Scopes.Max(scope => Scopes.All.ToList().IndexOf(scope)) + 1).ToImmutableSortedSet(StringComparer.Ordinal);
        var id = TokenId.New(time);
        var outcome = await desk.Handle(new IssueToken(http.Origin(), id, body.Name.Trim(), scopes));
        return outcome.Refusal is { } refusal
            ? refusal.Problem()
            : Results.Created($"/v1/tokens/{id}", await tokens.Add(http.Principal().Workspace, id, body.Name.Trim(), scopes));
    }

    private static async Task<IResult> Delete(TokenId id, HttpContext http, Tokens tokens, Desk desk)
    {
        if (!await tokens.Remove(http.Principal().Workspace, id))
        {
            return Refusal.Unknown("token").Problem();
        }

        var outcome = await desk.Handle(new RevokeToken(http.Origin(), id));
        return outcome.Refusal is { } refusal ? refusal.Problem() : Results.NoContent();
    }
}
