using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Contacts.Api;

/// <summary>The person beside the thread, as agents see them.</summary>
internal static class ContactsApi
{
    internal sealed record View(
        ContactId Id,
        string? Name,
        string? Email,
        string? Phone,
        bool Verified,
        ImmutableArray<Identity> Identities,
        string? Language,
        IReadOnlyDictionary<string, string> Attributes,
        ImmutableArray<SeenDevice> Devices,
        SeenPage? Page,
        DateTimeOffset FirstAt,
        DateTimeOffset LastAt,
        bool Present,
        bool Blocked)
    {
        public static View Of(Profile it, bool present, bool blocked) =>
            new(it.Id, it.Name, it.Email, it.Phone, it.Verified, it.Identities, it.Language, ImmutableDictionary<string, string>.Empty, it.Devices, it.Page, it.FirstAt, it.LastAt, present, blocked);
    }

    internal sealed record Change(string? Name = null, string? Email = null, string? Phone = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/contacts").WithTags("Contacts").RequireAgent();
        group.MapGet("/{id}", Get).WithName("getContact").Produces<View>();
        group.MapPatch("/{id}", Patch).WithName("patchContact").Produces<View>();
        group.MapPut("/{id}/block", (ContactId id, HttpContext http, People people, Desk desk, IEnumerable<IPresence> presences) => Block(id, on: true, http, people, desk, presences))
            .WithName("putBlock").Produces<View>();
        group.MapDelete("/{id}/block", (ContactId id, HttpContext http, People people, Desk desk, IEnumerable<IPresence> presences) => Block(id, on: false, http, people, desk, presences))
            .WithName("deleteBlock").Produces<View>();
    }

    private static async Task<IResult> Get(ContactId id, HttpContext http, People people, IEnumerable<IPresence> presences)
    {
        if (await Find(http.Principal(), people, id) is not { } profile)
        {
            return Refusal.Unknown(Contact.Kind).Problem();
        }

        var state = await people.State(http.Principal().Workspace, profile.Id);
        return Results.Ok(View.Of(profile, presences.Any(presence => presence.Present(http.Principal().Workspace, id)), state is { Blocked: true }));
    }

    private static async Task<IResult> Block(ContactId id, bool on, HttpContext http, People people, Desk desk, IEnumerable<IPresence> presences)
    {
        if (await Find(http.Principal(), people, id) is not { } profile)
        {
            return Refusal.Unknown(Contact.Kind).Problem();
        }

        var outcome = await desk.Handle(new SetBlock(http.Origin(), profile.Id, on));
        return outcome.Refusal is { } refusal ? refusal.Problem() : await Get(id, http, people, presences);
    }

    private static async Task<IResult> Patch(ContactId id, Change body, HttpContext http, People people, Desk desk, IEnumerable<IPresence> presences)
    {
        if (await Find(http.Principal(), people, id) is not { } profile)
        {
            return Refusal.Unknown(Contact.Kind).Problem();
        }

        // Asked for under any of the names they had here, the person is meant.
        var outcome = await desk.Handle(new Describe(http.Origin(), profile.Id, new Described(Source.Agent, body.Name?.Trim(), body.Email?.Trim(), body.Phone?.Trim())));
        return outcome.Refusal is { } refusal ? refusal.Problem() : await Get(id, http, people, presences);
    }

    /// <summary>A contact that the caller may see: one with a thread in an inbox that is open to them.</summary>
    private static async Task<Profile?> Find(Principal who, People people, ContactId id) =>
        await people.State(who.Workspace, id) is { } contact && await people.Seen(who, contact) ? await people.Of(who.Workspace, id) : null;
}
