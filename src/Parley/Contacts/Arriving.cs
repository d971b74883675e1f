using System.Collections.Immutable;
using Parley.Log;
using Parley.Platform;
using Parley.Platform.Store;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Contacts;

/// <summary>Who came: the pass that the browser gets, and what is shown of the person.</summary>
/// <param name="Language">In which they are spoken to.</param>
public sealed record Arrival(VisitorPass Pass, bool Verified, string? Name, string? Email, string? Language);

/// <summary>
/// A browser begins a session: it comes back with what it kept, a site vouches for its user, or it is new. The rules are those of model.md,
/// "Coming back": one person on several devices is one; two people on one browser never see each other's threads.
/// </summary>
public sealed class Arriving(Database database, Desk desk, People people, Acquaintances acquaintances, TimeProvider time)
{
    /// <summary>What a browser says of itself is noted again after this at the earliest.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Again = TimeSpan.FromHours(1);

    /// <summary>Visits that are written of one person: who goes quickly from page to page is followed, a script is not.</summary>
    private readonly RateLimit _visits = new(time, perSecond: 1 / 15.0, burst: 30);

    /// <param name="before">What the browser was, by what it kept; null: nothing that counts.</param>
    /// <param name="claimed">True if an identity was sent, whether it holds or not: but for one that has run out, of the very person that the browser was.</param>
    /// <param name="vouched">Whom the site vouches for; null: nobody.</param>
    public async Task<Arrival> Arrive(WorkspaceId workspace, InboxCard inbox, VisitorPass? before, bool claimed, Vouched? vouched, Func<string, Visit> visit)
    {
        var brand = inbox.Settings.Brand;
        // A link that opens one thread is no word on who sits there: whom the site vouches for comes as themselves.
        before = vouched is not null && before?.Thread is not null ? null : before;
        var state = before is null ? null : await people.State(workspace, before.Visitor);
        // Whoever sits there, the browser is the same.
        var browser = before?.Device;
        if (claimed && vouched is null && state is { Verified: true })
        {
            // The site says that somebody else may sit there, and cannot prove who. Then it is nobody.
            before = null;
        }

        var device = browser ?? Guid.CreateVersion7(time.GetUtcNow());
        var visitor = vouched is null
            ? before?.Visitor ?? ContactId.New(time)
            : await Identify(workspace, brand, vouched, before, state, Base32.Encode(device));
        var now = await people.State(workspace, visitor);
        var here = visit(Base32.Encode(device));
        await Note(workspace, visitor, now is not null, here);
        var profile = now is null ? null : before?.Thread is { } thread ? await people.BehindSelf(workspace, visitor, thread) : await people.Self(workspace, visitor);
        var claims = acquaintances.Of(visitor)?.Claims;
        var pass = new VisitorPass(workspace, brand, inbox.Id, visitor, device, now?.Generation ?? 0, Until(before)) { Thread = before?.Thread, Link = before?.Link };
        return new Arrival(pass, now?.Verified ?? false, profile?.Name ?? claims?.Name, profile?.Email ?? claims?.Email, here.Language);
    }

    /// <summary>Whether the browser was the person that a site vouched for once.</summary>
    public async Task<bool> Is(WorkspaceId workspace, BrandId brand, Vouched former, VisitorPass before)
    {
        var holder = await database.Read(session => Claims.Holder(session, workspace, Recognising.Key(brand.ToString(), former.Sub)));
        return holder is { } it && await Person(new ContactId(it.Id)) == await Person(before.Visitor);

        async Task<ContactId> Person(ContactId contact) => (await people.State(workspace, contact))?.Becomes ?? contact;
    }

    /// <summary>What came by a link ends with the link.</summary>
    private DateTimeOffset Until(VisitorPass? before)
    {
        var now = time.GetUtcNow();
        return before is not { Thread: not null, Until: var link } ? now + VisitorTokens.TokenLife : link < now + VisitorTokens.LinkedLife ? link : now + VisitorTokens.LinkedLife;
    }

    /// <summary>The visitor wants to be spoken to in another language on this device.</summary>
    public async Task Speak(VisitorPrincipal visitor, string language)
    {
        if (await people.Self(visitor.Workspace, visitor.Visitor) is not { } profile)
        {
            acquaintances.Keep(visitor.Visitor, known => known with { Visit = (known.Visit ?? new Visit(visitor.Device)) with { Language = language } });
            return;
        }

        var device = profile.Devices.FirstOrDefault(known => known.Device == visitor.Device);
        if (device?.Language != language)
        {
            await desk.Handle(new NoteVisit(Origin(visitor.Workspace, visitor.Visitor), visitor.Visitor, new Visit(visitor.Device, null, language, device?.TimeZone)));
        }
    }

    /// <summary>The site's user, found or made, and what this browser was before becomes of it.</summary>
    private async Task<ContactId> Identify(WorkspaceId workspace, BrandId brand, Vouched vouched, VisitorPass? before, Contact? state, string device)
    {
        var person = await Recognised(workspace, brand, vouched);
        if (before is null || before.Visitor == person)
        {
            return person;
        }

        if (state is null or { Verified: true })
        {
            // Somebody else sits there now, or a guest has said who they are: what the browser still has of the one before must not open anything.
            await desk.Handle(new RaiseGeneration(Origin(workspace, before.Visitor), before.Visitor, RaiseGeneration.Identified, device));
        }
        else
        {
            // Refused for one who has joined already, or was erased: then nothing is brought along, and the person is who they are all the same.
            await desk.Handle(new Join(Origin(workspace, before.Visitor), before.Visitor, person, device) { Survivor = (await people.State(workspace, person))?.Person });
        }

        acquaintances.Drop(before.Visitor);
        return person;
    }

    private async Task<ContactId> Recognised(WorkspaceId workspace, BrandId brand, Vouched vouched)
    {
        var said = new Described(Source.Vouched, vouched.Name, vouched.Email) { Attributes = vouched.Attributes };
        var claims = said.SaysNothing ? null : said;
        var key = Recognising.Key(brand.ToString(), vouched.Sub);
        while (true)
        {
            if (await database.Read(session => Claims.Holder(session, workspace, key)) is { } holder)
            {
                var person = new ContactId(holder.Id);
                person = (await people.State(workspace, person))?.Becomes ?? person;
                await Refresh(workspace, person, vouched);
                return person;
            }

            var id = ContactId.New(time);
            var outcome = await desk.Handle(new Recognise(Origin(workspace, id), id, brand.ToString(), vouched.Sub, claims));
            if (outcome.Accepted)
            {
                return id;
            }

            if (outcome.Refusal!.Code != "key.taken")
            {
                throw new ProblemException(new(outcome.Refusal.Code, outcome.Refusal.Detail, outcome.Refusal.Status));
            }
        }
    }

    /// <summary>People change their names, and sites know.</summary>
    private async Task Refresh(WorkspaceId workspace, ContactId person, Vouched vouched)
    {
        var profile = await people.Self(workspace, person);
        // What the person only typed may go again with where they typed it; what the site says stays.
        var known = profile?.Identities.Where(identity => identity is { Kind: "email", By: not Profile.Typed }).Select(identity => identity.Value) ?? [];
        var news = new Described(Source.Vouched, vouched.Name == profile?.Name && profile?.NamedBy != Source.Typed ? null : vouched.Name, known.Contains(vouched.Email) ? null : vouched.Email)
        {
            Attributes = vouched.Attributes?.Where(one => profile?.Attribute(one.Key) != one.Value).ToImmutableSortedDictionary(),
        };
        if (!news.SaysNothing && profile is not null)
        {
            await desk.Handle(new Describe(Origin(workspace, person), person, news));
        }
    }

    /// <summary>
    /// Written when the device is another than the last time, or says otherwise of itself; kept in memory for who has not spoken. All of it is what a browser says, and one
    /// that says something else each time must not fill the log.
    /// </summary>
    private async Task Note(WorkspaceId workspace, ContactId visitor, bool stored, Visit visit)
    {
        if (!stored)
        {
            acquaintances.Keep(visitor, known => known with { Visit = visit });
            return;
        }

        var profile = await people.Self(workspace, visitor);
        var device = profile?.Devices.FirstOrDefault(known => known.Device == visit.Device);
        var same = device is not null && (visit.Agent is null || device.Agent == visit.Agent) && device.Language == visit.Language && device.TimeZone == visit.TimeZone;
        // Who agrees only now is known by their browser at once.
        var due = device is null || time.GetUtcNow() - device.LastAt >= Pause || (device.Agent is null && visit.Agent is not null);
        // That they were here again is worth an entry once in a while.
        var again = device is not null && visit.Page is not null && time.GetUtcNow() - device.LastAt >= Again;
        if (((!same && due) || again) && _visits.Take(visitor.ToString()) == TimeSpan.Zero)
        {
            await desk.Handle(new NoteVisit(Origin(workspace, visitor), visitor, visit));
        }
    }

    private Origin Origin(WorkspaceId workspace, ContactId contact) =>
        new(workspace, new Author(AuthorKind.Contact, contact.Value), Guid.CreateVersion7(time.GetUtcNow()).ToString("N"));
}
