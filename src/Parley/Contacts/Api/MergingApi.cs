using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Contacts.Api;

/// <summary>Two that are one person: first what it will be, then that it is.</summary>
internal static class MergingApi
{
    private const int Tries = 5;

    internal sealed record Wish(ContactId Into);

    /// <param name="From">The one that goes.</param>
    /// <param name="Into">The one that stays, as it is known then.</param>
    /// <param name="Conversations">How many of the one that goes are the person's then.</param>
    /// <param name="Left">What is known of the one that goes and stands back behind what is known of the other.</param>
    internal sealed record Preview(ContactId From, string? FromName, ContactsApi.View Into, int Conversations, IReadOnlyList<string> Left);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/contacts/{id}/merge").WithTags("Contacts").RequireAgent();
        group.MapGet("/", See).WithName("previewMerge").Produces<Preview>();
        group.MapPost("/", Post).WithName("mergeContact").Produces<ContactsApi.View>();
    }

    private static async Task<IResult> See(ContactId id, ContactId into, HttpContext http, People people, IEnumerable<IPresence> presences, ITrail trail)
    {
        if (await ContactsApi.Find(http.Principal(), people, id) is not { } from)
        {
            return Refusal.Unknown(Contact.Kind).Problem();
        }

        var (it, other, state) = await Both(http.Principal(), people, from, into);
        if (Merging.Flaw(from.Id, it, other?.Id ?? into, state) is { } flaw)
        {
            return flaw.Problem();
        }

        var threads = it.Threads.Length;
        foreach (var joined in it.Joined)
        {
            threads += (await people.State(http.Principal().Workspace, joined))?.Threads.Length ?? 0;
        }

        var after = other!.With(Merging.Carried(from, other));
        var view = ContactsApi.View.Of(after, presences.Any(presence => presence.Present(http.Principal().Workspace, after.Id)), state!.Blocked, page: null);
        return Results.Ok(new Preview(from.Id, from.Name, view, threads - it.Hidden.Length, Left(from, after)));
    }

    private static async Task<IResult> Post(ContactId id, Wish body, HttpContext http, People people, Desk desk, IEnumerable<IPresence> presences, ITrail trail)
    {
        if (await ContactsApi.Find(http.Principal(), people, id) is not { } from)
        {
            return Refusal.Unknown(Contact.Kind).Problem();
        }

        Outcome outcome;
        var (origin, tries) = (http.Origin(), 0);
        do
        {
            var (it, other, _) = await Both(http.Principal(), people, from, body.Into);
            outcome = await desk.Handle(new MergeContact(origin, from.Id, other?.Id ?? default, it.Joined, other is null ? null : Merging.Carried(from, other)));
        }
        while (outcome.Refusal == Merging.Changed && ++tries < Tries);
        return outcome.Refusal is { } refusal ? refusal.Problem() : await ContactsApi.Get(body.Into, http, people, presences, trail);
    }

    /// <summary>Asked for under any of the names they had here, the persons are meant. Whom the asker may not see is not there.</summary>
    private static async Task<(Contact It, Profile? Other, Contact? State)> Both(Principal who, People people, Profile from, ContactId into)
    {
        var it = await people.State(who.Workspace, from.Id) ?? Contact.None;
        var other = await ContactsApi.Find(who, people, into);
        return (it, other, other is null ? null : await people.State(who.Workspace, other.Id));
    }

    private static ImmutableArray<string> Left(Profile from, Profile after) =>
    [
        .. new[] { from.Name != after.Name ? from.Name : null, from.Email != after.Email ? from.Email : null, from.Phone != after.Phone ? from.Phone : null }.OfType<string>(),
        .. from.Attributes.Where(one => after.Attribute(one.Key) != one.Value.Value).Select(one => one.Value.Value),
    ];
}
