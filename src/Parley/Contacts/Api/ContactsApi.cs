using System.Collections.Immutable;
using System.Text.Json;
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
        public static View Of(Profile it, bool present, bool blocked, SeenPage? page) =>
            new(it.Id, it.Name, it.Email, it.Phone, it.Verified, it.Identities, it.Language, it.Attributes.ToImmutableSortedDictionary(one => one.Key, one => one.Value.Value), it.Devices, page, it.FirstAt, it.LastAt, present, blocked);
    }

    /// <param name="Attributes">Under the workspace's attributes; null takes a value away.</param>
    internal sealed record Change(string? Name = null, string? Email = null, string? Phone = null, IReadOnlyDictionary<string, JsonElement?>? Attributes = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/contacts").WithTags("Contacts").RequireAgent();
        group.MapGet("/{id}", Get).WithName("getContact").Produces<View>();
        group.MapPatch("/{id}", Patch).WithName("patchContact").Produces<View>();
        group.MapPut("/{id}/block", (ContactId id, HttpContext http, People people, Desk desk, IEnumerable<IPresence> presences, ITrail trail) => Block(id, on: true, http, people, desk, presences, trail))
            .WithName("putBlock").Produces<View>();
        group.MapDelete("/{id}/block", (ContactId id, HttpContext http, People people, Desk desk, IEnumerable<IPresence> presences, ITrail trail) => Block(id, on: false, http, people, desk, presences, trail))
            .WithName("deleteBlock").Produces<View>();
    }

    internal static async Task<IResult> Get(ContactId id, HttpContext http, People people, IEnumerable<IPresence> presences, ITrail trail)
    {
        if (await Find(http.Principal(), people, id) is not { } profile)
        {
            return Refusal.Unknown(Contact.Kind).Problem();
        }

        var workspace = http.Principal().Workspace;
        var state = await people.State(workspace, profile.Id);
        var same = await people.Same(workspace, profile.Id);
        // Whoever they were here, by all of these they are known.
        foreach (var (_, other) in same.Count == 1 ? ImmutableDictionary<ContactId, Profile>.Empty : await people.Own(workspace, [.. same.Skip(1)]))
        {
            profile = profile.And(other);
        }

        return Results.Ok(View.Of(profile, presences.Any(presence => same.Any(one => presence.Present(workspace, one))), state is { Blocked: true }, await trail.Page(workspace, same, (http.Principal() as AgentPrincipal)?.Inboxes)));
    }

    private static async Task<IResult> Block(ContactId id, bool on, HttpContext http, People people, Desk desk, IEnumerable<IPresence> presences, ITrail trail)
    {
        if (await Find(http.Principal(), people, id) is not { } profile)
        {
            return Refusal.Unknown(Contact.Kind).Problem();
        }

        var outcome = await desk.Handle(new SetBlock(http.Origin(), profile.Id, on));
        return outcome.Refusal is { } refusal ? refusal.Problem() : await Get(id, http, people, presences, trail);
    }

    private static async Task<IResult> Patch(ContactId id, Change body, HttpContext http, Rosters rosters, People people, Desk desk, IEnumerable<IPresence> presences, ITrail trail)
    {
        var attributes = body.Attributes is { } wanted ? Attributing.Read(rosters.Now(http.Principal().Workspace).Attributes.Values, AttributeOf.Contact, wanted) : null;
        if (attributes?.Refusal is { } wrong)
        {
            return wrong.Problem();
        }

        if (await Find(http.Principal(), people, id) is not { } profile)
        {
            return Refusal.Unknown(Contact.Kind).Problem();
        }

        // Asked for under any of the names they had here, the person is meant.
        var outcome = await desk.Handle(new Describe(http.Origin(), profile.Id, new Described(Source.Agent, body.Name?.Trim(), body.Email?.Trim(), body.Phone?.Trim()) { Attributes = attributes?.Values }));
        return outcome.Refusal is { } refusal ? refusal.Problem() : await Get(id, http, people, presences, trail);
    }

    /// <summary>A contact that the caller may see: one with a thread in an inbox that is open to them.</summary>
    internal static async Task<Profile?> Find(Principal who, People people, ContactId id) =>
        await people.State(who.Workspace, id) is { } contact && await people.Seen(who, contact) ? await people.Of(who.Workspace, id) : null;
}
