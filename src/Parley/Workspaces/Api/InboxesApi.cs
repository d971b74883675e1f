using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;

namespace Parley.Workspaces.Api;

using TextsByLanguage = ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>>;

/// <summary>Inboxes and what they are set to.</summary>
internal static class InboxesApi
{
    /// <summary>What the inbox itself is set to: languages that are empty, a colour that is absent, and texts that are missing are its brand's.</summary>
    /// <param name="Sites">The sites whose pages have asked for it, at most ten, each with when first; the newest first. Whoever asks names the site: it is a hint, no proof.</param>
    /// <param name="IdentityKey">Only in the answer that makes the inbox: the secret with which the site vouches for its users.</param>
    internal sealed record View(
        InboxId Id,
        string Name,
        string Channel,
        BrandId Brand,
        Profile Profile,
        ImmutableArray<string> Domains,
        ImmutableArray<string> Languages,
        TextsByLanguage Texts,
        Consent Consent,
        int ReopenHours,
        int Version,
        IEnumerable<TeamId>? Teams,
        string? Color,
        ImmutableSortedDictionary<string, Voice> Voice,
        ImmutableArray<Segment> Segments,
        IEnumerable<InboxSite> Sites,
        string? IdentityKey = null)
    {
        public ImmutableArray<SortingRule> Sorting { get; init; } = [];

        public Giving? Giving { get; init; }

        public ImmutableArray<SortingExample>? Examples { get; init; }

        public ImmutableArray<Form> Forms { get; init; } = [];

        public string? PreChat { get; init; }

        public string? Offline { get; init; }

        public bool Rating { get; init; }

        /// <summary>After how many seconds a customer is mailed what they have not seen; 0: never; absent: as the installation has it.</summary>
        public int? MailAfterSeconds { get; init; }

        /// <summary>Whether agents are told who may be the same person, by the browser that both came with.</summary>
        public bool Alike { get; init; }

        public static View Of(InboxCard inbox)
        {
            var it = inbox.Settings;
            return new(inbox.Id, it.Name, it.Channel, it.Brand, it.Profile, it.Domains, it.Languages, it.Texts, it.Consent, it.ReopenHours, inbox.Version, it.Teams, it.Color, it.Voice, it.Segments, inbox.Sites)
            {
                Sorting = it.Sorting ?? [],
                Giving = it.Giving,
                Examples = it.Examples,
                Forms = it.Forms ?? [],
                PreChat = it.PreChat,
                Offline = it.Offline,
                Rating = it.Rating == true,
                MailAfterSeconds = it.MailAfterSeconds,
                Alike = it.Alike == true,
            };
        }
    }

    /// <param name="Teams">The teams it is open to; empty or absent: all agents.</param>
    internal sealed record New(
        string Name,
        string Channel,
        BrandId? Brand = null,
        Profile Profile = Profile.Blended,
        ImmutableArray<string>? Domains = null,
        ImmutableArray<string>? Languages = null,
        TextsByLanguage? Texts = null,
        Consent Consent = Consent.AfterConsent,
        int? ReopenHours = null,
        ImmutableArray<TeamId>? Teams = null,
        string? Color = null,
        ImmutableSortedDictionary<string, Voice>? Voice = null,
        ImmutableArray<Segment>? Segments = null)
    {
        public ImmutableArray<SortingRule>? Sorting { get; init; }

        public Giving? Giving { get; init; }

        public ImmutableArray<SortingExample>? Examples { get; init; }

        public ImmutableArray<Form>? Forms { get; init; }

        public string? PreChat { get; init; }

        public string? Offline { get; init; }

        public bool? Rating { get; init; }

        /// <summary>0: never.</summary>
        public int? MailAfterSeconds { get; init; }

        /// <summary>True: agents are told who may be the same person, by the browser that both came with; only of who agreed.</summary>
        public bool? Alike { get; init; }
    }

    /// <summary>What is absent stays; an empty <c>color</c> and empty <c>languages</c> are the brand's again, an empty <c>preChat</c> or <c>offline</c> is none.</summary>
    internal sealed record Change(
        string? Name = null,
        BrandId? Brand = null,
        Profile? Profile = null,
        ImmutableArray<string>? Domains = null,
        ImmutableArray<string>? Languages = null,
        TextsByLanguage? Texts = null,
        Consent? Consent = null,
        int? ReopenHours = null,
        ImmutableArray<TeamId>? Teams = null,
        string? Color = null,
        ImmutableSortedDictionary<string, Voice>? Voice = null,
        ImmutableArray<Segment>? Segments = null)
    {
        public ImmutableArray<SortingRule>? Sorting { get; init; }

        public Giving? Giving { get; init; }

        public ImmutableArray<SortingExample>? Examples { get; init; }

        public ImmutableArray<Form>? Forms { get; init; }

        public string? PreChat { get; init; }

        public string? Offline { get; init; }

        public bool? Rating { get; init; }

        /// <summary>0: never.</summary>
        public int? MailAfterSeconds { get; init; }

        /// <summary>True: agents are told who may be the same person, by the browser that both came with; only of who agreed.</summary>
        public bool? Alike { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/inboxes").WithTags("Inboxes");
        group.MapGet("/", All).RequireAgent();
        group.MapPost("/", Post).RequireAgent(Role.Admin).Produces<View>(StatusCodes.Status201Created);
        group.MapGet("/{id}", One).RequireAgent().Produces<View>();
        group.MapPatch("/{id}", Patch).RequireAgent(Role.Admin).Produces<View>();
        group.MapDelete("/{id}/sites", Forget).RequireAgent(Role.Admin).WithName("forgetSites").Produces<View>();
    }

    /// <summary>The inboxes that somebody may use.</summary>
    public static IEnumerable<InboxCard> Seen(Roster roster, Principal principal) =>
        principal is AgentPrincipal { Inboxes: { } open } ? roster.Inboxes.Values.Where(inbox => open.Contains(inbox.Id)) : roster.Inboxes.Values;

    /// <summary>An inbox that the caller may use; null for any other, existing or not.</summary>
    public static InboxCard? Find(Roster roster, Principal principal, InboxId id) => Seen(roster, principal).FirstOrDefault(inbox => inbox.Id == id);

    private static Items<View> All(HttpContext http, Rosters rosters)
    {
        var roster = rosters.Now(http.Principal().Workspace);
        return new(Seen(roster, http.Principal()).Select(View.Of));
    }

    private static IResult One(InboxId id, HttpContext http, Rosters rosters)
    {
        var roster = rosters.Now(http.Principal().Workspace);
        return Find(roster, http.Principal(), id) is { } inbox ? Results.Ok(View.Of(inbox)) : Refusal.Unknown("inbox").Problem();
    }

    private static async Task<IResult> Post(New body, HttpContext http, Rosters rosters, Desk desk, IdentityKeys keys, TimeProvider time)
    {
        var roster = rosters.Now(http.Principal().Workspace);
        var id = InboxId.New(time);
        var settings = new InboxSettings(
            body.Name,
            body.Channel,
            body.Brand ?? roster.Brands.Keys.First(),
            body.Profile,
            body.Domains ?? [],
            body.Languages ?? [],
            body.Texts ?? Wording.None,
            body.Consent,
            body.ReopenHours ?? Policing.ReopenHours,
            body.Teams is { IsEmpty: false } teams ? [.. teams] : null,
            body.Color)
        {
            Voice = Wording.Voices.SetItems(body.Voice ?? Wording.Voices),
            Segments = body.Segments ?? [],
            Sorting = body.Sorting,
            Giving = body.Giving,
            Examples = body.Examples,
            Forms = body.Forms,
            PreChat = body.PreChat,
            Offline = body.Offline,
            Rating = body.Rating,
            MailAfterSeconds = body.MailAfterSeconds,
            Alike = body.Alike,
        };
        var (key, material, secret) = IdentityKeys.Shared();
        // The key first: an inbox that names a key which is nowhere could never be vouched for, a key without an inbox harms nobody.
        await keys.Keep(roster.Id, id, key, material);
        var outcome = await desk.Handle(new AddInbox(http.Origin(), id, settings, key));
        if (outcome.Refusal is { } refusal)
        {
            await (refusal.MayBeDone ? Task.CompletedTask : keys.Drop(id, key.Kid));
            return refusal.Problem();
        }

        var now = rosters.Now(roster.Id);
        if (outcome.Repeated)
        {
            // The first answer had the secret; a repeat names the same inbox and cannot show it again.
            await keys.Drop(id, key.Kid);
            return Results.Ok(View.Of(now.Inbox(outcome.Entries.Select(entry => entry.Body).OfType<InboxListed>().Single().Inbox)!));
        }

        return Results.Created($"/v1/inboxes/{id}", View.Of(now.Inbox(id)!) with { IdentityKey = secret });
    }

    private static async Task<IResult> Patch(InboxId id, Change body, HttpContext http, Rosters rosters, Desk desk)
    {
        var workspace = http.Principal().Workspace;
        var outcome = await desk.Handle(new ChangeInbox(http.Origin(), id, new InboxChange
        {
            Name = body.Name,
            Brand = body.Brand,
            Profile = body.Profile,
            Domains = body.Domains,
            Languages = body.Languages,
            Texts = body.Texts,
            Consent = body.Consent,
            ReopenHours = body.ReopenHours,
            Teams = body.Teams is { IsEmpty: false } teams ? [.. teams] : null,
            AllTeams = body.Teams is { IsEmpty: true },
            Color = body.Color,
            Voice = body.Voice,
            Segments = body.Segments,
            Sorting = body.Sorting,
            Giving = body.Giving,
            Examples = body.Examples,
            Forms = body.Forms,
            PreChat = body.PreChat,
            Offline = body.Offline,
            Rating = body.Rating,
            MailAfterSeconds = body.MailAfterSeconds,
            Alike = body.Alike,
        }));
        return outcome.Refusal is { } refusal ? refusal.Problem() : Results.Ok(View.Of(rosters.Now(workspace).Inbox(id)!));
    }

    private static async Task<IResult> Forget(InboxId id, HttpContext http, Rosters rosters, Desk desk)
    {
        var outcome = await desk.Handle(new ForgetSites(http.Origin(), id));
        return outcome.Refusal is { } refusal ? refusal.Problem() : Results.Ok(View.Of(rosters.Now(http.Principal().Workspace).Inbox(id)!));
    }
}
