using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Contacts.Api;

/// <summary>What a widget asks before anything is said: the inbox, a session, who one is.</summary>
internal static class WidgetApi
{
    private const int Fresh = 30;
    private const int LongestLocale = 35;
    private const int LongestAgent = 300;

    internal sealed record PageBody(string? Url = null, string? Title = null, string? Referrer = null);

    /// <param name="Identity">The JWT with which the site vouches for its user.</param>
    /// <param name="Resume">What the last session gave.</param>
    /// <param name="Language">In what the visitor is to be spoken to: they chose it, or the site says so. Else counts the <c>locale</c> that is vouched for.</param>
    /// <param name="Locale">What their page or browser would like, where nothing else is known.</param>
    /// <param name="Consent">What the visitor told the site: yes, no, or (null) nothing yet. The inbox's own <c>consent</c> says what follows from it.</param>
    internal sealed record New(
        InboxId Inbox, string? Identity = null, string? Resume = null, PageBody? Page = null, string? Locale = null, string? TimeZone = null, bool? Consent = null,
        string? Language = null);

    /// <param name="Language">In what they are spoken to.</param>
    /// <param name="Thread">The only thread that they see: they came by a link in a mail. Absent: all of theirs.</param>
    internal sealed record VisitorView(ContactId Id, bool Verified, string? Name, string? Email, string? Language, ConversationId? Thread = null);

    internal sealed record Session(string Token, DateTimeOffset ExpiresAt, string Resume, string Device, VisitorView Visitor, WidgetInbox Inbox);

    /// <param name="Language">In what they want to be spoken to from now on.</param>
    /// <param name="Attributes">What the page says under the workspace's attributes; only those that a page may set.</param>
    internal sealed record Claimed(string? Name = null, string? Email = null, string? Language = null, IReadOnlyDictionary<string, JsonElement?>? Attributes = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/widget").WithTags("Widget");
        group.MapGet("/inboxes/{id}", Inbox).WithName("getWidgetInbox").Produces<WidgetInbox>();
        group.MapPost("/sessions", Begin).WithName("beginSession").Produces<Session>(StatusCodes.Status201Created);
        group.MapPost("/sessions/end", End).RequireVisitor().WithName("endSession").Produces(StatusCodes.Status204NoContent);
        group.MapPatch("/me", Introduce).RequireVisitor().WithName("introduceSelf").Produces<VisitorView>();
    }

    private static async Task<IResult> Inbox(InboxId id, HttpContext http, Rosters rosters, FileSettings files, TimeProvider time, IEnumerable<IPresence> presences, IFloor floor, ILearning learning, Callers callers)
    {
        if (await rosters.Inbox(id) is not { Inbox.Settings.Channel: AddInbox.WebChannel } found)
        {
            return Refusal.Unknown("inbox").Problem();
        }

        Sites.Concerns(http, found.Inbox);
        await callers.Note(http, found.Roster.Id, found.Inbox);
        var body = JsonSerializer.SerializeToUtf8Bytes(WidgetInbox.Of(found.Roster, found.Inbox, files, Here(found.Roster.Id, presences), (floor.Of(found.Roster.Id, id), learning.In(found.Roster.Id, id)), time.GetUtcNow()), Platform.Json.Options);
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12))}\"";
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = $"public, max-age={Fresh}";
        return http.Request.Headers.IfNoneMatch == tag ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Bytes(body, "application/json; charset=utf-8");
    }

    private static async Task<IResult> Begin(New body, HttpContext http, Rosters rosters, IdentityKeys keys, Arriving arriving, VisitorTokens tokens, RateLimits limits, FileSettings files, TimeProvider time, IEnumerable<IPresence> presences, IFloor floor, ILearning learning, People people, ITrail trail)
    {
        if (await rosters.Inbox(body.Inbox) is not { Inbox.Settings.Channel: AddInbox.WebChannel } found)
        {
            return Refusal.Unknown("inbox").Problem();
        }

        var (roster, inbox) = found;
        Sites.Concerns(http, inbox);
        if (!Sites.Welcome(http, inbox.Settings))
        {
            return Problems.Of("origin.refused", "This site is not one of the inbox's domains.", StatusCodes.Status403Forbidden);
        }

        var identity = string.IsNullOrEmpty(body.Identity) ? null : body.Identity;
        var signers = identity is null ? null : await keys.Of(inbox);
        var vouched = signers is null ? null : Vouching.Read(identity!, inbox.Id, signers, time.GetUtcNow());
        if (vouched is { Signed: { } signed })
        {
            // What the site says wrongly is left out, and does not make its user a stranger.
            vouched = vouched with { Attributes = Attributing.Read(roster.Attributes.Values, AttributeOf.Contact, signed).Values };
        }

        var before = await tokens.Resumed(body.Resume, roster.Id, inbox.Settings.Brand);
        // A page that stands open outlives the word it was served with: the person goes on by what their browser kept, as they would on a page that says nothing.
        var same = signers is not null && before is not null && vouched is null
            && Vouching.Formerly(identity!, inbox.Id, signers, time.GetUtcNow()) is { } former && await arriving.Is(roster.Id, inbox.Settings.Brand, former, before);
        // Without a token, but known: who comes back again and again is counted as the same visitor, whether by what they kept or by whom a site vouches for.
        var counted = before?.Visitor.ToString() ?? (vouched is null ? null : Recognising.Key(inbox.Settings.Brand.ToString(), vouched.Sub));
        if (counted is not null && limits.Visitors.Take(counted) is var wait && wait > TimeSpan.Zero)
        {
            return Problems.Of(RateLimits.TooMany(wait));
        }

        var allowed = Allowed.By(inbox.Settings, body.Consent);
        var arrival = await arriving.Arrive(roster.Id, inbox, before, claimed: identity is not null && !same, vouched, device => Visit(http, body, vouched, device, allowed.Agreed));
        var pass = arrival.Pass;
        var person = (await people.State(roster.Id, pass.Visitor))?.Becomes ?? pass.Visitor;
        await trail.Came(pass, person, Visit(http, body, vouched, pass.DeviceText, allowed.Agreed), allowed);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            new Session(
                tokens.Token(pass),
                pass.Until,
                // What opens one thread lasts no longer than the link did.
                pass.Thread is null ? tokens.Resume(pass with { Until = time.GetUtcNow() + VisitorTokens.ResumeLife }) : body.Resume!,
                pass.DeviceText,
                new VisitorView(pass.Visitor, arrival.Verified, arrival.Name, arrival.Email, arrival.Language, pass.Thread),
                WidgetInbox.Of(rosters.Now(roster.Id), inbox, files, Here(roster.Id, presences), (floor.Of(roster.Id, inbox.Id), learning.In(roster.Id, inbox.Id)), time.GetUtcNow())),
            statusCode: StatusCodes.Status201Created);
    }

    /// <summary>The site signs its user out: whatever this browser holds of the visitor is dead.</summary>
    private static async Task<IResult> End(HttpContext http, People people, Desk desk, Grants grants, Acquaintances acquaintances)
    {
        var visitor = http.Visitor();
        if (await people.State(visitor.Workspace, visitor.Visitor) is not null)
        {
            var outcome = await desk.Handle(new RaiseGeneration(http.Origin(), visitor.Visitor, "shutdown", visitor.Device));
            if (outcome.Refusal is { } refusal)
            {
                return refusal.Problem();
            }
        }

        acquaintances.Drop(visitor.Visitor);
        // Of somebody who never spoke nothing is stored, so nothing can be raised; their streams end all the same.
        grants.End(visitor.Workspace, who => who is VisitorPrincipal other && other.Visitor == visitor.Visitor && other.Device == visitor.Device);
        return Results.NoContent();
    }

    private static async Task<IResult> Introduce(Claimed body, HttpContext http, Rosters rosters, People people, Desk desk, LogReader log, Arriving arriving, Acquaintances acquaintances)
    {
        var visitor = http.Visitor();
        if (visitor.Only is not null)
        {
            return OneThread.Refused.Problem();
        }

        var attributes = body.Attributes is { } wanted ? Attributing.Read(rosters.Now(visitor.Workspace).Attributes.Values.Where(one => one.Page == true), AttributeOf.Contact, wanted) : null;
        if (attributes?.Refusal is { } wrong)
        {
            return wrong.Problem();
        }

        var said = new Described(Source.Typed, Tidy(body.Name), Tidy(body.Email)) { Attributes = attributes?.Values };
        var describes = body.Language is null || !said.SaysNothing;
        if ((describes ? Describing.Flaw(said) : null) is { } flaw)
        {
            return flaw.Problem();
        }

        if (body.Language is { } language)
        {
            if (language.Length > LongestLocale || !Wording.IsLanguage(language))
            {
                return Problems.Of("language.invalid", "A language is written like en or pt-BR.", StatusCodes.Status400BadRequest);
            }

            await arriving.Speak(visitor, language);
        }

        if (await people.State(visitor.Workspace, visitor.Visitor) is null)
        {
            acquaintances.Keep(visitor.Visitor, known => describes ? known with { Claims = With(known.Claims, said) } : known);
            var known = acquaintances.Of(visitor.Visitor);
            return Results.Ok(new VisitorView(visitor.Visitor, visitor.Verified, known?.Claims?.Name, known?.Claims?.Email, known?.Visit?.Language));
        }

        if (describes && !await Said(visitor, said, people, log) && (await desk.Handle(new Describe(http.Origin(), visitor.Visitor, said))).Refusal is { } refusal)
        {
            return refusal.Problem();
        }

        var profile = await people.Self(visitor.Workspace, visitor.Visitor);
        return Results.Ok(new VisitorView(visitor.Visitor, visitor.Verified, profile?.Name, profile?.Email, profile?.Devices.FirstOrDefault(device => device.Device == visitor.Device)?.Language));
    }

    /// <summary>True where they typed the same last, and nothing came of it since that saying it again would change. What an answer to a form says goes with the answer: that counts for nothing here.</summary>
    private static async Task<bool> Said(VisitorPrincipal visitor, Described said, People people, LogReader log)
    {
        if (await people.Self(visitor.Workspace, visitor.Visitor) is not { } profile || profile.Changes(said))
        {
            return false;
        }

        var typed = (await log.OfType(Contact.Subject(visitor.Visitor), "contactDescribed", 0)).Select(entry => entry.Body).OfType<Described>().Where(body => body is { Source: Source.Typed, In: null }).ToList();
        return (said.Name is null || typed.FindLast(body => body.Name is not null)?.Name == said.Name) && (said.Email is null || typed.FindLast(body => body.Email is not null)?.Email == said.Email);
    }

    private static Described With(Described? known, Described said) => new(Source.Typed, said.Name ?? known?.Name, said.Email ?? known?.Email)
    {
        Attributes = said.Attributes is null ? known?.Attributes : (known?.Attributes ?? ImmutableSortedDictionary<string, string>.Empty).SetItems(said.Attributes),
    };

    private static Predicate<AgentId> Here(WorkspaceId workspace, IEnumerable<IPresence> presences) => agent => presences.Any(presence => presence.Present(workspace, agent));

    /// <summary>Language and hour are noted in any case: without them nobody could answer properly.</summary>
    private static Visit Visit(HttpContext http, New body, Vouched? vouched, string device, bool agreed) => new(
        device,
        agreed ? Cut(http.Request.Headers.UserAgent, LongestAgent) : null,
        Cut(body.Language ?? vouched?.Locale ?? body.Locale, LongestLocale),
        Cut(body.TimeZone, LongestLocale * 2),
        agreed ? Page.Of(body.Page?.Url, body.Page?.Title, body.Page?.Referrer) : null);

    private static string? Tidy(string? text) => text is null ? null : Platform.Words.Clean(text).Trim();

    private static string? Cut(string? text, int limit)
    {
        var clean = Tidy(text);
        return string.IsNullOrEmpty(clean) ? null : clean.Length <= limit ? clean : clean[..limit];
    }
}
