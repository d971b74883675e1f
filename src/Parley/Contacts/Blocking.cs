using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Contacts;

/// <summary>From now on nothing that the contact says is taken. What was said stays, and they may still read it.</summary>
/// <param name="Cause"><c>spam</c> (a conversation of theirs was marked so) or <c>manual</c>.</param>
public sealed record ContactBlocked(string Cause) : EntryBody;

public sealed record ContactUnblocked(string Cause) : EntryBody;

/// <summary>Blocks a contact, or lets them speak again.</summary>
public sealed record SetBlock(Origin Origin, [property: JsonIgnore] ContactId Id, bool On) : ContactCommand(Origin, Id);

public static class Blocking
{
    private const string Manual = "manual";

    /// <summary>What somebody hears who is blocked.</summary>
    public static readonly Refusal Refused = new("contact.blocked", "Messages from here are not taken.", 403);

    internal static Decision Decide(Contact it, SetBlock command) =>
        command.On
        ? it.BlockedFor == Manual ? Decision.Nothing : new ContactBlocked(Manual)
        : it.Blocked ? new ContactUnblocked(Manual) : Decision.Nothing;

    /// <summary>Nothing that a blocked visitor says by these routes is taken; what they read is.</summary>
    public static T TakeNothingFromBlocked<T>(this T routes)
        where T : IEndpointConventionBuilder => routes.AddEndpointFilter((call, next) => Problem(call.HttpContext) is { } problem ? ValueTask.FromResult<object?>(problem) : next(call));

    /// <summary>What a blocked visitor hears who says something; null for all others.</summary>
    public static IResult? Problem(HttpContext http) =>
        http.Principal() is VisitorPrincipal { Blocked: true } && !HttpMethods.IsGet(http.Request.Method) ? Refused.Problem() : null;
}
