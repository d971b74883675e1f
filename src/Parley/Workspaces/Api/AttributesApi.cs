using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;

namespace Parley.Workspaces.Api;

/// <summary>Which attributes contacts and conversations have here.</summary>
internal static class AttributesApi
{
    internal sealed record View(AttributeOf Of, string Key, string Name, AttributeKind Kind, ImmutableArray<string>? Choices, bool Page)
    {
        public static View From(AttributeDefinition it) => new(it.Of, it.Key, it.Name, it.Kind, it.Choices, it.Page == true);
    }

    /// <param name="Page">Pages may say it of whoever looks at them, without vouching for it; contacts only.</param>
    internal sealed record Wish(string Name, AttributeKind Kind, ImmutableArray<string>? Choices = null, bool? Page = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/attributes").WithTags("Workspace");
        group.MapGet("/", All).WithName("listAttributes").RequireAgent().Produces<Items<View>>();
        group.MapPut("/{what}/{key}", Put).WithName("setAttribute").RequireAgent(Role.Admin).Produces<View>();
        group.MapDelete("/{what}/{key}", Delete).WithName("removeAttribute").RequireAgent(Role.Admin).Produces(StatusCodes.Status204NoContent);
    }

    private static Items<View> All(HttpContext http, Rosters rosters) =>
        new(rosters.Now(http.Principal().Workspace).Attributes.Values.Where(one => one.Retired != true).OrderBy(one => one.Of).ThenBy(one => one.Name, StringComparer.CurrentCultureIgnoreCase).Select(View.From));

    private static async Task<IResult> Put(string what, string key, Wish body, HttpContext http, Rosters rosters, Desk desk)
    {
        if (Of(what) is not { } of)
        {
            return Refusal.Unknown("attribute").Problem();
        }

        var outcome = await desk.Handle(new DefineAttribute(http.Origin(), new AttributeDefinition(of, key, body.Name, body.Kind, body.Choices, body.Page)));
        return outcome.Refusal is { } refusal ? refusal.Problem()
            : rosters.Now(http.Principal().Workspace).Attribute(of, key) is { } kept ? Results.Ok(View.From(kept)) : Refusal.Unknown("attribute").Problem();
    }

    private static async Task<IResult> Delete(string what, string key, HttpContext http, Desk desk)
    {
        if (Of(what) is not { } of)
        {
            return Refusal.Unknown("attribute").Problem();
        }

        var outcome = await desk.Handle(new DefineAttribute(http.Origin(), new AttributeDefinition(of, key, "", AttributeKind.Text, Retired: true)));
        return outcome.Refusal is { } refusal ? refusal.Problem() : Results.NoContent();
    }

    private static AttributeOf? Of(string what) => what switch { "contact" => AttributeOf.Contact, "conversation" => AttributeOf.Conversation, _ => null };
}
